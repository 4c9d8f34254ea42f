"""The bank as a company wants it: added, at rest, in other words, chosen for a date (product.md 4)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.rules.own_questions import Draft
from bot.rules.refusal import Refusal
from bot.services import bank, rounds
from bot.services import questions as service
from bot.services.questions import Changed, Listed
from storage import models
from storage.select import table
from tests.office import Office
from tests.pulses import Round

DRAFT = Draft("tools", "agree", "up", {"en": "My till works well."})
FIRST = bank.questions()[0]
THURSDAY, NEXT_TUESDAY = date(2026, 3, 5), date(2026, 3, 10)


def do(office: Office, act: Any, *args: Any, by: str = "UADA") -> Any:
    return office.do(act, by, *args)


def refused(office: Office, act: Any, *args: Any, by: str = "UADA") -> Refusal:
    return office.refusal(act, by, *args)


def known(office: Office) -> dict[str, Listed]:
    shelf, _ = do(office, service.shelf)
    return {one.question.id: one for one in shelf.listed}


def turns(office: Office) -> list[str]:
    return [one.id for one in office.do(service.every)]


@pytest.fixture
def crowd(office: Office) -> Office:
    """So many that every date of PULSE_DAYS has a round."""
    office.enrol(*(f"p{number}" for number in range(20)))
    return office


def test_without_changes_the_bank_is_asked(office: Office) -> None:
    assert office.do(service.every) == bank.questions()
    assert office.do(service.one_off, THURSDAY) is None
    assert not any(one.is_own or one.rests for one in known(office).values())


def test_an_added_question_takes_turns_after_those_of_the_bank(office: Office) -> None:
    changed: Changed = do(office, service.add, DRAFT)

    added = changed.listed.question
    assert added.id.startswith("tools-own-") and changed.listed.is_own and not changed.listed.rests
    assert turns(office) == [*(one.id for one in bank.questions()), added.id]
    assert refused(office, service.add, DRAFT).code == "question_known"


def test_a_question_rests_and_takes_turns_again(office: Office) -> None:
    added = do(office, service.add, DRAFT).listed.question.id
    for question_id in (FIRST.id, added):
        assert do(office, service.retire, question_id).listed.rests
        assert do(office, service.retire, question_id).listed.rests, "said twice it is the same"
        assert question_id not in turns(office) and known(office)[question_id].rests

        assert not do(office, service.restore, question_id).listed.rests
        assert question_id in turns(office)
    assert office.do(service.every)[:-1] == bank.questions()


def test_the_last_question_cannot_rest(office: Office) -> None:
    for question in bank.questions()[1:]:
        do(office, service.retire, question.id)

    assert refused(office, service.retire, FIRST.id).code == "last_question"


def test_other_words_are_kept_beside_those_that_were_not_changed(office: Office) -> None:
    do(office, service.translate, FIRST.id, {"en": "Our own words for it."})
    do(office, service.retire, FIRST.id)
    do(office, service.restore, FIRST.id)

    asked = next(one for one in office.do(service.every) if one.id == FIRST.id)
    assert asked.words == {**FIRST.words, "en": "Our own words for it."}
    assert (asked.anchor, asked.kind, asked.source) == (FIRST.anchor, FIRST.kind, FIRST.source)

    added = do(office, service.add, DRAFT).listed.question.id
    do(office, service.translate, added, {"zh-Hant": "收銀機好用。"})
    assert known(office)[added].question.words == {"en": "My till works well.", "zh-Hant": "收銀機好用。"}


def test_a_question_for_one_date_keeps_it_in_other_words(crowd: Office) -> None:
    added = do(crowd, service.add, DRAFT, THURSDAY).listed.question.id
    assert do(crowd, service.translate, added, {"zh-Hant": "收銀機好用。"}).day == THURSDAY

    do(crowd, service.schedule, NEXT_TUESDAY, FIRST.id)
    assert do(crowd, service.translate, FIRST.id, {"en": "Our words."}).day is None, "it takes turns as well"


def test_the_answers_of_a_choice_are_translated_in_their_order(office: Office) -> None:
    choice = next(one for one in bank.questions() if one.kind == "choice")
    labels = [f"Label {number}" for number in range(len(choice.options))]

    changed = do(office, service.translate, choice.id, {"en": "Which of these?"}, "\n".join(labels))

    options = changed.listed.question.options
    assert [option.id for option in options] == [option.id for option in choice.options]
    assert [option.words["en"] for option in options] == labels
    assert options[0].words["zh-Hant"] == choice.options[0].words["zh-Hant"]


def test_nothing_but_what_can_be_asked_is_stored(office: Office) -> None:
    bad = Draft("", "agree", "up", {"en": "x"})
    assert refused(office, service.add, bad).code == "unknown_driver"
    assert refused(office, service.translate, FIRST.id, {}).code == "question_missing"
    assert refused(office, service.translate, FIRST.id, bank.questions()[1].words).code == "question_known"
    assert refused(office, service.retire, "no-such").code == "no_such_question"
    assert refused(office, service.translate, "no-such", {"en": "x"}).code == "no_such_question"


@pytest.mark.parametrize("by", ["UANN", "ULEE", "UGUEST", "UNOBODY"])
def test_admins_alone_change_and_see_questions(office: Office, by: str) -> None:
    acts: list[tuple[Any, ...]] = [
        (service.shelf,),
        (service.add, DRAFT),
        (service.retire, FIRST.id),
        (service.restore, FIRST.id),
        (service.translatable, FIRST.id),
        (service.translate, FIRST.id, {"en": "x"}),
        (service.schedule, THURSDAY, FIRST.id),
        (service.unschedule, THURSDAY),
    ]
    for act, *args in acts:
        assert refused(office, act, *args, by=by).code in ("admins_only", "actor_guest", "unknown_actor")


# --- dates ----------------------------------------------------------------------------------------------------------


def test_a_date_has_the_question_that_was_chosen_for_it(crowd: Office) -> None:
    do(crowd, service.schedule, THURSDAY, FIRST.id)
    do(crowd, service.schedule, THURSDAY, bank.questions()[1].id)

    assert crowd.do(service.one_off, THURSDAY) == bank.questions()[1]
    assert crowd.do(service.one_off, NEXT_TUESDAY) is None
    assert do(crowd, service.shelf)[0].one_offs == {THURSDAY: bank.questions()[1]}

    do(crowd, service.unschedule, THURSDAY)
    assert crowd.do(service.one_off, THURSDAY) is None
    assert refused(crowd, service.unschedule, THURSDAY).code == "nothing_scheduled"


def test_a_question_for_one_date_takes_no_turns(crowd: Office) -> None:
    changed = do(crowd, service.add, DRAFT, THURSDAY)

    assert changed.day == THURSDAY and changed.listed.rests
    assert changed.listed.question.id not in turns(crowd)
    assert crowd.do(service.one_off, THURSDAY) == changed.listed.question


def test_the_round_of_the_date_asks_it(crowd: Office) -> None:
    crowd.keep_ritual()
    added = do(crowd, service.add, DRAFT, THURSDAY).listed.question
    crowd.at(2026, 3, 5)
    plan = crowd.do(rounds.plan)

    assert plan and (plan.survey.local_date, plan.survey.question) == (THURSDAY, added)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 3, 2), "day_past"),
        (date(2206, 3, 4), "day_too_far"),
        (date(2026, 3, 4), "pulse_other_date"),
        (date(2026, 3, 7), "pulse_other_date"),
    ],
)
def test_nothing_is_chosen_for_a_date_on_which_nothing_is_asked(crowd: Office, day: date, code: str) -> None:
    assert refused(crowd, service.schedule, day, FIRST.id).code == code
    assert refused(crowd, service.add, DRAFT, day).code == code


def test_few_people_are_asked_on_the_first_date_of_a_week(office: Office) -> None:
    refusal = refused(office, service.schedule, THURSDAY, FIRST.id)
    assert (refusal.code, refusal.facts["following"]) == ("pulse_other_date", NEXT_TUESDAY)
    assert do(office, service.schedule, NEXT_TUESDAY, FIRST.id).day == NEXT_TUESDAY


def test_the_question_of_a_date_that_was_decided_stays(crowd: Office, tmp_path: Path) -> None:
    Round(crowd, tmp_path, {"shop": 5})

    assert refused(crowd, service.schedule, date(2026, 3, 3), FIRST.id).code == "pulse_day_settled"


def test_it_is_kept_who_changed_what_and_the_command_line_needs_no_admin(crowd: Office) -> None:
    do(crowd, service.retire, FIRST.id)
    do(crowd, service.schedule, THURSDAY, FIRST.id, by="")

    rows = [
        crowd.database.read_now(lambda session: session.connection().execute(table(model).select()).one())  # noqa: B023
        for model in (models.OwnQuestion, models.OneOff)
    ]
    assert (rows[0].changed_by, rows[1].set_by) == (crowd.member("ada").id, None)

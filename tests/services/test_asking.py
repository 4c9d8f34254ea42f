"""Who is asked now, who once more, and who hears that a round is void; on both engines."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.services import asking, closing, nudges, wishes
from bot.services.asking import Asked
from storage import invitations
from tests.office import Office, slack_id
from tests.pulses import Round


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path) -> Round:
    return Round(empty_office, tmp_path, {"Shop": 12})


def names(found: Asked | None) -> list[str]:
    return sorted(person.name.lower() for person in found.people) if found else []


def all_asked(round_: Round) -> None:
    assert len(names(round_.office.do(asking.ask, limit=100))) == 12


def test_each_is_asked_once_a_few_at_a_time(round_: Round) -> None:
    asked = [names(round_.office.do(asking.ask, limit=5)) for _ in range(4)]

    assert list(map(len, asked)) == [5, 5, 2, 0]
    assert sorted(name for some in asked for name in some) == sorted(round_.members)
    assert not round_.office.do(asking.is_due)


def test_nobody_is_asked_before_their_hour_or_when_the_round_is_over(round_: Round) -> None:
    opened_at = round_.office.now
    round_.office.now = opened_at - timedelta(seconds=1)
    assert round_.office.do(asking.ask, limit=100) is None and not round_.office.do(asking.is_due)

    round_.office.now = round_.closes_at
    assert round_.office.do(asking.ask, limit=100) is None and not round_.office.do(asking.is_due)


def test_nobody_is_asked_or_reminded_any_more_once_the_pulse_is_switched_off(round_: Round) -> None:
    round_.office.do(asking.ask, limit=5)
    round_.office.do(wishes.later, round_.office.member("shop0").slack_id, round_.id)
    round_.office.settle(pulse=False)
    round_.office.later(days=1)

    assert not round_.office.do(asking.is_due) and round_.office.do(asking.ask, limit=5) is None
    assert round_.office.do(asking.ask_again, limit=5) is None
    round_.answer("shop1", "4")  # what is open stays so


def test_who_has_left_meanwhile_is_not_asked(round_: Round) -> None:
    round_.office.enrol("shop0", is_gone=True)

    assert len(names(round_.office.do(asking.ask, limit=100))) == 11


def test_who_opts_out_or_goes_away_before_their_hour_is_not_asked_nor_told_that_it_is_void(round_: Round) -> None:
    office, tomorrow = round_.office, round_.office.now.date() + timedelta(days=1)
    office.do(wishes.change, slack_id("shop0"), opted_out=True)
    office.do(wishes.change, slack_id("shop1"), away_until=tomorrow)
    office.do(wishes.change, slack_id("shop2"), reminds=True)

    asked = names(office.do(asking.ask, limit=100))

    assert len(asked) == 10 and "shop2" in asked and not {"shop0", "shop1"} & set(asked)
    office.do(wishes.change, slack_id("shop0"), opted_out=False)
    assert office.do(asking.ask, limit=100) is None and not office.do(asking.is_due)
    round_.answer("shop0", "4")  # from `/pulse`, if they like
    office.now = round_.closes_at
    office.do(closing.begin, round_.id)
    office.run(closing.give_up, round_.id)
    assert names(office.do(asking.tell_void, limit=100)) == asked


def test_who_went_away_is_not_reminded(round_: Round) -> None:
    all_asked(round_)
    at = round_.office.now + timedelta(days=1)
    for name in ("shop0", "shop1"):
        round_.office.run(remind, round_.id, round_.members[name].id, at)
    round_.office.do(wishes.change, slack_id("shop0"), away_until=at.date() + timedelta(days=9))
    round_.office.now = at

    assert names(round_.office.do(asking.ask_again, limit=10)) == ["shop1"]
    assert round_.office.do(nudges.free)(round_.members["shop0"].id)


def test_how_far_a_round_is(round_: Round) -> None:
    round_.office.do(asking.ask, limit=4)

    progress = round_.office.do(asking.progress, round_.survey, rate=4.0)

    assert (progress.reached, progress.asked) == (4, 12)
    assert progress.through_at == round_.office.now + timedelta(seconds=2)


def test_who_put_it_off_is_asked_once_more_unless_they_answered(round_: Round) -> None:
    all_asked(round_)
    for name in ("shop0", "shop1"):
        round_.office.do(wishes.later, slack_id(name), round_.id)
        for _ in range(3):
            round_.office.do(nudges.count, [round_.members[name].id])
    round_.answer("shop1", "4")
    assert not round_.office.do(asking.is_due)

    round_.office.later(days=1)

    assert names(round_.office.do(asking.ask_again, limit=10)) == ["shop0"]
    assert round_.office.do(asking.ask_again, limit=10) is None


def test_a_reminder_is_a_nudge_for_all_who_wished_it_and_left_out_for_who_had_enough(round_: Round) -> None:
    all_asked(round_)
    at = round_.office.now + timedelta(days=1)
    ids = {name: round_.members[name].id for name in ("shop0", "shop1", "shop2", "shop3")}
    for person_id in ids.values():
        round_.office.run(remind, round_.id, person_id, at)
    for _ in range(2):
        round_.office.do(nudges.count, [ids["shop0"], ids["shop1"]])
    for _ in range(3):
        round_.office.do(nudges.count, [ids["shop2"]])
    round_.office.do(wishes.change, slack_id("shop3"), opted_out=True)
    round_.answer("shop1", "4")
    round_.office.now = at

    assert names(round_.office.do(asking.ask_again, limit=10)) == ["shop0"]

    free = round_.office.do(nudges.free)
    assert [free(ids[name]) for name in ("shop0", "shop1", "shop2")] == [False, False, False]


def remind(session: Session, survey_id: str, person_id: str, at: datetime) -> None:
    """Let a reminder be due, as one that was wished before the round opened."""
    invitations.put_off(session, survey_id, person_id, at)
    invitations.mark(session, survey_id, [person_id], invitations.OWED)


def test_who_was_asked_hears_that_a_round_is_void(round_: Round) -> None:
    round_.office.do(asking.ask, limit=7)
    round_.office.now = round_.closes_at
    round_.office.do(closing.begin, round_.id)
    round_.office.run(closing.give_up, round_.id)

    told = [names(round_.office.do(asking.tell_void, limit=4)) for _ in range(3)]

    assert list(map(len, told)) == [4, 3, 0]

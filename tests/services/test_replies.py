"""*You said, we do*, and one question back to a comment: nobody learns whose it is, or when it was answered."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.rules.comments import digest
from bot.rules.refusal import Refusal
from bot.services import my_data, timetable
from bot.services import replies as service
from bot.services.replies import Brought, Thread
from bot.services.timetable import Wish
from storage import models, people, results
from storage import replies as storage
from tests.office import TEAM, Office, slack_id
from tests.pulses import Round

CODE, OTHER = (digest(code, TEAM) for code in ("four words nobody guesses", "another twelve letters"))
WRITTEN = "The lift is slow."


@pytest.fixture
def closed(empty_office: Office, tmp_path: Path) -> Round:
    """A round of two teams that closed on a Thursday, with as many comments as are shown, of which one has a code."""
    office = empty_office
    office.enrol("lee", "lou", appointed="lead")
    office.enrol("ada", is_slack_admin=True)
    for name, team in (("lee", "shop"), ("lou", "Bar")):
        office.run(people.list_as, office.member(name).id, team=team)
    round_ = Round(office, tmp_path, {"Shop": 14, "Bar": 11})
    round_.all_answer("Shop", "4" * 14)
    round_.all_answer("Bar", "3" * 11)
    comment_among_others(round_, WRITTEN)
    round_.close()
    office.at(2026, 3, 5, 12)
    return round_


def comment_among_others(round_: Round, words: str) -> None:
    """One comments with the code, four without any: fewer in a group than five are never read."""
    round_.comment("shop3", words, CODE)
    for name in ("shop4", "shop5", "shop6", "shop7"):
        round_.comment(name, "No code.")


def comment(round_: Round, words: str = WRITTEN) -> str:
    """The id of a comment, as the button below it has it."""
    return next(one.id for one in round_.office.run(results.comments, round_.id) if one.words == words)


def ask(round_: Round, name: str = "lee", words: str = "Which one?") -> Thread:
    return round_.office.do(service.ask, slack_id(name), comment(round_), words)[1]


def answer(round_: Round, words: str = "The left one.", name: str = "shop3", code: str = CODE) -> None:
    round_.office.do(service.answer, slack_id(name), code, comment(round_), words)


def refused(round_: Round, act: Any, name: str, *args: Any) -> str:
    refusal: Refusal = round_.office.refusal(act, name, *args)
    return refusal.code


# --- you said, we do ------------------------------------------------------------------------------------------------


def test_a_lead_answers_their_team_in_the_channel_of_its_ritual(closed: Round) -> None:
    office = closed.office
    office.keep_ritual()
    office.do(timetable.keep, "shop", Wish(channel="CSHOP", team="SHOP"))

    said = office.do(service.say, "ULEE", closed.id, "Shop", " We mend it. Ask 0912-345-678. ")

    assert (said.words, said.channel, said.person.name) == ("We mend it. Ask [phone].", "CSHOP", "Lee")
    assert office.do(service.say, "ULOU", closed.id, "Bar", "We heard you.").channel == "CPRAISE"
    assert office.do(service.say, "UADA", closed.id, "", "To all.").channel == "CPRAISE"


def test_each_group_is_answered_once_a_round_by_those_who_see_it(closed: Round) -> None:
    closed.office.do(service.say, "ULEE", closed.id, "Shop", "We mend it.")

    assert refused(closed, service.say, "ULEE", closed.id, "Shop", "Twice.") == "replied_already"
    assert refused(closed, service.offered, "UADA", closed.id, "Shop") == "replied_already"
    assert refused(closed, service.say, "ULEE", closed.id, "Bar", "Not mine.") == "no_such_result"
    assert refused(closed, service.say, "ULEE", closed.id, "", "Not mine.") == "no_such_result"
    assert refused(closed, service.say, "UADA", closed.id, "Kitchen", "Nobody's.") == "no_such_result"
    assert refused(closed, service.say, "UADA", "f" * 32, "", "No round.") == "no_such_result"
    assert refused(closed, service.say, "USHOP3", closed.id, "Shop", "No lead.") == "leads_only"
    assert refused(closed, service.say, "ULOU", closed.id, "Bar", "  ") == "reply_missing"


# --- a question back ------------------------------------------------------------------------------------------------


def test_whoever_made_up_the_code_sees_the_question_and_answers_once(closed: Round) -> None:
    office = closed.office
    assert office.do(service.find, "USHOP3", CODE)[1].question == ""
    assert ask(closed).question == "Which one?"

    found = office.do(service.find, "USHOP3", CODE)[1]
    assert (found.comment.words, found.question, found.answer) == (WRITTEN, "Which one?", "")
    answer(closed)

    assert office.do(service.find, "USHOP3", CODE)[1].answer == "The left one."
    assert refused(closed, service.answer, "USHOP3", CODE, comment(closed), "Changed.") == "answered_already"


def test_a_comment_is_asked_back_once_and_only_where_it_is_shown_and_has_a_code(closed: Round) -> None:
    bare = comment(closed, "No code.")
    assert refused(closed, service.askable, "ULOU", comment(closed)) == "no_such_comment"
    assert refused(closed, service.askable, "USHOP3", comment(closed)) == "leads_only"
    assert refused(closed, service.ask, "ULEE", bare, "Who?") == "no_code_left"
    assert refused(closed, service.ask, "ULEE", "f" * 32, "Who?") == "no_such_comment"
    assert refused(closed, service.ask, "ULEE", comment(closed), "x" * 1001) == "reply_too_long"

    ask(closed)

    assert refused(closed, service.ask, "UADA", comment(closed), "Me too.") == "asked_already"


def test_nothing_is_found_or_answered_without_the_code(closed: Round) -> None:
    assert refused(closed, service.answer, "USHOP3", CODE, comment(closed), "Unasked.") == "nothing_asked"
    ask(closed)

    assert refused(closed, service.find, "ULEE", OTHER) == "no_such_code"
    assert refused(closed, service.answer, "ULEE", OTHER, comment(closed), "Guessed.") == "no_such_code"
    assert refused(closed, service.answer, "USHOP3", CODE, comment(closed, "No code."), "Wrong.") == "no_such_code"
    assert refused(closed, service.answer, "USHOP3", CODE, comment(closed), " ") == "reply_missing"
    assert refused(closed, service.find, "UNOBODY", CODE) == "unknown_actor"


def test_an_answer_changes_one_row_that_names_neither_writer_nor_time(closed: Round) -> None:
    ask(closed)
    before = closed.office.database.read_now(_rows)

    answer(closed)

    after = closed.office.database.read_now(_rows)
    changed = {name: [row for row in after[name] if row not in before[name]] for name in after}
    assert {name: rows for name, rows in changed.items() if rows} == {"reply": changed["reply"]}
    (row,) = changed["reply"]
    assert closed.members["shop3"].id not in map(str, row)
    assert not any(isinstance(cell, datetime) for cell in row)


def _rows(session: Any) -> dict[str, list[Any]]:
    tables = models.Reply.metadata.sorted_tables
    return {table.name: session.connection().execute(table.select()).all() for table in tables}


def test_one_code_for_several_rounds_leaves_no_common_mark(closed: Round, tmp_path: Path) -> None:
    office = closed.office
    office.at(2026, 3, 10)
    again = Round(office, tmp_path / "second", {"Shop": 14})
    again.all_answer("Shop", "4" * 14)
    comment_among_others(again, "Still slow.")
    again.close()

    marks = [one.receipt for round_ in (closed, again) for one in office.run(results.comments, round_.id)]
    assert len(set(filter(None, marks))) == 2
    assert office.do(service.find, "USHOP3", CODE)[1].comment.words == "Still slow."
    ask(closed)
    assert office.do(service.find, "USHOP3", CODE)[1].comment.words == WRITTEN
    answer(closed)
    assert office.do(service.find, "USHOP3", CODE)[1].comment.words == "Still slow."


# --- once a working day ---------------------------------------------------------------------------------------------


def batch(round_: Round) -> tuple[Brought, ...]:
    return round_.office.do(service.batch)


def test_answers_come_on_the_next_working_day_all_at_once(closed: Round) -> None:
    office = closed.office
    assert batch(closed) == ()
    ask(closed)
    answer(closed)
    assert batch(closed) == (), "this day's batch was gathered when the day began"

    office.at(2026, 3, 6, 0)
    (brought,) = batch(closed)

    assert brought.person.name == "Lee" and brought.at == datetime(2026, 3, 6, 10, tzinfo=UTC)
    assert [(one.question, one.answer) for one in brought.threads] == [("Which one?", "The left one.")]
    office.at(2026, 3, 9)
    assert batch(closed) == (), "once"


def test_what_is_answered_at_the_weekend_waits_for_monday(closed: Round) -> None:
    office = closed.office
    ask(closed)
    office.at(2026, 3, 7, 9)
    answer(closed)

    assert office.do(service.batch_day) is None and batch(closed) == ()
    office.at(2026, 3, 9, 0, 1)
    assert [one.at.isoformat() for one in batch(closed)] == ["2026-03-09T10:00:00+00:00"]
    assert office.do(service.batch_day) is None


def test_who_may_not_see_the_comment_any_more_is_not_told(closed: Round) -> None:
    ask(closed)
    answer(closed)
    closed.office.enrol("lee")
    closed.office.at(2026, 3, 6)

    assert batch(closed) == ()
    closed.office.enrol("lee", appointed="lead")
    closed.office.at(2026, 3, 9)
    assert len(batch(closed)) == 1


def test_what_is_held_of_whoever_asked_has_no_answer_before_they_are_told(closed: Round) -> None:
    def held() -> list[object]:
        return [row["answer"] for row in closed.office.do(my_data.collect, "ULEE").held.tables["reply"]]

    ask(closed)
    assert held() == [""]
    before = closed.office.do(my_data.collect, "ULEE").held
    answer(closed)
    assert closed.office.do(my_data.collect, "ULEE").held == before, "nobody can tell when it was answered"

    closed.office.at(2026, 3, 6, 0)
    assert batch(closed) and held() == ["The left one."]


def test_no_comment_of_another_company_is_found(closed: Round) -> None:
    assert closed.office.run(storage.rounds, TEAM) == (closed.id,)
    assert closed.office.run(storage.rounds, "T2") == ()

"""What a vote leaves: a tag and a box of one size (A7), in tables without time, order or person (A8), once (A10)."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, DateTime, Time
from sqlmodel import Session, SQLModel

from bot import sealing
from bot.rules.questions import KINDS, VALUES
from bot.services import asking, voting
from storage import ballots, invitations, models, proof, results
from storage.select import table
from tests.anonymity import mutants
from tests.anonymity.polls import every_value
from tests.office import Office
from tests.pulses import Round
from tests.stores import Store

TEAMS = {"Shop": 12, "Bar": 6}


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path) -> Round:
    return Round(empty_office, tmp_path, TEAMS)


def every_row(office: Office) -> dict[str, set[tuple[Any, ...]]]:
    """All that the database holds, by table."""

    def read(session: Session) -> dict[str, set[tuple[Any, ...]]]:
        connection = session.connection()
        return {one.name: set(map(tuple, connection.execute(one.select()))) for one in SQLModel.metadata.sorted_tables}

    return office.database.read_now(read)


def left_by(office: Office, act: Callable[[], object]) -> dict[str, set[tuple[Any, ...]]]:
    """The rows that are there or changed afterwards, by table; nothing may be gone."""
    before = every_row(office)
    act()
    after = every_row(office)
    assert all(before[name] <= after[name] for name in before)
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


# --- A7 -------------------------------------------------------------------------------------------------------------


def test_every_box_has_one_size_whatever_is_in_it(tmp_path: Path) -> None:
    public = sealing.Keys(tmp_path / "keys").create("0" * 32)
    values = [value for kind in KINDS for value in VALUES.get(kind, ("a", "abcdefghijkl"))]
    words = ["", "x", "字" * 1000, "😀" * 1000, '"' * 1000, "\\" * 1000, "\n" * 1000]

    answers = {
        len(_sealed(public, sealing.ANSWER_BYTES, segment=at, value=value)) for at in (0, 999) for value in values
    }
    comments = {len(_sealed(public, sealing.COMMENT_BYTES, segment=7, words=one, receipt="f" * 64)) for one in words}
    print(f"\nA7 sizes of boxes: answers {answers}, comments {comments}")
    assert len(answers) == len(comments) == 1


def _sealed(public: str, size: int, **content: object) -> bytes:
    return sealing.seal(public, content, size)


def test_what_a_vote_leaves_is_of_one_size_for_every_answer(round_: Round) -> None:
    rows = [left_by(round_.office, lambda at=at: round_.answer(f"shop{at}", str(at + 1))) for at in range(5)]  # type: ignore[misc]

    assert len({sum(len(str(value)) for value in _only(left, "participation")) for left in rows}) == 1
    assert {len(_only(left, "envelope")[-1]) for left in rows} == {256}


def _only(left: dict[str, set[tuple[Any, ...]]], name: str) -> tuple[Any, ...]:
    (row,) = left[name]
    return row


# --- A8 -------------------------------------------------------------------------------------------------------------


def test_a_vote_leaves_a_tag_and_a_box_and_nothing_else_anywhere(round_: Round) -> None:
    answered = left_by(round_.office, lambda: round_.answer("shop3", "2"))
    assert {name: len(rows) for name, rows in answered.items()} == {"participation": 1, "envelope": 1}
    commented = left_by(round_.office, lambda: round_.comment("shop3", "The night desk needs a lamp."))
    assert {name: len(rows) for name, rows in commented.items()} == {"participation": 1, "envelope": 1}
    assert not left_by(round_.office, lambda: round_.answer("shop3", "5")), "a second press leaves nothing"

    member = round_.members["shop3"]
    said = str([answered, commented])
    assert not any(word in said for word in (member.id, member.slack_id, member.name, "lamp"))
    assert str(round_.office.now.year) not in re.sub("[0-9a-f]{32,}", "", said), "random ids hold any year at times"


def test_the_tables_of_the_pool_have_no_time_no_order_and_no_person(round_: Round) -> None:
    for model in ballots.POOL:
        columns = table(model).columns
        assert not [one.name for one in columns if isinstance(one.type, Date | DateTime | Time) or one.foreign_keys]
        assert not [one.name for one in columns if one.name.endswith(("_at", "_on")) or "person" in one.name]
    look = round_.office.run
    assert look(proof.times_and_links) == () and look(proof.ordered, round_.id) == ()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_ordinary_tables_are_seen(empty_office: Office, store: Store) -> None:
    with mutants.ordinary_tables(store.database):
        assert len(empty_office.run(proof.ordered, "0" * 32)) == 3


# --- A5, in time ----------------------------------------------------------------------------------------------------


def watched(round_: Round) -> int:
    """Somebody looks at the results after every answer: how many answers does a difference of two looks tell?"""
    told, before = 0, dict[str, Any]()
    for at, name in enumerate(round_.members):
        round_.answer(name, f"v{at}")
        now = round_.office.run(results.figures, round_.id)
        if now and before and now[""].counts and before[""].counts:
            more = [value for value, count in now[""].counts.items() if count > before[""].counts.get(value, 0)]
            told += more == [f"v{at}"]
        before = now
    return told


def test_nothing_is_shown_while_a_round_runs(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 30}, question=every_value(30))

    assert watched(round_) == 0
    assert round_.office.run(models_of_results) == 0


def models_of_results(session: Session) -> int:
    return len(session.connection().execute(table(models.Result).select()).all())


def test_live_results_tell_what_each_person_answered(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 30}, question=every_value(30))
    with mutants.live_results(round_.keys):
        told = watched(round_)

    print(f"\nA5 live results: {told} of 30 answers told by the difference of two looks")
    assert told == 10, "all from the twentieth on"


# --- A9 and A10 -----------------------------------------------------------------------------------------------------


def test_who_is_reminded_is_all_that_is_derived_and_the_bot_alone_hears_it(round_: Round) -> None:
    office = round_.office
    for value, name in enumerate(["shop0", "shop1", "shop2"]):
        round_.answer(name, str(value + 1))
    for member in round_.members.values():
        office.run(invitations.put_off, round_.id, member.id, office.now + timedelta(days=1))
    office.later(days=1)

    asked = office.do(asking.ask_again, limit=100)
    assert asked and {one.slack_id for one in asked.people} == {
        member.slack_id for name, member in round_.members.items() if name not in ("shop0", "shop1", "shop2")
    }
    assert set(asked.__dict__) == {"survey", "people"}
    assert office.do(asking.ask_again, limit=100) is None


async def test_fifty_presses_at_once_leave_one_tag_and_one_box(round_: Round) -> None:
    office = round_.office
    slack_id = round_.members["shop5"].slack_id

    async def press(at: int) -> None:
        await office.database.write(
            lambda session: voting.answer(session, office.company, slack_id, round_.id, str(at % 5 + 1), now=office.now)
        )

    await asyncio.gather(*map(press, range(50)))

    assert office.run(ballots.how_many, round_.id, "answer") == office.run(ballots.sealed, round_.id, "answer") == 1

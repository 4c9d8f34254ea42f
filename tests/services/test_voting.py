"""An answer: taken once, sealed at once, refused when it is over; on both engines."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services import voting
from storage import ballots
from storage.database import Database
from tests.office import Office, slack_id
from tests.pulses import Round


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path) -> Round:
    return Round(empty_office, tmp_path, {"Shop": 12, "Bar": 6})


def test_an_answer_is_a_tag_and_a_box_of_one_size(round_: Round) -> None:
    round_.answer("shop0", "1")
    round_.answer("bar3", "5")

    envelopes = round_.office.run(ballots.boxes, round_.id, "answer")
    assert len(envelopes) == 2 and len({len(box) for _, box in envelopes}) == 1
    assert {tag for tag, _ in envelopes} & {member.id for member in round_.members.values()} == set()
    assert round_.office.run(ballots.boxes, round_.id, "mixed") == ()


def test_who_answers_again_changes_nothing_and_hears_the_same(round_: Round) -> None:
    first = round_.office.do(voting.answer, slack_id("shop0"), round_.id, "1")
    before = round_.office.run(ballots.boxes, round_.id, "answer")

    assert round_.office.do(voting.answer, slack_id("shop0"), round_.id, "5") == first
    assert round_.office.run(ballots.boxes, round_.id, "answer") == before


async def test_fifty_presses_at_once_are_one_answer(round_: Round) -> None:
    database: Database = round_.office.database
    company, now = round_.office.company, round_.office.now

    async def press(value: int) -> None:
        await database.write(
            lambda session: voting.answer(session, company, slack_id("shop0"), round_.id, str(value % 5 + 1), now=now)
        )

    await asyncio.gather(*map(press, range(50)))

    assert round_.office.run(ballots.how_many, round_.id, "answer") == 1
    assert round_.office.run(ballots.sealed, round_.id, "answer") == 1


def test_an_answer_that_is_none_is_refused(round_: Round) -> None:
    assert round_.office.refusal(voting.answer, slack_id("shop0"), round_.id, "6").code == "out_of_date"


def test_at_the_instant_of_closing_an_answer_comes_too_late(round_: Round) -> None:
    round_.office.now = round_.closes_at - timedelta(microseconds=1)
    round_.answer("shop0", "3")
    round_.office.now = round_.closes_at

    assert round_.office.refusal(voting.answer, slack_id("shop1"), round_.id, "3").code == "pulse_closed"
    assert round_.office.refusal(voting.comment, slack_id("shop0"), round_.id, "Late.", "").code == "pulse_closed"


def test_who_is_not_asked_cannot_answer(round_: Round) -> None:
    round_.office.enrol("new")
    round_.office.enrol("guest", is_guest=True)

    assert round_.office.refusal(voting.answer, slack_id("new"), round_.id, "3").code == "pulse_not_asked"
    assert round_.office.refusal(voting.answer, slack_id("guest"), round_.id, "3").code == "actor_guest"
    assert round_.office.refusal(voting.answer, slack_id("shop0"), "0" * 32, "3").code == "pulse_closed"


def test_a_comment_comes_after_an_answer_and_the_first_one_counts(round_: Round) -> None:
    early = round_.office.refusal(voting.comment, slack_id("shop0"), round_.id, "Too early.", "")
    assert early.code == "comment_before_answer"

    round_.answer("shop0", "3")
    round_.comment("shop0", "The first.")
    round_.comment("shop0", "The second.", "ab" * 32)
    round_.answer("bar0", "3")
    round_.comment("bar0", "字" * 1000, "ab" * 32)

    boxes = [box for _, box in round_.office.run(ballots.boxes, round_.id, "comment")]
    assert len(boxes) == 2 and len({len(box) for box in boxes}) == 1

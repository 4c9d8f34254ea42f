"""Answers are opened among others of their segment, all of a batch or none; on both engines."""

from pathlib import Path

import pytest

from bot.services import mixing
from bot.services.mixing import Batch
from storage import ballots
from storage.ballots import Opened
from tests.office import Office
from tests.pulses import Round


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path) -> Round:
    return Round(empty_office, tmp_path, {"Shop": 45, "Bar": 19})


def sealed(round_: Round) -> int:
    return round_.office.run(ballots.sealed, round_.id, "answer")


def test_nothing_is_opened_before_a_segment_holds_two_batches(round_: Round) -> None:
    round_.all_answer("Shop", "3" * 19)
    round_.all_answer("Bar", "2" * 19)

    assert round_.mix() == 0 and sealed(round_) == 38


def test_all_but_a_batch_of_a_segment_are_opened_together(round_: Round) -> None:
    round_.all_answer("Shop", "12345" * 5)
    round_.all_answer("Bar", "2" * 19)

    assert round_.mix() == 15
    assert sealed(round_) == 10 + 19
    tally = round_.office.run(ballots.tally, round_.id)
    assert set(tally) == {0} and tally[0].total() == 15


def test_what_stays_sealed_is_drawn_at_random(round_: Round) -> None:
    round_.all_answer("Shop", "1" * 45)
    contents = {name: {"segment": 0, "value": "1"} for name in map(str, range(45))}

    kept = [frozenset(contents) - mixing.batches(round_.survey, contents)[0].tags for _ in range(5)]

    assert len(set(kept)) > 1 and {len(tags) for tags in kept} == {10}


def test_a_pool_that_has_not_grown_by_a_batch_is_left_alone(round_: Round) -> None:
    round_.all_answer("Shop", "3" * 29)

    assert round_.mix(left=20) == 0
    assert round_.mix(left=19) == 19


def test_a_batch_is_written_down_whole_or_not_at_all(round_: Round) -> None:
    """Two processes open the same pool; the second finds that envelopes are gone, and writes nothing."""
    round_.all_answer("Shop", "3" * 25)
    tags = [tag for tag, _ in round_.office.run(ballots.pool, round_.id, "answer")]
    first, second = (Batch(frozenset(some), (Opened(0, "3"),) * 12) for some in (tags[:12], tags[11:23]))

    assert round_.office.do(mixing.write_down, round_.survey, first)
    assert not round_.office.do(mixing.write_down, round_.survey, second)
    assert round_.office.run(ballots.tally, round_.id)[0].total() == 12 and sealed(round_) == 13


def test_a_round_that_closes_is_mixed_no_more(round_: Round) -> None:
    round_.all_answer("Shop", "3" * 25)
    tags = frozenset(tag for tag, _ in round_.office.run(ballots.pool, round_.id, "answer"))
    round_.office.now = round_.closes_at

    assert round_.mix() == 0
    round_.close()
    assert not round_.office.do(mixing.write_down, round_.survey, Batch(tags, (Opened(0, "3"),) * 25))


def test_large_pools_are_written_down_in_pieces() -> None:
    pieces = mixing._batches_of(
        [str(at) for at in range(1300)], {str(at): {"segment": 0, "value": "1"} for at in range(1300)}, 10
    )

    assert sorted(len(piece.tags) for piece in pieces) == [645, 645]
    assert len(frozenset().union(*(piece.tags for piece in pieces))) == 1290

"""Answers are opened among others of their segment and sealed again, all of a batch or none; on both engines."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.sealing import Keys
from bot.services import mixing
from bot.services.mixing import Batch, Pool
from storage import ballots
from tests.office import Office
from tests.pulses import Round


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path) -> Round:
    return Round(empty_office, tmp_path, {"Shop": 45, "Bar": 19})


def sealed(round_: Round) -> int:
    return round_.office.run(ballots.sealed, round_.id, "answer")


def pool(round_: Round) -> Pool:
    found = round_.office.do(mixing.pool, left={})
    assert found
    return found


def in_place_of(tags: Iterable[str]) -> Batch:
    return Batch(frozenset(tags), tuple(b"a box" for _ in tags))


def test_nothing_is_opened_before_a_segment_holds_two_batches(round_: Round) -> None:
    round_.all_answer("Shop", "3" * 19)
    round_.all_answer("Bar", "2" * 19)

    assert round_.mix() == 0 and sealed(round_) == 38


def test_all_but_a_batch_of_a_segment_are_mixed_together(round_: Round) -> None:
    round_.all_answer("Shop", "12345" * 5)
    round_.all_answer("Bar", "2" * 19)

    assert round_.mix() == 15
    assert sealed(round_) == 10 + 19
    counts = round_.mixed()
    assert set(counts) == {0} and counts[0].total() == 15


def test_what_was_mixed_is_sealed_again_in_boxes_of_the_same_size(round_: Round) -> None:
    round_.all_answer("Shop", "12345" * 6)
    before = dict(round_.office.run(ballots.boxes, round_.id, "answer"))
    round_.mix()
    after = dict(round_.office.run(ballots.boxes, round_.id, "answer"))
    mixed = dict(round_.office.run(ballots.boxes, round_.id, "mixed"))

    assert len(mixed) == 20 and {len(box) for box in (*before.values(), *mixed.values())} == {256}
    assert not set(mixed) & set(before) and not set(mixed.values()) & set(before.values())
    assert all(before[tag] == box for tag, box in after.items())
    assert all(set(one) == {"segment", "value"} for one in round_.opened("mixed"))


def test_the_same_answers_are_there_before_and_after(round_: Round) -> None:
    round_.all_answer("Shop", "12345" * 7)
    before = sorted(one["value"] for one in round_.opened("answer"))
    round_.mix()

    assert sorted(one["value"] for kept in ("answer", "mixed") for one in round_.opened(kept)) == before


def test_the_order_of_what_was_mixed_is_drawn(round_: Round) -> None:
    round_.all_answer("Shop", "12345" * 8)
    envelopes = round_.office.run(ballots.boxes, round_.id, "answer")

    orders = set()
    for _ in range(3):
        batch = mixing.batch(round_.key, round_.survey, envelopes)
        assert batch
        orders.add(tuple(round_.key.open(box)["value"] for box in batch.boxes))
    assert len(orders) == 3


def test_answers_that_cannot_be_opened_stay_where_they_are(round_: Round, tmp_path: Path) -> None:
    round_.all_answer("Shop", "3" * 12)
    envelopes = round_.office.run(ballots.boxes, round_.id, "answer")
    (first, _), *others = envelopes
    other = Keys(tmp_path / "other")
    wrong = other.find(round_.id, other.create(round_.id))
    assert wrong

    batch = mixing.batch(round_.key, round_.survey, ((first, b"damaged"), *others))
    assert batch and batch.tags == {tag for tag, _ in others} and len(batch.boxes) == 11
    assert mixing.batch(wrong, round_.survey, envelopes) is None
    assert mixing.batch(round_.key, round_.survey, envelopes[:9]) is None, "too few to hide among"


def test_what_stays_sealed_is_drawn_at_random(round_: Round) -> None:
    round_.all_answer("Shop", "1" * 45)
    everybody = round_.office.run(ballots.tags, round_.id, "answer")

    kept = [frozenset(everybody - pool(round_).drawn[0]) for _ in range(5)]

    assert len(set(kept)) > 1 and {len(tags) for tags in kept} == {10}


def test_a_pool_that_has_not_grown_by_a_batch_is_left_alone(round_: Round) -> None:
    round_.all_answer("Shop", "3" * 29)

    assert round_.mix(left=20) == 0
    assert round_.mix(left=19) == 19


def test_a_batch_is_put_back_whole_or_not_at_all(round_: Round) -> None:
    """Two processes open the same pool; the second finds that envelopes are gone, and writes nothing."""
    round_.all_answer("Shop", "3" * 25)
    tags = sorted(round_.office.run(ballots.tags, round_.id, "answer"))

    assert round_.office.do(mixing.put_back, round_.survey, in_place_of(tags[:12]))
    assert not round_.office.do(mixing.put_back, round_.survey, in_place_of(tags[11:23]))
    assert len(round_.office.run(ballots.boxes, round_.id, "mixed")) == 12 and sealed(round_) == 13


def test_a_round_that_closes_is_mixed_no_more(round_: Round) -> None:
    round_.all_answer("Shop", "3" * 25)
    tags = round_.office.run(ballots.tags, round_.id, "answer")
    round_.office.now = round_.closes_at

    assert round_.mix() == 0
    round_.close()
    assert not round_.office.do(mixing.put_back, round_.survey, in_place_of(tags))


def test_large_pools_are_mixed_in_pieces() -> None:
    pieces = mixing.drawn(10, {0: [str(at) for at in range(1300)], 1: [str(at) for at in range(19)]})

    assert sorted(map(len, pieces)) == [645, 645]
    assert len(frozenset().union(*pieces)) == 1290


def test_a_company_of_small_teams_is_never_looked_through(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 19, "Bar": 19})
    for name in round_.members:
        round_.answer(name, "3")

    assert empty_office.do(mixing.pool, left={}) is None

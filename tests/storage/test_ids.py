"""Ids that begin with their moment."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from storage.models import dated_id, new_id

MOMENTS = st.integers(0, 10**11).map(
    lambda tenths: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=tenths / 10)
)


@given(MOMENTS)
def test_an_id_is_a_uuid_of_the_seventh_kind_that_tells_its_moment(at: datetime) -> None:
    made = dated_id(at)
    read = UUID(made)
    assert made == read.hex and (read.version, read.variant) == (7, RFC_4122)
    assert int(made[:12], 16) == (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


@given(MOMENTS, st.integers(1, 10**9))
def test_later_ones_stand_behind_earlier_ones(at: datetime, milliseconds: int) -> None:
    assert dated_id(at) < dated_id(at + timedelta(milliseconds=milliseconds))


def test_those_of_one_moment_differ_and_so_do_their_endings() -> None:
    now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert len({dated_id(now) for _ in range(10_000)}) == 10_000
    assert len({dated_id(now)[-12:] for _ in range(10_000)}) == 10_000


def test_no_other_id_tells_anything() -> None:
    assert UUID(new_id()).version == 4

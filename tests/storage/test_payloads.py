"""Whom a file is about, in a few bytes each, and found again without reading them all."""

import random

import pytest

from storage.payloads import ENDING, holds_any, packed


class Read(bytes):
    """Bytes that count how often some of them are read."""

    times = 0

    def __getitem__(self, key: object) -> bytes:  # type: ignore[override]
        self.times += 1
        return super().__getitem__(key)  # type: ignore[call-overload]


def some(count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [f"{dice.getrandbits(128):032x}" for _ in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 64, 1000])
def test_each_id_that_was_packed_is_found_and_no_other(count: int) -> None:
    held, others = some(count, 1), some(300, 2)
    holds = packed(held)
    assert all(holds_any(holds, [one]) for one in held)
    assert not any(holds_any(holds, [one]) for one in (*others, "0" * 32, "f" * 32))
    assert not holds_any(holds, others) and not holds_any(holds, [])
    assert holds_any(holds, [*others, *held[-1:]]) is (count > 0)
    assert holds_any(holds, [*others[:3], *held[:1]]) is (count > 0)


def test_a_board_of_everybody_is_not_read_to_find_a_few() -> None:
    board = Read(packed(some(100_000, 1)))
    assert len(board) == 100_000 * ENDING
    assert not holds_any(board, some(10, 2))
    assert board.times <= 10 * 20


def test_a_short_file_is_read_once_however_many_are_wanted() -> None:
    file = Read(packed(some(20, 1)))
    assert not holds_any(file, some(5000, 2))
    assert file.times == 20

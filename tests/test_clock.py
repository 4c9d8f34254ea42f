"""The clock follows its file, and keeps the last good offset when the file is not good."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.clock import Clock

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def test_without_a_file_it_is_now_in_utc() -> None:
    assert Clock().now() == MORNING
    assert Clock().now().tzinfo is UTC


def test_it_follows_the_file(tmp_path: Path) -> None:
    file = tmp_path / "offset"
    clock = Clock(file)
    assert clock.now() == MORNING  # not there yet
    for seconds in ("3600", "-60.5\n", "0"):
        file.write_text(seconds)
        assert clock.now() == MORNING + timedelta(seconds=float(seconds))


@pytest.mark.parametrize("content", [b"", b"12x", b"\xff\xfe", b"nan", b"inf", b"1e12", b"-"])
def test_a_file_that_is_no_number_leaves_the_last_good_offset(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "offset"
    file.write_text("86400")
    clock = Clock(file)
    tomorrow = clock.now()
    file.write_bytes(content)
    assert clock.now() == tomorrow
    file.unlink()
    assert clock.now() == tomorrow
    file.write_text("7200.25")
    assert clock.now() == MORNING + timedelta(seconds=7200.25)

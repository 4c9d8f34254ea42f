"""Who may hand a praise on to whom (product.md 1, It was not me)."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.handing_on import WINDOW, Handover, is_late, obstacle, turn

ACCEPTED = datetime(2026, 3, 3, 10, tzinfo=UTC)
CHAIN = (Handover("ann", "bo", 1), Handover("bo", "cy", 2))


def test_the_first_and_then_each_turn_counts_from_the_one_who_was_praised_at_first() -> None:
    assert turn((), "ann") == 1
    assert turn(CHAIN[:1], "bo") == 2
    assert turn(CHAIN, "cy") == 3
    assert turn(CHAIN, "di") == 1, "praised beside Ann, and never handed on"


def test_thirty_days_to_the_second() -> None:
    assert not is_late(ACCEPTED, ACCEPTED + WINDOW)
    assert is_late(ACCEPTED, ACCEPTED + WINDOW + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("receiver", "code"),
    [
        ("cy", "handing_on_self"),
        ("di", "handing_on_praised"),
        ("ann", "handing_on_back"),
        ("bo", "handing_on_back"),
        ("rex", "handing_on_recorder"),
        ("ed", None),
    ],
)
def test_the_right_colleague_is_somebody_new_to_it(receiver: str, code: str | None) -> None:
    assert obstacle(receiver, giver="cy", praised={"cy", "di"}, recorder="rex", handovers=CHAIN) == code

"""Whether thanks reach everybody (product.md 2): figures about all, from which nobody can be told."""

from datetime import date, timedelta

LEAST_PEOPLE = 5
"""Of fewer people there is no figure."""
UNTHANKED = timedelta(days=30)
"""Whoever has not been thanked for so long is told to their lead."""


def tenth(people: int) -> int:
    """How many people are the most active tenth of so many: one at least."""
    return max(1, -(-people // 10))


def share(part: int, whole: int) -> int | None:
    """`part` of `whole` in hundredths; of nothing there is no share."""
    return round(100 * part / whole) if whole > 0 else None


def forgotten_since(today: date) -> date:
    """Whoever was last thanked before this day counts as not thanked for long."""
    return today - UNTHANKED

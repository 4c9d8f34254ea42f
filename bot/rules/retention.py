"""How long words of people are kept (product.md 7)."""

import calendar
from datetime import date

LEAST, MOST = 3, 120
"""Months; below the least, a morning without news had nothing left to show."""


def before(today: date, months: int) -> date:
    """The day so many months ago: words from before it are kept no longer. A day that a shorter month does not have is
    its last."""
    count = today.year * 12 + today.month - 1 - months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def is_stricter(months: int, stands: int) -> bool:
    """Whether words go sooner than now, by limits of which 0 keeps them for ever."""
    return bool(months) and (not stands or months < stands)

"""Numbers as a person writes them: grouped, with the decimal sign of their language, and short on an axis."""

import math

from babel import Locale
from babel.numbers import format_compact_decimal, format_decimal, format_percent

LONG = 10_000


def number(value: float, locale: Locale) -> str:
    """A number in full."""
    return str(format_decimal(value, locale=locale))


def short(value: float, locale: Locale) -> str:
    """A number for an axis: 20K, 2萬."""
    if abs(value) < LONG:
        return number(round(value, 6), locale)
    return str(format_compact_decimal(value, locale=locale, fraction_digits=1))


def share(part: float, whole: float, locale: Locale) -> str:
    """How much of the whole, in per cent."""
    return str(format_percent(part / whole if whole else 0, "#,##0.#%", locale=locale))


def ticks(least: float, most: float, wanted: int = 5) -> list[float]:
    """Round numbers that reach over all values, nought among them: steps of 1, 2, 2.5 or 5 of a power of ten."""
    least, most = min(0.0, least), max(0.0, most)
    if least == most:
        return [0.0, 1.0]
    rough = most / wanted - least / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [one * power for one in (1, 2, 2.5, 5, 10) if one * power >= rough * (1 - 1e-9)]
    whole = float(least).is_integer() and float(most).is_integer()  # nobody has half a thank-you
    step = next((one for one in steps if not whole or one.is_integer()), 1.0)
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return [place * step for place in range(first, last + 1)]

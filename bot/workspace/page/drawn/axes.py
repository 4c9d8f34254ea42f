"""The two axes of a chart: a scale of round numbers upwards, names of categories along, all within the frame."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from htpy import Node, g, line, text
from htpy import title as hint

from bot.workspace.page.drawn import numbers

WIDTH, HEIGHT = 520.0, 280.0
TILT = 35
WIDEST = 112.0
"""A name that stands aslant is cut where it would be wider; whole it is in the hint and in the table."""
LEAST_SLOT = 22.0
LETTER, WIDE_LETTER = 6.6, 12.0


def width_of(words: str) -> float:
    """How wide words are in the letters of an axis, about."""
    return sum(WIDE_LETTER if unicodedata.east_asian_width(one) in "WF" else LETTER for one in words)


def cut(words: str, room: float) -> str:
    """Words that fit into so much room."""
    if width_of(words) <= room:
        return words
    while words and width_of(words) > room - LETTER:
        words = words[:-1]
    return f"{words.rstrip()}…"


@dataclass(frozen=True)
class Axes:
    """Where things are in a chart of these categories and values."""

    categories: Sequence[str]
    scale: Sequence[float]
    names: Sequence[str]
    """The numbers of the scale as they are written."""
    x_label: str
    y_label: str

    @property
    def left(self) -> float:
        scale = max(width_of(name) for name in self.names) + 12
        if not self.tilted:
            return scale
        first = min(width_of(self.categories[0]), WIDEST) * math.cos(math.radians(TILT))
        return max(scale, first - WIDTH / len(self.categories) / 2 + 16)

    @property
    def right(self) -> float:
        return WIDTH - (10 if not self.tilted else 16)

    @property
    def top(self) -> float:
        return 34.0 if self.y_label else 16.0

    @property
    def bottom(self) -> float:
        names = max(width_of(cut(one, WIDEST)) for one in self.categories)
        below = math.sin(math.radians(TILT)) * names + 18 if self.tilted else 22
        return HEIGHT - below - self.under - (20 if self.x_label else 0)

    @property
    def under(self) -> float:
        """Room for the values below bars that hang down."""
        return 14.0 if self.scale[0] < 0 else 0.0

    @property
    def slot(self) -> float:
        """The room of one category."""
        return (self.right - self.left) / max(1, len(self.categories))

    @property
    def tilted(self) -> bool:
        """Whether the names stand aslant, because side by side they have no room."""
        scale = max(width_of(name) for name in self.names) + 12
        room = (WIDTH - 10 - scale) / max(1, len(self.categories))
        return max(width_of(one) for one in self.categories) > room - 6

    def x(self, place: int) -> float:
        """The middle of a category."""
        return self.left + self.slot * (place + 0.5)

    def y(self, value: float) -> float:
        """How high a value stands."""
        least, most = self.scale[0], self.scale[-1]
        return self.bottom - (value / (most - least) - least / (most - least)) * (self.bottom - self.top)


def axes(chart: dict[str, object], values: Sequence[float], locale: Locale) -> Axes:
    """The axes for these values of a chart of Slack's."""
    told = chart.get("axis_config")
    config = told if isinstance(told, dict) else {}
    scale = numbers.ticks(min(values), max(values))
    names = [numbers.short(one, locale) for one in scale]
    labels = [str(config.get(key) or "") for key in ("x_label", "y_label")]
    return Axes([str(one) for one in config.get("categories") or []], scale, names, *labels)


def drawn(one: Axes) -> Node:
    """The grid, its numbers, the names below and what both axes are."""
    return [
        g(".scale")[
            (
                [
                    line(
                        class_=["rule", value == 0 and "ground"],
                        x1=f"{one.left:.1f}",
                        x2=f"{one.right:.1f}",
                        y1=f"{one.y(value):.1f}",
                        y2=f"{one.y(value):.1f}",
                    ),
                    text(x=f"{one.left - 8:.1f}", y=f"{one.y(value) + 4:.1f}", text_anchor="end")[name],
                ]
                for value, name in zip(one.scale, one.names, strict=True)
            )
        ],
        g(".names")[(_name(one, place, name) for place, name in enumerate(one.categories) if place % _nth(one) == 0)],
        text(".axis", x="2", y="14")[one.y_label] if one.y_label else None,
        text(".axis", x=f"{(one.left + one.right) / 2:.1f}", y=f"{HEIGHT - 5:.1f}", text_anchor="middle")[one.x_label]
        if one.x_label
        else None,
    ]


def _nth(one: Axes) -> int:
    """Every how many-th name has room; all are in the table."""
    return math.ceil(LEAST_SLOT / one.slot) if one.tilted else 1


def _name(one: Axes, place: int, name: str) -> Node:
    x, y = one.x(place), one.bottom + one.under + 17
    if not one.tilted:
        return text(x=f"{x:.1f}", y=f"{y:.1f}", text_anchor="middle")[name]
    shown = cut(name, min(WIDEST, (x - 4) / math.cos(math.radians(TILT))))
    return text(
        x=f"{x + 5:.1f}", y=f"{y - 3:.1f}", text_anchor="end", transform=f"rotate(-{TILT} {x + 5:.1f} {y - 3:.1f})"
    )[hint[name] if shown != name else None, shown]

"""Pies: slices with numbers, and beside them whose number it is, so that no colour is needed to tell them apart."""

import math

from babel import Locale
from htpy import Node, circle, div, g, li, path, span, svg, text, ul
from htpy import title as hint

from bot.workspace.page.drawn import marks, numbers

RADIUS, MIDDLE = 100.0, 120.0
NARROW = 0.06
"""A slice of less of the whole has its number outside."""
WHOLE = 0.9999


def pie(name: str, points: list[tuple[str, float]], locale: Locale) -> Node:
    """A pie of these parts of a whole."""
    whole = sum(value for _, value in points)
    starts = [sum(value for _, value in points[:at]) / whole for at in range(len(points))]
    side = f"0 0 {2 * MIDDLE:g} {2 * MIDDLE:g}"
    return div(".pie")[
        svg(viewBox=side, role="img", aria_label=name)[
            (
                _slice(at, label, starts[at], value / whole, numbers.share(value, whole, locale))
                for at, (label, value) in enumerate(points)
            )
        ],
        ul(".legend")[
            (
                li[
                    span(class_=f"number {marks.look(at)}")[f"{at + 1}"],
                    span(".part")[label],
                    span(".amount")[f"{numbers.number(value, locale)} · {numbers.share(value, whole, locale)}"],
                ]
                for at, (label, value) in enumerate(points)
            )
        ],
    ]


def _slice(at: int, label: str, start: float, part: float, told: str) -> Node:
    x, y = _spot(start + part / 2, RADIUS * (0.68 if part >= NARROW else 1.1))
    look = marks.look(at)
    if part > WHOLE:
        shape = circle(".slice", cx=f"{MIDDLE:g}", cy=f"{MIDDLE:g}", r=f"{RADIUS:g}")
    else:
        (x1, y1), (x2, y2) = _spot(start, RADIUS), _spot(start + part, RADIUS)
        arc = f"A{RADIUS:g} {RADIUS:g} 0 {int(part > 0.5)} 1 {x2:.2f} {y2:.2f}"
        shape = path(".slice", d=f"M{MIDDLE:g} {MIDDLE:g}L{x1:.2f} {y1:.2f}{arc}z")
    return g(class_=look)[
        hint[f"{label}: {told}"],
        shape,
        text(class_=["number", part < NARROW and "outside"], x=f"{x:.1f}", y=f"{y + 4:.1f}", text_anchor="middle")[
            f"{at + 1}"
        ],
    ]


def _spot(turn: float, radius: float) -> tuple[float, float]:
    """A spot of the circle, from above with the clock."""
    angle = 2 * math.pi * turn - math.pi / 2
    return MIDDLE + radius * math.cos(angle), MIDDLE + radius * math.sin(angle)

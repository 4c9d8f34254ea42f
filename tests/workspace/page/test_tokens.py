"""The colours of the page: what lies upon what can be read by everybody, in the light and in the dark."""

import re
from pathlib import Path

import pytest

from bot.workspace import page

TOKENS = (Path(page.__file__).parent / "static" / "tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}
PAPERS = ("paper", "paper-2", "paper-3", "gold-soft")
WORDS = [(ink, paper) for ink in ("ink", "ink-soft", "accent", "link", "good", "bad") for paper in PAPERS] + [
    ("gold-ink", "gold"),
    ("accent-ink", "accent"),
    ("good-ink", "good"),
    ("bad-ink", "bad"),
    ("good", "good-soft"),
    ("bad", "bad-soft"),
    ("link", "link-soft"),
    ("ink", "good-soft"),
    ("ink", "bad-soft"),
    ("ink", "link-soft"),
    ("ink-soft", "bad-soft"),
    ("ink-soft", "good-soft"),
]
EDGES = [(edge, paper) for edge in ("edge", "focus", "accent") for paper in ("paper", "paper-2", "paper-3")]


def luminance(colour: str) -> float:
    """How bright a colour is, as WCAG 2.2 defines relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), WORDS, ids=lambda one: str(one))
def test_words_stand_out_from_what_they_are_written_on(ink: str, paper: str, theme: int) -> None:
    assert contrast(COLOURS[ink][theme], COLOURS[paper][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "paper"), EDGES, ids=lambda one: str(one))
def test_the_edges_of_what_one_can_press_stand_out(edge: str, paper: str, theme: int) -> None:
    assert contrast(COLOURS[edge][theme], COLOURS[paper][theme]) >= 3

"""The questions of the micro pulse: what they are about, how they are answered, which one is next (product.md 4)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from bot.rules.periods import start

Kind = Literal["agree", "mood", "scale", "yesno", "choice"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Direction = Literal["up", "down", "none"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
DRIVERS = (
    "recognition", "autonomy", "tools", "workload", "clarity", "growth", "belonging", "safety", "customers",
    "cooperation", "leadership", "wellbeing",
)  # fmt: skip
ENPS = "enps"
"""The driver of the one question whether somebody would recommend the company: asked every quarter like an anchor."""
CARE = "wellbeing"
"""After a question of this driver everybody sees the support contacts, whatever they answered."""

VALUES: Mapping[Kind, tuple[str, ...]] = {
    "agree": tuple("12345"),
    "mood": tuple("12345"),
    "scale": tuple(str(value) for value in range(11)),
    "yesno": ("yes", "no"),
}
"""What an answer may be; of a choice its options."""


@dataclass(frozen=True)
class Option:
    """One answer of a choice, in every language in which somebody put it."""

    id: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One question. `direction` says whether a high answer is good; `source` where its construct comes from."""

    id: str
    driver: str
    kind: Kind
    direction: Direction
    words: Mapping[str, str]
    options: tuple[Option, ...] = ()
    anchor: bool = False
    source: str = field(default="", compare=False)

    @property
    def values(self) -> tuple[str, ...]:
        """What an answer may be, in the order in which the answers are shown."""
        return tuple(option.id for option in self.options) if self.kind == "choice" else VALUES[self.kind]

    def said(self, language: str) -> str:
        """Its words in this language; in English, or else whatever it has, if nobody translated it."""
        return in_language(self.words, language)

    def shown(self, value: str, language: str) -> str:
        """How an option of a choice is called."""
        return next(in_language(option.words, language) for option in self.options if option.id == value)


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words of this language, else the English ones, else those that are there."""
    return words.get(language) or words.get("en") or next(filter(None, words.values()), "")


@dataclass(frozen=True)
class Past:
    """A question that was asked."""

    question: str
    driver: str
    local_date: date


def next_question(bank: Sequence[Question], past: Sequence[Past], day: date, dates_left: int) -> Question | None:
    """The question of `day`; None of an empty bank.

    Every quarter owes each anchor and eNPS once: they are spread evenly over its dates, of which `dates_left` are left
    with this one. All other questions take turns: those asked least first, of these the driver that was silent longest,
    of these the bank's order. `past` is every question that was ever asked.
    """
    began = start("quarter", day)
    this_quarter = [one for one in past if one.local_date >= began]
    asked = {one.question for one in this_quarter}
    every = [one for one in bank if one.anchor or one.driver == ENPS]
    owed = [one for one in every if one.id not in asked]
    others = [one for one in bank if one not in every] or every
    if owed and _is_turn(len(owed), len(every), len(this_quarter), dates_left):
        return _longest_silent(owed, past)
    times = Counter(one.question for one in past)
    least = min((times[one.id] for one in others), default=0)
    return _longest_silent([one for one in others if times[one.id] == least], past)


def _is_turn(owed: int, every: int, dates_past: int, dates_left: int) -> bool:
    """Whether an owed question comes now: else the share of `every` such question that was asked would be behind the
    share of the quarter's dates that are over, or more would be owed than dates are left."""
    behind = (every - owed + 1) * (dates_past + dates_left) <= (dates_past + 1) * every
    return behind or owed >= dates_left


def _longest_silent(questions: Sequence[Question], past: Sequence[Past]) -> Question | None:
    """That question whose driver was asked longest ago; of one driver, or of several never asked, the first."""
    last = {one.driver: one.local_date for one in sorted(past, key=lambda one: one.local_date)}
    return min(questions, key=lambda one: last.get(one.driver, date.min), default=None)

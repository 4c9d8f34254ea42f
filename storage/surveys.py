"""Rounds of the micro pulse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.rules.atoms import Cut
from bot.rules.questions import Question


@dataclass(frozen=True)
class Survey:
    """A round: all that it promises was settled when it opened. `asked_in` counts those asked by segment."""

    id: str
    local_date: date
    question: Question
    opens_at: datetime
    closes_at: datetime
    state: str
    population: int
    asked: int
    least: int
    least_comments: int
    batch: int
    public_key: str = ""
    secret: str = field(default="", repr=False)
    cuts: tuple[Cut, ...] = ()
    asked_in: Mapping[int, int] = field(default_factory=dict)
    answered: int = 0
    scrubbed: bool = False

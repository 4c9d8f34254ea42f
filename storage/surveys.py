"""Rounds of the micro pulse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.rules.atoms import Cut
from bot.rules.questions import Question

State = Literal["open", "closing", "closed", "void", "few", "skipped"]


@dataclass(frozen=True)
class Survey:
    """A round: all that it promises was settled when it opened. `asked_in` counts those asked by segment, `people_in`
    those who could have been."""

    id: str
    local_date: date
    state: State
    opens_at: datetime
    closes_at: datetime
    question: Question
    cuts: tuple[Cut, ...]
    asked_in: Mapping[int, int]
    people_in: Mapping[int, int]
    population: int = 0
    asked: int = 0
    answered: int = 0
    least: int = 0
    least_comments: int = 0
    batch: int = 0
    public_key: str = ""
    secret: str = ""
    scrubbed: bool = False

"""The bank of questions and suggested actions that ships with the bot (bot/content), in every language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal, get_args

from bot.rules.languages import LANGUAGES
from bot.rules.questions import Option, Question, in_language

CONTENT = Path(__file__).parent.parent / "content"

Effort = Literal["today", "week", "month"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)
"""How long an action takes, the shortest first."""


@dataclass(frozen=True)
class Action:
    """What a lead can do when a driver's figure fell. `source` says what speaks for it."""

    id: str
    driver: str
    effort: Effort
    words: Mapping[str, str]
    source: str = field(default="", compare=False)

    def said(self, language: str) -> str:
        """Its words in this language."""
        return in_language(self.words, language)


@cache
def questions() -> tuple[Question, ...]:
    """The questions of the bank, in its order; read once."""
    return tuple(
        Question(
            row["id"],
            row["driver"],
            row["kind"],
            row["direction"],
            _words(row),
            tuple(Option(option["id"], _words(option)) for option in row.get("options", ())),
            row.get("anchor", False),
            row["source"],
        )
        for row in _rows("question")
    )


@cache
def actions() -> tuple[Action, ...]:
    """The suggested actions, in the order of the file; read once."""
    return tuple(Action(row["id"], row["driver"], row["effort"], _words(row), row["source"]) for row in _rows("action"))


def suggested(driver: str, seed: str) -> Action | None:
    """One of a driver's actions, the same for the same `seed`; None of a driver without any."""
    fitting = [action for action in actions() if action.driver == driver]
    return Random(seed).choice(fitting) if fitting else None


def _rows(kind: str) -> list[dict[str, Any]]:
    """The tables of a file that ships with the bot. Raises KeyError or ValueError if it is not as it should be."""
    rows: list[dict[str, Any]] = tomllib.loads((CONTENT / f"{kind}s.toml").read_text(encoding="utf-8"))[kind]
    return rows


def _words(row: Mapping[str, str]) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES}

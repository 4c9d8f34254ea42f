"""The bank of questions and suggested actions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.rules.questions import in_language

Effort = Literal["today", "week", "month"]


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

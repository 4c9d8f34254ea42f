"""The bank of questions, and what leads can do."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """Something that a lead can do about a driver; `effort` says how long it takes: today, week or month."""

    id: str
    driver: str
    effort: str
    words: Mapping[str, str]

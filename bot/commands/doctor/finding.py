"""What the doctor finds."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """One look at one thing: `about` what, what was seen, and what to do about it ("" if nothing)."""

    level: Level
    about: str
    seen: str
    advice: str = ""


def ok(about: str, seen: str) -> Finding:
    """It is as it should be."""
    return Finding("ok", about, seen)


def warning(about: str, seen: str, advice: str) -> Finding:
    """It works, and somebody should look at it."""
    return Finding("warning", about, seen, advice)


def error(about: str, seen: str, advice: str) -> Finding:
    """It does not work, or will not."""
    return Finding("error", about, seen, advice)

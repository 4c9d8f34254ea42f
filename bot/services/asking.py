"""Asking the people of a round, at the pace that Slack allows."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Progress:
    """How many of a round's people have been asked so far, and when the last of them will have been."""

    reached: int
    asked: int
    through_at: datetime

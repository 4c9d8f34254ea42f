"""How people want to be asked."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wish:
    """How somebody wants to be asked: not at all, not before a date, once more if they have not answered."""

    opted_out: bool = False
    away_until: date | None = None
    reminds: bool = False

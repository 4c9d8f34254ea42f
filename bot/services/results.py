"""What one viewer sees of a round that closed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.rules.showing import Figures
from bot.services.bank import Action
from storage.people import Member
from storage.results import Comment
from storage.surveys import Survey

Withheld = Literal["", "few", "subtractable", "no_team"]


@dataclass(frozen=True)
class Trend:
    """The same question, the same cut, oldest first, at most eight."""

    points: tuple[tuple[date, Figures], ...] = ()


@dataclass(frozen=True)
class Told:
    """What one viewer sees of a round: `mine` are the figures of a lead's team, or of the company; `withheld` says why
    there are none. `teams` are all teams with their figures, if they are shown: for admins alone. `fell` names the cuts
    whose figure fell (COMPANY the company's), `action` is what could be done about it."""

    viewer: Member
    survey: Survey
    mine: Figures | None
    trend: Trend = Trend()
    comments: tuple[Comment, ...] = ()
    withheld: Withheld = ""
    teams: tuple[tuple[str, Figures | None], ...] = ()
    fell: tuple[str, ...] = ()
    action: Action | None = None

"""When a ritual is due, and which praise opens the day (product.md 1, The morning ritual)."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

CATCH_UP = timedelta(hours=4)
HORIZON_DAYS = 31
"""How far back missed dates are looked for."""
OTHERS = 10
"""How many praises beside the opening one get a line."""

Verdict = Literal["open", "skip", "rest"]


def is_name(name: str) -> bool:
    """Whether a ritual can be called so: one word."""
    return re.fullmatch(r"[\w-]{1,40}", name) is not None


def due(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, of the wall time `at` on `day`.

    An hour that the clocks repeat happens at its first pass; one that they leave out is pushed past the gap.
    """
    return datetime.combine(day, at, zone).replace(fold=0).astimezone(UTC)


def dates_to_decide(
    *, now: datetime, created_at: datetime, last_decided: date | None, at: time, zone: ZoneInfo
) -> list[date]:
    """The local dates, oldest first, whose instant lies after the ritual was made, is past, and is undecided."""
    today = now.astimezone(zone).date()
    first = max(today - timedelta(days=HORIZON_DAYS), last_decided + timedelta(days=1) if last_decided else date.min)
    days = (first + timedelta(days=ahead) for ahead in range((today - first).days + 1))
    return [day for day in days if created_at < due(day, at, zone) <= now]


def verdict(due_at: datetime, now: datetime, working: bool) -> Verdict:
    """What becomes of a date: "rest" if nobody works, "skip" if it is over four hours late, else "open"."""
    if not working:
        return "rest"
    return "open" if now - due_at <= CATCH_UP else "skip"


def in_time(due_at: datetime, now: datetime) -> bool:
    """Whether what was due then is still done now: not before, and at most four hours late."""
    return due_at <= now <= due_at + CATCH_UP


def next_due(now: datetime, at: time, zone: ZoneInfo, working: Callable[[date], bool]) -> datetime | None:
    """The next instant, in UTC, at which the ritual opens a working day; None if none comes within a year."""
    today = now.astimezone(zone).date()
    for ahead in range(367):
        day = today + timedelta(days=ahead)
        if (instant := due(day, at, zone)) > now and working(day):
            return instant
    return None


@dataclass(frozen=True)
class Candidate:
    """A praise that could open the day: `length` of its words, `evidence` such as a link.

    `picked_at` is when a lead picked it for this ritual's next post, None if nobody did or that post is over.
    """

    id: str
    persons: frozenset[str]
    applause: int
    evidence: bool
    length: int
    recorded_at: datetime
    picked_at: datetime | None = None


def _moving(candidate: Candidate) -> tuple[object, ...]:
    """Sorts the most moving first: a lead's latest pick, applause, evidence, the longest words, the earlier."""
    return (
        -candidate.picked_at.timestamp() if candidate.picked_at else 0.0,
        -candidate.applause,
        not candidate.evidence,
        -candidate.length,
        candidate.recorded_at,
        candidate.id,
    )


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The most moving first."""
    return sorted(candidates, key=_moving)


def opener(candidates: Iterable[Candidate], last_persons: frozenset[str]) -> Candidate | None:
    """The most moving praise; the same person does not open two mornings running if another can.

    Not by a lead's pick either: product.md names the pick first among what is moving, and then says this of whatever
    comes first, without an exception. Whoever picks is told so beside the praise.
    """
    in_order = ranked(candidates)
    others = (candidate for candidate in in_order if not candidate.persons & last_persons)
    return next(others, in_order[0] if in_order else None)


def with_picks(candidates: Iterable[Candidate], picked: Iterable[Candidate]) -> list[Candidate]:
    """The candidates together with those that leads picked, each once."""
    return list({one.id: one for one in (*candidates, *picked)}.values())


def others(candidates: Sequence[Candidate], opening: Candidate) -> tuple[tuple[Candidate, ...], int]:
    """The newest of the rest, newest first, and how many more there are."""
    rest = sorted(
        (candidate for candidate in candidates if candidate.id != opening.id),
        key=lambda candidate: (candidate.recorded_at, candidate.id),
        reverse=True,
    )
    return tuple(rest[:OTHERS]), max(0, len(rest) - OTHERS)

"""Praise of former days, from a file (product.md 1): stored, never posted, and never new.

What is there already is found by the rule for duplicates, so the same file brings nothing twice, however often it is
read and wherever a reading was broken off. Points are given only on request, once for ever by the ledger's own key,
and counted on the day it happened.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rules import praise as rules
from bot.rules.company import Company
from bot.services import intake, people
from bot.services.intake import Fit, Unfit
from bot.services.telling import Telling
from storage import audit
from storage import history as storage
from storage import people as roster
from storage import points as ledger
from storage.history import Known, Words
from storage.models import dated_id
from storage.people import Member
from storage.points import Line
from storage.praise import NewPraise

_SPAN = timedelta(days=rules.DUPLICATE_DAYS)


@dataclass(frozen=True)
class Brought:
    """What became of one telling: `added`, or known already, or `unfit`. `awarded` counts people who got points now."""

    added: bool = False
    unfit: Unfit | None = None
    awarded: int = 0


def bring(
    session: Session,
    company: Company,
    tellings: Sequence[Telling],
    *,
    award: bool,
    now: datetime,
    run: str = "",
) -> list[Brought]:
    """Store those of these tellings that are fit and new, in their order; with `award` all get their points. What
    changes something is in the audit, once for each `run` of the import."""
    names = {name for telling in tellings for name in telling.people[: rules.MAX_PEOPLE]}
    found = people.find(session, company, names)
    fits = [_fit_or_not(company, found, telling, now) for telling in tellings]
    words = {(person.id, fit.fingerprint) for fit in fits if isinstance(fit, Fit) for person in fit.people}
    roster.hold(session, {person_id for person_id, _ in words})
    shelf = _Shelf(storage.known(session, words), now)
    added = [isinstance(fit, Fit) and shelf.put(place, fit) for place, fit in enumerate(fits)]
    storage.add(session, company.workspace_id, shelf.fresh, now=now)
    awarded = _award(session, company, shelf.due, now) if award else Counter()
    if run and (any(added) or awarded.total()):
        after = "with_points" if award else "without_points"
        audit.note_run(session, company.workspace_id, run, act="imported", after=after, now=now)
    return [
        Brought(added[place], fit if isinstance(fit, Unfit) else None, awarded[place]) for place, fit in enumerate(fits)
    ]


def _fit_or_not(company: Company, found: Mapping[str, Member], telling: Telling, now: datetime) -> Fit | Unfit:
    try:
        return intake.fit(company, found, telling, now=now)
    except Unfit as unfit:
        return unfit


class _Shelf:
    """The words that are known, of earlier and of these tellings; `fresh` are to be stored, with their ids.

    `due` are the points that a telling may bring: its place, and whose praise counts on which day.
    """

    def __init__(self, known: dict[Words, list[Known]], now: datetime) -> None:
        self.fresh: list[tuple[str, NewPraise]] = []
        self.due: list[tuple[int, Known, str]] = []
        self._known, self._now = known, now

    def put(self, place: int, fit: Fit) -> bool:
        """Whether these words are new for anybody."""
        first = {person.id: self._first(person.id, fit) for person in fit.people}
        fresh = tuple(person for person in fit.people if first[person.id] is None)
        if fresh:
            mine = Known(dated_id(self._now), fit.happened_on, awardable=True)
            self.fresh.append((mine.praise_id, intake.new(fit, fresh, imported=True)))
            for person in fresh:
                first[person.id] = mine
                self._known.setdefault((person.id, fit.fingerprint), []).append(mine)
        self.due += [(place, one, person_id) for person_id, one in first.items() if one and one.awardable]
        return bool(fresh)

    def _first(self, person_id: str, fit: Fit) -> Known | None:
        """The praise that these words repeat: of several the one that a file brought, nearest to the day."""
        near = [one for one in self._known.get((person_id, fit.fingerprint), ()) if _apart(one, fit) <= _SPAN]
        return min(near, key=lambda one: (not one.awardable, _apart(one, fit)), default=None)


def _apart(one: Known, fit: Fit) -> timedelta:
    return abs(one.happened_on - fit.happened_on)


def _award(session: Session, company: Company, due: Sequence[tuple[int, Known, str]], now: datetime) -> Counter[int]:
    """Give the points that were not given yet; how many people got them, by the place of the telling."""
    given: Counter[int] = Counter()
    for place, one, person_id in sorted(due, key=lambda each: each[2]):  # accounts are locked in the order of people
        key = f"praise:{one.praise_id}:{person_id}"
        line = Line(key, person_id, "praise", company.praise_points, one.happened_on, now)
        given[place] += ledger.award(session, company.workspace_id, line)
    return given

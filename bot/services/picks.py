"""A lead picks the praise that opens the next morning (product.md 1, Most moving).

A pick counts for each ritual's next post, and then no longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import rituals as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.rituals import Candidate
from bot.services import people, rituals, timetable
from bot.services.praise import existing
from storage import audit
from storage import picks as storage
from storage import praise as praises
from storage import rituals as mornings
from storage.people import Member
from storage.praise import Praise

OFFERED = 10
"""How many praises a lead chooses from."""


@dataclass(frozen=True)
class Choice:
    """A praise that could open the next morning.

    `repeats` says that somebody in it opened the last one too, so that another goes first if there is one.
    """

    praise: Praise
    is_new: bool
    is_picked: bool
    repeats: bool


@dataclass(frozen=True)
class Choices:
    """What a lead chooses from: what is picked, the latest first; what is new and what is older, most moving first."""

    lead: Member
    choices: tuple[Choice, ...]


def choices(session: Session, company: Company, lead_slack_id: str, *, now: datetime) -> Choices:
    """What could open the next morning, of any ritual. Raises Refusal for whoever does not lead."""
    lead = people.lead(session, company, lead_slack_id)
    in_force = timetable.in_force(session, company)
    new: dict[str, Candidate] = {}
    picked: dict[str, Candidate] = {}
    last: set[str] = set()
    for ritual in in_force:
        fresh, chosen = rituals.competing(session, company, ritual, now)
        new |= _by_id(fresh)
        picked |= _by_id(chosen)
        last |= rituals.last_persons(session, ritual)
    older: dict[str, Candidate] = {}
    for ritual in in_force if len(new) + len(picked) < OFFERED else ():
        teams = timetable.teams(session, company, ritual)
        older |= _by_id(mornings.unfeatured(session, company.workspace_id, ritual.id, OFFERED, teams))
    in_order = [candidate for group in (picked, new, older) for candidate in rules.ranked(group.values())]
    offered = list(_by_id(in_order).values())[:OFFERED]
    found = praises.several(session, [candidate.id for candidate in offered])
    return Choices(
        lead,
        tuple(
            Choice(praise, praise.id in new, praise.id in picked, bool(candidate.persons & last))
            for praise, candidate in zip(found, offered, strict=True)
        ),
    )


def pick(
    session: Session, company: Company, lead_slack_id: str, praise_id: str, *, stands: bool, now: datetime
) -> Choices:
    """Pick a praise for the next morning, or take the pick back; gives the choices as they are then.

    Raises Refusal for whoever does not lead, and for praise that can open no morning.
    """
    lead = people.lead(session, company, lead_slack_id)
    praise = existing(session, praise_id)
    if not stands:
        if storage.take_back(session, praise_id):
            _note(session, company, lead, "unpicked", praise, now)
        return choices(session, company, lead_slack_id, now=now)
    if praise.state != "accepted":
        raise Refusal("out_of_date")
    if not praise.shown:
        raise Refusal("pick_private")
    if not _open_to(session, company, praise) - storage.opened(session, praise_id):
        raise Refusal("pick_opened")
    storage.pick(session, praise_id, lead.id, now=now)
    _note(session, company, lead, "picked", praise, now)
    return choices(session, company, lead_slack_id, now=now)


def _note(session: Session, company: Company, lead: Member, act: str, praise: Praise, now: datetime) -> None:
    audit.note(session, company.workspace_id, by=lead.id, act=act, subject=praise.id, now=now)


def _open_to(session: Session, company: Company, praise: Praise) -> set[str]:
    """The ids of the rituals whose mornings this praise fits: those of everybody, and of the teams of who is shown."""
    spelt = {person.team for person in praise.shown}
    rituals = {ritual.id: timetable.teams(session, company, ritual) for ritual in timetable.in_force(session, company)}
    return {ritual_id for ritual_id, teams in rituals.items() if teams is None or spelt & set(teams)}


def _by_id(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    return {candidate.id: candidate for candidate in candidates}

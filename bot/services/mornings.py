"""Morning posts of the last month that show a praise which changed, as they are drawn now (product.md 1)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.rules import rituals as rules
from bot.rules.company import Company
from bot.services.rituals import Morning, subject
from storage import messages
from storage import mornings as storage
from storage import praise as praises
from storage import rituals as ritual_storage
from storage.mornings import Posted
from storage.praise import Praise

SHOWN = timedelta(days=rules.HORIZON_DAYS)
"""Older posts stay as they are: praise can be handed on for thirty days after it was accepted."""
OWED = timedelta(days=2)
"""Longer than a post can be owed: it is given up four hours after its time."""


def showing(session: Session, company: Company, praise_id: str, *, now: datetime) -> tuple[Morning, ...]:
    """The posts that show this praise, sent or owed."""
    return showing_any(session, company, {praise_id}, since=(now - SHOWN).date())


def showing_any(session: Session, company: Company, praise_ids: Collection[str], *, since: date) -> tuple[Morning, ...]:
    """The posts of that date and later ones that show one of these praises."""
    return _drawn(session, company, with_any(session, company, praise_ids, since=since))


def with_any(session: Session, company: Company, praise_ids: Collection[str], *, since: date) -> tuple[Posted, ...]:
    """The same, not drawn: what can be looked up beforehand for praise that changes later."""
    return _with(storage.since(session, company.workspace_id, since), praise_ids)


def showing_known(
    session: Session, company: Company, praise_ids: Collection[str], known: Sequence[Posted], *, now: datetime
) -> tuple[Morning, ...]:
    """The posts that show one of these praises, of those `known` and of those that came meanwhile."""
    fresh = storage.since(session, company.workspace_id, (now - OWED).date())
    newest = {(one.ritual_id, one.local_date): one for one in (*known, *fresh)}
    return _drawn(session, company, _with(newest.values(), praise_ids))


def owed(session: Session, company: Company, person_id: str, *, now: datetime) -> tuple[Morning, ...]:
    """The posts that do not stand in Slack yet and show praise of this person."""
    posted = storage.since(session, company.workspace_id, (now - OWED).date())
    drawn = _drawn(session, company, posted)
    return tuple(one for one in drawn if _is_about(person_id, one) and not _stands(session, company, one))


def reopen(session: Session, morning: Morning) -> None:
    """Let the next tick decide this date anew: its post was certainly not sent."""
    storage.reopen(session, morning.ritual.id, morning.local_date)


def _with(posted: Iterable[Posted], praise_ids: Collection[str]) -> tuple[Posted, ...]:
    return tuple(one for one in posted if any(each in praise_ids for each in (one.shown.opening, *one.shown.others)))


def _drawn(session: Session, company: Company, posted: Sequence[Posted]) -> tuple[Morning, ...]:
    rituals = {one.id: one for one in ritual_storage.every(session, company.workspace_id, retired=True)}
    ids = {praise_id for one in posted for praise_id in (one.shown.opening, *one.shown.others)}
    known = {praise.id: praise for praise in praises.several(session, sorted(ids))}
    find: Callable[[str], Praise] = known.__getitem__
    return tuple(
        Morning(
            rituals[one.ritual_id],
            one.local_date,
            find(one.shown.opening),
            one.shown.is_older,
            tuple(map(find, one.shown.others)),
            one.shown.more,
        )
        for one in posted
    )


def _is_about(person_id: str, morning: Morning) -> bool:
    return any(person.id == person_id for praise in (morning.opening, *morning.others) for person in praise.people)


def _stands(session: Session, company: Company, morning: Morning) -> bool:
    name = subject(morning.ritual, morning.local_date)
    return messages.by_subject(session, workspace_id=company.workspace_id, subject=name) is not None

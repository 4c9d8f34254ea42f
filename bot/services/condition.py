"""How the bot is, for admins: what waits to leave, what never will, mornings that were missed, the last backup."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.rules import periods, zones
from bot.rules.company import Company
from storage import condition as storage
from storage import letters, outbox
from storage.outbox import Figures
from storage.people import Member
from storage.stopped import DeadLetter, dead_letters

LOOKS_BACK = timedelta(days=14)
"""For mornings that were missed."""
SHOWN = 3


@dataclass(frozen=True)
class Condition:
    """How the bot is. `skipped` are rituals, by name, and the dates that they missed; `backup` is when the database was
    last copied, by the clock of whoever looks, and means something only if the bot can know (`copies`). `shut` is how
    much was sent without a name and cannot be opened, for its key is gone."""

    outbox: Figures
    dead: tuple[DeadLetter, ...]
    skipped: tuple[tuple[str, date], ...]
    copies: bool
    backup: datetime | None
    now: datetime
    shut: int = 0


def at_home(
    session: Session, company: Company, member: Member, *, unseen: Collection[str] = (), now: datetime
) -> Condition | None:
    """How the bot is, for an admin; None for anybody else. `unseen` are the ids of postboxes without a key."""
    if member.role != "admin":
        return None
    here, since = company.workspace_id, periods.local_day(now - LOOKS_BACK, company.zone)
    figures, copied = outbox.figures(session, workspace_id=here, now=now), storage.last_copied(session)
    return Condition(
        outbox=figures,
        dead=tuple(dead_letters(session, workspace_id=here, limit=SHOWN)) if figures.dead else (),
        skipped=storage.skipped(session, here, since, most=SHOWN),
        copies=storage.keeps_copies(session),
        backup=copied.astimezone(zones.known(member.zone) or company.zone) if copied else None,
        now=now,
        shut=sum(letters.waiting(session, postbox_id) for postbox_id in unseen),
    )

"""What is written down when a ritual is made, changed or removed."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.parsing import DAYS
from bot.rules.company import Company
from storage import audit
from storage.people import Member
from storage.rituals import Ritual


def kept(
    session: Session, company: Company, there: Ritual | None, ritual: Ritual, *, by: Member | None, now: datetime
) -> None:
    """A ritual was made or begins anew, or parts of it were changed."""
    write = partial(audit.note, session, company.workspace_id, by=by.id if by else "", subject=ritual.name, now=now)
    if there is None or there.retired_at:
        write(act="ritual_made", after=f"{ritual.at} {ritual.zone}")
        return
    for (part, was), (_, becomes) in zip(_parts(there), _parts(ritual), strict=True):
        if was != becomes:
            write(act=f"ritual_{part}", before=was, after=becomes)


def removed(session: Session, company: Company, ritual: Ritual, *, by: Member | None, now: datetime) -> None:
    """A ritual was removed."""
    audit.note(
        session, company.workspace_id, by=by.id if by else "", act="ritual_removed", subject=ritual.name, now=now
    )


def _parts(ritual: Ritual) -> Iterator[tuple[str, str]]:
    yield "at", ritual.at
    yield "channel", ritual.channel
    yield "days", ",".join(DAYS[day] for day in sorted(ritual.workdays))
    yield "holidays", ritual.holidays
    yield "team", ritual.team
    yield "zone", ritual.zone

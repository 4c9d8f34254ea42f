"""What is owed to Slack of praise, kudos and decisions that come to somebody: at once, or gathered with others."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count, groupby
from typing import TypedDict, Unpack

from sqlmodel import Session

from bot import views
from bot.rules.company import Company
from bot.services import gathering as service
from bot.views.tongue import speak
from storage import gathering as storage
from storage import messages, outbox, people
from storage.gathering import Part
from storage.people import Member


class Owed(TypedDict):
    """A message as `outbox.post` takes it."""

    key: str
    subject: str
    message: outbox.Message
    now: datetime


def tell(
    session: Session,
    company: Company,
    person: Member,
    *,
    key: str,
    message: outbox.Message,
    now: datetime,
    subject: str = "",
    not_before: datetime | None = None,
) -> bool:
    """Owe somebody who has an account a praise, a kudos or a decision; False if it waits for others, as the sixth of
    their day or later. The rest is as in `outbox.post`, but that its key is its subject if it has no other: where it
    stands is known for as long as it does, for what it says may have to be erased."""
    owed: Owed = {"key": key, "subject": subject or key, "message": message, "now": now}
    if not person.slack_id:
        return True
    if waits(session, company, person, not_before=not_before or now, **owed):
        return False
    here, to = company.workspace_id, person.slack_id
    outbox.post(session, workspace_id=here, channel=to, not_before=not_before, **owed)
    return True


def waits(session: Session, company: Company, person: Member, *, not_before: datetime, **owed: Unpack[Owed]) -> bool:
    """Count a message that comes to somebody, who has an account, and let it wait if they had five on that day. If not,
    it is to be owed."""
    leaves_at = service.came(session, company, person, moment=not_before)
    if leaves_at == not_before:
        return False
    storage.hold(session, company.workspace_id, person, leaves_at=leaves_at, **owed)
    return True


def bring(session: Session, company: Company, *, now: datetime, limit: int) -> int:
    """Owe what was gathered and leaves now, to so many people; gives to how many."""
    ripe = storage.ripe(session, company.workspace_id, now=now, limit=limit)
    known = people.by_id(session, ripe)
    for person_id in ripe:
        parts = service.due(session, company, known[person_id], now=now)
        for _, together in groupby(sorted(parts, key=_order), key=lambda part: part.leaves_at):
            _bring(session, company, known[person_id], list(together), now)
    return len(ripe)


def _order(part: Part) -> tuple[datetime, int]:
    return part.leaves_at, part.id


def _bring(session: Session, company: Company, person: Member, parts: Sequence[Part], now: datetime) -> None:
    """One message, or as many as they fill. What comes when the others have just left changes their message."""
    pages = (service.bundle_of(parts[0], page) for page in count())
    bundle, changed = next(pages), set()
    there = [*storage.of(session, company.workspace_id, bundle)]
    for part in parts:
        while there and not views.gathering.fits(person, [one.message for one in (*there, part)]):
            bundle = next(pages)
            there = [*storage.of(session, company.workspace_id, bundle)]
        storage.put(session, part.id, bundle)
        there.append(part)
        changed.add(bundle)
    for bundle in sorted(changed):
        _owe(session, company, person, bundle, now)


def _owe(
    session: Session, company: Company, person: Member, bundle: str, now: datetime, not_before: datetime | None = None
) -> None:
    parts = storage.of(session, company.workspace_id, bundle)
    message = views.gathering.message(person, [part.message for part in parts])
    owed: Owed = {"key": bundle, "subject": bundle, "message": message, "now": now}
    if not outbox.post(session, workspace_id=company.workspace_id, channel=person.slack_id, **owed):
        _update(session, company, bundle, message, now, not_before)


def _update(
    session: Session,
    company: Company,
    subject: str,
    message: outbox.Message,
    now: datetime,
    not_before: datetime | None,
) -> bool:
    here = company.workspace_id
    return outbox.update(session, workspace_id=here, subject=subject, message=message, now=now, not_before=not_before)


def reword(
    session: Session,
    company: Company,
    *,
    subject: str,
    message: outbox.Message,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Show a message that was owed as it is now, wherever it stands: by itself, or among others whose words are not
    forgotten yet; at once or not before a moment."""
    if _update(session, company, subject, message, now, not_before):
        return
    part = storage.named(session, company.workspace_id, subject=subject)
    if part and part.message:
        storage.reword(session, part.id, message)
        _redraw(session, company, part, now, not_before)


def bury(session: Session, company: Company, *, subject: str, now: datetime, not_before: datetime | None) -> None:
    """Let nothing stand of a gathered message of which this was a part, if its words are forgotten here: it cannot be
    drawn without the one part alone."""
    part = storage.named(session, company.workspace_id, subject=subject)
    if part and part.bundle and not part.message:
        person = people.by_id(session, [part.person_id])[part.person_id]
        _update(session, company, part.bundle, views.praise.gone(speak(person.language)), now, not_before)


def redraw(session: Session, company: Company, bundle: str, *, now: datetime) -> None:
    """Draw a gathered message anew of whose parts the words changed."""
    parts = storage.of(session, company.workspace_id, bundle)
    if parts:
        _redraw(session, company, parts[0], now)


def withdraw(session: Session, company: Company, *, key: str, now: datetime) -> None:
    """What was taken back is not shown among others, unless these have left."""
    here = company.workspace_id
    part = storage.named(session, here, key=key)
    if part and not (part.bundle and messages.by_subject(session, workspace_id=here, subject=part.bundle)):
        storage.drop(session, part.id)
        _redraw(session, company, part, now)


def _redraw(session: Session, company: Company, part: Part, now: datetime, not_before: datetime | None = None) -> None:
    """Draw the message anew that has or had this part, if it is owed yet; without any part it is owed no longer."""
    if not part.bundle:
        return
    if storage.of(session, company.workspace_id, part.bundle):
        person = people.by_id(session, [part.person_id])[part.person_id]
        _owe(session, company, person, part.bundle, now, not_before)
    else:
        outbox.cancel(session, workspace_id=company.workspace_id, subject=part.bundle)

"""The rest of a mixed comment goes to the ideas, never to the channel (product.md 1, Mixed comments)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.praise import existing
from storage import aside as storage
from storage.people import Member


@dataclass(frozen=True)
class SetAside:
    """What a customer said beside the praise, kept for the ideas from now on."""

    words: str
    recorder: Member


def set_aside(session: Session, company: Company, slack_id: str, praise_id: str, *, now: datetime) -> SetAside:
    """The recorder of a praise sets aside what was kept back of the customer's words; again changes nothing.

    Raises Refusal for anybody else, and if nothing was kept back.
    """
    person = people.actor(session, company, slack_id)
    praise = existing(session, praise_id)
    if praise.recorder is None or praise.recorder.id != person.id:
        raise Refusal("recorder_only")
    rest = storage.rest(session, praise_id)
    if not rest:
        raise Refusal("out_of_date")
    storage.add(session, company.workspace_id, praise_id, rest, by=person.id, now=now)
    return SetAside(rest, person)

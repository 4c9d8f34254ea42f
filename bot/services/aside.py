"""The rest of a mixed comment goes to the ideas, never to the channel (product.md 1, Mixed comments)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import suggestions as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people, suggestions
from bot.services.praise import existing
from bot.services.suggestions import Sent
from storage import aside as storage
from storage import people as roster
from storage import suggestions as ideas
from storage.people import Member
from storage.suggestions import NewSuggestion


@dataclass(frozen=True)
class SetAside:
    """What a customer said beside the praise, which is an idea from now on; `sent` None: it was one before."""

    words: str
    recorder: Member
    sent: Sent | None = None


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
    return SetAside(rest, person, _bring(session, company, praise_id, rest, person, now))


def bring(session: Session, company: Company, *, now: datetime) -> tuple[Sent, ...]:
    """Let what was set aside before there were ideas become ideas."""
    waiting = storage.waiting(session, company.workspace_id)
    known = roster.by_id(session, {one.by for one in waiting})
    brought = [_bring(session, company, one.praise_id, one.words, known[one.by], now) for one in waiting]
    return tuple(sent for sent in brought if sent)


def _bring(
    session: Session, company: Company, praise_id: str, words: str, recorder: Member, now: datetime
) -> Sent | None:
    """The rest of a comment as an idea in its recorder's name: what the customer said, entitled by its beginning."""
    if ideas.of_praise(session, praise_id):
        return None
    title, team = rules.begun(words), recorder.team
    new = NewSuggestion(title, words, "customer", recorder, team=team, praise_id=praise_id)
    return suggestions.keep(session, company, new, now=now)

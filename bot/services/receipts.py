"""An idea without a name, behind its receipt code: how it stands, words in both directions, and the claim.

Whoever comes with a code leaves no row that says who or when: the person is looked at only for whether they take part,
and in which language. Claiming alone names its author, and says so before.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import letters as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.suggestions import ACCEPTED
from bot.services import letters, people, suggestions
from storage import audit
from storage import receipts as storage
from storage import suggestions as ideas
from storage.people import Member
from storage.receipts import Remark
from storage.suggestions import Moved, Suggestion


@dataclass(frozen=True)
class Thread:
    """An idea, what became of it, and what was said between its author and those who answer."""

    suggestion: Suggestion
    viewer: Member
    steps: tuple[Moved, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Claimed:
    """An idea that has a name now, and the points of its acceptance that its author got with it."""

    suggestion: Suggestion
    author: Member
    awarded: int


def find(session: Session, company: Company, slack_id: str, digest: str) -> Thread:
    """The idea whose code has this digest. Raises Refusal for whoever takes no part, and for nobody's code."""
    member = people.actor(session, company, slack_id)
    suggestion_id = storage.by_digest(session, company.workspace_id, digest)
    if suggestion_id is None:
        raise Refusal("no_such_receipt", field="receipt")
    suggestion = suggestions.existing(session, company, suggestion_id)
    return Thread(suggestion, member, ideas.steps(session, suggestion_id), storage.remarks(session, suggestion_id))


def write(
    session: Session, company: Company, slack_id: str, digest: str, secret: str, words: str, *, now: datetime
) -> Member:
    """Whoever holds the code writes to those who answer; it reaches them with the letters of the next working morning.

    Raises Refusal as `find`, for no words or too many, and for an idea that has a name by now.
    """
    thread = find(session, company, slack_id, digest)
    if thread.suggestion.named:
        raise Refusal("idea_has_name")
    letters.write(session, company, secret, thread.suggestion.id, words, now=now)
    return thread.viewer


def askable(session: Session, company: Company, slack_id: str, suggestion_id: str) -> tuple[Member, Suggestion]:
    """Who answers ideas, and one whose author they may write to. Raises Refusal if they may not."""
    suggestion = suggestions.existing(session, company, suggestion_id)
    member = suggestions.mover(session, company, slack_id, suggestion)
    if not suggestion.reachable:
        raise Refusal("idea_has_name")
    return member, suggestion


def ask(
    session: Session, company: Company, slack_id: str, suggestion_id: str, words: str, *, now: datetime
) -> tuple[Member, Suggestion]:
    """Write to the author of an idea without a name; they see it when they come with their code.

    Raises Refusal as `askable`, and for no words or too many.
    """
    member, suggestion = askable(session, company, slack_id, suggestion_id)
    today = suggestions.today(company, now)
    storage.say(session, company.workspace_id, suggestion.id, rules.words(words), by=member.id, today=today)
    audit.note(session, company.workspace_id, by=member.id, act="idea_asked", subject=suggestion.id, now=now)
    return member, suggestion


def claim(session: Session, company: Company, slack_id: str, digest: str, *, now: datetime) -> Claimed:
    """Whoever holds the code says that the idea is theirs, for everybody to see; the points of its acceptance, if it
    stands accepted, come with it, once.

    Raises Refusal as `find`, for an idea that has a name, and for whoever had a hand in what became of it.
    """
    thread = find(session, company, slack_id, digest)
    member, suggestion = thread.viewer, thread.suggestion
    if member.id in storage.hands(session, suggestion.id):
        raise Refusal("claim_reviewed", field="receipt")
    if not storage.claim(session, company.workspace_id, suggestion.id, member.id):
        raise Refusal("idea_has_name", field="receipt")
    claimed = suggestions.existing(session, company, suggestion.id)
    awarded = suggestions.award(session, company, claimed, now=now) if claimed.state in ACCEPTED else 0
    return Claimed(claimed, member, awarded)

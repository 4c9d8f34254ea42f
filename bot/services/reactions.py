"""The kudos emoji on somebody's message thanks its author; taken off, it takes the thanks back (product.md 2)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import kudos as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.kudos import Act, Given, Thanks, thank, thanks
from storage import kudos as storage
from storage import people as roster
from storage import points as ledger
from storage.people import Member


@dataclass(frozen=True)
class TakenBack:
    """A kudos that its giver took back by removing the reaction, as its line told it."""

    thanks: Thanks


def thanked(session: Session, company: Company, giver_slack_id: str, message_id: str, emoji: str) -> bool:
    """Whether this emoji of theirs on a message stands for kudos: given with it while it was the emoji of kudos."""
    giver = roster.by_slack(session, company.workspace_id, [giver_slack_id]).get(giver_slack_id)
    stand = storage.stand(session, message_id, emoji, giver.id) if giver else None
    return stand is not None and stand.stands


def react(
    session: Session,
    company: Company,
    giver_slack_id: str,
    receiver_slack_id: str,
    message_id: str,
    *,
    emoji: str = "",
    stands: bool,
    event_ts: str,
    channel: str,
    now: datetime,
) -> Given | TakenBack | None:
    """The kudos emoji was put on somebody's message, or taken off; None if that changes nothing.

    The newest event decides; an older one is recorded and changes nothing. An `emoji` that was of kudos before gives no
    more, but takes back. Raises Refusal if nothing may be given: then it is as if the reaction had not been made.
    """
    emoji = emoji or company.kudos_emoji
    if stands and emoji != company.kudos_emoji:
        return None
    giver = _giver(session, company, giver_slack_id, stands)
    before = storage.stand(session, message_id, emoji, giver.id)
    if before is None:
        people.actor(session, company, giver_slack_id)  # nothing to take back for who takes no part
    after, action = rules.next_reaction(_state(before), added=stands, event_ts=event_ts)
    kudos_id = before.kudos_id if before else None
    outcome: Given | TakenBack | None = None
    if action == "give":
        receivers = people.named(session, company, [receiver_slack_id])
        keys = f"react:{message_id}:{emoji}:{giver.id}:{after.turns}"
        outcome = thank(session, company, Act(giver, "", "", "reaction", channel, key=keys), receivers, now=now)
        kudos_id = outcome.id
    elif action == "take_back" and kudos_id:
        outcome = _take_back(session, company, giver, kudos_id, now=now)
    elif action == "spent":
        raise Refusal("turns_spent", most=rules.MAX_TURNS)
    stand = storage.Stand(after.on, after.turns, after.event_ts, kudos_id)
    storage.set_stand(session, company.workspace_id, message_id, emoji, giver.id, stand)
    return outcome


def _state(stand: storage.Stand | None) -> rules.ReactionState | None:
    return rules.ReactionState(stand.stands, stand.turns, stand.event_ts) if stand else None


def _giver(session: Session, company: Company, slack_id: str, gives: bool) -> Member:
    """Who reacts. Only giving is for those who take part: whoever no longer does may still take back."""
    known = roster.by_slack(session, company.workspace_id, [slack_id]).get(slack_id)
    return known if known and not gives else people.actor(session, company, slack_id)


def _take_back(session: Session, company: Company, giver: Member, kudos_id: str, *, now: datetime) -> TakenBack | None:
    """Return the allowance and reverse the points of a kudos."""
    taken = storage.take_back(session, kudos_id)
    for _, entry_key, counts_on in taken:
        ledger.reverse(session, company.workspace_id, entry_key, now=now)
        ledger.count(session, company.workspace_id, giver.id, ("given",), counts_on, -1, -1)
    kudos = storage.get(session, kudos_id)
    return TakenBack(thanks(session, kudos)) if kudos else None

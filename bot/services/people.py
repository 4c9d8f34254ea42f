"""Who may act, and what people ask the bot to respect."""

from collections.abc import Iterable, Mapping

from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.refusal import Refusal
from storage import people
from storage.people import Member


def actor(session: Session, company: Company, slack_id: str) -> Member:
    """The person who acts. Raises Refusal for whoever takes no part: strangers, guests, bots, leavers, unknown."""
    return _actor(people.by_slack(session, company.workspace_id, [slack_id]), slack_id)


def _actor(known: Mapping[str, Member], slack_id: str) -> Member:
    member = known.get(slack_id)
    if member is None:
        raise Refusal("unknown_actor")
    if member.absence:
        raise Refusal(f"actor_{member.absence}")
    return member


def actor_and_named(
    session: Session, company: Company, slack_id: str, slack_ids: Iterable[str]
) -> tuple[Member, tuple[Member, ...]]:
    """`actor` and `named` in one look at the roster."""
    wanted = list(slack_ids)
    known = people.by_slack(session, company.workspace_id, {slack_id, *wanted})
    return _actor(known, slack_id), _named(known, wanted)


def admin(session: Session, company: Company, slack_id: str) -> Member:
    """As `actor`, for what only admins may do."""
    member = actor(session, company, slack_id)
    if member.role != "admin":
        raise Refusal("admins_only")
    return member


def named(session: Session, company: Company, slack_ids: Iterable[str]) -> tuple[Member, ...]:
    """The people with these Slack ids, in that order. Raises Refusal if Slack does not know one of them."""
    wanted = list(slack_ids)
    return _named(people.by_slack(session, company.workspace_id, set(wanted)), wanted)


def _named(known: Mapping[str, Member], slack_ids: Iterable[str]) -> tuple[Member, ...]:
    wanted = list(dict.fromkeys(slack_ids))
    if unknown := [slack_id for slack_id in wanted if slack_id not in known]:
        raise Refusal("unknown_people", field="people", people=unknown)
    return tuple(known[slack_id] for slack_id in wanted)


def unknown(session: Session, company: Company, slack_ids: Iterable[str]) -> list[str]:
    """Those of these Slack ids that were never seen: they are looked up before the transaction."""
    wanted = list(dict.fromkeys(slack_ids))
    known = people.by_slack(session, company.workspace_id, wanted)
    return [slack_id for slack_id in wanted if slack_id not in known]


def hide_rank(session: Session, company: Company, slack_id: str, *, hide: bool) -> Member:
    """Leave this person out of the boards that others see, or show them again."""
    member = actor(session, company, slack_id)
    people.prefer(session, member.id, hides_rank=hide)
    return actor(session, company, slack_id)

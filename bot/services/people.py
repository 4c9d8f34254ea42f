"""Who may act, and what people ask the bot to respect."""

import re
from collections.abc import Iterable, Mapping

from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.refusal import Refusal
from storage import accountless, finding, people
from storage.people import Member

OURS = "id:"
"""How a form names somebody without a Slack account: by our own id behind this."""
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,63}")
_EMAIL = re.compile(r"[^\s@\x00-\x1f\ud800-\udfff]{1,127}@[^\s@\x00-\x1f\ud800-\udfff]{1,127}")
_HANDLE = re.compile(r"@[\w.\-]{1,80}")


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


def language(session: Session, company: Company, slack_id: str) -> str:
    """The language of what this person alone sees, whoever they are; English for somebody unknown."""
    member = people.by_slack(session, company.workspace_id, [slack_id]).get(slack_id)
    return member.language if member else "en"


def actor_and_named(
    session: Session, company: Company, slack_id: str, slack_ids: Iterable[str]
) -> tuple[Member, tuple[Member, ...]]:
    """`actor` and `named` in one look at the roster."""
    wanted = list(slack_ids)
    known = _known(session, company, {slack_id, *wanted})
    return _actor(known, slack_id), _named(known, wanted)


def admin(session: Session, company: Company, slack_id: str) -> Member:
    """As `actor`, for what only admins may do."""
    member = actor(session, company, slack_id)
    if member.role != "admin":
        raise Refusal("admins_only")
    return member


def teller(session: Session, company: Company, slack_id: str) -> tuple[Member, bool]:
    """`actor`, and whether there is anybody without a Slack account whom a form should offer."""
    return actor(session, company, slack_id), accountless.exist(session, company.workspace_id)


def without_account(session: Session, company: Company, text: str, limit: int) -> tuple[Member, ...]:
    """The first people without a Slack account, by name, whose name holds this text."""
    return accountless.some(session, company.workspace_id, text, limit)


def lead(session: Session, company: Company, slack_id: str) -> Member:
    """As `actor`, for what only leads and admins may do."""
    member = actor(session, company, slack_id)
    if not member.leads:
        raise Refusal("leads_only")
    return member


def named(session: Session, company: Company, slack_ids: Iterable[str]) -> tuple[Member, ...]:
    """The people with these Slack ids, or ids of ours behind `OURS`, in that order.

    Raises Refusal if nobody has one of them.
    """
    wanted = list(slack_ids)
    return _named(_known(session, company, set(wanted)), wanted)


def _known(session: Session, company: Company, names: Iterable[str]) -> dict[str, Member]:
    known = people.by_slack(session, company.workspace_id, names)
    if ours := [name.removeprefix(OURS) for name in names if name.startswith(OURS)]:
        here = accountless.these(session, company.workspace_id, ours)
        known |= {OURS + person_id: member for person_id, member in here.items()}
    return known


def _named(known: Mapping[str, Member], slack_ids: Iterable[str]) -> tuple[Member, ...]:
    wanted = list(dict.fromkeys(slack_ids))
    if unknown := [slack_id for slack_id in wanted if slack_id not in known]:
        raise Refusal("unknown_people", field="people", people=unknown)
    return tuple(known[slack_id] for slack_id in wanted)


def names(session: Session, company: Company, slack_ids: Iterable[str]) -> dict[str, str]:
    """The names of those of these people who are known, by Slack id."""
    return {one: member.name for one, member in people.by_slack(session, company.workspace_id, set(slack_ids)).items()}


def unknown(session: Session, company: Company, slack_ids: Iterable[str]) -> list[str]:
    """Those of these Slack ids that were never seen: they are looked up before the transaction."""
    wanted = list(dict.fromkeys(slack_ids))
    known = people.by_slack(session, company.workspace_id, wanted)
    return [slack_id for slack_id in wanted if slack_id not in known]


def find(session: Session, company: Company, names: Iterable[str]) -> dict[str, Member]:
    """Those people whom these names mean, by name: a Slack id, an e-mail address or a @handle, in any case.

    Whatever else a name is, and whomever the roster does not have, is left out.
    """
    wanted = set(names)
    emails = {name: name.casefold() for name in wanted if is_email(name)}
    handles = {name: name[1:].casefold() for name in wanted if is_handle(name)}
    here = company.workspace_id
    found = people.by_slack(session, here, filter(is_slack_id, wanted))
    for keys, look in ((emails, finding.by_email), (handles, finding.by_handle)):
        known = look(session, here, set(keys.values())) if keys else {}
        found |= {name: known[key] for name, key in keys.items() if key in known}
    return found


def strangers(session: Session, company: Company, names: Iterable[str]) -> list[str]:
    """Those of these names that mean nobody in the roster, in their order."""
    wanted = list(names)
    found = find(session, company, wanted)
    return [name for name in wanted if name not in found]


def is_slack_id(name: str) -> bool:
    return _SLACK_ID.fullmatch(name) is not None


def is_email(name: str) -> bool:
    return _EMAIL.fullmatch(name) is not None


def is_handle(name: str) -> bool:
    return _HANDLE.fullmatch(name) is not None


def hide_rank(session: Session, company: Company, slack_id: str, *, hide: bool) -> Member:
    """Leave this person out of the boards that others see, or show them again."""
    member = actor(session, company, slack_id)
    people.prefer(session, member.id, hides_rank=hide)
    return actor(session, company, slack_id)

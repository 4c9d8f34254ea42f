"""The first run: whoever installed the bot is greeted, alone and once, and led through three choices (product.md 7).

Slack does not tell the bot who installed it: auth.test speaks of the bot itself. So it is the first of ADMINS (by id),
as soon as the bot runs; else the first admin who writes `/golden-ear` or opens Home.
"""

from datetime import datetime

from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.pulse import OFFERED_FROM
from storage import audit, people, rituals
from storage.people import Member

ACT = "welcome"


def is_due(session: Session, company: Company) -> bool:
    """Whether nobody was greeted yet, and no day was ever opened: a company that uses the bot needs no first run."""
    here = company.workspace_id
    return not audit.noted(session, here, ACT) and not rituals.ever_posted(session, here)


def greet(session: Session, company: Company, slack_id: str, *, now: datetime) -> Member | None:
    """The admin who is to be greeted now, once in the life of a company; None if it is not their turn."""
    member = people.by_slack(session, company.workspace_id, [slack_id]).get(slack_id)
    if member is None or member.absence or member.role != "admin" or not is_due(session, company):
        return None
    audit.note(session, company.workspace_id, by=member.id, act=ACT, now=now)
    return member


def installer(company: Company) -> str:
    """The Slack id of the one who is greeted without a word of theirs; "" if ADMINS names nobody."""
    return min(company.admins, default="")


def is_too_small(session: Session, company: Company) -> bool:
    """Whether so few people are there that the micro pulse is not offered, which setup says (product.md 4)."""
    return company.pulse and people.are_fewer(session, company.workspace_id, OFFERED_FROM)

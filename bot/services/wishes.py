"""How people want to be asked by the micro pulse: opting out, time off, and being reminded (product.md 4).

It holds for rounds that open later. Whoever was asked already keeps that question, and may leave it.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.working_days import AHEAD
from bot.services import people
from storage import wishes
from storage.wishes import Wish


def wish(session: Session, company: Company, slack_id: str) -> Wish:
    """What this person wishes. Raises Refusal for whoever takes no part."""
    return wishes.of(session, people.actor(session, company, slack_id).id)


def change(
    session: Session,
    company: Company,
    slack_id: str,
    *,
    now: datetime,
    opted_out: bool | None = None,
    away_until: date | None = None,
    reminds: bool | None = None,
) -> Wish:
    """Change what is given, and give what this person wishes now. Whoever opts in again is not away any more.

    `away_until` is the first day on which they are asked again; today, by the clocks of their own zone, ends time off.
    Raises Refusal for whoever takes no part, and for a day that is past or years away.
    """
    member = people.actor(session, company, slack_id)
    wanted = wishes.of(session, member.id)
    if opted_out is not None:
        wanted = replace(wanted, opted_out=opted_out, away_until=wanted.away_until if opted_out else None)
    if away_until is not None:
        today = periods.local_day(now, company.zone_of(member.zone))
        wanted = replace(wanted, away_until=_coming(away_until, today))
    if reminds is not None:
        wanted = replace(wanted, reminds=reminds)
    wishes.keep(session, company.workspace_id, member.id, wanted)
    return wanted


def _coming(day: date, today: date) -> date | None:
    if day < today:
        raise Refusal("day_past", day=day)
    if day > today + AHEAD:
        raise Refusal("day_too_far", day=day)
    return day if day > today else None

"""How people want to be asked by the micro pulse: opting out, time off, being reminded, and tomorrow (product.md 4).

Wishes hold from now on: whoever has not been asked yet in an open round is left out too; whoever has may leave its
question. Only `later` is of one round. None of it says whether somebody answered.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods, pulse
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.working_days import AHEAD
from bot.services import people, voting, working_days
from storage import invitations, special_days, wishes
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


def later(session: Session, company: Company, slack_id: str, survey_id: str, *, now: datetime) -> datetime:
    """Ask this person once more at the hour of the next working day, and give that hour; it is no nudge, for they
    asked for it. Whoever has answered by then is not asked.

    Raises Refusal if the round is over, is over by that hour, or asks somebody else, or if the pulse is switched off.
    """
    voter = voting.may_take_part(session, company, slack_id, survey_id, now=now)
    if not company.pulse:
        raise Refusal("pulse_off")
    works = working_days.calendar(company, special_days.every(session, company.workspace_id))
    zone = company.zone_of(voter.member.zone)
    hour = pulse.again(now, company.pulse_at, zone, works, closes_at=voter.survey.closes_at)
    if hour is None:
        raise Refusal("pulse_no_later")
    invitations.put_off(session, survey_id, voter.member.id, hour)
    return hour


def _coming(day: date, today: date) -> date | None:
    if day < today:
        raise Refusal("day_past", day=day)
    if day > today + AHEAD:
        raise Refusal("day_too_far", day=day)
    return day if day > today else None

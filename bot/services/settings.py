"""Admins change in Slack what the environment fixed, and see what stands (product.md 7).

`company` is here the company by the environment alone: what was changed over it is read in the same transaction, so no
process goes by what another has changed since. What is done is written down (`storage.audit`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.parsing import Wrong
from bot.rules import zones
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people, standing, timetable
from bot.services.timetable import Kept
from storage import audit, channels, roles
from storage import people as roster
from storage import rituals as rituals_there
from storage import settings as storage
from storage.audit import Act
from storage.people import Member

AT_HOME = 3
"""Acts that Home shows."""
_ROLES: Mapping[str, str] = {"ADMINS": "admin", "LEADS": "lead"}
"""Settings that give people a role; each who gets it, and each who loses it, is an act."""


class WrongSettings(Refusal):
    """Some of what was given cannot be: `problems` are the codes of refusals by the field of the form."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(next(iter(problems.values())), field=next(iter(problems)))
        self.problems = problems


@dataclass(frozen=True)
class Changed:
    """What stands now: the texts that were changed over the environment; `names` are those that this act changed."""

    texts: Mapping[str, str]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """What stands, for an admin."""

    admin: Member
    company: Company
    admins: tuple[Member, ...]
    leads: tuple[Member, ...]
    rituals: tuple[Kept, ...]


@dataclass(frozen=True)
class AtHome:
    """What Home shows an admin: what was done last, and by their id of ours those whom it was about."""

    admin: Member
    company: Company
    acts: tuple[Act, ...]
    people: Mapping[str, Member]


def overview(session: Session, company: Company, slack_id: str, *, now: datetime) -> Overview:
    """What stands. Raises Refusal for whoever is no admin."""
    admin = people.admin(session, company, slack_id)
    now_stands = stands(session, company)
    known = roster.by_slack(session, company.workspace_id, now_stands.admins | now_stands.leads)
    rituals = rituals_there.every(session, company.workspace_id)
    told = tuple(timetable.told(session, now_stands, one, now=now) for one in rituals)
    admins, leads = (
        tuple(known[one] for one in sorted(known.keys() & named)) for named in (now_stands.admins, now_stands.leads)
    )
    return Overview(admin, now_stands, admins, leads, told)


def zones_like(session: Session, company: Company, slack_id: str, typed: str, most: int) -> tuple[str, ...]:
    """Time zones that an admin may mean. Raises Refusal for whoever is none."""
    people.admin(session, company, slack_id)
    return zones.like(typed, most)


def stands(session: Session, company: Company) -> Company:
    """The company with what was changed over the environment."""
    return standing.in_force(company, storage.texts(session, company.workspace_id))


def change(
    session: Session,
    company: Company,
    slack_id: str,
    wishes: Mapping[str, str],
    *,
    shown: Mapping[str, str] | None = None,
    now: datetime,
) -> Changed:
    """Let these texts stand, by the name of the setting; what they leave as it is keeps following the environment.

    `shown` is what a form remembers of the texts that it was opened with (`standing.shown`): a wish that is still one
    of them is none, and one for what somebody else has changed since cannot be.

    Raises Refusal for whoever is no admin, and WrongSettings for texts that cannot be: then nothing changes.
    """
    admin = people.admin(session, company, slack_id)
    before = stands(session, company)
    after = replace(before, **_read(session, company, before, wishes, shown or {}))
    names = tuple(name for name in wishes if standing.text(before, name) != standing.text(after, name))
    for name in names:
        kept = standing.kept(company, after, name)
        storage.keep(session, company.workspace_id, name, kept, by=admin.id, now=now)
        _note(session, before, after, name, admin.id, now)
    if names:
        settle(session, after, now=now)
    if "ADMINS" in names and not roster.leaders(session, company.workspace_id, "admin"):
        raise WrongSettings({"admins": "setting_last_admin"})
    return Changed(storage.texts(session, company.workspace_id), names)


def reset(session: Session, company: Company, name: str, *, now: datetime) -> str:
    """On the command line: let a setting be as the environment has it; gives the text that stood over it.

    A bot that runs notices within seconds. Raises Refusal if nothing stood over it.
    """
    stood = storage.texts(session, company.workspace_id).get(name)
    if stood is None:
        raise Refusal("no_such_setting")
    before = stands(session, company)
    storage.strike(session, company.workspace_id, name)
    was = "" if name in _ROLES else stood
    audit.note(session, company.workspace_id, by="", act="setting_reset", subject=name, before=was, now=now)
    if name in _ROLES:
        _note(session, before, stands(session, company), name, "", now)
    return stood


def settle(session: Session, stands: Company, *, now: datetime) -> None:
    """What else is stored of settings: the ritual that they describe, and whom they appoint."""
    timetable.keep_default(session, stands, now=now)
    roles.appoint(session, stands.workspace_id, admins=stands.admins, leads=stands.leads)
    roles.admit(session, stands.workspace_id, guests=stands.guests)
    roles.leave(session, stands.workspace_id, leads_group=stands.leads_group, team_groups=stands.team_groups)


def lead_by_group(session: Session, company: Company, group: str, slack_ids: Collection[str]) -> int:
    """The members of a user group, as Slack just told them, are leads; gives for how many something changed.

    Nothing does if another group, or none, was chosen meanwhile.
    """
    if stands(session, company).leads_group != group:
        return 0
    return roles.group(session, company.workspace_id, group, slack_ids)


def at_home(session: Session, company: Company, member: Member, *, now: datetime) -> AtHome | None:
    """What Home shows of settings, whenever that is; None for whoever is no admin."""
    if member.role != "admin":
        return None
    acts = audit.newest(session, company.workspace_id, limit=AT_HOME)
    return AtHome(member, stands(session, company), acts, roster.by_id(session, {act.subject for act in acts}))


def _read(
    session: Session, defaults: Company, before: Company, wishes: Mapping[str, str], shown: Mapping[str, str]
) -> dict[str, Any]:
    """The fields of the company that these texts fill, but for those left as they were shown.

    Raises WrongSettings with all that is wrong.
    """
    found: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, text in wishes.items():
        if name not in standing.PARTS:
            raise Refusal("out_of_date")
        part = standing.PARTS[name]
        try:
            value = standing.read(name, text)
        except Wrong:
            problems[name.lower()] = f"setting_{name.lower()}"
            continue
        wish = str(part.write(value))
        if shown.get(name) == standing.digest(wish):
            continue
        if standing.is_overtaken(shown.get(name), standing.text(before, name), wish):
            problems[name.lower()] = "setting_overtaken"
        found[part.field] = standing.over(defaults, name, value)
    channel = found.get("praise_channel")
    if channel and channel != before.praise_channel and not is_in(session, before, channel):
        problems["praise_channel"] = "setting_channel_closed"
    for field in ("admins", "leads"):
        if people.unknown(session, before, found.get(field, frozenset()) - getattr(before, field)):
            problems[field] = "unknown_people"
    if problems:
        raise WrongSettings(problems)
    return found


def is_in(session: Session, company: Company, channel: str) -> bool:
    """Whether the bot is known to be in a channel."""
    place = channels.get(session, company.workspace_id, channel)
    return place is not None and place.is_member


def _note(session: Session, before: Company, after: Company, name: str, by: str, now: datetime) -> None:
    """Write a change down; of leads and admins, who became one and who is none any more."""
    here = before.workspace_id
    if name not in _ROLES:
        was, becomes = standing.text(before, name), standing.text(after, name)
        audit.note(session, here, by=by, act="setting", subject=name, before=was, after=becomes, now=now)
        return
    were, are = getattr(before, standing.PARTS[name].field), getattr(after, standing.PARTS[name].field)
    for act, slack_ids in ((f"{_ROLES[name]}_on", are - were), (f"{_ROLES[name]}_off", were - are)):
        for _, member in sorted(roster.by_slack(session, here, slack_ids).items()):
            audit.note(session, here, by=by, act=act, subject=member.id, now=now)

"""Who is who: members of the workspace by Slack's id and by ours."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import and_, bindparam, func, not_, or_, update
from sqlmodel import Session, col, select

from bot.rules.languages import language_of
from storage.models import Person, new_id
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import upsert

Role = Literal["employee", "lead", "admin"]


@dataclass(frozen=True)
class Profile:
    """What Slack says of one user, and what the settings appoint them to ("", "lead" or "admin").

    `told_at` is the second of Slack's last change to the user, 0 if it did not say; `takes_part` lets a guest do so.
    """

    slack_id: str
    name: str
    locale: str = ""
    zone: str = ""
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_gone: bool = False
    is_slack_admin: bool = False
    appointed: str = ""
    email: str = ""
    handle: str = ""
    told_at: int = 0
    takes_part: bool = False


@dataclass(frozen=True)
class Member:
    """A person as rules, services and views see them. `zone` is an IANA name, or empty if Slack gave none.

    `slack_id` is empty for somebody without a Slack account; `listed` is the role that the list of people gives,
    `grouped` the user group by which they lead, `team_group` the one by which they are of their team, if the list says
    none. A guest `visits`, and `is_guest` only where guests take no part.
    """

    id: str
    slack_id: str
    name: str
    locale: str
    zone: str
    is_bot: bool
    is_guest: bool
    is_stranger: bool
    is_gone: bool
    is_slack_admin: bool
    appointed: str
    keeps_private: bool
    hides_rank: bool
    team: str = ""
    listed: str = ""
    is_erased: bool = False
    grouped: str = ""
    visits: bool = False
    team_group: str = ""

    @property
    def language(self) -> str:
        return language_of(self.locale)

    @property
    def role(self) -> Role:
        roles = () if self.visits else (self.appointed, self.listed, "lead" if self.grouped else "")
        if self.is_slack_admin or "admin" in roles:
            return "admin"
        return "lead" if "lead" in roles else "employee"

    @property
    def leads(self) -> bool:
        """Whether this person may do what leads may; admins may too."""
        return self.role != "employee"

    @property
    def absence(self) -> str | None:
        """Why this person takes no part, as the code of a refusal; None for a full, present, human member."""
        if self.is_bot:
            return "bot"
        if self.is_gone:
            return "gone"
        if self.is_stranger:
            return "stranger"
        return "guest" if self.is_guest else None


_PEOPLE = table(Person)
_SELECT = columns(
    *(func.coalesce(_PEOPLE.c[part.name], "").label(part.name) if part.name == "slack_id" else _PEOPLE.c[part.name]
      for part in fields(Member))
)  # fmt: skip
_BY_SLACK = Prepared(
    _SELECT.where(
        _PEOPLE.c.workspace_id == bindparam("workspace_id"),
        _PEOPLE.c.slack_id.in_(bindparam("slack_ids", expanding=True)),
    )
)
_LISTED = (
    columns(_PEOPLE.c.id, _PEOPLE.c.email)
    .where(
        _PEOPLE.c.workspace_id == bindparam("workspace_id"),
        _PEOPLE.c.email.in_(bindparam("emails", expanding=True)),
        _PEOPLE.c.slack_id.is_(None),
        _PEOPLE.c.is_gone.is_(False),
    )
    .order_by(_PEOPLE.c.id)
)
_BY_ID = Prepared(_SELECT.where(_PEOPLE.c.id.in_(bindparam("ids", expanding=True))))


def by_slack(session: Session, workspace_id: str, slack_ids: Iterable[str]) -> dict[str, Member]:
    """The members with these Slack ids, by Slack id; unknown ids are left out."""
    rows = _BY_SLACK.rows(session, workspace_id=workspace_id, slack_ids=list(slack_ids))
    return {row[1]: Member(*row) for row in rows}


def by_id(session: Session, person_ids: Iterable[str]) -> dict[str, Member]:
    """The members with these ids of ours, by id; unknown ids are left out."""
    rows = _BY_ID.rows(session, ids=list(person_ids))
    return {row[0]: Member(*row) for row in rows}


def workspaces(session: Session) -> list[str]:
    """The workspaces whose people are known; one, once the bot was started."""
    return list(session.exec(select(Person.workspace_id).distinct().order_by(Person.workspace_id)))


def leaders(session: Session, workspace_id: str, role: Role) -> tuple[Member, ...]:
    """The leads or the admins who are full, present members, in a stable order."""
    admins = or_(_PEOPLE.c.is_slack_admin, _PEOPLE.c.appointed == "admin", _PEOPLE.c.listed == "admin")
    leads = or_(_PEOPLE.c.appointed == "lead", _PEOPLE.c.listed == "lead", _PEOPLE.c.grouped != "")
    rule = and_(leads, not_(admins)) if role == "lead" else admins
    rows = session.execute(
        _SELECT.where(*_reachable(workspace_id), not_(_PEOPLE.c.visits), rule).order_by(_PEOPLE.c.id)
    )
    return tuple(Member(*row) for row in rows)


def present(session: Session, workspace_id: str) -> tuple[Member, ...]:
    """Every full, present member with a Slack account."""
    return tuple(Member(*row) for row in session.execute(_SELECT.where(*_reachable(workspace_id))))


def are_fewer(session: Session, workspace_id: str, many: int) -> bool:
    """Whether these are fewer than that; the others are not looked at."""
    found = session.execute(columns(_PEOPLE.c.id).where(*_reachable(workspace_id)).limit(many))
    return len(found.all()) < many


def zones(session: Session, workspace_id: str) -> frozenset[str]:
    """The zones of these, as Slack names them; "" if it gave none."""
    return frozenset(session.execute(columns(_PEOPLE.c.zone).where(*_reachable(workspace_id)).distinct()).scalars())


def _reachable(workspace_id: str) -> tuple[Any, ...]:
    absent = or_(_PEOPLE.c.is_bot, _PEOPLE.c.is_gone, _PEOPLE.c.is_stranger, _PEOPLE.c.is_guest)
    return _PEOPLE.c.workspace_id == workspace_id, not_(absent), _PEOPLE.c.slack_id.is_not(None)


def teams(session: Session, workspace_id: str) -> tuple[str, ...]:
    """Every team as the roster spells it, in capitals or not."""
    spelt = columns(_PEOPLE.c.team).where(_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.team != "").distinct()
    return tuple(session.execute(spelt).scalars())


def spellings(session: Session, workspace_id: str, team: str) -> tuple[str, ...]:
    """The ways in which the roster spells a team; none if nobody is of it."""
    return tuple(one for one in teams(session, workspace_id) if one.casefold() == team.casefold())


def of_team(session: Session, workspace_id: str, teams: Collection[str]) -> tuple[Member, ...]:
    """Those who take part and are of a team, whose spellings are given, with or without a Slack account."""
    absent = or_(_PEOPLE.c.is_bot, _PEOPLE.c.is_gone, _PEOPLE.c.is_stranger, _PEOPLE.c.is_guest)
    here = (_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.team.in_(list(teams)), not_(absent))
    return tuple(Member(*row) for row in session.execute(_SELECT.where(*here).order_by(_PEOPLE.c.name, _PEOPLE.c.id)))


_LAST_SECOND = 2**31 - 1
"""The largest number that PostgreSQL's INTEGER holds: what claims to be told later is nonsense."""


def enrol(session: Session, workspace_id: str, profiles: Sequence[Profile], *, now: datetime) -> None:
    """Write down what Slack says of these users, unless something newer is known; what they asked for stays.

    Whoever stood on the list without an account, and has the e-mail address of one of them, is that user from now on.
    """
    _recognise(session, workspace_id, profiles)
    for profile in profiles:
        told = {**profile.__dict__, "told_at": max(0, min(profile.told_at, _LAST_SECOND)), "seen_at": now}
        admitted = told.pop("takes_part")
        told |= {"visits": profile.is_guest, "is_guest": profile.is_guest and not admitted}
        row = {"id": new_id(), "workspace_id": workspace_id, "keeps_private": False, "hides_rank": False, **told}
        omitted = ("locale", "zone", "email", "handle", "told_at")  # Slack leaves them out of some descriptions
        kept = {name for name in omitted if not told[name]}
        changes = {name: value for name, value in told.items() if name not in kept}
        newer = _PEOPLE.c.told_at <= told["told_at"] if profile.told_at else None
        upsert(session, Person, row, keys=("workspace_id", "slack_id"), where=newer, **changes)


def _recognise(session: Session, workspace_id: str, profiles: Sequence[Profile]) -> None:
    ours = (one for one in profiles if one.email and not (one.is_gone or one.is_bot or one.is_stranger))
    here = {one.email: one.slack_id for one in ours}
    listed = session.execute(_LISTED, {"workspace_id": workspace_id, "emails": list(here)}).all() if here else []
    if not listed:
        return
    known = set(by_slack(session, workspace_id, [here[email] for _, email in listed]))
    for person_id, email in listed:
        if here[email] not in known:
            session.execute(update(_PEOPLE).where(_PEOPLE.c.id == person_id).values(slack_id=here[email]))
            known.add(here[email])


def list_as(session: Session, person_id: str, **told: str) -> None:
    """Store what the list of people says of somebody: `team` (and then no `team_group`), `listed`; without an account
    also `name`, `email`."""
    session.execute(update(_PEOPLE).where(_PEOPLE.c.id == person_id).values(**told))


def hold(session: Session, person_ids: Iterable[str]) -> None:
    """As `lock`, for several people in an order of its own, so that two who hold them never wait for one another."""
    held = select(Person.id).where(col(Person.id).in_(list(person_ids))).order_by(Person.id)
    session.execute(held.with_for_update())


def lock(session: Session, person_id: str) -> None:
    """Keep others from acting for this person until the transaction ends (SQLite: it already does)."""
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def prefer(
    session: Session, person_id: str, *, keeps_private: bool | None = None, hides_rank: bool | None = None
) -> None:
    """Store what a person asked for; None leaves it as it is."""
    wishes = {"keeps_private": keeps_private, "hides_rank": hides_rank}
    changes = {name: wish for name, wish in wishes.items() if wish is not None}
    session.execute(update(Person).where(col(Person.id) == person_id).values(**changes))

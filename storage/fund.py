"""The innovation fund: projects with a goal, and what people give to them; never more than the goal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session

from bot.rules.rewards import Stage
from storage import models, people
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert

_PROJECTS, _GIFTS = table(models.Project), table(models.Contribution)


@dataclass(frozen=True)
class Project:
    """A project; `given` was promised to it so far, and `ender` closed it before it had its goal."""

    id: str
    name: str
    about: str
    goal: int
    given: int
    state: Stage
    reason: str
    ender: Member | None = None

    @property
    def left(self) -> int:
        return self.goal - self.given


@dataclass(frozen=True)
class Share:
    """What one person gave to a project that has its goal or was closed: contributions by id."""

    project_id: str
    person: Member
    gifts: dict[str, int]

    @property
    def amount(self) -> int:
        return sum(self.gifts.values())


def open_(session: Session, workspace_id: str, opener: Member, told: dict[str, Any], *, now: datetime) -> str:
    """Open a project with this name, about and goal; gives its id."""
    row = {"id": models.new_id(), "workspace_id": workspace_id, "state": "open", "opened_by": opener.id}
    insert(session, models.Project, {**row, "opened_at": now, **told})
    return row["id"]


def change(session: Session, project: Project, told: dict[str, Any]) -> bool:
    """Change an open project's name, about and goal; False if these are no longer as `project` has them, if it is not
    open, or has more than the new goal has room for: a goal stays above what was given."""
    there = _PROJECTS.c.id == project.id, _PROJECTS.c.state == "open", _PROJECTS.c.given < told["goal"]
    same = [_PROJECTS.c[name] == getattr(project, name) for name in ("name", "about", "goal")]
    result: Any = session.execute(update(_PROJECTS).where(*there, *same).values(**told))
    return bool(result.rowcount)


def get(session: Session, workspace_id: str, project_id: str) -> Project | None:
    """The project with this id."""
    return next(iter(_projects(session, _PROJECTS.c.id == project_id, _PROJECTS.c.workspace_id == workspace_id)), None)


def open_ones(session: Session, workspace_id: str) -> tuple[Project, ...]:
    """The projects to which people can give."""
    return _projects(session, _PROJECTS.c.workspace_id == workspace_id, _PROJECTS.c.state == "open")


def _projects(session: Session, *here: Any) -> tuple[Project, ...]:
    fields = ("id", "name", "about", "goal", "given", "state", "reason")
    asked = columns(*(_PROJECTS.c[name] for name in (*fields, "ended_by"))).where(*here)
    rows = session.execute(asked.order_by(_PROJECTS.c.opened_at, _PROJECTS.c.id)).all()
    members = people.by_id(session, {row.ended_by for row in rows if row.ended_by})
    told = [(row._asdict(), members.get(row.ended_by or "")) for row in rows]
    return tuple(Project(**{name: one[name] for name in fields}, ender=ender) for one, ender in told)


def give(session: Session, workspace_id: str, project: Project, person: Member, amount: int, *, now: datetime) -> bool:
    """Promise so much to an open project, which has its goal then if nothing is left; False, and nothing changes, if it
    has no room for it by now."""
    room = _PROJECTS.c.id == project.id, _PROJECTS.c.state == "open", _PROJECTS.c.given + amount <= _PROJECTS.c.goal
    result: Any = session.execute(update(_PROJECTS).where(*room).values(given=_PROJECTS.c.given + amount))
    if not result.rowcount:
        return False
    full = _PROJECTS.c.id == project.id, _PROJECTS.c.given == _PROJECTS.c.goal
    session.execute(update(_PROJECTS).where(*full).values(state="reached", ended_at=now))
    row = {"id": models.new_id(), "workspace_id": workspace_id, "project_id": project.id, "person_id": person.id}
    insert(session, models.Contribution, {**row, "amount": amount, "state": "held", "given_at": now})
    return True


def close(session: Session, project_id: str, closer: Member, reason: str, *, now: datetime) -> bool:
    """Close an open project that has not got its goal; False if it is not open."""
    there = _PROJECTS.c.id == project_id, _PROJECTS.c.state == "open"
    told = {"state": "closed", "reason": reason, "ended_by": closer.id, "ended_at": now}
    result: Any = session.execute(update(_PROJECTS).where(*there).values(**told))
    return bool(result.rowcount)


def given_by(session: Session, person_id: str) -> dict[str, int]:
    """What a person has given to projects that are open yet, by project."""
    here = _GIFTS.c.person_id == person_id, _GIFTS.c.state == "held"
    asked = columns(_GIFTS.c.project_id, func.sum(_GIFTS.c.amount)).where(*here).group_by(_GIFTS.c.project_id)
    return {project_id: int(amount) for project_id, amount in session.execute(asked)}


def givers(session: Session, project_id: str) -> int:
    """How many people gave to a project."""
    asked = columns(func.count(_GIFTS.c.person_id.distinct())).where(_GIFTS.c.project_id == project_id)
    return int(session.execute(asked).scalar_one())


def unsettled(session: Session, workspace_id: str, *, most: int) -> tuple[Share, ...]:
    """What is put by for projects that ended, of so many people, in an order that all replicas share."""
    ended = _PROJECTS.c.workspace_id == workspace_id, _PROJECTS.c.state != "open", _GIFTS.c.state == "held"
    pair = _GIFTS.c.project_id, _GIFTS.c.person_id
    joined = columns(*pair).join(_PROJECTS, _PROJECTS.c.id == _GIFTS.c.project_id).where(*ended).distinct()
    pairs = session.execute(joined.order_by(_GIFTS.c.person_id, _GIFTS.c.project_id).limit(most)).all()
    members = people.by_id(session, {person_id for _, person_id in pairs})
    return tuple(Share(project_id, members[who], _gifts(session, project_id, who)) for project_id, who in pairs)


def _gifts(session: Session, project_id: str, person_id: str) -> dict[str, int]:
    here = _GIFTS.c.project_id == project_id, _GIFTS.c.person_id == person_id, _GIFTS.c.state == "held"
    asked = columns(_GIFTS.c.id, _GIFTS.c.amount).where(*here).order_by(_GIFTS.c.id)
    return {gift_id: amount for gift_id, amount in session.execute(asked)}


def settle(session: Session, gift_id: str, becomes: str) -> bool:
    """Let a contribution that was put by be "taken" or "returned"; False if it was settled before."""
    there = _GIFTS.c.id == gift_id, _GIFTS.c.state == "held"
    result: Any = session.execute(update(_GIFTS).where(*there).values(state=becomes))
    return bool(result.rowcount)

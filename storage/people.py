"""Who is who: members of the workspace by Slack's id and by ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from bot.rules.languages import language_of
from storage.models import Person, new_id
from storage.upsert import upsert

Role = Literal["employee", "lead", "admin"]


@dataclass(frozen=True)
class Profile:
    """What Slack says of one user, and what the settings appoint them to ("", "lead" or "admin")."""

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


@dataclass(frozen=True)
class Member:
    """A person as rules, services and views see them. `zone` is an IANA name, or empty if Slack gave none."""

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

    @property
    def language(self) -> str:
        return language_of(self.locale)

    @property
    def role(self) -> Role:
        if self.is_slack_admin or self.appointed == "admin":
            return "admin"
        return "lead" if self.appointed == "lead" else "employee"

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


_COLUMNS = (
    Person.id,
    Person.slack_id,
    Person.name,
    Person.locale,
    Person.zone,
    Person.is_bot,
    Person.is_guest,
    Person.is_stranger,
    Person.is_gone,
    Person.is_slack_admin,
    Person.appointed,
    Person.keeps_private,
    Person.hides_rank,
)
_SELECT: Any = select(*_COLUMNS)  # type: ignore[call-overload]


def by_slack(session: Session, workspace_id: str, slack_ids: Iterable[str]) -> dict[str, Member]:
    """The members with these Slack ids, by Slack id; unknown ids are left out."""
    rows = session.execute(
        _SELECT.where(Person.workspace_id == workspace_id, col(Person.slack_id).in_(list(slack_ids)))
    )
    return {row[1]: Member(*row) for row in rows}


def by_id(session: Session, person_ids: Iterable[str]) -> dict[str, Member]:
    """The members with these ids of ours, by id; unknown ids are left out."""
    rows = session.execute(_SELECT.where(col(Person.id).in_(list(person_ids))))
    return {row[0]: Member(*row) for row in rows}


def leaders(session: Session, workspace_id: str, role: Role) -> tuple[Member, ...]:
    """The leads or the admins who are full, present members, in a stable order."""
    rows = session.execute(
        _SELECT.where(
            Person.workspace_id == workspace_id,
            or_(col(Person.appointed) == role, col(Person.is_slack_admin) == (role == "admin")),
        ).order_by(Person.id)
    )
    members = (Member(*row) for row in rows)
    return tuple(member for member in members if member.role == role and member.absence is None)


def enrol(session: Session, workspace_id: str, profiles: Sequence[Profile], *, now: datetime) -> None:
    """Write down what Slack says of these users; what they asked the bot to respect stays."""
    for profile in profiles:
        told = {**profile.__dict__, "seen_at": now}
        row = {
            "id": new_id(),
            "workspace_id": workspace_id,
            "keeps_private": False,
            "hides_rank": False,
            **told,
        }
        upsert(session, Person, row, keys=("workspace_id", "slack_id"), **told)


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

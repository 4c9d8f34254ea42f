"""Who leads, and whether guests take part: what settings and user groups say of people."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import update
from sqlmodel import Session

from storage.models import Person
from storage.select import table

_PEOPLE = table(Person)


def appoint(session: Session, workspace_id: str, *, admins: Collection[str], leads: Collection[str]) -> None:
    """Appoint those whom the settings name, by Slack id, and nobody else; an admin is no lead beside it."""
    leads = set(leads) - set(admins)
    for slack_ids, appointed in ((admins, "admin"), (leads, "lead")):
        _appoint(session, workspace_id, _PEOPLE.c.slack_id.in_(list(slack_ids)), appointed)
    _appoint(session, workspace_id, _PEOPLE.c.slack_id.not_in([*admins, *leads]), "")


def _appoint(session: Session, workspace_id: str, whom: Any, appointed: str) -> None:
    here = (_PEOPLE.c.workspace_id == workspace_id, whom, _PEOPLE.c.appointed != appointed)
    session.execute(update(_PEOPLE).where(*here).values(appointed=appointed))


def group(session: Session, workspace_id: str, slack_ids: Collection[str]) -> int:
    """Let these people, by Slack id, and nobody else be leads by a user group; gives for how many that is new."""
    here, members = _PEOPLE.c.workspace_id == workspace_id, list(slack_ids)
    changed = 0
    for whom, role in ((_PEOPLE.c.slack_id.in_(members), "lead"), (_PEOPLE.c.slack_id.not_in(members), "")):
        rule = (here, whom, _PEOPLE.c.grouped == ("" if role else "lead"))
        result: Any = session.execute(update(_PEOPLE).where(*rule).values(grouped=role))
        changed += result.rowcount
    return changed


def admit(session: Session, workspace_id: str, *, guests: bool) -> None:
    """Let guests take part, or no more."""
    here = (_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.visits, _PEOPLE.c.is_guest == guests)
    session.execute(update(_PEOPLE).where(*here).values(is_guest=not guests))

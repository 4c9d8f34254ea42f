"""How the list of people stands."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.models import Person


def newest(session: Session, workspace_id: str) -> datetime | None:
    """When Slack last told of anybody; None if it never did."""
    here = (Person.workspace_id == workspace_id, col(Person.slack_id).is_not(None))  # others are on our own list
    return session.exec(select(func.max(col(Person.seen_at))).where(*here)).one()

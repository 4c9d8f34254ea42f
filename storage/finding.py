"""People by what others call them: e-mail address, handle or name."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import bindparam, func, not_, or_
from sqlmodel import Session

from storage.models import Person
from storage.people import Member
from storage.select import columns, table

AT_ONCE = 1000
"""Values in one statement; PostgreSQL takes 65,535, SQLite 32,766."""

_PEOPLE = table(Person)
_MEMBER = [func.coalesce(_PEOPLE.c[part.name], "") if part.name == "slack_id" else _PEOPLE.c[part.name]
           for part in fields(Member)]  # fmt: skip
_BY_EMAIL, _BY_HANDLE = (
    columns(*_MEMBER, text).where(
        _PEOPLE.c.workspace_id == bindparam("workspace_id"), text.in_(bindparam("texts", expanding=True))
    )
    for text in (_PEOPLE.c.email, _PEOPLE.c.handle)
)


def by_email(session: Session, workspace_id: str, emails: Iterable[str]) -> dict[str, Member]:
    """The members with these e-mail addresses (lower case), by address.

    Of several one who takes part, and rather with a Slack account than without.
    """
    return _by(session, _BY_EMAIL, workspace_id, emails)


def by_handle(session: Session, workspace_id: str, handles: Iterable[str]) -> dict[str, Member]:
    """The members with these handles (lower case, without @), by handle."""
    return _by(session, _BY_HANDLE, workspace_id, handles)


def _by(session: Session, asked: Any, workspace_id: str, texts: Iterable[str]) -> dict[str, Member]:
    wanted = sorted({text for text in texts if text})
    found: list[tuple[str, Member]] = []
    for start in range(0, len(wanted), AT_ONCE):
        rows = session.execute(asked, {"workspace_id": workspace_id, "texts": wanted[start : start + AT_ONCE]})
        found += [(row[-1], Member(*row[:-1])) for row in rows]
    found.sort(key=lambda pair: (pair[1].absence is None, pair[1].slack_id != "", pair[1].id))
    return dict(found)


def names_of_members(session: Session, workspace_id: str, names: Iterable[str]) -> set[str]:
    """Those of these names that somebody with a Slack account has who takes part."""
    absent = or_(_PEOPLE.c.is_bot, _PEOPLE.c.is_gone, _PEOPLE.c.is_stranger, _PEOPLE.c.is_guest)
    here = (_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.slack_id.is_not(None), not_(absent))
    return set(session.execute(columns(_PEOPLE.c.name).where(*here, _PEOPLE.c.name.in_(list(names)))).scalars())

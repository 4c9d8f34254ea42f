"""What was sent without a name, sealed: the postbox of the day, its letters, and that a form was sent.

No row says who or when, and none can be read: what is in the boxes is known to whoever has the postbox's key, and to
nobody once that was destroyed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session

from storage import models
from storage.models import Letter
from storage.select import columns, table
from storage.upsert import insert

_BOXES, _LETTERS = table(models.Postbox), table(Letter)


@dataclass(frozen=True)
class Postbox:
    """A pair of keys under which letters are sealed, by its public half."""

    id: str
    public_key: str


_POSTBOX = columns(_BOXES.c.id, _BOXES.c.public_key)


def current(session: Session, workspace_id: str) -> Postbox | None:
    """The postbox that is open."""
    here = _BOXES.c.workspace_id == workspace_id, _BOXES.c.closed.is_(False)
    found = session.execute(_POSTBOX.where(*here)).first()
    return Postbox(*found) if found else None


def full(session: Session, workspace_id: str) -> tuple[Postbox, ...]:
    """The postboxes that were closed and not emptied."""
    here = _BOXES.c.workspace_id == workspace_id, _BOXES.c.closed.is_(True)
    return tuple(Postbox(*row) for row in session.execute(_POSTBOX.where(*here).order_by(_BOXES.c.id)))


def open_one(session: Session, workspace_id: str, postbox: Postbox) -> bool:
    """Open a postbox; False, and nothing is stored, if another is open."""
    row = {"id": postbox.id, "workspace_id": workspace_id, "public_key": postbox.public_key}
    return insert(session, models.Postbox, row)


def close(session: Session, postbox_id: str) -> None:
    """Put no more letters into it."""
    session.execute(update(_BOXES).where(_BOXES.c.id == postbox_id).values(closed=True))


def put(session: Session, workspace_id: str, postbox: Postbox, letter_id: str, box: bytes, today: date) -> bool:
    """Post a letter; False, and nothing is stored, if its form was sent before."""
    row = {"id": letter_id, "workspace_id": workspace_id, "postbox_id": postbox.id, "sent_on": today, "box": box}
    return insert(session, Letter, row)


def was_put(session: Session, workspace_id: str, letter_id: str) -> bool:
    """Whether this form was sent before."""
    here = _LETTERS.c.workspace_id == workspace_id, _LETTERS.c.id == letter_id
    return session.execute(columns(_LETTERS.c.id).where(*here)).first() is not None


def waiting(session: Session, postbox_id: str) -> int:
    """How many letters are in a postbox."""
    mine = columns(func.count()).select_from(_LETTERS).where(_LETTERS.c.postbox_id == postbox_id)
    return int(session.execute(mine).scalar_one())


def newest_day(session: Session, postbox_id: str) -> date | None:
    """The last day on which a letter was put into a postbox; None if it is empty."""
    newest = columns(func.max(_LETTERS.c.sent_on)).where(_LETTERS.c.postbox_id == postbox_id)
    found: date | None = session.execute(newest).scalar()
    return found


def boxes(session: Session, postbox_id: str) -> tuple[bytes, ...]:
    """The sealed letters of a postbox."""
    mine = columns(_LETTERS.c.box).where(_LETTERS.c.postbox_id == postbox_id)
    return tuple(bytes(box) for box in session.execute(mine).scalars())


def empty(session: Session, postbox_id: str) -> bool:
    """Destroy a postbox and what is in its letters; False, and nothing changes, if somebody did before."""
    result: Any = session.execute(_BOXES.delete().where(_BOXES.c.id == postbox_id))
    session.execute(update(_LETTERS).where(_LETTERS.c.postbox_id == postbox_id).values(box=b"", postbox_id=""))
    return bool(result.rowcount)


def forget(session: Session, before: date) -> None:
    """Forget that forms were sent before that day; letters that wait are kept."""
    session.execute(_LETTERS.delete().where(_LETTERS.c.sent_on < before, _LETTERS.c.postbox_id == ""))

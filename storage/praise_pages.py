"""The praise of one person, page by page, however much it is."""

from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import Session

from storage import models, points, praise
from storage.models import Praised
from storage.praise import Praise
from storage.prepared import Prepared
from storage.select import columns, table

_PRAISES, _PRAISED = table(models.Praise), table(Praised)
_MINE = Prepared(
    columns(_PRAISED.c.praise_id)
    .join(_PRAISES, _PRAISES.c.id == _PRAISED.c.praise_id)
    .where(_PRAISED.c.person_id == bindparam("person"), _PRAISES.c.state == "accepted")
    .order_by(_PRAISED.c.recorded_at.desc(), _PRAISED.c.praise_id)
    .limit(bindparam("most"))
    .offset(bindparam("first"))
)
_LATELY = 40
_WAITING = Prepared(
    columns(_PRAISES.c.id)
    .where(_PRAISES.c.workspace_id == bindparam("workspace_id"), _PRAISES.c.state == "waiting")
    .order_by(_PRAISES.c.recorded_at, _PRAISES.c.id)
    .limit(bindparam("most"))
)


def of(session: Session, person_id: str, *, first: int = 0, most: int) -> Sequence[Praise]:
    """The newest praise that a person earned, after the `first` ones."""
    rows = _MINE.rows(session, person=person_id, first=first, most=most)
    return praise.several(session, [row.praise_id for row in rows])


def lately(session: Session, person_id: str, *, most: int) -> Sequence[Praise]:
    """The newest praise among a person's latest entries in the ledger, without what was handed on or erased."""
    keys = [line.key.split(":")[1] for line in points.latest(session, person_id, _LATELY) if line.deed == "praise"]
    ids = [key for key in dict.fromkeys(keys) if key != "praise"]  # `reverse:praise:…` takes one back
    found = praise.several(session, ids[: 2 * most])
    theirs = [one for one in found if person_id in {whose.id for whose in one.people}]
    return [one for one in theirs if one.state == "accepted"][:most]


def waiting(session: Session, workspace_id: str, *, most: int) -> Sequence[Praise]:
    """The praise that waits for a lead, the oldest first."""
    return praise.several(session, [row.id for row in _WAITING.rows(session, workspace_id=workspace_id, most=most)])

"""What became of ideas that were done: praise that came because of them, and major problems that they solved."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from bot.rules.erasing import ERASED
from storage import people
from storage.models import Credit, Praise, Solver, Suggestion
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert

_CREDITS, _SOLVERS, _PRAISES, _IDEAS = table(Credit), table(Solver), table(Praise), table(Suggestion)


def link(session: Session, workspace_id: str, praise_id: str, suggestion_id: str, *, by: str, today: date) -> bool:
    """Note that a praise came because of an idea; False if that was known."""
    row = {"praise_id": praise_id, "suggestion_id": suggestion_id, "workspace_id": workspace_id}
    return insert(session, Credit, {**row, "linked_by": by, "linked_on": today})


def praises(session: Session, suggestion_id: str) -> list[str]:
    """The ids of the praises that came because of an idea, the first linked first."""
    mine = columns(_CREDITS.c.praise_id).where(_CREDITS.c.suggestion_id == suggestion_id)
    return list(session.execute(mine.order_by(_CREDITS.c.linked_on, _CREDITS.c.praise_id)).scalars())


def ideas(session: Session, praise_id: str) -> list[str]:
    """The ids of the ideas because of which a praise came, the first linked first."""
    behind = columns(_CREDITS.c.suggestion_id).where(_CREDITS.c.praise_id == praise_id)
    return list(session.execute(behind.order_by(_CREDITS.c.linked_on, _CREDITS.c.suggestion_id)).scalars())


def later(session: Session, workspace_id: str, since: date, *, most: int) -> list[str]:
    """The ids of the newest praises of what happened since that day, as far as channels show them."""
    here = _PRAISES.c.workspace_id == workspace_id, _PRAISES.c.state == "accepted", _PRAISES.c.happened_on >= since
    newest = columns(_PRAISES.c.id).where(*here).order_by(_PRAISES.c.accepted_at.desc(), _PRAISES.c.id).limit(most)
    return list(session.execute(newest).scalars())


def solve(
    session: Session, workspace_id: str, suggestion_id: str, person_ids: Iterable[str], *, by: str, today: date
) -> tuple[str, ...]:
    """Note who solved a major problem with an idea; gives those of whom it was not known."""
    row = {"suggestion_id": suggestion_id, "workspace_id": workspace_id, "confirmed_by": by, "confirmed_on": today}
    return tuple(one for one in person_ids if insert(session, Solver, {**row, "person_id": one}))


def solvers(session: Session, suggestion_id: str) -> tuple[Member, ...]:
    """Those who solved a major problem with an idea."""
    ids = session.execute(columns(_SOLVERS.c.person_id).where(_SOLVERS.c.suggestion_id == suggestion_id)).scalars()
    return tuple(member for _, member in sorted(people.by_id(session, list(ids)).items()))


def done_by(session: Session, workspace_id: str, day: date, *, most: int) -> list[str]:
    """The ids of the ideas that were done by that day, the latest first; but for those of which no word is left."""
    done = _IDEAS.c.state == "done", _IDEAS.c.title != ERASED
    here = _IDEAS.c.workspace_id == workspace_id, *done, _IDEAS.c.moved_on <= day
    latest = columns(_IDEAS.c.id).where(*here, _IDEAS.c.arrived.is_(True)).order_by(_IDEAS.c.moved_on.desc())
    return list(session.execute(latest.order_by(_IDEAS.c.id).limit(most)).scalars())

"""How thanks go round, as sums over all: read from the totals of a board alone, so that nobody is looked up."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import bindparam, func, or_
from sqlmodel import Session

from bot.rules.erasing import ERASED
from bot.rules.periods import Period
from storage.leaderboards import HERE, Span
from storage.models import Person, Praise, Praised, Suggestion, Total
from storage.select import columns, table

_PEOPLE, _TOTALS, _PRAISES = table(Person), table(Total), table(Praise)
_PRAISED, _IDEAS = table(Praised), table(Suggestion)
_HERE = _PEOPLE.c.workspace_id == bindparam("workspace_id")
_ABSENT = (_HERE, or_(*(_PEOPLE.c[flag] for flag in ("is_bot", "is_gone", "is_stranger", "is_guest"))))
"""The words of the index `ix_person_absent`."""
_ALL = columns(func.count()).select_from(_PEOPLE).where(_HERE)
_AWAY = columns(func.count()).select_from(_PEOPLE).where(*_ABSENT)
_HAVE = (*HERE, _TOTALS.c.events > 0)
_NUMBER = columns(func.count(), func.coalesce(func.sum(_TOTALS.c.amount), 0)).where(*_HAVE)
_OF_AWAY = (
    columns(func.count()).join_from(_PEOPLE, _TOTALS, _TOTALS.c.person_id == _PEOPLE.c.id).where(*_ABSENT, *_HAVE)
)
_MOST = columns(_TOTALS.c.amount).where(*_HAVE).order_by(_TOTALS.c.amount.desc()).limit(bindparam("most"))
_WITH = columns(_TOTALS.c.person_id).where(
    _TOTALS.c.workspace_id == bindparam("workspace_id"),
    _TOTALS.c.board == "kudos",
    _TOTALS.c.period == bindparam("period"),
    _TOTALS.c.starts_on.in_(bindparam("starts", expanding=True)),
    _TOTALS.c.person_id.in_(bindparam("people", expanding=True)),
    _TOTALS.c.events > 0,
)
_WORDS = (
    columns(_PRAISES.c.words, _PRAISES.c.happened_on)
    .join_from(_PRAISED, _PRAISES, _PRAISES.c.id == _PRAISED.c.praise_id)
    .where(_PRAISED.c.person_id == bindparam("person"), _PRAISES.c.state == "accepted")
    .order_by(_PRAISES.c.happened_on.desc(), _PRAISES.c.id)
    .limit(1)
)
_IDEA = (
    columns(_IDEAS.c.title)
    .where(_IDEAS.c.author_id == bindparam("person"), _IDEAS.c.state.in_(bindparam("states", expanding=True)))
    .where(_IDEAS.c.title != ERASED)
    .order_by(_IDEAS.c.moved_on.desc(), _IDEAS.c.id)
    .limit(1)
)
PIECE = 500
"""People asked about at once."""


def present(session: Session, workspace_id: str) -> int:
    """How many take part."""
    here = {"workspace_id": workspace_id}
    return int(session.execute(_ALL, here).scalar_one()) - int(session.execute(_AWAY, here).scalar_one())


def having(session: Session, span: Span) -> tuple[int, int]:
    """How many of those who take part have anything on a board; and how much all have who ever had."""
    number, amount = session.execute(_NUMBER, span.__dict__).one()
    return number - int(session.execute(_OF_AWAY, span.__dict__).scalar_one()), int(amount)


def of_most(session: Session, span: Span, people: int) -> int:
    """How much so many people have together on a board who have most."""
    first = _MOST.subquery()
    return int(
        session.execute(
            columns(func.coalesce(func.sum(first.c.amount), 0)), {**span.__dict__, "most": people}
        ).scalar_one()
    )


def thanked(
    session: Session, workspace_id: str, people: Sequence[str], period: Period, starts: Collection[date]
) -> frozenset[str]:
    """Those of these people who were thanked in one of the weeks or months that start on these days."""
    found: set[str] = set()
    here = {"workspace_id": workspace_id, "period": period, "starts": list(starts)}
    for start in range(0, len(people), PIECE):
        found.update(session.execute(_WITH, {**here, "people": list(people[start : start + PIECE])}).scalars())
    return frozenset(found)


def praise_of(session: Session, person_id: str) -> tuple[str, date] | None:
    """The newest praise of somebody that stands: a customer's words, and the day."""
    row = session.execute(_WORDS, {"person": person_id}).first()
    return (row[0], row[1]) if row else None


def idea_of(session: Session, person_id: str, states: Collection[str]) -> str | None:
    """The title of somebody's newest idea in one of these states that has one yet."""
    return session.execute(_IDEA, {"person": person_id, "states": list(states)}).scalar()

"""Points that admins enter by hand, and the accounts of people who left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, or_, update
from sqlmodel import Session

from bot.rules.points import Account
from storage import models, people
from storage.people import Member
from storage.select import columns, table
from storage.upsert import insert

Kind = Literal["grant", "paid", "void"]
State = Literal["waiting", "entered", "refused", "expired"]
_CORRECTIONS, _ACCOUNTS, _PEOPLE = table(models.Correction), table(models.Account), table(models.Person)


@dataclass(frozen=True)
class Correction:
    """Points that an admin wants to enter, or has entered; `decider` is the second one, if one was needed."""

    id: str
    person: Member
    kind: Kind
    amount: int
    reason: str
    state: State
    asker: Member
    decider: Member | None = None


@dataclass(frozen=True)
class Leaver:
    """Somebody who left with points, or owing some."""

    person: Member
    account: Account


def add(
    session: Session, workspace_id: str, asker: Member, person: Member, told: dict[str, Any], *, now: datetime
) -> str:
    """Store a correction with this kind, amount, reason and state; gives its id."""
    row = {"id": models.new_id(), "workspace_id": workspace_id, "person_id": person.id, "asked_by": asker.id}
    insert(session, models.Correction, {**row, "asked_at": now, **told})
    return row["id"]


def get(session: Session, workspace_id: str, correction_id: str) -> Correction | None:
    """The correction with this id."""
    here = _CORRECTIONS.c.id == correction_id, _CORRECTIONS.c.workspace_id == workspace_id
    return next(iter(_some(session, 1, *here)), None)


def waiting(session: Session, workspace_id: str, *, most: int) -> tuple[Correction, ...]:
    """The oldest corrections that wait for a second admin."""
    return _some(session, most, _CORRECTIONS.c.workspace_id == workspace_id, _CORRECTIONS.c.state == "waiting")


def decide(session: Session, correction_id: str, decider: Member | None, state: State, *, now: datetime) -> bool:
    """Let a correction that waits be entered or refused, or by nobody expire; False if that was decided before."""
    there = _CORRECTIONS.c.id == correction_id, _CORRECTIONS.c.state == "waiting"
    told = {"state": state, "decided_by": decider.id if decider else None, "decided_at": now}
    result: Any = session.execute(update(_CORRECTIONS).where(*there).values(**told))
    return bool(result.rowcount)


def alone(session: Session, asker_id: str, person_id: str, since: datetime, *, gives: bool) -> int:
    """The points that an admin gave somebody since then without a second one, or took back from them."""
    sign = _CORRECTIONS.c.amount > 0 if gives else _CORRECTIONS.c.amount < 0
    asked = columns(func.sum(_CORRECTIONS.c.amount)).where(
        _CORRECTIONS.c.person_id == person_id,
        _CORRECTIONS.c.asked_by == asker_id,
        _CORRECTIONS.c.asked_at >= since,
        _CORRECTIONS.c.kind == "grant",
        _CORRECTIONS.c.state == "entered",
        _CORRECTIONS.c.decided_by.is_(None),
        sign,
    )
    return int(session.execute(asked).scalar() or 0)


def unconfirmed(session: Session, workspace_id: str, before: datetime, *, most: int) -> tuple[str, ...]:
    """The ids of corrections that have waited since before then for a second admin."""
    here = _CORRECTIONS.c.workspace_id == workspace_id, _CORRECTIONS.c.state == "waiting"
    asked = columns(_CORRECTIONS.c.id).where(*here, _CORRECTIONS.c.asked_at <= before)
    return tuple(session.execute(asked.order_by(_CORRECTIONS.c.asked_at, _CORRECTIONS.c.id).limit(most)).scalars())


def _some(session: Session, most: int, *here: Any) -> tuple[Correction, ...]:
    fields = ("id", "person_id", "kind", "amount", "reason", "state", "asked_by", "decided_by")
    asked = columns(*(_CORRECTIONS.c[name] for name in fields)).where(*here)
    rows = session.execute(asked.order_by(_CORRECTIONS.c.asked_at, _CORRECTIONS.c.id).limit(most)).all()
    wanted = {one for row in rows for one in (row.person_id, row.asked_by, row.decided_by) if one}
    known = people.by_id(session, wanted)
    return tuple(
        Correction(
            row.id, known[row.person_id], row.kind, row.amount, row.reason, row.state, known[row.asked_by],
            known.get(row.decided_by or ""),
        )
        for row in rows
    )  # fmt: skip


def leavers(session: Session, workspace_id: str, *, most: int, person_id: str = "") -> tuple[Leaver, ...]:
    """People who left with an account that is not settled, whose held points apart; with `person_id` that one alone."""
    here = [_PEOPLE.c.workspace_id == workspace_id, _PEOPLE.c.is_gone]  # as the indexes of the absent have it
    here += [_PEOPLE.c.id == person_id] if person_id else []
    unsettled = or_(_ACCOUNTS.c.spendable > 0, _ACCOUNTS.c.debt > 0)
    asked = columns(_ACCOUNTS.c.person_id, _ACCOUNTS.c.spendable, _ACCOUNTS.c.held, _ACCOUNTS.c.debt)
    joined = asked.join(_PEOPLE, _PEOPLE.c.id == _ACCOUNTS.c.person_id).where(*here, unsettled)
    rows = session.execute(joined.order_by(_ACCOUNTS.c.person_id).limit(most)).all()
    known = people.by_id(session, [row.person_id for row in rows])
    return tuple(Leaver(known[who], Account(spendable, held, debt)) for who, spendable, held, debt in rows)

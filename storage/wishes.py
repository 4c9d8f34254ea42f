"""How somebody wants to be asked by the micro pulse."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import bindparam
from sqlmodel import Session

from storage import models
from storage.select import columns, table
from storage.upsert import upsert


@dataclass(frozen=True)
class Wish:
    """Not at all, not before the date `away_until`, and once more if there is no answer; nobody said anything else."""

    opted_out: bool = False
    away_until: date | None = None
    reminds: bool = False

    def allows(self, day: date) -> bool:
        """Whether to ask on this day."""
        return not self.opted_out and (self.away_until is None or self.away_until <= day)


_WISHES = table(models.PulseWish)
_PARTS = tuple(_WISHES.c[part.name] for part in fields(Wish))
_ONE = columns(*_PARTS).where(_WISHES.c.person_id == bindparam("person_id"))
_SOME = columns(_WISHES.c.person_id, *_PARTS).where(_WISHES.c.person_id.in_(bindparam("person_ids", expanding=True)))
_EVERY = columns(_WISHES.c.person_id, *_PARTS).where(_WISHES.c.workspace_id == bindparam("workspace_id"))


def of(session: Session, person_id: str) -> Wish:
    """What this person wishes."""
    row = session.execute(_ONE, {"person_id": person_id}).first()
    return Wish(*row) if row else Wish()


def of_these(session: Session, person_ids: Collection[str]) -> dict[str, Wish]:
    """What these people wish, by id; who never said anything is left out."""
    rows = session.execute(_SOME, {"person_ids": list(person_ids)})
    return {person_id: Wish(*parts) for person_id, *parts in rows}


def of_all(session: Session, workspace_id: str) -> dict[str, Wish]:
    """What people wish, by id; who never said anything is left out."""
    rows = session.execute(_EVERY, {"workspace_id": workspace_id})
    return {person_id: Wish(*parts) for person_id, *parts in rows}


def keep(session: Session, workspace_id: str, person_id: str, wish: Wish) -> None:
    """Keep what this person wishes from now on."""
    told = asdict(wish)
    row = {"person_id": person_id, "workspace_id": workspace_id, **told}
    upsert(session, models.PulseWish, row, keys=("person_id",), **told)

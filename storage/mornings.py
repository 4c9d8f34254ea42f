"""What the posts of rituals show: written down with the date, so that they can be drawn anew."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.models import Occurrence
from storage.select import columns


@dataclass(frozen=True)
class Shown:
    """The praise that opened a day, the others in their order, how many more there were, and whether it was older."""

    opening: str
    is_older: bool = False
    others: tuple[str, ...] = ()
    more: int = 0

    @property
    def row(self) -> dict[str, object]:
        others = " ".join(self.others)
        return {"praise_id": self.opening, "is_older": self.is_older, "others": others, "more": self.more}


@dataclass(frozen=True)
class Posted:
    """What the post of a ritual on a date shows."""

    ritual_id: str
    local_date: date
    shown: Shown


def since(session: Session, workspace_id: str, first: date) -> tuple[Posted, ...]:
    """The posts of this date and later ones; those of which nobody wrote down what they show are left out."""
    said = (Occurrence.praise_id, Occurrence.is_older, Occurrence.others, Occurrence.more)
    rows = session.execute(
        columns(Occurrence.ritual_id, Occurrence.local_date, *said)
        .where(
            Occurrence.workspace_id == workspace_id,
            Occurrence.local_date >= first,
            Occurrence.state == "posted",
            col(Occurrence.others).is_not(None),
        )
        .order_by(col(Occurrence.local_date), col(Occurrence.ritual_id))
    )
    return tuple(
        Posted(ritual_id, day, Shown(opening, is_older, tuple(others.split()), more))
        for ritual_id, day, opening, is_older, others, more in rows
    )


def reopen(session: Session, ritual_id: str, local_date: date) -> None:
    """Nothing became of this date yet: it is decided anew."""
    session.execute(
        delete(Occurrence).where(col(Occurrence.ritual_id) == ritual_id, col(Occurrence.local_date) == local_date)
    )

"""Praise of former days, many at a time: what is known of their words, and storing those that are new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, tuple_, union_all
from sqlmodel import Session

from storage import models
from storage.finding import AT_ONCE
from storage.models import Praised
from storage.praise import MIXED, NewPraise
from storage.select import table

_PRAISES, _PRAISED = table(models.Praise), table(Praised)
_ADD_PRAISES, _ADD_PRAISED = insert(_PRAISES), insert(_PRAISED)


def _same(fingerprint: Any, *where: Any) -> Any:
    """The praises that stand whose words, or whose whole comment, have one of the fingerprints."""
    asked = (_PRAISED.c.person_id, fingerprint, _PRAISED.c.praise_id, _PRAISED.c.happened_on)
    pairs = tuple_(_PRAISED.c.person_id, fingerprint).in_(bindparam("pairs", expanding=True))
    return (
        select(*asked, _PRAISES.c.imported, _PRAISES.c.state)
        .join(_PRAISES, _PRAISES.c.id == _PRAISED.c.praise_id)
        .where(_PRAISES.c.state != "refused", pairs, *where)
    )


_SAME = union_all(_same(_PRAISED.c.fingerprint), _same(_PRAISED.c.whole, MIXED))

Words = tuple[str, str]
"""Somebody's id, and the fingerprint of words about them."""


@dataclass(frozen=True)
class Known:
    """A praise that brought some words to somebody; `awardable` is one that came by a file and stands."""

    praise_id: str
    happened_on: date
    awardable: bool


def known(session: Session, words: Iterable[Words]) -> dict[Words, list[Known]]:
    """The praises that brought these words to these people, alone or in a mixed comment, whenever that was."""
    wanted = sorted(set(words))
    found: dict[Words, list[Known]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = session.execute(_SAME, {"pairs": wanted[start : start + AT_ONCE]})
        for person_id, fingerprint, praise_id, happened_on, imported, state in rows:
            one = Known(praise_id, happened_on, imported and state == "accepted")
            found.setdefault((person_id, fingerprint), []).append(one)
    return found


def add(session: Session, workspace_id: str, praises: Sequence[tuple[str, NewPraise]], *, now: datetime) -> None:
    """Store praises under these ids."""
    rows, named = [], []
    for id_, new in praises:
        same = {"workspace_id": workspace_id, "happened_on": new.happened_on, "recorder_id": None, "recorded_at": now}
        told = {"words": new.words, "customer": new.customer, "source": new.source, "link": new.link}
        state = {"checked": new.checked, "imported": new.imported, "state": new.state, "accepted_at": now}
        rows.append({"id": id_, **same, **told, **state})
        for place, person in enumerate(new.people):
            whom = {"praise_id": id_, "person_id": person.id, "place": place, "fingerprint": new.fingerprint}
            named.append({**whom, **same})
    if rows:
        session.execute(_ADD_PRAISES, rows)
        session.execute(_ADD_PRAISED, named)

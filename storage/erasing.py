"""Take people, customers and praise out of the rows. Nothing here is deleted that points depend on, and nothing of
other people changes (`storage.erasable` says how each column is treated)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, update
from sqlmodel import Session, SQLModel

from bot.rules.erasing import ERASED, Wanted, same
from storage import models, owed_files, similar
from storage.erasable import Treated, treated
from storage.outbox import DEAD, DUE, FILE, SENT
from storage.payloads import written
from storage.people import Member
from storage.select import columns, table

NOUNS = {
    "praise": ("praise", "id"), "praised": ("praise", "praise_id"), "handover": ("praise", "praise_id"),
    "helper": ("praise", "praise_id"), "aside": ("praise", "praise_id"), "kudos": ("kudos", "id"),
    "kudosgift": ("kudos", "kudos_id"), "suggestion": ("idea", "id"), "step": ("idea", "suggestion_id"),
    "solver": ("idea", "suggestion_id"), "credit": ("idea", "suggestion_id"), "reply": ("survey", "survey_id"),
    "comment": ("survey", "survey_id"), "publicanswer": ("survey", "survey_id"), "gathered": ("gathered", "key"),
    "remark": ("idea", "suggestion_id"), "rewardrequest": ("reward", "id"), "correction": ("reward", "id"),
    "project": ("reward", "id"), "setting": ("setting", "name"), "audit": ("audit", "act"),
}  # fmt: skip
"""What a row of a table belongs to that messages tell of, and the column with its id."""
_PRAISES, _PRAISED, _KUDOS, _IDEAS = (
    table(each) for each in (models.Praise, models.Praised, models.Kudos, models.Suggestion)
)
_PEOPLE, _OUTBOX, _INBOX = table(models.Person), table(models.Outbox), table(models.Inbox)
_SETTINGS = table(models.Setting)
APPOINTING = ("LEADS", "ADMINS")
"""The setting that appoints leads, by their Slack ids with commas between."""
CONTACTS = "SUPPORT_CONTACTS"
"""The one setting that is words of people; all others must stay as they can be read."""
_OF_ONE_PERSON = (models.PulseWish, models.Nudge, models.DayTold, models.Gathered)
"""What somebody asked for and what waits for them: nothing hangs on it."""


@dataclass
class Touched:
    """What changed: how many rows of each table, and the ids of what messages tell of, by noun."""

    rows: dict[str, int] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)

    def note(self, where: str, count: int) -> None:
        if count:
            self.rows[where] = self.rows.get(where, 0) + count

    def of(self, noun: str) -> set[str]:
        return self.ids.setdefault(noun, set())


def linked(session: Session, workspace_id: str, person_id: str) -> dict[str, set[str]]:
    """The praise, kudos, ideas and rounds that name somebody, by noun."""
    found: dict[str, set[str]] = {}
    for each in SQLModel.metadata.sorted_tables:
        if each.name not in NOUNS or each.name == "gathered":
            continue
        noun, named = NOUNS[each.name]
        theirs = [column == person_id for column in whose(each)]
        if theirs:
            ids = session.execute(columns(each.c[named]).where(each.c.workspace_id == workspace_id, or_(*theirs)))
            found.setdefault(noun, set()).update(ids.scalars())
    joined = columns(_KUDOS.c.joined_id).where(_KUDOS.c.giver_id == person_id, _KUDOS.c.joined_id.is_not(None))
    found.setdefault("kudos", set()).update(session.execute(joined).scalars())
    return found


_WITHOUT_KEY = {"recorder_id", "decided_by", "picked_by", "person_id"}
"""Columns with ids of people that no foreign key says so of."""


def whose(each: Any) -> list[Any]:
    """The columns of a table that name a person by our id."""
    return [
        column
        for column in each.c
        if column.name in _WITHOUT_KEY or any(key.column.table.name == "person" for key in column.foreign_keys)
    ]


def strike(session: Session, workspace_id: str, wanted: Wanted, instead: str, *, now: datetime) -> Touched:
    """Strike out what is wanted in all words of people and in all messages that are kept; mentions become `instead`.
    Ideas that changed are found no longer: whoever makes search terms lets them be found anew."""
    touched = Touched()
    _appoint_no_more(session, workspace_id, wanted.slack_id, touched)
    for each in SQLModel.metadata.sorted_tables:
        words, messages = treated(each.name, Treated.WORDS), treated(each.name, Treated.JSON)
        if wanted.hints and (words or messages):
            _strike_table(session, each, workspace_id, wanted, instead, touched)
    similar.forget(session, workspace_id, touched.of("idea"))
    touched.note("outbox", owed_files.forget_with(session, workspace_id, wanted, now=now))
    return touched


def _appoint_no_more(session: Session, workspace_id: str, slack_id: str, touched: Touched) -> None:
    """Settings that list people by their Slack ids list this one no longer: they must stay readable as lists."""
    here = and_(_SETTINGS.c.workspace_id == workspace_id, _SETTINGS.c.name.in_(APPOINTING))
    for name, listed in session.execute(columns(_SETTINGS.c.name, _SETTINGS.c.value).where(here)).all():
        left = ",".join(one for one in listed.split(",") if one.strip() != slack_id)
        if left != listed:
            session.execute(update(_SETTINGS).where(here, _SETTINGS.c.name == name).values(value=left))
            touched.note("setting", 1)


def _strike_table(
    session: Session, each: Any, workspace_id: str, wanted: Wanted, instead: str, touched: Touched
) -> None:
    words, messages = treated(each.name, Treated.WORDS), treated(each.name, Treated.JSON)
    spelt = {*wanted.hints, *(json.dumps(one, ensure_ascii=False)[1:-1] for one in wanted.hints)}
    spellings = {_pattern(one) for one in spelt}
    holds = or_(*(each.c[name].ilike(one, escape="/") for name in (*words, *messages) for one in spellings))
    if each.name == "setting":  # names may be struck out of its words alone, not out of the zone of Paris
        holds = and_(holds, each.c.name == CONTACTS)
    keys = list(each.primary_key.columns)
    noun, named = NOUNS.get(each.name, ("", ""))
    for row in session.execute(columns(*each.c).where(each.c.workspace_id == workspace_id, holds)).mappings().all():
        changes = {name: wanted.strike(row[name]) for name in words if row[name]}
        changes |= {name: _struck(row[name], wanted, instead) for name in messages if row[name]}
        changes = {name: text for name, text in changes.items() if text != row[name]}
        if changes:
            session.execute(update(each).where(and_(*(key == row[key.name] for key in keys))).values(**changes))
            touched.note(each.name, 1)
            if noun:
                touched.of(noun).add(row[named])
            if each.name in ("praise", "aside") and {"words", "rest"} & set(changes):
                touched.of("words").add(row[named])


def _pattern(hint: str) -> str:
    """What a text with this in it is LIKE, in any case: SQLite folds ASCII alone, so any letter beyond may be there."""
    letters = (
        "_" if not one.isascii() and one.swapcase() != one else f"/{one}" if one in "/%_" else one for one in hint
    )
    return f"%{''.join(letters)}%"


def _struck(payload: str, wanted: Wanted, instead: str) -> str:
    message = json.loads(payload)
    struck = wanted.strike_all(message, instead)
    return payload if struck == message else written(struck)


def forget_customer(session: Session, workspace_id: str, name: str, touched: Touched) -> None:
    """Praise of this customer is from a guest. `same` alone says which it is: engines fold blanks and capitals less."""
    here = _PRAISES.c.workspace_id == workspace_id
    known = session.execute(columns(_PRAISES.c.customer).where(here, _PRAISES.c.customer != "").distinct()).scalars()
    spelt = [customer for customer in known if same(customer, name)]
    these = and_(here, _PRAISES.c.customer.in_(spelt))
    ids = session.execute(columns(_PRAISES.c.id).where(these)).scalars().all()
    empty(session, _PRAISES, these, touched, customer="")
    touched.of("praise").update(ids)


def scramble(session: Session, praise_ids: Iterable[str], *, words: Iterable[str]) -> None:
    """Let no digest be left of what changed (`words`: whose words did): nobody can look whether it was just this."""
    prints = {"fingerprint": _PRAISED.c.praise_id, "whole": ""}
    session.execute(update(_PRAISED).where(_PRAISED.c.praise_id.in_(list(words))).values(**prints))
    keys = table(models.IntakeKey)
    session.execute(update(keys).where(keys.c.praise_id.in_(list(praise_ids))).values(digest=ERASED))


def empty_praise(session: Session, workspace_id: str, praise_id: str, touched: Touched, *, ideas: bool = True) -> None:
    """Nothing is left of a praise but whom it was for; nor of the `ideas` that the rest of its comment became."""
    gone = {"words": ERASED, "customer": "", "link": "", "reason": "", "rest": "", "state": "erased"}
    empty(session, _PRAISES, _PRAISES.c.id == praise_id, touched, **gone)
    asides = table(models.Aside)
    empty(session, asides, asides.c.praise_id == praise_id, touched, words=ERASED)
    if ideas:
        theirs = session.execute(columns(_IDEAS.c.id).where(_IDEAS.c.praise_id == praise_id)).scalars().all()
        empty_ideas(session, workspace_id, theirs, touched)
    touched.of("praise").add(praise_id)
    touched.of("words").add(praise_id)


def empty_ideas(session: Session, workspace_id: str, ids: Iterable[str], touched: Touched) -> None:
    """Nothing is left of these ideas but where they stand."""
    wanted = list(ids)
    empty(session, _IDEAS, _IDEAS.c.id.in_(wanted), touched, title=ERASED, what=ERASED, why="")
    similar.forget(session, workspace_id, wanted)
    touched.of("idea").update(wanted)


def empty(session: Session, each: Any, these: Any, touched: Touched, **values: str) -> None:
    """Give rows these values; those that have them already do not count."""
    differ = or_(*(each.c[name] != value for name, value in values.items()))
    result: Any = session.execute(update(each).where(these, differ).values(**values))
    touched.note(each.name, result.rowcount)


def forget_person(
    session: Session, workspace_id: str, member: Member, *, called: str, now: datetime, touched: Touched
) -> None:
    """Nothing is left of somebody but a row without a name, on which praise and points hang; `called` is what stands
    there instead. What is owed to them is owed no longer."""
    for model in _OF_ONE_PERSON:
        rows = table(model)
        result: Any = session.execute(delete(rows).where(rows.c.person_id == member.id))
        touched.note(rows.name, result.rowcount)
    if member.slack_id:
        _forget_deliveries(session, workspace_id, member.slack_id, touched, now)
    own = dict.fromkeys(treated("person", Treated.OWN), "")
    facts = {"is_gone": True, "is_slack_admin": False, "hides_rank": True, "is_erased": True, "told_at": 0}
    values: Mapping[str, Any] = {**own, **facts, "slack_id": None, "name": called, "seen_at": now}
    session.execute(update(_PEOPLE).where(_PEOPLE.c.id == member.id).values(**values))
    touched.note("person", 1)


def _forget_deliveries(session: Session, workspace_id: str, slack_id: str, touched: Touched, now: datetime) -> None:
    """What came from them and what was owed to them. A row that a sender holds is let go without its address."""
    here = _INBOX.c.workspace_id == workspace_id, _INBOX.c.key.startswith(f"{slack_id}:", autoescape=True)
    inbox: Any = session.execute(delete(_INBOX).where(*here))
    touched.note("inbox", inbox.rowcount)
    touched.note("outbox", owed_files.forget_to(session, workspace_id, slack_id, now=now))
    theirs = _OUTBOX.c.workspace_id == workspace_id, _OUTBOX.c.channel == slack_id
    idle = or_(
        _OUTBOX.c.method == FILE,
        and_(_OUTBOX.c.state == DUE, _OUTBOX.c.unsure_since == 0),
        and_(_OUTBOX.c.state.in_((SENT, DEAD)), _OUTBOX.c.suspect.is_(False)),
    )
    owed: Any = session.execute(delete(_OUTBOX).where(*theirs, idle))
    held: Any = session.execute(update(_OUTBOX).where(*theirs).values(channel="", payload="{}"))
    touched.note("outbox", owed.rowcount + held.rowcount)

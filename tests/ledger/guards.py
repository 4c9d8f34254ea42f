"""Each guard of ledger and praise, to be taken out: the shop (`tests.ledger.shop`) must find that it is gone.

Production code has no switches for this: the guard is replaced here, in this process, and put back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from sqlalchemy import update
from sqlmodel import Session, SQLModel

from bot.rules import handing_on as handing_rules
from bot.rules import helping as helping_rules
from bot.rules import kudos as kudos_rules
from bot.rules import points as points_rules
from bot.rules.points import Account
from bot.rules.refusal import Refusal
from bot.services import confirmations, handing_on, helping, people
from bot.services import praise as praise_service
from bot.services.praise import existing
from storage import erasing, history, inbox, intake, kudos, models, points, praise, upsert
from storage.database import Database
from storage.erasing import Touched
from storage.praise import Praise
from storage.select import table
from tests.ledger import idea_guards, reward_guards
from tests.ledger.replacing import Without, afresh, always, instead

_insert, _helpers, _unable = upsert.insert, helping_rules.entitle, kudos_rules._obstacle


def nothing(*_: Any, **__: Any) -> dict[str, Any]:
    return {}


def again(session: Session, model: type[SQLModel], row: Mapping[str, Any]) -> bool:
    """An insert that takes an entry whose key is there: the second one gets a key of its own."""
    return _insert(session, model, row) or (
        model is models.Entry and _insert(session, model, {**row, "key": f"{row['key']}~{uuid4().hex}"})
    )


def claimed(session: Session, workspace_id: str, key: str, digest: str, *, now: Any) -> bool:
    row = {"workspace_id": workspace_id, "key": key, "digest": digest, "praise_id": "", "received_at": now}
    return always(session, models.IntakeKey, row)


def no_debt(account: Account, amount: int) -> Account:
    """An entry that may leave less than nothing."""
    return Account(account.spendable + amount, account.held, account.debt)


@contextmanager
def unchecked(database: Database) -> Iterator[None]:
    """No rule of debt, and a database that takes accounts below zero."""
    with patch.object(points_rules, "enter", no_debt), _accounts_unchecked(database):
        yield


@contextmanager
def _accounts_unchecked(database: Database) -> Iterator[None]:
    if database.engine.dialect.name == "sqlite":
        on, off = ["PRAGMA ignore_check_constraints=ON"], ["PRAGMA ignore_check_constraints=OFF"]
    else:
        name = "ck_account_spendable"
        on = [f"ALTER TABLE account DROP CONSTRAINT {name}"]
        off = ["DELETE FROM account", f"ALTER TABLE account ADD CONSTRAINT {name} CHECK (spendable >= 0)"]
    _run(database, on)
    try:
        yield
    finally:
        _run(database, off)


def _run(database: Database, statements: list[str]) -> None:
    """Outside of any transaction of the bot's, on the one connection that writes."""
    with database.engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()


def _settle(session: Session, praise_id: str, *, accepted: bool, by: str, **_: Any) -> bool:
    """A decision that does not look whether there was one."""
    praises = table(models.Praise)
    state = "accepted" if accepted else "refused"
    session.execute(update(praises).where(praises.c.id == praise_id).values(state=state, decided_by=by))
    return True


@contextmanager
def last_decision(_: Database) -> Iterator[None]:
    """Neither service nor storage looks whether a praise waits still: each of the two stands behind the other."""
    with patch.object(confirmations, "waiting", _any), patch.object(praise, "decide", _settle):
        yield


def _any(session: Session, decider: Any, praise_id: str) -> Praise:
    """A praise to be decided, whatever its state."""
    found = existing(session, praise_id)
    if not praise_service.may_confirm(decider, found):
        raise Refusal("may_not_confirm")
    return found


def _whoever(session: Session, company: Any, slack_id: str, praise_id: str) -> tuple[Any, Praise]:
    """Anybody may do with a praise what the praised may."""
    return people.actor(session, company, slack_id), existing(session, praise_id)


@contextmanager
def anybody(_: Database) -> Iterator[None]:
    """Nobody looks whether it is their own praise that somebody hands on, or names helpers of."""
    with patch.object(handing_on, "own", _whoever), patch.object(helping, "own", _whoever):
        yield


def _helpers_again(named: Any, **facts: Any) -> Any:
    return _helpers(named, **{**facts, "helped": ()})


def _even_oneself(receiver: str, _giver: str, *facts: Any) -> str:
    return _unable(receiver, "", *facts)


_FALLING = count(0, -1)
"""Moments, each before the last."""
GUARDS: Mapping[str, Without] = {
    "a ledger key is entered once": instead(points, insert=again),
    "a delivery has its effect once": instead(inbox, insert=always),
    "an idempotency key stands for one body": instead(intake, claim=claimed),
    "an import awards once": instead(points, award=afresh("praise")),
    "an account is never below zero: the rule": instead(points_rules, enter=no_debt),
    "an account is never below zero: rule and CHECK": unchecked,
    "the same words, by form and intake": instead(praise, duplicates=nothing),
    "the same words, by file": instead(history, known=nothing),
    "praise of oneself waits": instead(praise_service, _why_it_waits=lambda *_: ""),
    "many by one for one wait": instead(praise, times_recorded=nothing),
    "the first decision stands": last_decision,
    "who has a part in it does not decide": instead(confirmations, may_confirm=lambda *_: True),
    "the praised alone hand on and name helpers": anybody,
    "handed on twice at most": instead(handing_rules, TURNS=10**6),
    "handed on within 30 days": instead(handing_rules, is_late=lambda *_: False),
    "handed on to who can be meant": instead(handing_rules, obstacle=lambda *_, **__: None),
    "a helper is thanked once": instead(helping_rules, entitle=_helpers_again),
    "ten helpers at most": instead(helping_rules, MAX_HELPERS=10**6),
    "allowances of a day and a week": instead(kudos, used=lambda *_: (0, 0)),
    "three a week from one for one": instead(kudos, pairs=nothing),
    "no thanks to oneself": instead(kudos_rules, _obstacle=_even_oneself),
    "joined once": instead(kudos, joiners=lambda *_: ()),
    "a reaction gives three times at most": instead(kudos_rules, MAX_TURNS=10**6),
    "the newest event decides": instead(kudos_rules, moment=lambda _: next(_FALLING)),
    "private praise is not shown": instead(Praise, shown=property(lambda self: self.people)),
    "nothing is left of a praise that was erased": instead(erasing, empty_praise=nothing),
    "no digest is left of what was erased": instead(erasing, scramble=nothing),
    "nothing is left of a name that was erased": instead(erasing, strike=lambda *_, **__: Touched()),
    **idea_guards.GUARDS,
    **reward_guards.GUARDS,
}
"""By what each of them promises."""

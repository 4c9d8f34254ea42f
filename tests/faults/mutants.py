"""The bot with one guard missing: `python -m tests.faults.mutants NAME run`. A crash run must turn red with each.

Of the same kind: without a guard missing, one that does not let a test wait as long.

Production code has no switches for this: the guard is replaced here, before the bot begins.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest
from sqlmodel import Session, SQLModel

from bot.delivery import sender
from storage import claims, database, points, twins
from storage.models import Entry
from storage.upsert import insert

A_MOMENT_S = 0.3


def ack_before_commit() -> None:
    """Whoever waits for a story is told before it is committed; the commit follows a moment later."""

    def commit(self: database.Database, tasks: list[Any]) -> None:
        with Session(self.engine) as session, session.begin():
            for task in tasks:
                self._run(session, task)
            for task in tasks:
                task.loop.call_soon_threadsafe(self._settle, [task])
            time.sleep(A_MOMENT_S)

    database.Database._commit = commit  # type: ignore[method-assign]


def no_inbox_key() -> None:
    """No delivery and no repeated command is ever recognised."""
    database.once = lambda _delivery, story: story  # type: ignore[assignment,attr-defined]


def no_ledger_key() -> None:
    """The ledger takes an entry whose key it has: the second one gets a key of its own."""

    def enter_anyway(session: Session, model: type[SQLModel], row: Mapping[str, Any]) -> bool:
        if insert(session, model, row):
            return True
        return model is Entry and insert(session, model, {**row, "key": f"{row['key']}~{uuid4().hex}"})

    points.insert = enter_anyway  # type: ignore[attr-defined]


def no_sweep() -> None:
    """Nobody looks for second copies, and who made one lets it stand."""
    twins.any_due = lambda _session, **_more: False
    twins.another = lambda _session, _row_id, _ts: False  # type: ignore[assignment]


def never_answers() -> None:
    """`/kudos` has its effect, and whoever typed it waits for ever."""
    from bot.running import Bot

    dispatch = Bot.dispatch

    async def mute(self: Bot, request: AsyncBoltRequest) -> BoltResponse:
        response = await dispatch(self, request)
        if request.body.get("command") == "/kudos":
            await asyncio.Event().wait()
        return response

    Bot.dispatch = mute  # type: ignore[method-assign]


def short_leases() -> None:
    """No guard is missing: the same bot in less time."""
    claims.LEASE, sender.CALL_S, twins.SETTLED_S = 4.0, 2.0, 4.0


MUTANTS: dict[str, Callable[[], None]] = {
    "ack-before-commit": ack_before_commit,
    "no-inbox-key": no_inbox_key,
    "no-ledger-key": no_ledger_key,
}
ASIDE = {"no-sweep": no_sweep, "never-answers": never_answers, "short-leases": short_leases}
"""What only replicas that stand still show, what takes too long to be shown every time, and what nothing shows."""


def main() -> None:
    """Take the guard away, then go on as the bot's command line, or as `tests.faults.again`."""
    {**MUTANTS, **ASIDE}[sys.argv.pop(1)]()
    if sys.argv[1] == "again":
        from tests.faults import again

        again.main()
    else:
        from bot.__main__ import main as command_line

        command_line()


if __name__ == "__main__":
    main()

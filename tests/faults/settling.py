"""The end of a crash run: wait until all that is owed has arrived, and count what came."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime

from bot.workspace import Control, Workspace
from tests.faults.process import BotProcess
from tests.faults.truth import Truth

DRAIN_S = 300.0
QUIET_S = 2.5
"""So long nothing may be owed or under way until a run counts as drained: two ticks of the timetable."""
SUSPECT = "SELECT key FROM outbox WHERE suspect AND state = 'sent'"


async def drained(people: Control, bot: BotProcess) -> None:
    """Wait until nothing is owed by now and nothing is under way, for a while. Raises AssertionError."""
    since = begun = time.monotonic()
    while time.monotonic() - since < QUIET_S:
        await asyncio.sleep(0.2)
        state = await people.state()
        now = datetime.fromtimestamp(state["now"], UTC).strftime("%F %T")
        owed = f"SELECT key FROM outbox WHERE state IN ('due', 'sending') AND not_before <= '{now}'"
        if (waiting := bot.rows(owed)) or state["busy"]:
            since = time.monotonic()
        if since - begun > DRAIN_S:
            raise AssertionError(f"after {DRAIN_S:g} s still owed: {waiting[:5]}")


async def swept(bot: BotProcess) -> None:
    """Wait until every post that may stand twice was looked for. Raises AssertionError."""
    end = time.monotonic() + DRAIN_S
    while left := bot.rows(SUSPECT):
        if time.monotonic() > end:
            raise AssertionError(f"after {DRAIN_S:g} s not swept: {left[:5]}")
        await asyncio.sleep(0.5)


def count_events(workspace: Workspace, truth: Truth) -> None:
    """Note how many events were acknowledged, and how many of them came again."""
    answered = Counter(
        entry["delivery"]
        for entry in workspace.journal.traffic(20_000)
        if entry["way"] == "to_app" and entry["kind"] == "events_api" and entry["ok"]
    )
    truth.counts["events acknowledged"] = len(answered)
    truth.counts["events delivered again"] = answered.total() - len(answered)

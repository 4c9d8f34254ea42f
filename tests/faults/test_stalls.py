"""A bot that stands still in the middle of sending, while another sends the same: one post stays to be seen."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.workspace import Control, Settings, read_manifest, serve
from tests.faults.process import ROOT, BotProcess
from tests.faults.wires import Wire
from tests.stores import Store
from tests.whole.house import ACK_S


@pytest.mark.parametrize(
    ("store", "dies"), [("sqlite", False), ("postgresql", True)], indirect=["store"], ids=["it wakes up", "it dies"]
)
async def test_a_message_that_arrives_after_its_sender_stood_still_does_not_stay(
    store: Store, dies: bool, tmp_path: Path
) -> None:
    settings = Settings(
        manifest=read_manifest(ROOT / "bot" / "manifest.json"),
        clock_file=tmp_path / "clock",
        ack_seconds=ACK_S,
        quiet=True,
    )
    url = store.blank_url(tmp_path)
    async with serve(settings) as slack, Control(slack.url) as people, Wire(slack.ready()["api_url"]) as wire:
        await people.set_clock("2026-11-24T10:58:00+08:00")
        one, other = (
            BotProcess(
                tmp_path,
                {**slack.ready(), "api_url": wire.end_of(number)},
                "short-leases",
                name=f"bot{number}",
                url=url,
            )
            for number in (0, 1)
        )
        try:
            one.start("http")
            await one.up()
            await people.use_http(one.request_url)
            held = wire.hold(0)
            assert (await people.command("sam", "#praise", "/praise @ling She found my ring"))["ok"]
            await asyncio.wait_for(held.caught.wait(), 60)
            await freeze(one)
            other.start("socket")
            await people.wait({"channel": "#praise", "contains": "She found my ring"}, timeout=60)
            await _recorded(other)

            held.released.set()
            await people.wait({"channel": "#praise", "contains": "She found my ring", "count": 2}, timeout=60)
            one.kill() if dies else one.thaw()
            await people.wait({"api": "chat.delete"}, timeout=60)
            seen = [post for post in await people.messages("#praise") if "She found my ring" in post["text"]]
            assert len(seen) == 1
            assert other.rows("SELECT ts FROM outbox WHERE key LIKE 'praise:%' AND key NOT LIKE '%dm%'") == [
                (seen[0]["ts"],)
            ]
            assert other.errors() == []
        finally:
            one.kill()
            other.kill()


async def freeze(bot: BotProcess) -> None:
    """Let it stand still, and not in the middle of a transaction: from SQLite nobody could take the lock."""
    bot.freeze()
    while locked(bot.url):
        bot.thaw()
        await asyncio.sleep(0.01)
        bot.freeze()


def locked(url: str) -> bool:
    """Whether nobody can write; PostgreSQL ends the transaction of whoever stands still."""
    if url.startswith("postgresql"):
        return False
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, timeout=0.5, isolation_level=None)) as connection:
        try:
            connection.executescript("BEGIN IMMEDIATE; ROLLBACK")
        except sqlite3.OperationalError:
            return True
    return False


async def _recorded(bot: BotProcess) -> None:
    """Wait until the post is recorded as sent."""
    async with asyncio.timeout(60):
        while not bot.rows("SELECT 1 FROM outbox WHERE key NOT LIKE '%dm%' AND suspect AND state = 'sent'"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)

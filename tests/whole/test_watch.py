"""Admins hear, once and in their language, that the database fails, and that it is well again."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.jobs import watch
from storage.database import Database
from tests.office import path_of
from tests.whole.house import House, bot_in, until, workspace

ADMINS = {"sam": ("I cannot store anything", "is well again"), "ling": ("無法儲存任何內容", "恢復正常")}

LONG_S = 30.0
"""Each write waits for the lock in vain for 2.5 s."""


@pytest.fixture
async def house(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """A hotel with an admin by Slack and one by the settings, who hear soon."""
    monkeypatch.setattr(watch, "PATIENCE_S", 0.5)
    monkeypatch.setattr(watch, "QUIET_S", 0.5)
    async with (
        workspace(tmp_path) as (slack, people),
        bot_in(slack, people, database, "http", POST_RATE="100", ADMINS="U0LING0000") as house,
    ):
        assert house.bot.desk
        outage = house.bot.desk.outage
        await until(lambda: len(outage.admins) == len(ADMINS))
        yield house


@contextlib.contextmanager
def held(database: Database) -> Iterator[None]:
    """Another program has a transaction open."""
    with contextlib.closing(sqlite3.connect(path_of(database), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.rollback()


async def test_each_admin_hears_once_of_each_outage_and_once_of_its_end(house: House) -> None:
    for outage in (1, 2):
        with held(house.database):
            for admin, (alarm, _) in ADMINS.items():
                await house.people.wait({"dm": admin, "contains": [alarm, "10:0"], "count": outage}, LONG_S)
            failed = len(house.failures())
            await until(lambda failed=failed: len(house.failures()) > failed)  # type: ignore[misc]
            told = await house.type("mei", "/praise @aiko She stayed with us all night")
            assert "管理員" in told
        for admin, (alarm, well) in ADMINS.items():
            await house.people.wait({"dm": admin, "contains": well, "count": outage}, LONG_S)
            words = await house.dms(admin)
            assert [sum(part in text for text in words) for part in (alarm, well)] == [outage, outage]
    assert await house.dms("mei") == []
    assert not any(record.exc_info for record in house.records)

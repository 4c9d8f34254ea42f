"""The same hotel on PostgreSQL: what its people see, and two bots on one database."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import models
from storage.database import Database
from tests.commands.invoked import invoke
from tests.ports import free_port
from tests.stores import Store
from tests.whole import rounds
from tests.whole.conftest import Opening
from tests.whole.house import House, environ_of, workspace
from tests.whole.programs import PATIENCE_S, program, run


@pytest.fixture
def store(postgresql_store: Store) -> Store:
    return postgresql_store


async def test_words_thanks_and_applause_reach_the_channel_and_the_people(house: House) -> None:
    await house.people.duplicates(1.0, seed=7)
    await house.type("noah", "/praise @ling @hao She found my ring & smiled from Ms Lin")
    post = await house.posted("She found my ring & smiled", "From Ms Lin, earned by")
    await house.people.react("sam", "#praise", post["ts"], "tada")
    await house.type("noah", "/kudos @ling for staying late #care")
    await house.posted("for staying late", "#care", channel="#general")
    ts = await house.people.say("tomas", "#general", "I fixed the lift")
    await house.people.react("priya", "#general", ts, "star")
    await house.settled()
    await house.people.unreact("priya", "#general", ts, "star")
    await house.posted("1 colleague applauds")
    await house.dm("ling", "She found my ring & smiled")
    await house.settled()
    assert sorted(row["amount"] for row in house.rows(models.Entry)) == [-1, 1, 1, 10, 10]
    assert "11" in await house.answered("ling", "/points")


async def test_a_command_typed_again_counts_once(hotel: House) -> None:
    for _ in range(3):
        await hotel.type("noah", "/praise @ling Wonderful from Ms Lin")
    await asyncio.gather(*(hotel.type("aiko", "/kudos @ling for staying late") for _ in range(5)))
    await hotel.settled()
    assert (hotel.count(models.Praise), hotel.count(models.Kudos)) == (1, 1)


async def test_the_morning_opens_with_the_words_of_the_day_before(opened: Opening) -> None:
    async with opened("socket", "2026-11-23T15:00:00+08:00") as house:
        await house.type("noah", "/praise @ling By far the kindest words of the week")
        await house.type("aiko", "/praise @hao Short")
        await house.settled()
        await house.clock("2026-11-24 09:00:01")
        assert await house.decided("2026-11-24") == "posted"
        morning = await house.posted("Good morning")
        assert morning["text"].index("By far the kindest") < morning["text"].index("Short")


async def test_a_round_of_the_pulse_has_tables_of_its_own_and_leaves_none(opened: Opening, tmp_path: Path) -> None:
    async with opened("http", PULSE="on", KEYS_DIR=str(tmp_path / "keys")) as house:
        await rounds.everybody_is_asked(house)
        for user in rounds.STAFF[:9]:
            await rounds.answers(house, user, "4")
        round_id = rounds.round_of(house)["id"]
        own = text("SELECT count(*) FROM pg_class WHERE relname LIKE :name AND relkind = 'r'")

        def tables() -> int:
            return house.database.read_now(lambda session: session.execute(own, {"name": f"%{round_id}"}).scalar_one())

        assert (tables(), house.count(models.Envelope)) == (3, 9)
        await rounds.closed(house)
        assert tables() == 0 and rounds.round_of(house)["answered"] == 9
        await house.dm("tomas", "9 of 12 answered")


async def test_two_bots_started_at_once_make_one_schema_and_one_morning(store: Store, tmp_path: Path) -> None:
    url = store.blank_url(tmp_path)
    async with workspace(tmp_path, "2026-11-24T08:50:00+08:00") as (slack, people):
        settings = environ_of(slack, url, "socket", POST_RATE="100", QUIET_HOURS="")
        async with (
            program(tmp_path, "run", **{**settings, "PORT": str(free_port())}) as one,
            program(tmp_path, "run", **{**settings, "PORT": str(free_port())}) as other,
        ):
            for bot in (one, other):
                await bot.is_("/healthz", 200)
            await people.wait({"connections": 2}, timeout=PATIENCE_S)
            for by, whom in (("noah", "ling"), ("aiko", "hao"), ("rosa", "jun")):
                assert (await people.command(by, "#general", f"/praise @{whom} Thank you"))["ok"]
            await people.wait({"channel": "#praise", "by_app": True, "count": 3}, timeout=PATIENCE_S)
            await people.set_clock("2026-11-24T09:00:01+08:00")
            await people.wait({"channel": "#praise", "contains": "Good morning"}, timeout=PATIENCE_S)
            await people.set_clock("2026-11-24T09:00:30+08:00")
            for bot in (one, other):
                assert (await bot.told_to_end())[0] == 0
                assert "Traceback" not in bot.said
        posts = [post["text"] for post in await people.messages("#praise") if post["by_app"]]
        assert len([text for text in posts if "Good morning" in text]) == 1 and len(posts) == 4
        assert await people.errors() == []


async def test_db_upgrade_and_check(store: Store, tmp_path: Path) -> None:
    url = {"DATABASE_URL": store.blank_url(tmp_path).replace("postgresql+psycopg", "postgres")}
    status, said = await invoke("db", "check", **url)
    assert status == 1 and "no database of Golden Ear yet" in said
    assert (await invoke("db", "upgrade", **url))[0] == 0
    status, said = await invoke("db", "check", **url)
    assert status == 0 and "All is well" in said


async def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path) -> None:
    url = {"DATABASE_URL": f"postgresql://ear:5ecret@127.0.0.1:{free_port()}/golden_ear"}
    for command in (("db", "check"), ("db", "upgrade")):
        status, said = await invoke(*command, **url)
        assert status == 1 and "refused" in said
        assert "Traceback" not in said and "5ecret" not in said


async def test_the_database_of_another_program_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    address = store.blank_url(tmp_path)
    other = Database(address)
    other.write_now(lambda session: session.connection().execute(text("CREATE TABLE theirs (id integer)")))
    async with workspace(tmp_path) as (slack, _people):
        settings = environ_of(slack, address, "socket")
        told = [await invoke("db", command, DATABASE_URL=address) for command in ("check", "upgrade")]
        for status, said in (*told, await run(tmp_path, "run", **settings)):
            assert status == 1 and "another program" in said and "Traceback" not in said
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    assert other.read_now(lambda session: session.connection().execute(text(tables)).scalar_one()) == 1
    other.close()

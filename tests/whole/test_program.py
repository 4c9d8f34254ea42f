"""The bot as a program: settings, tokens, an unreachable Slack, signals, and two of them on one file."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.workspace import Control, Running, read_manifest, serve
from bot.workspace import Settings as WorkspaceSettings
from tests.ports import free_port
from tests.whole.house import ACK_S, ROOT, House, environ_of, until, workspace
from tests.whole.programs import PATIENCE_S, program, run, stalls

PEOPLE = ("sam", "aiko", "noah", "rosa", "ling", "jun", "priya", "chen", "hao", "yun")


def environ(slack: Running, transport: str, folder: Path, **more: str) -> dict[str, str]:
    return environ_of(slack, f"sqlite:///{folder}/golden-ear.db", transport, POST_RATE="100", **more)


# ---- it does not start ---------------------------------------------------------------------------------------------


async def test_every_missing_or_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "SLACK_BOT_TOKEN": "xapp-1", "TIMEZONE": "Mars/Base", "RITUAL_TIME": "25:00", "QUIET_HOURS": "night",
        "WORKDAYS": "someday", "HOLIDAYS": "XX", "LANGUAGE": "zh", "LEADS": "@mei", "POST_RATE": "0",
        "DATABASE_URL": "mysql://x", "SLACK_API_URL": "slack.com", "CLOCK_FILE": "offset", "LOG_LEVEL": "LOUD",
    }  # fmt: skip
    status, said = await run(tmp_path, "run", **wrong)
    assert status == 2
    for name in [*wrong, "PRAISE_CHANNEL", "SLACK_SIGNING_SECRET"]:
        assert f"{name} " in said and "Write instead" in said, name
    assert "Traceback" not in said and "xapp-1" not in said


@pytest.mark.parametrize("setting", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
async def test_a_refused_token_ends_it_with_status_2(tmp_path: Path, setting: str) -> None:
    async with workspace(tmp_path) as (slack, _):
        token = {setting: setting[6:9].lower().replace("bot", "xoxb").replace("app", "xapp") + "-wrong"}
        status, said = await run(tmp_path, "run", **{**environ(slack, "socket", tmp_path), **token})
    assert status == 2
    assert f"{setting} is refused by Slack: invalid_auth" in said and "Traceback" not in said and "wrong" not in said


async def test_an_address_in_use_ends_it_with_status_1_and_words(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, _):
        port = slack.url.rpartition(":")[2]
        status, said = await run(tmp_path, "run", **environ(slack, "http", tmp_path, PORT=port))
    assert status == 1
    assert "in use" in said and "Traceback" not in said


async def test_a_folder_that_is_not_there_ends_it_with_words(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, _):
        url = f"sqlite:///{tmp_path}/nowhere/golden-ear.db"
        status, said = await run(tmp_path, "run", **{**environ(slack, "http", tmp_path), "DATABASE_URL": url})
    assert status == 1
    assert "database" in said and "Traceback" not in said


# ---- it waits for Slack --------------------------------------------------------------------------------------------


async def test_while_slack_cannot_be_reached_it_says_so_and_keeps_trying(tmp_path: Path) -> None:
    port = free_port()
    settings = WorkspaceSettings(
        manifest=read_manifest(ROOT / "bot" / "manifest.json"),
        clock_file=tmp_path / "clock",
        ack_seconds=ACK_S,
        quiet=True,
    )
    absent = {
        "SLACK_BOT_TOKEN": settings.bot_token,
        "SLACK_SIGNING_SECRET": settings.signing_secret,
        "SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
        "PRAISE_CHANNEL": "C0PRAISE01",
        "DATABASE_URL": f"sqlite:///{tmp_path}/golden-ear.db",
    }
    async with program(tmp_path, "run", **absent) as bot:
        health = json.loads(await bot.is_("/healthz", 503))
        assert health["status"] == "starting" and health["database"] == "ok" and "clock" in health
        assert "outbox_age_s" in health
        assert (await bot.get("/metrics"))[0] == 200
        async with serve(settings, port=port) as slack, Control(slack.url) as people:
            assert json.loads(await bot.is_("/healthz", 200))["status"] == "ok"
            assert "cannot be reached" in bot.said
            await people.use_http(f"{bot.url}/slack/events")
            assert (await people.command("noah", "#general", "/golden-ear"))["ok"]
            assert (await bot.told_to_end())[0] == 0


async def test_while_another_holds_the_database_the_start_waits(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, _):
        settings = environ(slack, "http", tmp_path)
        assert (await run(tmp_path, "db", "upgrade", **settings))[0] == 0
        with closing(sqlite3.connect(tmp_path / "golden-ear.db", isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            async with program(tmp_path, "run", **settings) as bot:
                await until(lambda: "the start goes on when it lets go" in bot.said, PATIENCE_S)
                holder.rollback()
                await bot.is_("/healthz", 200)
                assert "another holds the database: locked (SQLITE_BUSY)" in bot.said


# ---- it is told to end ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_told_to_end_while_busy_it_loses_nothing_that_it_acknowledged(tmp_path: Path, transport: str) -> None:
    async with workspace(tmp_path) as (slack, people):
        settings = environ(slack, transport, tmp_path)
        async with program(tmp_path, "run", **settings) as bot:
            await bot.is_("/healthz", 200)
            if transport == "http":
                await people.use_http(f"{bot.url}/slack/events")
            rush = [
                asyncio.create_task(people.command(by, "#general", f"/praise @{whom} Thank you {by} and {whom}"))
                for by in PEOPLE
                for whom in PEOPLE
                if by != whom
            ]
            await asyncio.wait(rush, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0.05)
            async with stalls() as machine:
                status, seconds = await bot.told_to_end()
            assert (status, "Traceback" in bot.said) == (0, False), bot.said[-3000:]
            assert seconds - machine.lost < 10
        outcomes = await asyncio.gather(*rush)
        told = sum(outcome["ok"] and bool(outcome["body"].get("blocks")) for outcome in outcomes)
        assert told > 0
        with closing(sqlite3.connect(tmp_path / "golden-ear.db")) as database:
            (stored,) = database.execute("SELECT count(*) FROM praise").fetchone()
            assert told <= stored <= told + len([outcome for outcome in outcomes if not outcome["ok"]])
        await people.forget_errors()
        status, said = await run(tmp_path, "db", "check", **settings)
        assert status == 0, said


# ---- two of them ---------------------------------------------------------------------------------------------------


async def test_two_started_at_once_on_an_empty_folder_share_one_file_and_one_morning(tmp_path: Path) -> None:
    async with workspace(tmp_path, "2026-11-24T08:50:00+08:00") as (slack, people):
        settings = environ(slack, "socket", tmp_path, QUIET_HOURS="")
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
            await asyncio.gather(*(bot.is_("/healthz", 200) for bot in (one, other)))
            for bot in (one, other):
                assert (await bot.told_to_end())[0] == 0
                assert "Traceback" not in bot.said
        posts = [post["text"] for post in await people.messages("#praise") if post["by_app"]]
        assert len([text for text in posts if "Good morning" in text]) == 1 and len(posts) == 4
        assert await people.errors() == []


# ---- the database --------------------------------------------------------------------------------------------------


async def test_db_upgrade_and_check(tmp_path: Path) -> None:
    url = {"DATABASE_URL": f"sqlite:///{tmp_path}/golden-ear.db"}
    status, said = await run(tmp_path, "db", "check", **url)
    assert status == 1 and "no database" in said and not (tmp_path / "golden-ear.db").exists()
    assert (await run(tmp_path, "db", "upgrade", **url))[0] == 0
    status, said = await run(tmp_path, "db", "check", **url)
    assert status == 0 and "All is well" in said
    with closing(sqlite3.connect(tmp_path / "golden-ear.db")) as database:
        database.execute("INSERT INTO account VALUES ('p', 'T1', 5, 0, 0)")
        database.commit()
    status, said = await run(tmp_path, "db", "check", **url)
    assert status == 1 and "account of person p is 5" in said and "Traceback" not in said
    (tmp_path / "other.db").write_bytes(b"no database at all" * 1000)
    status, said = await run(tmp_path, "db", "check", DATABASE_URL=f"sqlite:///{tmp_path}/other.db")
    assert status == 1 and "Traceback" not in said and "cannot be read" in said


# ---- its pages -----------------------------------------------------------------------------------------------------


async def test_health_metrics_and_the_door_that_is_there_in_http_mode_only(house: House) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{house.url}/healthz") as answer:
            health = await answer.json()
            assert answer.status == 200 and set(health) == {"status", "database", "clock", "outbox_age_s"}
            assert health["status"] == "ok" and health["clock"].startswith("2026-11-23T02:0")
        async with session.get(f"{house.url}/metrics") as answer:
            assert answer.status == 200
        async with session.post(f"{house.url}/slack/events", data=b"{}") as answer:
            assert answer.status == (404 if house.bot.settings.socket_mode else 401)


async def test_db_check_names_what_slack_refused_for_good(tmp_path: Path) -> None:
    url = {"DATABASE_URL": f"sqlite:///{tmp_path}/golden-ear.db"}
    assert (await run(tmp_path, "db", "upgrade", **url))[0] == 0
    row = {
        **dict.fromkeys(("subject", "thread", "payload", "owner"), ""),
        **dict.fromkeys(("version", "attempts", "lease_until", "unsure_since"), 0),
        **dict.fromkeys(("not_before", "created_at"), "2026-11-23 08:00:00.000000"),
        **{"workspace_id": "T1", "key": "praise:p1", "method": "post", "channel": "C1"},
        **{"state": "dead", "error": "is_archived"},
    }
    with closing(sqlite3.connect(tmp_path / "golden-ear.db")) as database:
        database.execute(f"INSERT INTO outbox ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()])
        database.commit()
    status, said = await run(tmp_path, "db", "check", **url)
    assert status == 0 and "is_archived: praise:p1 to C1" in said and "All is well" in said

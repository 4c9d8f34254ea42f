"""Erasing: what came by every real way in is nowhere afterwards, in no row, no file, no backup, no message."""

import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table
from sqlmodel import Session, SQLModel

from bot.jobs import erasing as job
from bot.jobs import people as roster
from bot.workspace import staff
from storage import models
from storage.backup import back_up
from tests.commands.invoked import invoke
from tests.office import path_of
from tests.stores import Store
from tests.whole.conftest import Opening
from tests.whole.crm import SECRET, crm_of
from tests.whole.house import House, until

ROSA, ID, EMAIL = "Rosa María Guadalupe de la Vega y Fernández-Montemayor", "U0ROSA0000", "rosa@example.com"
CUSTOMER = "Mrs Hathersage"
WORDS = "The lantern by my bed was lit on every single evening"
PLANTED = {"person": (ROSA, ID, EMAIL), "customer": (CUSTOMER,), "praise": (WORDS,)}


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture
async def hotel(opened: Opening, tmp_path: Path) -> AsyncIterator[House]:
    keys = tmp_path / "keys"
    async with opened("http", INTAKE_SECRET=SECRET, KEYS_DIR=str(keys), QUIET_HOURS="") as house:
        await plant(house, tmp_path)
        yield house


async def plant(house: House, folder: Path) -> None:
    """Let Rosa and Mrs Hathersage be in everything."""
    await house.type("noah", f"/praise @rosa @ling “{WORDS}, thank you {ROSA}” from {CUSTOMER}")
    await house.type("rosa", f"/praise @ling “Ling is as kind as {CUSTOMER} told us”")
    async with crm_of(house.url) as crm:
        await crm.tell(people=[EMAIL], words=f"A robe was brought at once, wrote {CUSTOMER}", customer=CUSTOMER)
    await imported(house, folder)
    await house.type("rosa", f"/kudos @ling @noah for the robes, says {ROSA}")
    await house.type("noah", f"/kudos @rosa for the lanterns of {CUSTOMER}")
    form = await house.form("rosa", "/suggest Lanterns in every room")
    values: dict[Any, object] = {
        "title": "Lanterns in every room",
        "what": f"{CUSTOMER} asked {ROSA} for one",
        "gains": "both",
    }
    assert (await house.people.submit("rosa", form["id"], values))["response"] == "update"
    for number in range(7):  # from the sixth on they are gathered
        recorder = ("aiko", "jun", "priya")[number % 3]
        await house.type(recorder, f"/praise @ling “Deed {number} that {CUSTOMER} and {ROSA} saw”")
    await house.settled()
    post = await house.posted(WORDS)
    await house.people.react("jun", "#praise", post["ts"], "tada")
    await house.settled()
    await house.clock("2026-11-23 18:00")
    await house.dm("ling", "Deed 6", ROSA)
    await house.clock("2026-11-24 09:00:01")
    await house.decided("2026-11-24")
    await house.settled()


async def imported(house: House, folder: Path) -> None:
    file = folder / "history.csv"
    file.write_text(
        f"happened_on,people,words,customer,source,link\n2026-10-01,{EMAIL},Old words of long ago,{CUSTOMER},,\n"
    )
    url = house.database.engine.url.render_as_string(hide_password=False)
    status, said = await invoke("import", "praise", str(file), "--award", DATABASE_URL=url, TIMEZONE="Asia/Hong_Kong")
    assert status == 0, said


def rows_holding(house: House, canaries: tuple[str, ...]) -> list[str]:
    """Each column of each row that holds one of these."""
    return [
        f"{table.name}.{name}: {value}"
        for table in SQLModel.metadata.sorted_tables
        for row in house.database.read_now(partial(_every, one=table))
        for name, value in row.items()
        for canary in canaries
        if canary in (value.decode("latin-1") if isinstance(value, bytes) else str(value))
    ]


def _every(session: Session, one: Table) -> list[Any]:
    return list(session.execute(one.select()).mappings())


def messages_holding(house: House, canaries: tuple[str, ...]) -> list[str]:
    """Each message of the bot in Slack that holds one of these."""
    kept = house.slack.workspace.messages.kept
    ours = [one for channel in kept.values() for one in channel.values() if one.get("bot_id")]
    told = [json.dumps({"text": one.get("text"), "blocks": one.get("blocks")}, ensure_ascii=False) for one in ours]
    return [one for one in told if any(canary in one for canary in canaries)]


def files_holding(house: House, folder: Path, canaries: tuple[str, ...]) -> list[str]:
    """The files of the database, and a new backup, that hold one of these; only SQLite's are ours to look at."""
    if house.database.engine.dialect.name != "sqlite":
        return []
    path = path_of(house.database)
    copy = folder / "after.db"
    back_up(path, copy)
    found = [path, copy, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))]
    held = {one.name: one.read_bytes() for one in found if one.exists()}
    return [f"{name}: {canary}" for name, content in held.items() for canary in canaries if canary.encode() in content]


async def erase(house: House, admin: str, **values: str) -> dict[str, Any]:
    """An admin erases by the form; gives what the last view says."""
    form = await house.form(admin, "/golden-ear erase")
    given: dict[Any, object] = {"words": "no", **values}
    sent = await house.people.submit(admin, form["id"], given)
    assert sent["response"] == "update", sent
    (view,) = await house.people.wait({"view": admin, "contains": "cannot be taken back"}, 15.0)
    assert (await house.people.click_view(admin, view["id"], "erase_now"))["ok"]
    return dict((await house.people.wait({"view": admin, "contains": "It is erased."}))[-1])


async def whom(house: House, kind: str) -> str:
    if kind != "praise":
        return {"person": ID, "customer": CUSTOMER}[kind]
    (praise,) = house.rows(models.Praise, models.Praise.words.startswith(WORDS))
    (post,) = house.rows(models.Message, models.Message.subject == f"praise:{praise['id']}")
    return f"https://hotel.slack.com/archives/{staff.PRAISE_CHANNEL}/p{post['ts'].replace('.', '')}"


@pytest.mark.parametrize("kind", ["person", "customer", "praise"])
async def test_what_was_erased_is_found_nowhere(hotel: House, tmp_path: Path, kind: str) -> None:
    canaries, ledger = PLANTED[kind], hotel.rows(models.Entry)
    assert rows_holding(hotel, canaries) and messages_holding(hotel, canaries)
    await erase(hotel, "sam", kind=kind, **{kind: await whom(hotel, kind)})
    await hotel.settled()

    assert messages_holding(hotel, canaries) == []
    assert rows_holding(hotel, canaries) == []
    assert hotel.bot.desk is not None
    await job.finish(hotel.bot.desk)
    await until(lambda: hotel.count(models.Erasure, models.Erasure.scrubbed.is_(False)) == 0)  # type: ignore[attr-defined]
    assert files_holding(hotel, tmp_path, canaries) == []
    assert hotel.rows(models.Entry) == ledger
    await roster.sync(hotel.bot.desk)
    assert rows_holding(hotel, canaries) == []
    if kind == "person":
        assert "do not know you" in await hotel.type("rosa", "/points")
        assert rows_holding(hotel, canaries) == []


async def test_the_command_line_asks_shows_and_erases_beside_the_running_bot(hotel: House, tmp_path: Path) -> None:
    url = hotel.database.engine.url.render_as_string(hide_password=False)
    settings = {"DATABASE_URL": url, "KEYS_DIR": str(tmp_path / "keys"), "PRAISE_CHANNEL": staff.PRAISE_CHANNEL,
                "CLOCK_FILE": str(hotel.bot.settings.clock_file)}  # fmt: skip
    status, said = await invoke("erase", "person", EMAIL, "--dry-run", **settings)
    assert status == 0 and "would be changed" in said and rows_holding(hotel, (ID,)), said
    status, said = await invoke("erase", "person", EMAIL, **settings)
    assert status == 1 and "Aborted" in said and rows_holding(hotel, (ID,))
    status, said = await invoke("erase", "person", ID, "--name", ROSA, "--yes", **settings)
    assert status == 0 and "were changed" in said and "Nothing of it is left" in said, said
    await hotel.settled()
    assert rows_holding(hotel, PLANTED["person"]) == [] and messages_holding(hotel, PLANTED["person"]) == []
    status, said = await invoke("erase", "person", ID, "--yes", **settings)
    assert status == 0 and "erased before" in said
    status, said = await invoke("erase", "readmit", ID, **settings)
    assert status == 0 and "written down again" in said
    assert hotel.bot.desk is not None
    await roster.sync(hotel.bot.desk)
    assert "0 points" in await hotel.answered("rosa", "/points"), "she is somebody new"


async def test_only_admins_get_the_form_and_none_erases_themselves(hotel: House) -> None:
    for who in ("noah", "tomas"):
        assert "Only admins" in await hotel.type(who, "/golden-ear erase")
    form = await hotel.form("sam", "/golden-ear erase")
    sent = await hotel.people.submit("sam", form["id"], {"kind": "person", "person": "U0SAM00000", "words": "no"})
    assert "cannot erase yourself" in str(sent["errors"])
    sent = await hotel.people.submit("sam", form["id"], {"kind": "customer", "words": "no"})
    assert "whom or what" in str(sent["errors"])


async def test_a_person_gets_all_their_data_as_two_files(hotel: House) -> None:
    said = await hotel.type("rosa", "/golden-ear my-data")
    assert "direct messages" in said
    await hotel.settled()
    found = [file for message in await hotel.people.dms("rosa") for file in message.get("files", ())]
    assert sorted(one["name"] for one in found) == ["golden-ear-my-data.csv", "golden-ear-my-data.json"]
    contents = {one["name"].rpartition(".")[2]: await hotel.people.file(one["id"]) for one in found}
    whole = json.loads(contents["json"])
    assert {"person", "praised", "kudos", "kudosgift", "suggestion", "entry", "account"} <= set(whole["tables"])
    assert any(WORDS in row["praise_words"] for row in whole["tables"]["praised"])
    assert "without a name" in str(whole["notes"])
    assert contents["csv"].startswith(b"\xef\xbb\xbf") and WORDS.encode() in contents["csv"]
    others = json.dumps(whole["tables"], ensure_ascii=False)
    assert "U0NOAH0000" not in others and "Ling is as kind" in others


async def test_files_that_were_sent_go_with_whoever_is_named_in_them(hotel: House, tmp_path: Path) -> None:
    await hotel.type("ling", "/golden-ear my-data")
    await hotel.type("sam", "/leaderboard export all points")
    await hotel.settled()

    async def sent(who: str) -> list[dict[str, Any]]:
        return [file for message in await hotel.people.dms(who) for file in message.get("files", ())]

    assert [len(await sent(who)) for who in ("ling", "sam")] == [2, 1]
    url = hotel.database.engine.url.render_as_string(hide_password=False)
    settings = {"DATABASE_URL": url, "KEYS_DIR": str(tmp_path / "keys"), "PRAISE_CHANNEL": staff.PRAISE_CHANNEL,
                "CLOCK_FILE": str(hotel.bot.settings.clock_file)}  # fmt: skip
    assert (await invoke("erase", "person", ID, "--yes", **settings))[0] == 0
    await hotel.settled()
    assert {one["mode"] for who in ("ling", "sam") for one in await sent(who)} == {"tombstone"}

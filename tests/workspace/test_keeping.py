"""A rehearsal in a file: what was there is there again, no id comes twice, and no other file is spoilt."""

import asyncio
import json
import os
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace import Control, keeping, saving, serve, snapshot
from bot.workspace.keeping import Unfit
from bot.workspace.saving import Saving
from bot.workspace.shapes import Json
from bot.workspace.state import Settings, Workspace
from tests.workspace.conftest import QUICK, client_of, section

PEOPLE = ["aiko", "mei", "rosa", "jun"]
ROOMS = ["#praise", "#general", "@goldenear"]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["say", "reply", "react", "unreact", "delete", "join", "leave", "channel", "whisper", "read"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(ROOMS),
        st.text(max_size=20),
        st.floats(-1e6, 1e6),
    ),
    max_size=30,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an app, with its database and a key."""
    at = tmp_path / "app"
    (at / keeping.KEYS).mkdir(parents=True)
    (at / keeping.KEYS / "one.key").write_bytes(b"secret")
    with closing(sqlite3.connect(at / keeping.DATABASE)) as there:
        there.execute("PRAGMA journal_mode=WAL")
        there.execute("CREATE TABLE praise (words TEXT)")
        there.execute("INSERT INTO praise VALUES ('so kind')")
        there.commit()
    return at


async def test_all_that_people_see_is_there_again(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "kept"
    async with serve(replace(QUICK, clock_file=tmp_path / "clock")) as slack, Control(slack.url) as people:
        client = client_of(slack)
        await people.move_clock(100_000)
        ts = await people.say("aiko", "#general", "Good morning 早 \ud83d\ude00")
        await people.say("mei", "#general", "And to you", ts)
        await people.react("rosa", "#general", ts, "wave")
        await client.chat_postEphemeral(channel="C0GENERAL1", user="U0ROSA0000", text="only you")
        await client.views_publish(user_id="U0ROSA0000", view={"type": "home", "blocks": [section()]})
        ticket = await client.files_getUploadURLExternal(filename="a.png", length=3)
        async with aiohttp.ClientSession() as session:
            await session.post(str(ticket["upload_url"]), data=b"\x00\xff\x10")
        await client.files_completeUploadExternal(files=[{"id": str(ticket["file_id"])}], channel_id="C0GENERAL1")
        await people.add_user("nora", real_name="Nora")
        await people.add_channel("night", members=["nora"])
        await people.invite("rosa", "night")
        slack.workspace.progress.restore(["praise", "idea"])
        before = await _seen(people, str(ticket["file_id"]))
        await Saving(slack.workspace, folder, file).save()
    (tmp_path / "again").mkdir()
    async with serve(replace(QUICK, clock_file=tmp_path / "clock2")) as slack, Control(slack.url) as people:
        state = keeping.unpacked(file, tmp_path / "again")
        assert state is not None
        keeping.resume(file, slack.workspace, state)
        assert await _seen(people, str(ticket["file_id"])) == before
        assert slack.workspace.progress.done == ["praise", "idea"]
        assert float((tmp_path / "clock2").read_text()) == 100_000
        assert await people.say("mei", "#general", "Later") > ts
        assert (await people.add_channel("day"))["id"] not in {one["id"] for one in before["state"]["channels"]}
    with closing(sqlite3.connect(tmp_path / "again" / keeping.DATABASE)) as there:
        assert there.execute("SELECT words FROM praise").fetchall() == [("so kind",)]
    key = tmp_path / "again" / keeping.KEYS / "one.key"
    assert key.read_bytes() == b"secret" and key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o777 == 0o700 and file.stat().st_mode & 0o777 == 0o600


async def _seen(people: Control, file: str) -> Json:
    """All that anybody sees, but for the time, which goes on."""
    state = await people.state()
    return {
        "state": {key: state[key] for key in ("users", "channels", "offset")},
        "messages": await people.messages("#general"),
        "ephemerals": await people.ephemerals("rosa"),
        "home": await people.home("rosa"),
        "file": await people.file(file),
    }


@given(ACTS)
def test_whatever_people_do_comes_back_and_no_id_comes_twice(acts: list[tuple[str, str, str, str, float]]) -> None:
    first = Workspace(Settings(quiet=True))
    for act in acts:
        _do(first, *act)
    given = {one["ts"] for room in first.messages.kept.values() for one in room.values()}
    given |= {one.ts for mine in first.ephemerals.kept.values() for one in mine.values()}
    kept = json.loads(json.dumps(snapshot.taken(first)))
    again = Workspace(Settings(quiet=True))
    snapshot.restored(again, kept)
    assert json.loads(json.dumps(snapshot.taken(again))) == kept
    rooms = {one.id for one in again.channels}
    assert again.clock.ts() not in given
    assert again.channels.new("fresh", private=False, locale="en-US", members=[]).id not in rooms


@pytest.mark.parametrize(
    "broken", ["no zip", "cut", "no state", "no database", "bad database", "bad state", "newer", "bad bytes", "sealed"]
)
def test_a_file_that_does_not_fit_is_refused_and_left_as_it_is(tmp_path: Path, folder: Path, broken: str) -> None:
    file = tmp_path / "kept"
    _write(file, folder, broken)
    content = file.read_bytes()
    workspace = Workspace(Settings(quiet=True))
    before = json.dumps(snapshot.taken(Workspace(Settings(quiet=True)))["people"])
    with pytest.raises(Unfit, match="another version" if broken == "newer" else "damaged"), keeping.held(file):
        (tmp_path / "again").mkdir()
        state = keeping.unpacked(file, tmp_path / "again")
        assert state is not None
        keeping.resume(file, workspace, state)
    assert file.read_bytes() == content
    assert json.dumps(snapshot.taken(workspace)["people"]) == before
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_file()) == ["kept"]


def test_two_rehearsals_do_not_keep_in_one_file_and_none_where_nothing_can_be_written(tmp_path: Path) -> None:
    with keeping.held(tmp_path / "kept"), pytest.raises(Unfit, match="in use"), keeping.held(tmp_path / "kept"):
        raise AssertionError
    with keeping.held(tmp_path / "kept"):
        pass
    with pytest.raises(Unfit, match="cannot be written"), keeping.held(tmp_path / "nowhere" / "kept"):
        raise AssertionError
    assert list(tmp_path.iterdir()) == []


async def test_what_cannot_be_written_leaves_the_file_of_before(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, workspace = tmp_path / "kept", Workspace(Settings(quiet=True))
    await Saving(workspace, folder, file).save()
    content = file.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        await Saving(workspace, folder, file).save()
    assert file.read_bytes() == content
    assert sorted(os.listdir(tmp_path)) == ["app", "kept"]


async def test_what_could_not_be_copied_is_tried_again_the_next_time(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "EVERY_S", 0.01)
    (folder / keeping.DATABASE).rename(tmp_path / "away")
    going = asyncio.create_task(Saving(Workspace(Settings(quiet=True)), folder, tmp_path / "kept").now_and_then())
    await asyncio.sleep(0.1)
    assert not (tmp_path / "kept").exists()
    (tmp_path / "away").rename(folder / keeping.DATABASE)
    async with asyncio.timeout(20):
        while not (tmp_path / "kept").exists():  # noqa: ASYNC110  (it is told to nobody)
            await asyncio.sleep(0.01)
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)


def test_what_goes_wrong_in_a_rehearsal_is_not_told_of_its_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="port"), keeping.held(tmp_path / "kept"):
        raise OSError("the port is taken")
    assert list(tmp_path.iterdir()) == []


def test_what_is_locked_still_is_not_let_go_by_whoever_comes_late(tmp_path: Path) -> None:
    lock = tmp_path / ".kept.lock"
    with keeping.held(tmp_path / "kept"):
        inode = lock.stat().st_ino
        lock.unlink()
        with keeping.held(tmp_path / "kept"):
            assert lock.stat().st_ino != inode


def _do(workspace: Workspace, act: str, who: str, where: str, words: str, number: float) -> None:
    """One act as the control API would have it done; what cannot be done is not."""
    user, room = workspace.user_id(who), workspace.channel(where, workspace.user_id(who))
    newest = next(reversed(workspace.messages.kept.get(room.id, {})), "")
    if act == "say":
        workspace.messages.post(room.id, {"user": user, "text": words})
    elif act == "reply" and newest:
        workspace.messages.post(room.id, {"user": user, "text": words, "thread_ts": newest})
    elif act == "delete":
        workspace.messages.delete(room.id, newest)
    elif act == "whisper":
        workspace.ephemerals.show(user, room.id, words, None, None)
    elif act == "read" and newest:
        workspace.reads.mark(user, room.id, newest)
    elif act == "channel" and workspace.channels.named(who) is None:
        workspace.channels.new(who, private=bool(words), locale="en-US", members=[user])
    elif act in ("join", "leave"):
        workspace.clock.move(number)


def _write(file: Path, folder: Path, broken: str) -> None:
    """A kept file with one thing wrong in it."""
    workspace = json.dumps(snapshot.taken(Workspace(Settings(quiet=True))))
    keeping.pack(file, workspace, folder, keeping.copied(folder))
    if broken == "no zip":
        file.write_bytes(b"a letter to grandmother")
    elif broken in ("bad bytes", "sealed"):
        _spoil(file, broken)
    elif broken == "cut":
        file.write_bytes(file.read_bytes()[:-300])
    else:
        with zipfile.ZipFile(file) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        if broken.startswith("no "):
            del parts[keeping.STATE if broken == "no state" else keeping.DATABASE]
        if broken == "bad database":
            parts[keeping.DATABASE] = b"SQLite format 3\x00" + b"\xff" * 8000
        if broken == "bad state":
            parts[keeping.STATE] = b'{"format": 1, "workspace": {"people": {}}}'
        if broken == "newer":
            parts[keeping.STATE] = b'{"format": 2, "workspace": {}}'
        with zipfile.ZipFile(file, "w") as packed:
            for name, content in parts.items():
                packed.writestr(name, content)


def _spoil(file: Path, broken: str) -> None:
    """Change what is packed, or say that a password opens it."""
    with zipfile.ZipFile(file) as packed:
        first = packed.infolist()[0]
        begin = packed.start_dir
    content = bytearray(file.read_bytes())
    if broken == "sealed":
        content[first.header_offset + 6] |= 1
        content[begin + 8] |= 1
    else:
        at = first.header_offset + 30 + len(first.filename)
        content[at : at + 20] = b"\xff" * 20
    file.write_bytes(content)

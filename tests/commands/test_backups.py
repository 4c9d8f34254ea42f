"""golden-ear backup and restore as an operator meets them: words, exit status, and a bot that is up meanwhile."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.workspace import staff
from tests.commands.invoked import invoke, invoked
from tests.faults.backups import take
from tests.whole.house import environ_of, until, workspace
from tests.whole.programs import PATIENCE_S, program


def unsent(folder: Path) -> int:
    """How many posts to the praise channel may still leave."""
    with closing(sqlite3.connect(folder / "golden-ear.db")) as database:
        (count,) = database.execute(
            "SELECT count(*) FROM outbox WHERE channel = ? AND state IN ('due', 'sending')", (staff.PRAISE_CHANNEL,)
        ).fetchone()
    return int(count)


async def test_a_backup_is_made_beside_a_running_bot_and_restored_when_it_has_ended(tmp_path: Path) -> None:
    saved = str(tmp_path / "saved.db")
    async with workspace(tmp_path) as (slack, people):
        environ = environ_of(slack, f"sqlite:///{tmp_path}/golden-ear.db", "socket", POST_RATE="100", QUIET_HOURS="")
        async with program(tmp_path, "run", **environ) as bot:
            await bot.is_("/healthz", 200)
            await people.wait({"connections": 1}, PATIENCE_S)
            assert (await people.command("noah", "#general", "/praise @ling She found my ring!"))["ok"]
            status, said = await invoke("backup", saved, **environ)
            assert status == 0 and f"{saved} holds the database, checked" in said, said
            status, said = await invoke("backup", saved, **environ)
            assert status == 1 and "not overwritten" in said
            status, said = await invoke("restore", saved, "--force", **environ)
            assert status == 1 and "is in use. Stop the bot" in said, said
            assert (await people.command("noah", "#general", "/praise @hao He carried my bags!"))["ok"]
            assert (await bot.told_to_end())[0] == 0
        status, said = await invoke("restore", saved, **environ)
        assert status == 1 and "--force" in said
        status, said_last = await invoke("restore", saved, "--force", **environ)
        assert status == 0 and "is kept as" in said_last and "Start the bot" in said_last, said_last
        assert (await invoke("db", "check", **environ))[0] == 0
        async with program(tmp_path, "run", **environ) as bot:
            await bot.is_("/healthz", 200)
            await until(lambda: not unsent(tmp_path))  # what the copy held half sent is looked for at its time
            posts = [post["text"] for post in await people.messages("#praise") if post["by_app"]]
            assert len([text for text in posts if "found my ring" in text]) == 1
            assert (await bot.told_to_end())[0] == 0
    with closing(sqlite3.connect(tmp_path / "golden-ear.db")) as database:
        assert database.execute("SELECT words FROM praise").fetchall() == [("She found my ring!",)]
    kept = re.search(r"is kept as (\S+)\.", said_last)
    assert kept
    with closing(sqlite3.connect(kept[1])) as database:
        assert database.execute("SELECT count(*) FROM praise").fetchone() == (2,)


def test_what_cannot_be_backed_up_or_restored_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    here = {"DATABASE_URL": f"sqlite:///{tmp_path}/golden-ear.db"}
    for arguments, words in {
        ("backup", "copy.db"): "there is no database at",
        ("restore", "copy.db"): "there is no file copy.db",
    }.items():
        status, said = invoked(*arguments, **here)
        assert status == 1 and words in said and "Traceback" not in said, said
    assert (invoked("db", "upgrade", **here))[0] == 0
    assert (tmp_path / "golden-ear.db").stat().st_mode & 0o077 == 0, "others may read what people said"
    status, said = invoked("restore", "golden-ear.db", "--force", **here)
    assert status == 1 and "golden-ear.db is the database itself" in said, said
    status, said = invoked("backup", "nowhere/copy.db", **here)
    assert status == 1 and "nowhere" in said and "No such file" in said and "Traceback" not in said, said
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff" * 3000)
    status, said = invoked("restore", "holiday.jpg", "--force", **here)
    assert status == 1 and "nothing was restored, holiday.jpg cannot be read as a database" in said, said


def test_backups_under_load_are_whole_and_hold_all_that_was_acknowledged(tmp_path: Path) -> None:
    taken = take(5, tmp_path)

    assert [each.faults for each in taken] == [()] * 5
    assert taken[-1].acknowledged > taken[0].acknowledged > 0


@pytest.mark.parametrize("arguments", [("backup", "copy.dump"), ("restore", "copy.dump", "--force")])
def test_on_postgresql_the_commands_of_its_own_tools_are_told_without_the_password(arguments: tuple[str, ...]) -> None:
    status, said = invoked(*arguments, DATABASE_URL="postgresql+psycopg://bo:hunter22@db.example:5433/ear")
    assert status == 2
    assert "pg_dump --host=db.example --port=5433 --username=bo --format=custom --no-owner --file=FILE ear" in said
    assert "--single-transaction --dbname=ear FILE" in said and "golden-ear db upgrade" in said
    assert "hunter22" not in said
    _, said = invoked(*arguments, DATABASE_URL="postgresql+psycopg:///ear?host=/run/postgresql&port=5434")
    assert "pg_dump --host=/run/postgresql --port=5434 --format=custom" in said

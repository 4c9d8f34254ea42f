"""Whatever a file for `golden-ear import` holds: no traceback, every row told of, nothing stored that a rule refuses.

`FUZZ=5` in the environment makes five times as many cases (`make soak`).
"""

import csv
import os
import random
from itertools import pairwise
from pathlib import Path

import pytest
import typer

from bot.commands import batches, importing
from bot.rules import praise
from storage import models, people
from storage.people import Profile
from storage.select import table
from tests.fuzz.tables import tables
from tests.office import TEAM, TUESDAY, Office

TIMES = int(os.environ.get("FUZZ", "1"))
FILES = 4_000 * TIMES


@pytest.fixture
def house(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Office:
    """The company, its people with e-mail addresses and handles, and a command line that has its database open."""
    profiles = [
        Profile(slack_id=f"U{name.upper()}", name=name.title(), email=f"{name}@example.com", handle=name)
        for name in ("ann", "bo", "cy")
    ]
    office.run(people.enrol, TEAM, profiles, now=office.now)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(batches, "BREATH", 0.0)
    monkeypatch.setattr(batches, "database_at_hand", lambda: office.database)
    monkeypatch.setattr(office.database, "close", lambda: None)
    monkeypatch.setattr("bot.clock.Clock.now", lambda _: TUESDAY)
    return office


def imported(body: bytes, *, award: bool) -> int:
    """Import a file with these bytes; gives the exit status."""
    Path("praise.csv").write_bytes(body)
    try:
        importing.praise(Path("praise.csv"), award=award)
    except typer.Exit as end:
        return end.exit_code
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def refused() -> list[list[str]]:
    """The rows of the file of refused rows, without its header."""
    path = Path("praise.rejected.csv")
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.timeout(600 * TIMES)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_files_of_any_kind(house: Office, capsys: pytest.CaptureFixture[str]) -> None:
    seed = 7 if "CI" in os.environ else random.SystemRandom().randrange(10**9)
    dice, ends = random.Random(seed), {0: 0, 1: 0, 2: 0}
    files = tables(dice)
    for number in range(FILES):
        body, award = next(files), dice.random() < 0.3
        try:
            status = imported(body, award=award)
            told = capsys.readouterr()
            assert status in ends and told.out + told.err
            if number % 8 == 0 and status < 2:
                again(body, award)
                capsys.readouterr()
        except Exception as error:
            raise AssertionError(f"seed {seed}, file {number}: {body!r}") from error
        ends[status] += 1
    assert min(ends.values()) > FILES / 50, ends
    keeps_the_rules(house)


def again(body: bytes, award: bool) -> None:
    """The same file once more adds nothing, and refuses the same rows."""
    before = refused()
    imported(body, award=award)
    assert refused() == before


def keeps_the_rules(house: Office) -> None:
    rows = house.run(lambda session: list(session.execute(table(models.Praise).select()).mappings()))
    assert rows
    for row in rows:
        assert 0 < len(row["words"]) <= praise.MAX_WORDS and praise.clean(row["words"]) == row["words"]
        assert len(row["customer"]) <= praise.MAX_CUSTOMER and row["source"] in praise.SOURCES
        assert not row["link"] or praise.is_link(row["link"])
        assert row["happened_on"] <= TUESDAY.date() and row["imported"] and row["state"] == "accepted"
    absent = {member.id for member in map(house.member, ("guest", "robot", "gone", "stranger"))}
    praised = house.run(lambda session: list(session.execute(table(models.Praised).select()).mappings()))
    assert absent.isdisjoint(row["person_id"] for row in praised)
    prints = sorted((row["person_id"], row["fingerprint"], row["happened_on"]) for row in praised)
    for (*one, day), (*other, later) in pairwise(prints):
        assert one != other or (later - day).days > praise.DUPLICATE_DAYS, "the same words twice"
    assert house.is_sound()

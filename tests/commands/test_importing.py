"""golden-ear import praise, import people, people join: as an operator meets them."""

import csv
import os
import random
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel
from typer.testing import CliRunner, Result

from bot.__main__ import app
from storage import models, people
from storage.people import Profile
from tests.office import TEAM, Office, path_of
from tests.whole.house import ROOT

COLUMNS = ("happened_on", "people", "words", "customer", "source", "link")
LISTED = ("name", "email", "slack_id", "team", "role")
Golden = Callable[..., Result]


@pytest.fixture
def house(office: Office) -> Office:
    """The company, its people with e-mail addresses and handles: ann@example.com is @ann."""
    profiles = [
        Profile(slack_id=f"U{name.upper()}", name=name.title(), email=f"{name}@example.com", handle=name)
        for name in ("ann", "bo", "cy")
    ]
    office.run(people.enrol, TEAM, profiles, now=office.now)
    return office


@pytest.fixture
def golden(house: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Golden:
    """Runs a command against the company's database; no word of it may be a traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url_of(house))
    monkeypatch.setattr("bot.commands.batches.BREATH", 0.0)

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(app, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def written(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]], mark: bool = False) -> str:
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return str(path)


def praises(path: Path, *rows: Sequence[str], mark: bool = False) -> str:
    filled = [[*row, *[""] * (6 - len(row))] for row in rows]
    return written(path, COLUMNS, filled, mark)


def query(office: Office, statement: str) -> list[tuple[Any, ...]]:
    found = office.database.read_now(lambda session: session.connection().execute(text(statement)).all())
    return [tuple(row) for row in found]


def counts(office: Office, *tables: Any) -> list[int]:
    return [query(office, f"SELECT count(*) FROM {table.__tablename__}")[0][0] for table in tables]


def everything(office: Office) -> list[Any]:
    return [sorted(query(office, f"SELECT * FROM {name}"), key=repr) for name in SQLModel.metadata.tables]


def stored(office: Office) -> list[str]:
    return [row[0] for row in query(office, "SELECT words FROM praise")]


def url_of(office: Office) -> str:
    return office.database.engine.url.render_as_string(hide_password=False)


# ---- praise --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [False, True])
def test_history_is_stored_code_point_for_code_point_and_nobody_is_told(
    house: Office, golden: Golden, tmp_path: Path, mark: bool
) -> None:
    words = '很滿意。👍🏽 ﬁne "quoted"\r\nsecond line\u2028third'
    file = praises(
        tmp_path / "old.csv", ("2024-02-29", "UANN @Bo CY@example.com", words, "Ms Lin", "review"), mark=mark
    )
    result = golden("import", "praise", file)
    assert result.exit_code == 0 and "1 added" in result.output, result.output
    assert stored(house) == [words]
    assert counts(house, models.Praised, models.Entry, models.Outbox) == [3, 0, 0]
    row = query(house, "SELECT imported, checked, recorder_id, state, happened_on, source FROM praise")[0]
    assert (*row[:4], str(row[4]), row[5]) == (True, True, None, "accepted", "2024-02-29", "review")
    assert not list(tmp_path.glob("*.rejected.csv"))


def test_sample_praise_twice_adds_nothing_and_then_awards_once(house: Office, golden: Golden, tmp_path: Path) -> None:
    samples = tomllib.loads((ROOT / "bot/content/praise.toml").read_text(encoding="utf-8"))
    said = [entry["words"] for group in samples.values() for entry in group if isinstance(entry, dict)]
    assert len(said) > 20
    day = date(2025, 5, 5)
    rows = [((day + timedelta(days=n)).isoformat(), ("@ann", "@bo @cy")[n % 2], words) for n, words in enumerate(said)]
    file = praises(tmp_path / "old.csv", *rows)
    assert f"{len(rows)} added" in golden("import", "praise", file).output
    first = everything(house)
    assert f"0 added, {len(rows)} known already" in golden("import", "praise", file).output
    assert everything(house) == first
    assert golden("import", "praise", file, "--award").exit_code == 0
    awarded = everything(house)
    assert golden("import", "praise", file, "--award").exit_code == 0
    assert everything(house) == awarded
    assert counts(house, models.Praise, models.Outbox) == [len(said), 0]
    assert house.points("ann") == 10 * len(rows[::2]) and house.points("bo") == 10 * len(rows[1::2])
    assert house.is_sound()


def test_points_of_history_count_on_the_day_it_happened(house: Office, golden: Golden, tmp_path: Path) -> None:
    golden("import", "praise", praises(tmp_path / "old.csv", ("2024-02-29", "@ann", "Kind")), "--award")
    ((amount, day),) = query(house, "SELECT amount, counts_on FROM entry")
    assert (amount, str(day)) == (10, "2024-02-29")


def test_what_a_colleague_told_is_not_awarded_again(house: Office, golden: Golden, tmp_path: Path) -> None:
    told = house.praise("bo", "ann", "Kind")
    assert told.praise.state == "accepted" and house.points("ann") == 10
    file = praises(tmp_path / "old.csv", (told.praise.happened_on.isoformat(), "@ann @cy", "KIND!"))
    assert "1 added" in golden("import", "praise", file, "--award").output
    assert (house.points("ann"), house.points("cy")) == (10, 10)


BAD = [
    (("", "@ann", "Kind"), "happened_on: must be the day"),
    (("29.2.2024", "@ann", "Kind"), "happened_on: must be the day"),
    (("2023-02-29", "@ann", "Kind"), "happened_on: must be the day"),
    (("2199-01-01", "@ann", "Kind"), "happened_on: has not come yet"),
    (("2024-01-01", "", "Kind"), "people: nobody is named"),
    (("2024-01-01", "@ann @nobody no@example.com U0NO Ann", "Kind"), "people: nobody here is @nobody; nobody here has"),
    (("2024-01-01", "UROBOT", "Kind"), "people: UROBOT is a bot"),
    (("2024-01-01", "UGONE", "Kind"), "people: UGONE has left"),
    (("2024-01-01", "@ann", "  "), "words: the customer's words are missing"),
    (("2024-01-01", "@ann", "x" * 3001), "words: has 3001 characters"),
    (("2024-01-01", "@ann", "Kind", "x" * 101, "fax", "ftp://x"), "customer: is too long"),
]


def test_each_bad_row_is_set_aside_with_its_line_and_reason_and_the_good_ones_are_stored(
    house: Office, golden: Golden, tmp_path: Path
) -> None:
    good = [("2024-01-01", "@ann", f"Good\n{n}") for n in range(len(BAD))]
    mixed = [row for pair in zip(good, (row for row, _ in BAD), strict=True) for row in pair]
    result = golden("import", "praise", praises(tmp_path / "old.csv", *mixed))
    assert result.exit_code == 1 and f"{len(good)} added" in result.output and f"{len(BAD)} refused" in result.output
    assert "old.rejected.csv" in result.output
    with (tmp_path / "old.rejected.csv").open(encoding="utf-8", newline="") as file:
        refused = list(csv.DictReader(file))
    for number, (row, (cells, reason)) in enumerate(zip(refused, BAD, strict=True)):
        assert row["reason"].startswith(reason), row
        assert int(row["line"]) == 2 + 3 * number + 2
        assert [row[name] for name in COLUMNS] == [*cells, *[""] * (6 - len(cells))]
    assert sorted(stored(house)) == sorted(words for _, _, words in good)
    assert "one of: in person" in refused[-1]["reason"] and "link: must be" in refused[-1]["reason"]

    mended = [[row[name] for name in ("line", "reason", *COLUMNS)] for row in refused[:1]]
    mended[0][2] = "2024-05-05"
    written(tmp_path / "old.rejected.csv", ("line", "reason", *COLUMNS), mended)
    again = golden("import", "praise", str(tmp_path / "old.csv"))
    assert again.exit_code == 1 and "kept in" in again.output and "old.rejected.1.csv" in again.output
    assert golden("import", "praise", str(tmp_path / "old.rejected.1.csv")).exit_code == 0


def test_a_file_of_other_columns_is_not_imported_at_all(house: Office, golden: Golden, tmp_path: Path) -> None:
    file = written(tmp_path / "old.csv", COLUMNS[1:], [("@ann", "Kind", "", "", "")])
    result = golden("import", "praise", file)
    assert result.exit_code == 2 and "missing: happened_on" in result.output
    assert golden("import", "praise", str(tmp_path / "none.csv")).exit_code == 2
    assert counts(house, models.Praise) == [0]


def test_before_the_bot_knows_anybody_it_says_what_to_do(
    golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = praises(tmp_path / "old.csv", ("2024-01-01", "@ann", "Kind"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    result = golden("import", "praise", file)
    assert result.exit_code == 1 and "start the bot once" in result.output
    assert golden("db", "upgrade").exit_code == 0
    result = golden("import", "praise", file)
    assert result.exit_code == 1 and "start the bot once" in result.output


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_database_in_use_is_waited_for(house: Office, golden: Golden, tmp_path: Path) -> None:
    file = praises(tmp_path / "old.csv", ("2024-01-01", "@ann", "Kind"))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path_of(house.database))], stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        assert golden("import", "praise", file).exit_code == 0
    assert stored(house) == ["Kind"]


HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(3.5)  # longer than one try waits
held.execute("ROLLBACK")
"""


@pytest.fixture
def many(tmp_path: Path) -> str:
    """A file of 2,400 rows, of which every hundredth is bad."""
    numbers, day = random.Random(5), date(2024, 1, 1)
    rows = [
        ((day + timedelta(days=numbers.randrange(400))).isoformat(), "@ann @bo" if n % 100 else "@nobody", f"Words {n}")
        for n in range(2400)
    ]
    return praises(tmp_path / "old.csv", *rows)


def test_killed_in_the_middle_and_run_again_all_rows_are_there_once(
    house: Office, golden: Golden, tmp_path: Path, many: str
) -> None:
    for _ in range(2):
        before = counts(house, models.Praise)[0]
        importing = start(house, tmp_path, many, "--award")
        while counts(house, models.Praise)[0] == before and importing.poll() is None:
            time.sleep(0.01)
        os.kill(importing.pid, signal.SIGKILL)
        importing.wait()
        assert before < counts(house, models.Praise)[0] < 2376
    result = golden("import", "praise", many, "--award")
    assert result.exit_code == 1 and "24 refused" in result.output
    assert counts(house, models.Praise, models.Praised, models.Entry) == [2376, 4752, 4752]
    assert sorted(stored(house)) == sorted(f"Words {n}" for n in range(2400) if n % 100)
    assert len((tmp_path / "old.rejected.csv").read_text().splitlines()) == 25
    assert house.is_sound()


def test_stopped_by_a_key_it_says_how_far_it_came(house: Office, golden: Golden, tmp_path: Path) -> None:
    file = praises(tmp_path / "long.csv", *(("2024-01-01", "@ann", f"Words {n}") for n in range(4000)))
    importing = start(house, tmp_path, file, told=subprocess.PIPE)
    while counts(house, models.Praise)[0] <= 250 and importing.poll() is None:  # it counts a batch after its commit
        time.sleep(0.02)
    importing.send_signal(signal.SIGINT)
    _, said = importing.communicate(timeout=120)
    assert importing.returncode == 130 and b"Stopped: " in said and b"Traceback" not in said, said
    assert 250 <= int(said.split(b"Stopped: ")[1].split()[0].replace(b",", b"")) < 4000
    assert " known already" in golden("import", "praise", file).output
    assert counts(house, models.Praise) == [4000]


def start(
    office: Office, folder: Path, file: str, *more: str, told: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    environ["DATABASE_URL"] = url_of(office)
    command = [sys.executable, "-m", "bot", "import", "praise", file, *more]
    return subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=told,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # whoever runs tests may ignore it
    )  # fmt: skip


# ---- people --------------------------------------------------------------------------------------------------------


@pytest.fixture
def list_of(tmp_path: Path) -> Iterator[Callable[..., str]]:
    yield lambda *rows: written(tmp_path / "people.csv", LISTED, rows)


def test_the_list_gives_teams_and_roles_and_writes_down_people_without_an_account(
    house: Office, golden: Golden, list_of: Callable[..., str]
) -> None:
    rows = [
        ("", "Ann@Example.com", "", "Reception", "lead"),
        ("Whoever", "", "UBO", "Kitchen", "Employee"),
        ("Mrs Night", "", "", "Night", ""),
        ("Mr  Dawn", "dawn@example.com", "", "Night", ""),
    ]
    result = golden("import", "people", list_of(*rows))
    assert result.exit_code == 0 and "2 added, 2 changed, 0 as before, 0 refused" in result.output, result.output
    ann, bo = house.member("ann"), house.member("bo")
    assert (ann.team, ann.role, bo.team, bo.role, bo.name) == ("Reception", "lead", "Kitchen", "employee", "Bo")
    first = everything(house)
    assert "0 added, 0 changed, 4 as before" in golden("import", "people", list_of(*rows)).output
    assert everything(house) == first
    golden("import", "people", list_of(("Mrs Night", "", "", "Day", "")))
    assert house.member("ann").team == "Reception"  # who is not in the file stays


def test_bad_rows_of_the_list_are_set_aside(house: Office, golden: Golden, list_of: Callable[..., str]) -> None:
    rows = [
        (("", "", "", "Night", ""), "name: a name, an e-mail"),
        (("Eve", "", "U0NOBODY", "", ""), "slack_id: nobody here"),
        (("Eve", "", "@eve", "", ""), "slack_id: must be"),
        (("Eve", "eve(at)example.com", "", "", ""), "email: must be"),
        (("", "eve@example.com", "", "", ""), "email: nobody here"),
        (("Ann", "bo@example.com", "UANN", "", ""), "email: is the address of somebody else"),
        (("Ann", "", "UANN", "", "boss"), "role: must be"),
        (("Ann", "", "", "Night", ""), "name: somebody with a Slack account"),
        (("x" * 101, "", "", "", ""), "name: is longer"),
        (("Mrs Night", "", "", "", ""), ""),
        (("Mrs Night", "", "", "Day", ""), "name: this person is in the file already"),
    ]
    result = golden("import", "people", list_of(*(row for row, _ in rows)))
    assert result.exit_code == 1 and "1 added" in result.output and "10 refused" in result.output
    with open("people.rejected.csv", encoding="utf-8", newline="") as file:
        reasons = [row["reason"] for row in csv.DictReader(file)]
    wanted = [reason for _, reason in rows if reason]
    assert [told.startswith(reason) for told, reason in zip(reasons, wanted, strict=True)] == [True] * 10, reasons


def test_somebody_without_an_account_is_joined_to_the_one_that_they_have_now(
    house: Office, golden: Golden, tmp_path: Path, list_of: Callable[..., str]
) -> None:
    golden("import", "people", list_of(("Mr Dawn", "dawn@example.com", "", "Night", "")))
    golden(
        "import", "praise", praises(tmp_path / "old.csv", ("2024-01-01", "dawn@example.com @ann", "Kind")), "--award"
    )
    assert "nobody here" in golden("people", "join", "Mr Dawn", "U0NOBODY").output
    assert golden("people", "join", "Mr Dusk", "UBO").exit_code == 1
    result = golden("people", "join", "Mr Dawn", "UBO")
    assert result.exit_code == 0 and "Mr Dawn is Bo (UBO) now" in result.output
    assert house.points("bo") == 10 and house.is_sound()
    first = everything(house)
    assert golden("people", "join", "Mr Dawn", "UBO").exit_code == 0
    assert everything(house) == first
    result = golden("import", "people", list_of(("Mr Dawn", "dawn@example.com", "", "Night", "")))
    assert result.exit_code == 1 and "1 refused" in result.output
    assert (
        golden("import", "praise", praises(tmp_path / "again.csv", ("2024-01-01", "@bo", "Kind")), "--award").exit_code
        == 0
    )
    assert house.points("bo") == 10 and counts(house, models.Praise) == [1]


# ---- the audit -----------------------------------------------------------------------------------------------------


def acts(office: Office) -> list[tuple[Any, ...]]:
    return query(office, "SELECT act, after FROM audit ORDER BY id")


def test_an_import_is_written_down_once_however_many_batches_it_takes(
    house: Office, golden: Golden, tmp_path: Path
) -> None:
    file = praises(tmp_path / "long.csv", *(("2024-01-01", "@ann", f"Words {n}") for n in range(600)))
    for more in ((), (), ("--award",), ("--award",)):
        golden("import", "praise", file, *more)
    assert acts(house) == [("imported", "without_points"), ("imported", "with_points")], "and nothing that changed none"


def test_changes_of_teams_and_a_join_are_written_down(
    house: Office, golden: Golden, list_of: Callable[..., str]
) -> None:
    rows = [("Mr Dawn", "", "", "Night", ""), *(("", "", f"U{who}", "Kitchen", "") for who in ("ANN", "BO"))]
    for _ in range(2):
        golden("import", "people", list_of(*rows))
    assert acts(house) == [("teams_listed", "")]
    golden("import", "people", list_of(("", "", "UANN", "Kitchen", "lead")))
    for _ in range(2):
        golden("people", "join", "Mr Dawn", "UBO")
    assert acts(house)[1:] == [("listed", "lead"), ("joined", "")]
    assert query(house, "SELECT subject FROM audit WHERE act = 'joined'") == [(house.member("bo").id,)]

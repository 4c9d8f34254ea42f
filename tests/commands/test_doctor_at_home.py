"""golden-ear doctor without Slack: clock, settings, disk, calendar, database, outbox."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from bot.commands.doctor import machine, stored, written
from bot.commands.doctor.finding import Finding
from bot.commands.doctor.slack import Answer, clock
from bot.config import unknown
from bot.rules.company import Company
from bot.services import people_list, working_days
from bot.services.people_list import Listing
from storage import outbox
from storage.migrations import revisions, upgrade
from tests.door import ENVIRON
from tests.office import TEAM, TUESDAY, Office, fresh_url
from tests.stores import behind_its_back
from tests.whole.house import settings_of


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def told(office: Office, level: str = "", about: str = "") -> list[Finding]:
    url = office.database.engine.url.render_as_string(hide_password=False)
    every = stored.look(url, TEAM, office.now)
    return [each for each in every if level in ("", each.level) and about in ("", each.about)]


# ---- the clock


@pytest.mark.parametrize("off, level", [(0, "ok"), (-4, "ok"), (20, "warning"), (-61, "error"), (4000, "error")])
def test_a_clock_that_is_off_is_an_error_long_before_signatures_fail(off: int, level: str) -> None:
    finding = clock(Answer({}, {"date": format_datetime(TUESDAY)}), TUESDAY.timestamp() + off)

    assert finding.level == level
    if off > 5:
        assert f"{off} s ahead of Slack" in finding.seen


@pytest.mark.parametrize("date_", ["", "noon"])
def test_an_answer_without_a_date_is_no_comparison(date_: str) -> None:
    assert clock(Answer({}, {"date": date_} if date_ else {})).level == "warning"


# ---- settings


def test_names_that_are_no_settings_are_found_with_the_nearest_and_never_a_value(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    lines = [
        "RITUAL_TIEM=08:00",
        "TIMEZONE=UTC",
        "praise_channel=C1",
        "HTTP_PROXY=x",
        "8f742231b10e8888abcd99",
        "# A=b",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")

    said = [str(line) for line in unknown(file)]

    assert said == [
        "RITUAL_TIEM in .env is no setting and is ignored; RITUAL_TIME is one",
        "praise_channel in .env is no setting and is ignored; PRAISE_CHANNEL is one",
        "HTTP_PROXY in .env is no setting and is ignored",
        "a line of .env is no setting",
    ]
    assert unknown(tmp_path / "none") == ()


@pytest.mark.parametrize("mode, level", [(0o600, "ok"), (0o400, "ok"), (0o640, "warning"), (0o604, "warning")])
def test_who_may_read_the_tokens_is_looked_at(tmp_path: Path, mode: int, level: str) -> None:
    file = tmp_path / ".env"
    file.write_text("TIMEZONE=UTC\n", encoding="utf-8")
    file.chmod(mode)

    assert [finding.level for finding in written.env_file(file)] == [level]


@pytest.mark.parametrize(
    "setting, value, level, seen",
    [
        ("TIMEZONE", "EST", "warning", "knows no summer time"),
        ("TIMEZONE", "Etc/GMT-8", "warning", "knows no summer time"),
        ("TIMEZONE", "Asia/Taipei", "ok", "the day opens at 09:00"),
        ("SLACK_API_URL", "http://proxy.example/api/", "error", "unencrypted"),
        ("INTAKE_SECRET", "0123456789abcdef0123", "ok", "takes signed praise"),
    ],
)
def test_settings_that_mislead_are_told(setting: str, value: str, level: str, seen: str) -> None:
    found = list(written.meaning(settings_of({**ENVIRON, setting: value})))

    assert any(each.level == level and seen in each.seen for each in found), found
    assert not any("0123456789" in each.seen + each.advice for each in found)


# ---- the machine


def test_a_folder_over_the_network_is_known_by_its_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/a / ext4 rw 0 0\nserver:/x /srv/my\\040ear nfs4 rw 0 0\n", encoding="utf-8")

    assert machine.network(Path("/srv/my ear/data"), mounts) == "nfs4"
    assert machine.network(Path("/srv/other"), mounts) == ""
    assert machine.network(Path("/srv/other"), tmp_path / "none") == ""


def test_a_database_that_others_may_read_and_a_folder_that_is_not_there_are_told(tmp_path: Path) -> None:
    path = tmp_path / "golden-ear.db"
    path.touch(mode=0o644)

    assert any("others on this machine may read" in each.seen for each in machine.disk(path))
    assert [each.level for each in machine.disk(tmp_path / "none" / "golden-ear.db")] == ["error"]


@pytest.mark.parametrize("free, level", [(50_000_000, "error"), (500_000_000, "warning"), (5_000_000_000, "ok")])
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    assert next(machine.disk(tmp_path / "golden-ear.db")).level == level


def test_a_calendar_that_ends_soon_is_told(company: Company) -> None:
    assert machine.calendar(company, date(2026, 3, 3)).level == "ok"
    china = replace(company, holidays="CN")
    until = working_days.reach(china, date(2024, 3, 3))
    assert until and machine.calendar(china, until - timedelta(days=100)).level == "ok"
    ends = machine.calendar(china, until - timedelta(days=30))
    assert ends.level == "warning" and "golden-ear dates" in ends.advice


# ---- the database


def test_a_sound_database_is_sound(office: Office) -> None:
    office.praise("ann", "bo", "She found my ring!")

    assert told(office, "error") == []
    assert {each.about for each in told(office, "ok")} >= {"schema", "database", "outbox", "people"}


def test_books_that_do_not_balance_are_an_error(office: Office) -> None:
    office.praise("ann", "bo", "She found my ring!")
    behind_its_back(office.database, "UPDATE account SET spendable = spendable + 1")

    (finding,) = told(office, "error")
    assert "the account of person" in finding.seen


def test_what_waits_long_and_what_slack_refused_are_told_by_name(office: Office) -> None:
    owed: dict[str, Any] = {"workspace_id": TEAM, "channel": "CPRAISE", "message": {"text": "hello"}, "now": office.now}
    for key in ("praise:1", "praise:2"):
        office.run(outbox.post, key=key, subject=key, **owed)
    behind_its_back(office.database, "UPDATE outbox SET state = 'dead', error = 'is_archived' WHERE key = 'praise:2'")
    office.later(hours=1)

    late, refused = told(office, "warning", "outbox")

    assert "the oldest for 3,600 s" in late.seen
    assert "praise:2 to CPRAISE, Slack said is_archived" in refused.seen and "hello" not in refused.seen


def test_an_old_roster_is_told(office: Office) -> None:
    office.later(days=3)
    office.do(people_list.enter, [Listing("Mrs Night")], before=())  # of whom Slack told nothing

    (finding,) = told(office, "warning", "people")
    assert "the roster was last read on 2026-03-03" in finding.seen


def test_an_older_schema_is_upgraded_later_and_a_newer_or_foreign_one_is_an_error(tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    upgrade(f"sqlite:///{older}", revisions()[0])
    (tmp_path / "newer").mkdir()
    newer = Path(fresh_url(tmp_path / "newer").removeprefix("sqlite:///"))
    with opened(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"no database" * 1000)

    def levels(path: Path) -> dict[str, str]:
        looked = stored.look(f"sqlite:///{path}", TEAM, TUESDAY)
        return {each.about: each.level for each in looked if each.about in ("schema", "database")}

    assert levels(older)["schema"] == "warning"
    assert levels(newer) == {"database": "error"} == levels(foreign)

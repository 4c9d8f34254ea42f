"""golden-ear ritual and dates: what an operator reads, and the exit status (0 done, 1 failed, 2 wrong)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from tests.office import Office

Golden = Callable[..., Result]


@pytest.fixture
def golden(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Golden:
    """Runs `golden-ear …` with the settings, the database and the clock of the office, on Monday 2 March 2026, noon."""
    office.at(2026, 3, 2, 12)
    office.keep_ritual()
    clock = tmp_path / "clock"
    clock.write_text(str((office.now - datetime.now(UTC)).total_seconds()), encoding="ascii")
    settings = {
        "DATABASE_URL": office.database.engine.url.render_as_string(hide_password=False),
        "CLOCK_FILE": str(clock),
    }
    monkeypatch.chdir(tmp_path)
    for name, text in settings.items():
        monkeypatch.setenv(name, text)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_a_ritual_is_made_changed_shown_and_removed(golden: Golden) -> None:
    made = golden("ritual", "set", "night", "--channel", "CNIGHT", "--at", "22:00", "--days", "fri,sat")
    assert lines(made) == ["night  22:00 UTC  fri,sat  CNIGHT  next Fri 2026-03-06 22:00"]
    changed = golden("ritual", "set", "Night", "--zone", "Asia/Tokyo", "--holidays", "jp", "--at", "06:00")
    assert lines(changed) == ["night  06:00 Asia/Tokyo  fri,sat  holidays JP  CNIGHT  next Fri 2026-03-06 06:00"]
    assert lines(golden("ritual", "list")) == [
        "default  09:00 UTC  mon,tue,wed,thu,fri  CPRAISE  next Tue 2026-03-03 09:00",
        "night  06:00 Asia/Tokyo  fri,sat  holidays JP  CNIGHT  next Fri 2026-03-06 06:00",
    ]
    assert "is removed" in lines(golden("ritual", "remove", "night"))[0]
    assert len(lines(golden("ritual", "list"))) == 1
    assert lines(golden("ritual", "set", "night", "--holidays", "")) == [
        "night  06:00 Asia/Tokyo  fri,sat  CNIGHT  next Fri 2026-03-06 06:00"
    ]


def test_a_team_of_nobody_is_warned_of(golden: Golden) -> None:
    result = golden("ritual", "set", "night", "--channel", "CNIGHT", "--team", "Night")

    assert "team Night" in lines(result)[0]
    assert "Nobody in the roster is of the team Night" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("set", "night"), "A new ritual needs a channel"),
        (("set", "night", "--channel", "#praise"), "--channel '#praise' is not a channel id. Write instead: the id"),
        (("set", "night", "--channel", ""), "--channel '' is not a channel id"),
        (("set", "night", "--at", "9:00"), "--at '9:00' is not a time of day. Write instead: HH:MM"),
        (("set", "night", "--zone", "asia/tokio"), "Write instead: an IANA name such as Asia/Tokyo."),
        (("set", "night", "--days", "someday"), "--days 'someday' is not a day"),
        (("set", "night", "--holidays", "XX"), "--holidays 'XX' is not in the holidays package"),
        (("set", "the night", "--at", "09:00"), "is no name for a ritual"),
        (("set", "n" * 41, "--at", "09:00"), "is no name for a ritual"),
        (
            ("set", "default", "--at", "10:00"),
            "That ritual is the one of the settings. Change it with `/golden-ear settings`, or RITUAL_TIME",
        ),
        (("remove", "Default"), "That ritual is the one of the settings"),
        (("remove", "night"), "There is no ritual of that name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(golden: Golden, arguments: tuple[str, ...], wrong: str) -> None:
    result = golden("ritual", *arguments)

    assert result.exit_code == 2 and wrong in result.stderr
    assert len(lines(golden("ritual", "list"))) == 1


def test_dates_are_set_shown_and_taken_back(golden: Golden) -> None:
    assert lines(golden("dates", "list")) == ["No single date is set, and no calendar marks a day up to 2026-05-01."]
    assert lines(golden("dates", "free", "2026-03-03")) == ["Tue 2026-03-03: no ritual opens."]
    assert lines(golden("dates", "working", "2026-03-07")) == ["Sat 2026-03-07: these rituals open: default."]
    assert lines(golden("dates", "list")) == [
        "Tue 2026-03-03  free, set by the command line on 2026-03-02",
        "Sat 2026-03-07  working, set by the command line on 2026-03-02",
    ]
    assert lines(golden("dates", "ordinary", "2026-03-03")) == ["Tue 2026-03-03: these rituals open: default."]
    assert len(lines(golden("dates", "list"))) == 1


def test_holidays_and_swap_days_are_shown(office: Office, golden: Golden) -> None:
    golden("ritual", "set", "beijing", "--channel", "CBJ", "--holidays", "CN")

    shown = lines(golden("dates", "list"))

    assert "Fri 2026-05-01  CN: Labor Day" in shown
    assert lines(golden("dates", "working", "2026-05-01")) == ["Fri 2026-05-01: these rituals open: default, beijing."]


def test_a_date_that_was_settled_before_is_told(office: Office, golden: Golden) -> None:
    office.at(2026, 3, 2, 9)
    golden("ritual", "set", "noon", "--channel", "CNOON", "--at", "12:30")
    office.at(2026, 3, 2, 12, 30)
    office.mornings()

    result = golden("dates", "free", "2026-03-02")

    assert result.exit_code == 0 and "Settled before for that date, and left as it is: noon." in result.stderr


@pytest.mark.parametrize(
    ("day", "wrong"),
    [
        ("2026-02-30", "is not a date"),
        ("24.12.2026", "is not a date"),
        ("2026-03-01", "is past"),
        ("2062-01-01", "two y"),
    ],
)
def test_a_date_that_is_wrong_is_said(golden: Golden, day: str, wrong: str) -> None:
    result = golden("dates", "free", day)

    assert result.exit_code == 2 and wrong in result.stderr


def test_without_a_bot_that_ever_ran_the_commands_say_so(
    golden: Golden, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    result = golden("ritual", "list")
    assert result.exit_code == 1 and "there is no database at" in result.stderr
    assert not (tmp_path / "none.db").exists()
    assert golden("db", "upgrade").exit_code == 0
    result = golden("dates", "list")
    assert result.exit_code == 1 and "start the bot once" in result.stderr


def test_a_wrong_setting_is_named(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Mars/Base")

    result = golden("ritual", "list")

    assert result.exit_code == 2 and "TIMEZONE 'Mars/Base' is not a time zone" in result.stderr

"""golden-ear pulse: what an operator reads, and the exit status (0 done, 2 wrong)."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.commands.batches import company_in
from bot.rules.quiet import QuietHours
from bot.services import bank, settings
from tests.office import Office

Golden = Callable[..., Result]
FIRST = bank.questions()[0]
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def golden(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Golden:
    """Runs `golden-ear pulse …` on the office, on Monday 2 March 2026, noon; eight people are asked once a week."""
    office.at(2026, 3, 2, 12)
    clock = tmp_path / "clock"
    clock.write_text(str((office.now - datetime.now(UTC)).total_seconds()), encoding="ascii")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", office.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CLOCK_FILE", str(clock))
    monkeypatch.setenv("PULSE_DAYS", "wed")
    return lambda *arguments: CliRunner().invoke(app, ["pulse", *arguments])


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_a_question_is_added_translated_scheduled_and_put_to_rest(golden: Golden) -> None:
    made = golden("add", "tools", "choice", "--en", "What would help?", "--answer", "Time | 時間", "--answer", "People")
    name = lines(made)[0].partition(" ")[0]
    assert made.stderr == "Not translated yet: zh-Hant, zh-Hans.\n"
    assert f"{name}  choice  What would help?  own" in lines(golden("questions", "tools"))
    assert lines(golden("translate", name, "--zh-hant", "什麼最有幫助？")) == [f"{name} takes turns with the others."]
    assert lines(golden("schedule", "2026-03-04", name)) == [f"{name} is asked on Wed 2026-03-04."]
    assert lines(golden("retire", name)) == [f"{name} rests."]
    assert lines(golden("questions"))[-2:] == [
        f"{name}  choice  What would help?  own  rests",
        f"Wed 2026-03-04: {name}",
    ]
    assert lines(golden("unschedule", "2026-03-04")) == ["Wed 2026-03-04 has the question whose turn it is."]
    assert lines(golden("restore", name)) == [f"{name} takes turns with the others."]


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("questions", "weather"), "there is no topic 'weather'. Choose from: "),
        (("add", "weather", "agree", "--en", "It rains."), "Please choose from the list what the question is about."),
        (("add", "tools", "agree"), "The question is missing."),
        (("retire", "no-such"), "There is no question of that name."),
        (("schedule", "tomorrow", FIRST.id), "that is not a date. Write instead: year, month and day"),
        (("schedule", "2026-03-03", FIRST.id), "On 3 March 2026 no question is asked"),
        (("unschedule", "2026-03-04"), "No question was chosen for"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(golden: Golden, arguments: tuple[str, ...], wrong: str) -> None:
    result = golden(*arguments)

    assert result.exit_code == 2 and wrong in result.stderr, result.output
    assert len(lines(golden("questions"))) == len(bank.questions())


def test_the_days_that_were_chosen_in_slack_stand_over_those_of_the_environment(golden: Golden, office: Office) -> None:
    office.do(settings.change, "UADA", {"PULSE_DAYS": "tue", "WORKDAYS": "tue,wed"})
    assert lines(golden("schedule", "2026-03-03", FIRST.id)) == [f"{FIRST.id} is asked on Tue 2026-03-03."]
    assert golden("schedule", "2026-03-04", FIRST.id).exit_code == 2


def test_a_command_goes_by_slack_then_by_the_environment_then_by_what_is_usual(
    golden: Golden, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRAISE_CHANNEL", "C0ENVIRON1")
    monkeypatch.setenv("LANGUAGE", "en")
    office.do(settings.change, "UADA", {"LANGUAGE": "zh-Hant"})
    company = company_in(office.database)
    assert (company.praise_channel, company.language, company.quiet) == (
        "C0ENVIRON1",
        "zh-Hant",
        QuietHours(time(21), time(8)),
    )
    monkeypatch.setenv("QUIET_HOURS", "")
    assert company_in(office.database).quiet is None

"""`golden-ear try`: a newcomer's first minute, with the real bot as a process of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.workspace import rehearsal
from bot.workspace.page.words import of_terminal, po_file
from bot.workspace.stories import STORIES

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "try")
OPENING = "Good morning! Wednesday"


@pytest.fixture
def hostile(tmp_path: Path) -> dict[str, str]:
    """An environment and a `.env` that a rehearsal has to leave alone, in a terminal that speaks no Chinese."""
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=nonsense\nRITUAL_TIME=25:00\n")
    (tmp_path / "tmp").mkdir()
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "ascii",
        "TMPDIR": str(tmp_path / "tmp"),
        "SLACK_APP_TOKEN": "nonsense",
        "SLACK_SIGNING_SECRET": "nonsense",
        "QUIET_HOURS": "never",
        "LANGUAGE": "zh-Hant",
        "LC_ALL": "C.UTF-8",
        "http_proxy": "http://127.0.0.1:9",
    }


@pytest.mark.parametrize("transport", ["--socket", "--http"])
def test_a_day_and_a_morning_arrive_whole(transport: str, tmp_path: Path, hostile: dict[str, str]) -> None:
    done = subprocess.run([*COMMAND, "--once", transport], cwd=tmp_path, env=hostile, capture_output=True, check=False)
    shown = done.stdout.decode("utf-8")
    assert done.returncode == 0, shown + done.stderr.decode()
    assert done.stderr == b""
    assert OPENING in shown and "媽媽失智了" in shown and "凌晨四点的火车" in shown
    assert not any(char < " " for char in shown if char != "\n")
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("transport", ["--socket", "--http"])
def test_a_pulse_goes_from_its_question_to_its_public_answer(
    transport: str, tmp_path: Path, hostile: dict[str, str]
) -> None:
    command = [*COMMAND, "--once", "--story", "pulse", transport]
    done = subprocess.run(command, cwd=tmp_path, env=hostile, capture_output=True, check=False)
    shown = done.stdout.decode("utf-8")
    assert done.returncode == 0, shown + done.stderr.decode()
    assert done.stderr == b""
    assert "12 of 12 answered" in shown and "clearly worse" in shown and "白板上還是上星期的字" in shown
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("transport", ["--socket", "--http"])
def test_an_idea_is_sent_done_and_rewarded_another_claimed_and_a_guest_forgotten(
    transport: str, tmp_path: Path, hostile: dict[str, str]
) -> None:
    command = [*COMMAND, "--once", "--story", "day", transport]
    done = subprocess.run(command, cwd=tmp_path, env=hostile, capture_output=True, check=False)
    shown = done.stdout.decode("utf-8")
    assert done.returncode == 0, shown + done.stderr.decode()
    assert done.stderr == b""
    assert "this idea was yours" in shown and "From a guest" in shown and "09:00 → 08:30" in shown
    assert list((tmp_path / "tmp").iterdir()) == []


async def test_a_signal_in_the_middle_of_it_leaves_nothing_behind(tmp_path: Path, hostile: dict[str, str]) -> None:
    command = (*COMMAND, "--once")
    trying = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=hostile, stdout=subprocess.PIPE)
    assert trying.stdout is not None
    async with asyncio.timeout(60):
        while b"#praise" not in await trying.stdout.readline():
            pass
        trying.send_signal(signal.SIGTERM)
        shown = (await trying.stdout.read()).decode()
        assert await trying.wait() == 1
    assert "Stopped before the end." in shown and OPENING not in shown
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_story_that_does_not_exist_is_answered_with_those_that_do(tmp_path: Path) -> None:
    done = subprocess.run([*COMMAND, "--story", "evening"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'evening'" in done.stderr and all(name in done.stderr for name in STORIES)


def test_a_bot_that_does_not_start_is_told_with_its_last_words(capfd: pytest.CaptureFixture[str]) -> None:
    plan = rehearsal.Plan(
        command=(sys.executable, "-c", "print('no thank you'); raise SystemExit(3)"),
        environment=os.environ,
        manifest=ROOT / "bot" / "manifest.json",
        samples=ROOT / "bot" / "content" / "praise.toml",
        story="morning",
        once=True,
    )
    assert rehearsal.rehearse(plan) == 1
    shown = capfd.readouterr().out
    assert "status 3" in shown and "no thank you" in shown


def test_the_first_day_is_a_tuesday_soon_and_its_morning_in_the_same_month() -> None:
    for ahead in range(800):
        today = date(2026, 1, 1) + timedelta(days=ahead)
        day = rehearsal.coming_tuesday(today)
        assert today < day <= today + timedelta(days=14)
        assert day.weekday() == 1 and (day + timedelta(days=1)).month == day.month


def test_a_story_in_a_chinese_terminal_is_told_in_chinese_whatever_its_people_say(
    tmp_path: Path, hostile: dict[str, str]
) -> None:
    chinese = hostile | {"LC_ALL": "zh_TW.UTF-8"}
    done = subprocess.run([*COMMAND, "--once"], cwd=tmp_path, env=chinese, capture_output=True, check=False)
    shown = "".join(done.stdout.decode("utf-8").split())
    assert done.returncode == 0, shown + done.stderr.decode()
    assert (
        "該來的，都來了。" in shown and "Aiko（禮賓員）在#general輸入：" in shown and OPENING.replace(" ", "") in shown
    )
    with po_file("zh-Hant", "stories").open("rb") as file:
        english = {"".join(str(one.id).split()) for one in read_po(file) if " " in one.id and "{" not in one.id}
    assert english and [one for one in english if one in shown] == []


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.GB18030"}, "zh-Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_HK.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": ""}, "zh-Hant"),
    ],
)
def test_a_terminal_speaks_as_its_environment_says(said: dict[str, str], language: str) -> None:
    assert of_terminal(said) == language


@pytest.mark.parametrize("options", [["--lang", "zh-Hant"], ["--once", "--lang", "klingon"]])
def test_a_language_is_for_the_terminal_and_one_of_ours(options: list[str]) -> None:
    done = subprocess.run([*COMMAND, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "--lang" in done.stderr and "zh-Hans" in done.stderr

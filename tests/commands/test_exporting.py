"""golden-ear export: a board as a file for operators, of a bot that may be running."""

import csv
import stat
from pathlib import Path

import pytest

from bot.services import people
from storage import audit
from tests.commands.invoked import invoked
from tests.office import TEAM, Office


@pytest.fixture
def earned(office: Office) -> Office:
    office.praise("ann", "bo cy", "One.")
    office.praise("ann", "cy", "Two.")
    office.do(people.hide_rank, "UBO", hide=True)
    return office


def export(office: Office, tmp_path: Path, *more: str) -> tuple[int, str]:
    clock = tmp_path / "clock"
    clock.write_text("0", encoding="ascii")
    url = office.database.engine.url.render_as_string(hide_password=False)
    out = str(tmp_path / "board.csv")
    return invoked("export", "leaderboard", "--out", out, *more, DATABASE_URL=url, CLOCK_FILE=str(clock))


def test_everybody_is_in_the_file_and_nobody_else_can_read_it(earned: Office, tmp_path: Path) -> None:
    status, said = export(earned, tmp_path, "--period", "all", "--board", "praise")
    assert (status, "2 people" in said) == (0, True), said
    path = tmp_path / "board.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["Place", "Name", "Team", "Points", "Times", "Shown on boards"],
            ["1", "Cy", "", "20", "2", "yes"],
            ["2", "Bo", "", "10", "1", "no"],
        ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (act,) = earned.run(audit.newest, TEAM, limit=5)
    assert (act.act, act.after, act.by_command_line) == ("exported", "all praise", True)


def test_a_file_is_never_overwritten_and_a_wrong_word_is_told(earned: Office, tmp_path: Path) -> None:
    (tmp_path / "board.csv").write_text("mine", encoding="utf-8")
    assert export(earned, tmp_path)[0] == 1
    assert (tmp_path / "board.csv").read_text(encoding="utf-8") == "mine"
    assert earned.run(audit.newest, TEAM, limit=5) == (), "nothing left the house"
    status, said = export(earned, tmp_path, "--period", "decade")
    assert status == 2 and "choose a period from week, month" in said

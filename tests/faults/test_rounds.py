"""Killed while people vote, while it mixes and while it closes, a round of the pulse keeps its promises
(`python -m tests.faults.rounds` kills more)."""

import subprocess
import sys

import pytest


def rounds(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Kill and look, in a process of its own: whoever forks must have no threads."""
    command = [sys.executable, "-m", "tests.faults.rounds", "--seed", "7", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=500)


@pytest.mark.parametrize(("engine", "kills"), [("sqlite", 14), ("postgresql", 8)])
def test_no_vote_is_lost_or_doubled_or_readable_when_rounds_are_killed(engine: str, kills: int) -> None:
    said = rounds("--kills", str(kills), "--engine", engine)

    assert (said.returncode, said.stderr) == (0, ""), said.stdout + said.stderr


@pytest.mark.parametrize("mutant", ["vote-in-two", "mixing-in-two", "key-first"])
def test_a_guard_that_is_missing_is_found(mutant: str) -> None:
    said = rounds("--kills", "60", "--minutes", "2", "--mutant", mutant)

    assert said.returncode == 1 and "RED" in said.stdout, said.stdout + said.stderr

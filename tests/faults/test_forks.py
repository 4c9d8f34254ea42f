"""Killed in the middle of its work the storage layer loses nothing (`python -m tests.faults.forks` kills more)."""

import subprocess
import sys

import pytest


def forks(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Kill and count, in a process of its own: whoever forks must have no threads."""
    command = [sys.executable, "-m", "tests.faults.forks", "--seed", "20261122", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=500)


@pytest.mark.parametrize(("engine", "kills"), [("sqlite", 80), ("postgresql", 30)])
def test_nothing_acknowledged_is_lost_or_doubled_by_kills(engine: str, kills: int) -> None:
    said = forks("--kills", str(kills), "--engine", engine)

    assert (said.returncode, said.stderr) == (0, ""), said.stdout + said.stderr


def test_an_acknowledgement_before_the_commit_would_be_found() -> None:
    said = forks("--kills", "5", "--mutant", "ack-before-commit")

    assert said.returncode == 1 and "lost: " in said.stdout, said.stdout + said.stderr

"""Killed before any of its statements, an erasure is done whole or not at all (`python -m tests.faults.erasures` kills
before each of them)."""

import subprocess
import sys

import pytest


def erasures(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Kill and look, in a process of its own: whoever forks must have no threads."""
    command = [sys.executable, "-m", "tests.faults.erasures", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=500)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_nothing_is_left_however_often_an_erasure_is_killed(engine: str) -> None:
    said = erasures("--stride", "40", "--engine", engine)

    assert (said.returncode, said.stderr) == (0, ""), said.stdout + said.stderr


def test_an_erasure_in_two_is_found() -> None:
    said = erasures("--stride", "40", "--kind", "person", "--mutant", "in-two")

    assert said.returncode == 1 and "half of it is done" in said.stdout, said.stdout + said.stderr

"""A power cut takes nothing that was acknowledged; without `synchronous=FULL` it would, and this would see it.

`python -m tests.faults.powercut` cuts more often.
"""

import json
import subprocess
import sys

import pytest

CUTS = 60


def cut(synchronous: str) -> dict[str, int]:
    """What so many cuts did: in a process of its own, whose SQLite is watched for good."""
    code = (
        "import json; from tests.faults import powercut; "
        f"print(json.dumps(powercut.run({CUTS}, 20_000, {synchronous!r})[:2]))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=500)
    assert said.returncode == 0, said.stderr
    harmed, kinds = json.loads(said.stdout)
    return {"harmed": harmed, **kinds}


@pytest.mark.skipif(sys.platform == "win32", reason="SQLite is another library there")
def test_a_power_cut_takes_nothing_that_was_acknowledged() -> None:
    assert cut("") == {"harmed": 0}


@pytest.mark.skipif(sys.platform == "win32", reason="SQLite is another library there")
def test_without_synchronous_full_acknowledged_praise_would_be_lost() -> None:
    assert cut("NORMAL")["lost"] > 0

"""The canaries sing: a test whose log holds what somebody said, or a secret, fails; others do not."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BEGINNING = """
import logging
from bot.services.telling import Telling
from bot.workspace import Control

log = logging.getLogger("bot.trial")

class Silent:
    async def ask(self, verb, **given): ...

def typed(text):
    coroutine = Control.ask(Silent(), "command", typed=text)  # noted before anything is sent
    try:
        coroutine.send(None)
    except Exception:
        pass
"""
LEAKS = {
    "words that a way in told": """
    Telling(people=("U1",), words="She found my ring")
    log.debug("stored: She found my ring")""",
    "words that were typed": """
    typed("/praise @ling “The room was spotless” from Ms Lin")
    log.info("heard", extra={"body": {"text": ["The room was spotless"]}})""",
    "the customer": """
    typed("/praise @ling “The room was spotless” from Ms Lin")
    log.warning("no such customer: Ms Lin")""",
    "Chinese": """
    typed("/praise @ling 她找到了我的戒指")
    log.error("她找到了我的戒指")""",
    "a colleague's name": """
    log.info("met Aiko Tanaka")""",
    "a signing secret": """
    log.info("local-signing-secret-worth-nothing")""",
    "the log of a program": """
    typed("/kudos @ling for staying late #care")
    (tmp_path / "log-3000-1").write_text('{"message": "reason: staying late"}')""",
    "a token in the log of a program": """
    (tmp_path / "bot.log").write_text("token=xoxb-1-2")""",
}
SILENCE = """
    typed("/praise @ling “The room was spotless” from Ms Lin")
    log.info("a praise was stored for U1 in C1")
    logging.getLogger("slack_sdk.web.base_client").debug("The room was spotless")
    logging.getLogger("slack_bolt.RequestVerification").info("The room was spotless")
    logging.getLogger("sqlalchemy.engine").info("The room was spotless")
    log.info("xoxb-1-2 is struck out")
    try:
        raise ValueError("The room was spotless")
    except ValueError:
        log.exception("it failed")"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of tests with these bodies, all run in one session."""
    folder = tmp_path_factory.mktemp("trials")
    bodies = [*LEAKS.values(), SILENCE]
    trials = [f"def test_{number}(tmp_path):{body}\n" for number, body in enumerate(bodies)]
    (folder / "test_trials.py").write_text("\n".join([BEGINNING, *trials]), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "tests.canary", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    return done.stdout + done.stderr


@pytest.mark.parametrize("number", range(len(LEAKS)), ids=LEAKS.keys())
def test_a_leak_into_the_log_fails_the_test_that_leaked(said: str, number: int) -> None:
    assert f"ERROR test_trials.py::test_{number} - AssertionError: the log holds" in said, said


def test_what_the_log_may_hold_fails_nobody(said: str) -> None:
    assert f"ERROR test_trials.py::test_{len(LEAKS)}" not in said and f"{len(LEAKS)} errors" in said, said

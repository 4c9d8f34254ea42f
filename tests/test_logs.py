"""The log: one line of JSON a record, no token, nobody's words."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.logger import get_bolt_logger

from bot import logs

SECRETS = [
    "xoxb-1234-5678-AbCd",
    "xapp-1-A0-123-abc",
    "xoxe.xoxb-1-abc",
    "xwfp-123.abc",
    "https://hooks.slack.com/commands/T0/123/abc",
    "https://hooks.slack-gov.com/actions/T0/123/abc",
    "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    named = {name: logging.getLogger(name).level for name in logs.QUIET}
    stream = io.StringIO()
    logs.set_up("DEBUG", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    for name, old in named.items():
        logging.getLogger(name).setLevel(old)
    logging.captureWarnings(False)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_record_is_one_line_with_its_fields(written: io.StringIO) -> None:
    logging.getLogger("bot.delivery").warning("sent\n%s", "twice", extra={"attempt": 2, "reference": "ab12"})
    (line,) = lines(written)
    assert line["message"] == "sent\ntwice"
    assert (line["level"], line["logger"], line["attempt"], line["reference"]) == ("WARNING", "bot.delivery", 2, "ab12")
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_never_reach_the_log(written: io.StringIO, secret: str) -> None:
    logging.getLogger("bot").info("got %s.", secret, extra={"given": {"nested": [secret]}})
    assert secret not in written.getvalue()
    assert "[secret]" in written.getvalue()
    assert lines(written)


def test_passwords_of_databases_and_tickets_are_struck_out() -> None:
    assert "hunter2" not in logs.redact("postgresql+psycopg://bot:hunter2@db/ear")
    assert "abc123" not in logs.redact("wss://wss.slack.com/link/?ticket=abc123&app_id=1")


def test_an_exception_is_told_by_type_and_place_and_not_by_its_words(written: io.StringIO) -> None:
    try:
        raise ValueError("Ms Lin said: what a place")
    except ValueError:
        logging.getLogger("bot").exception("it failed")
    (line,) = lines(written)
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][-1]
    assert "Ms Lin" not in written.getvalue()


@pytest.mark.parametrize("name", ["slack_bolt.RequestVerification", "slack_bolt.AsyncApp", "aiohttp.access"])
def test_loggers_that_repeat_what_people_write_are_quiet(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("body: Ms Lin said")
    logging.getLogger("slack_bolt.RequestVerification").error("body: Ms Lin said")
    assert written.getvalue() == ""


def test_loggers_that_bolt_makes_after_the_log_is_set_up_are_quiet_too(written: io.StringIO) -> None:
    for made in (get_bolt_logger(type("MadeLater", (), {})), logging.getLogger("slack_bolt.MadeLater")):
        made.info("body: Ms Lin said")
    logging.getLogger("slack_bolt.MadeLater").warning("nothing listens")
    assert [line["message"] for line in lines(written)] == ["nothing listens"]


@given(st.text())
def test_any_text_stays_one_line_of_json(text: str) -> None:
    record = logging.makeLogRecord({"msg": text, "name": "bot", "levelname": "INFO"})
    line = logs.OneLine().format(record)
    assert len(line.splitlines()) == 1
    json.loads(line)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_person_at_a_terminal_reads_plain_lines(written: io.StringIO) -> None:
    terminal = Terminal()
    logs.set_up("INFO", terminal)
    try:
        raise ValueError("Ms Lin said: what a place")
    except ValueError:
        logging.getLogger("bot").exception(
            "it failed\x1b[2J\nand more", extra={"reference": "ab12", "token": "xoxb-1-2"}
        )
    (line,) = terminal.getvalue().splitlines()
    assert re.match(r"\d\d:\d\d:\d\d ERROR   it failed\\x1b\[2J\\nand more ", line)
    assert "reference=ab12" in line and "error=ValueError" in line and "token=[secret]" in line
    assert "Ms Lin" not in line and not line.startswith("{")


@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_a_secret_of_any_shape_never_reaches_the_log(written: io.StringIO, stream: type[io.StringIO]) -> None:
    secret = 'correct"horse\\battery'
    out = stream()
    logs.set_up("DEBUG", out, secrets=[secret, ""])
    logging.getLogger("bot").info("signed with %s", secret, extra={"given": [secret]})
    assert "horse" not in out.getvalue() and "[secret]" in out.getvalue()

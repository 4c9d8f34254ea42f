"""Listens to the log of the whole test session, at DEBUG, and fails the test in whose log anybody's words stand.

A plugin of pytest (`tests/conftest.py` names it). It writes the log as the bot does, with `bot.logs`, and reads it
after each test, with the logs of the bots that the test started as programs. The canaries are what people type or send
through the local workspace, what any way in tells as a praise, who the hotel's staff are, and all tokens and secrets.
"""

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.services.telling import Telling
from bot.workspace import Control, staff
from bot.workspace import Settings as WorkspaceSettings

TOKEN = re.compile(r"(?:xox[a-z]|xapp)-\w")
SECRETS = {WorkspaceSettings.signing_secret, WorkspaceSettings.verification_token}
STAFF = {one.email for one in staff.STAFF} | {one.name for one in staff.STAFF if len(one.name) > 1}
"""Names and addresses of the hotel's people."""
NO_WORDS = {"wait", "set_clock", "move_clock", "redeliver", "use_http", "request_url", "add_user", "update_user"}
"""Verbs of the workspace that carry no words of people."""
NOT_A_WORD = re.compile(r"<[^>]*>|[@#/][\w.\-]*|[\"“”„「」『』\n\r\t]|\b(?:from|for)\b|來自|来自|：")
"""What stands between the phrases of a command; the bot may well log what it itself calls something."""
CHINESE = re.compile(r"[\u3400-\u9fff]{3,}")


class Ear:
    """What the log has and must not have, since the last test."""

    def __init__(self) -> None:
        self.stream = StringIO()
        self.said: set[str] = set()

    def note(self, given: object) -> None:
        """Remember the phrases of everything that a person said."""
        for text in _texts(given):
            for phrase in map(str.strip, NOT_A_WORD.split(text)):
                if (len(phrase) >= 6 and " " in phrase) or CHINESE.search(phrase):
                    self.said.add(phrase)

    def leaks(self, *others: str) -> list[str]:
        """Each line of the log, or of `others`, that holds a canary; forgets what was heard."""
        heard = [self.stream.getvalue(), *others]
        lines = [_decoded(line) for text in heard for line in text.splitlines()]
        whole = "\n".join(lines)
        known = [canary for canary in self.said | SECRETS | STAFF if canary in whole]
        self.stream.seek(0)
        self.stream.truncate()
        self.said.clear()
        return [line for line in lines if TOKEN.search(line) or any(canary in line for canary in known)]


EAR = Ear()


def _texts(given: object) -> Iterator[str]:
    match given:
        case str():
            yield given
        case dict():
            for value in given.values():
                yield from _texts(value)
        case list() | tuple():
            for value in given:
                yield from _texts(value)


def _decoded(line: str) -> str:
    """A line of JSON with its characters as they are."""
    try:
        return json.dumps(json.loads(line), ensure_ascii=False)
    except ValueError:
        return line


def pytest_configure() -> None:
    """Write the log, and listen to those who speak."""
    logging.getLogger().addHandler(logs.handler(EAR.stream))
    logging.getLogger().setLevel(logging.DEBUG)
    logs.quieten("DEBUG")
    logging.getLogger("websockets").setLevel(logging.WARNING)  # the workspace's, which is no part of the bot
    _overhear(Control, "ask", lambda _self, verb, **given: EAR.note([] if verb in NO_WORDS else given))
    _overhear(Telling, "__init__", lambda _self, *args, **given: EAR.note([args, given]))


def _overhear(owner: type, name: str, listen: Any) -> None:
    """Have `listen` told the arguments of a method before it runs."""
    original = getattr(owner, name)

    def heard(*args: Any, **given: Any) -> Any:
        listen(*args, **given)
        return original(*args, **given)

    setattr(owner, name, heard)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Fail the test whose log has anybody's words, or a secret."""
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    leaks = EAR.leaks(*_programs(folder))
    assert not leaks, f"the log holds what somebody said, or a secret: {leaks[:5]}"


def _programs(folder: Path | None) -> Iterator[str]:
    """The logs of the bots that ran in a folder."""
    for path in sorted(folder.rglob("*log*")) if folder and folder.exists() else ():
        if path.is_file() and (path.suffix == ".log" or path.name.startswith("log-")):
            yield path.read_text(encoding="utf-8", errors="replace")

"""Logging: one JSON object a line on standard error, without tokens and without anybody's words.

On a terminal, where a person reads along, the same as plain lines.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

SECRET = re.compile(
    r"\b(?:xox[a-z]|xapp|xoxe\.xox[a-z]|xwfp)-[\w.\-]+"  # tokens of every kind
    r"|https?://hooks\.[\w.\-]+/[^\s\"'\\]+"  # response_url and webhooks: whoever has one may post
    r"|(?<=ticket=)[^&\s\"'\\]+"  # Socket Mode's single-use ticket
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # user:password in a database's address
    r"|\bv0=[0-9a-f]{16,}"  # a signature
)

QUIET = {  # these repeat what people wrote, at the level named below the one given
    "slack_bolt.RequestVerification": logging.CRITICAL,  # the whole body of a badly signed request
    "slack_bolt": logging.WARNING,  # at DEBUG and INFO whole requests and settings
    "slack_sdk": logging.WARNING,  # at DEBUG every call with its text
    "aiohttp.access": logging.WARNING,
    "uvicorn.access": logging.WARNING,
    "uvicorn.error": logging.WARNING,
    "apscheduler": logging.WARNING,  # one line a tick
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,  # statements with their parameters
    "asyncio": logging.WARNING,
}

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` with every token, hook address, ticket, signature and each of `secrets` replaced by `[secret]`."""
    for secret in secrets:
        text = text.replace(secret, "[secret]")
    return SECRET.sub("[secret]", text)


class OneLine(logging.Formatter):
    """A record as one line of JSON: time, level, logger, message, the `extra` fields, and where an error arose."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """`secrets`: texts that never stand in a line, whatever they look like."""
        super().__init__()
        self._secrets = [form for text in secrets if text for form in {text, json.dumps(text)[1:-1], repr(text)[1:-1]}]

    def format(self, record: logging.LogRecord) -> str:
        """The line for `record`; an exception gives its type and the places it passed, never its words."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_more(record),
        }
        return redact(self.written(line), self._secrets)

    def written(self, line: dict[str, Any]) -> str:
        """The fields as text."""
        return json.dumps(line, default=str)  # in ASCII: some characters beyond it end a line


class ForReaders(OneLine):
    """The same for a person at a terminal: the local time, level and message, then what else there is."""

    def written(self, line: dict[str, Any]) -> str:
        """The fields as text on one line."""
        at = datetime.fromisoformat(line.pop("time")).astimezone()
        words = f"{at:%H:%M:%S} {line.pop('level'):7} {line.pop('message')}"
        del line["logger"]
        more = "".join(f" {name}={value}" for name, value in line.items() if value not in ("", None))
        return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], words + more)


def _more(record: logging.LogRecord) -> dict[str, Any]:
    """The `extra` fields of a record, and the outline of its exception."""
    more = {key: value for key, value in vars(record).items() if key not in _STANDARD}
    if record.exc_info and record.exc_info[1] is not None:
        more |= _outline(record.exc_info[1])
    return more


def _outline(error: BaseException) -> dict[str, Any]:
    """An exception without its text, which may hold somebody's words (a database quotes its parameters)."""
    frames = traceback.extract_tb(error.__traceback__)
    outline: dict[str, Any] = {
        "error": type(error).__name__,
        "where": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    cause = error.__cause__ or error.__context__
    if cause is not None:
        outline["cause"] = type(cause).__name__
    return outline


def _holds_no_words(record: logging.LogRecord) -> bool:
    """Nothing below its floor leaves a library of `QUIET`: Bolt gives loggers that it makes later the root's level."""
    name = record.name
    while name and name not in QUIET:
        name = name.rpartition(".")[0]
    return record.levelno >= QUIET.get(name, logging.NOTSET)


def set_up(level: str = "INFO", stream: TextIO | None = None, secrets: Iterable[str] = ()) -> None:
    """Send all logging to `stream` (standard error) from `level` up; replaces what was set up before.

    Lines are JSON, but for a terminal; `secrets` never stand in them.
    """
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler(stream or sys.stderr, secrets))
    root.setLevel(level)
    quieten(level)
    logging.captureWarnings(True)


def handler(stream: TextIO, secrets: Iterable[str] = ()) -> logging.Handler:
    """What writes the log to `stream`."""
    written = logging.StreamHandler(stream)
    written.setFormatter((ForReaders if stream.isatty() else OneLine)(secrets))
    written.addFilter(_holds_no_words)
    return written


def quieten(level: str) -> None:
    """Keep those libraries quiet that would repeat what people write."""
    for name, floor in QUIET.items():
        logging.getLogger(name).setLevel(max(floor, logging.getLevelNamesMapping()[level]))

"""Logging: one JSON object a line on standard error, without tokens and without anybody's words."""

import json
import logging
import re
import sys
import traceback
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


def redact(text: str) -> str:
    """`text` with every token, hook address, ticket and signature replaced by `[secret]`."""
    return SECRET.sub("[secret]", text)


class OneLine(logging.Formatter):
    """A record as one line of JSON: time, level, logger, message, the `extra` fields, and where an error arose."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for `record`; an exception gives its type and the places it passed, never its words."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[1] is not None:
            line |= _outline(record.exc_info[1])
        return redact(json.dumps(line, default=str))  # in ASCII: some characters beyond it end a line


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
    """Slack's libraries write whole payloads, people's words and all, at DEBUG: that never leaves them."""
    return record.levelno >= logging.INFO or not record.name.startswith(("slack_bolt", "slack_sdk"))


def set_up(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logging to `stream` (standard error) from `level` up; replaces what was set up before."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(OneLine())
    handler.addFilter(_holds_no_words)
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name, floor in QUIET.items():
        logging.getLogger(name).setLevel(max(floor, logging.getLevelNamesMapping()[level]))
    logging.captureWarnings(True)

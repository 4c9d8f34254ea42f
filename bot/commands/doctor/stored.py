"""The database: whether it answers, its schema, whether it is whole, and what waits in it."""

import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import parsing
from bot.commands import cause
from bot.commands.doctor import machine
from bot.commands.doctor.finding import Finding, error, ok, warning
from bot.config import Settings
from bot.rules.quiet import QuietHours
from bot.services import standing
from storage import integrity, migrations, outbox, rituals, roster, stopped
from storage import settings as changed
from storage.database import Database

LATE_S = 300.0
"""The age of a due message from which somebody should look."""
SYNC = timedelta(days=2)
"""The roster is read daily."""
MOST = 10


def rituals_of(url: str, workspace_id: str) -> tuple[rituals.Ritual, ...]:
    """The rituals of a workspace; none if the database cannot tell (`look` says why)."""
    try:
        if migrations.standing(url) != migrations.revisions()[-1]:
            return ()
        with closing(Database(url)) as database:
            return database.read_now(lambda session: rituals.every(session, workspace_id))
    except SQLAlchemyError:
        return ()


def as_it_stands(settings: Settings, workspace_id: str) -> Settings:
    """The settings with what was changed in Slack over them; as they are if the database cannot tell."""
    url = settings.database_url
    try:
        if not workspace_id or migrations.standing(url) != migrations.revisions()[-1]:
            return settings
        with closing(Database(url)) as database:
            texts = database.read_now(lambda session: changed.texts(session, workspace_id))
    except SQLAlchemyError:
        return settings
    changes: dict[str, Any] = {}
    for name, text in texts.items():
        with suppress(parsing.Wrong, KeyError):
            value = standing.over(settings, name, standing.read(name, text))
            changes[name.lower()] = (value.start, value.end) if isinstance(value, QuietHours) else value
    return replace(settings, **changes)


def look(url: str, workspace_id: str, now: datetime) -> Iterator[Finding]:
    """All that can be said of the database at `url`; of people and messages too if the workspace is known."""
    if url.startswith("sqlite:///"):
        yield from machine.disk(Path(url.removeprefix("sqlite:///")))
    try:
        revision = migrations.standing(url)
    except SQLAlchemyError as failure:
        yield error("database", cause(failure), "look at DATABASE_URL and its server, or restore a backup")
        return
    if not revision:
        yield warning("database", f"{migrations.name(url)} is not there yet", "the bot makes it at its first start")
        return
    if revision != migrations.revisions()[-1]:
        seen = f"{revision}, this version has {migrations.revisions()[-1]}"
        yield warning("schema", seen, "the bot upgrades it when it starts; make a backup before")
        return
    yield ok("schema", f"{revision}, the newest")
    with closing(Database(url)) as database:
        try:
            found = database.read_now(lambda session: list(_within(session, workspace_id, now)))
        except SQLAlchemyError as failure:
            found = [error("database", f"it cannot be read: {cause(failure)}", "golden-ear db check says more")]
    yield from found


def _within(session: Session, workspace_id: str, now: datetime) -> Iterator[Finding]:
    problems = list(integrity.problems(session, real_now=time.time()))
    for problem in problems[:MOST]:
        yield error("database", problem, "keep a copy of the file; then restore the last good backup, or ask for help")
    if not problems:
        yield ok("database", "whole; totals and balances equal their entries")
    if workspace_id:
        yield from _waiting(session, workspace_id, now)
        yield from _roster(session, workspace_id, now)


def _waiting(session: Session, workspace_id: str, now: datetime) -> Iterator[Finding]:
    figures = outbox.figures(session, workspace_id=workspace_id, now=now)
    seen = f"{figures.waiting} messages wait, the oldest for {figures.oldest_age_s:,.0f} s"
    if figures.oldest_age_s > LATE_S:
        yield warning("outbox", seen, "is the bot up, and can it reach Slack? its log says what it waits for")
    else:
        yield ok("outbox", seen)
    for letter in stopped.dead_letters(session, workspace_id=workspace_id, limit=MOST):
        advice = "it is not sent any more: mend what Slack complains of, and tell the people concerned"
        yield warning("outbox", f"given up: {letter.key} to {letter.channel}, Slack said {letter.error}", advice)


def _roster(session: Session, workspace_id: str, now: datetime) -> Iterator[Finding]:
    seen_at = roster.newest(session, workspace_id)
    if seen_at is None:
        yield warning("people", "the roster has not been read yet", "the bot reads it when it starts: golden-ear run")
    elif now - seen_at > SYNC:
        yield warning(
            "people", f"the roster was last read on {seen_at:%Y-%m-%d %H:%M} UTC", "start the bot; its log says more"
        )
    else:
        yield ok("people", f"the roster was last read on {seen_at:%Y-%m-%d %H:%M} UTC")

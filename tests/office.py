"""A company with a database: what a test of a story needs. Services run as they do behind a listener, committed."""

import functools
import inspect
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.points import Account, Board
from bot.rules.refusal import Refusal
from bot.services import leaderboards, rituals, timetable
from bot.services.praise import Recorded, record
from bot.services.rituals import Morning, Silence, Skipped
from bot.services.telling import Telling
from storage import integrity, people, points
from storage.database import Database
from storage.migrations import upgrade
from storage.people import Member, Profile

T = TypeVar("T")

TEAM = "T1"
TUESDAY = datetime(2026, 3, 3, 10, tzinfo=UTC)
"""An ordinary working day, far from any change of the clocks."""


@functools.cache
def migrated() -> bytes:
    """A database file with the newest schema; migrating takes half a second, copying none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        upgrade(f"sqlite:///{path}")
        return image(path)


def fresh_url(folder: Path) -> str:
    """The address of a new SQLite database in `folder`, migrated and empty."""
    path = folder / "golden-ear.db"
    path.write_bytes(migrated())
    return f"sqlite:///{path}"


def image(path: Path) -> bytes:
    """What a SQLite file holds, marked as one without a WAL: a copy in memory can have none."""
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(":memory:")) as copy:
        live.backup(copy)
        content = bytearray(copy.serialize())
    content[18:20] = b"\x01\x01"  # write and read version of the file format: rollback journal
    return bytes(content)


def restore(database: Database, content: bytes) -> None:
    """Put the file of a SQLite database back to an image, while it is open."""
    with closing(sqlite3.connect(":memory:")) as copy, closing(sqlite3.connect(path_of(database))) as live:
        copy.deserialize(content)
        copy.backup(live)


def path_of(database: Database) -> Path:
    return Path(str(database.engine.url.database))


class Office:
    """One company, its people by first name, and a clock that only moves when it is told to."""

    def __init__(self, database: Database, company: Company) -> None:
        self.database = database
        self.company = company
        self.now = TUESDAY

    def enrol(self, *names: str, **facts: Any) -> None:
        """Let these people join, or let Slack describe them anew: `ann` has the Slack id UANN."""
        profiles = [Profile(slack_id=slack_id(name), name=name.title(), **facts) for name in names]
        self.run(people.enrol, TEAM, profiles, now=self.now)

    def settle(self, **settings: Any) -> None:
        """Change settings of the company."""
        self.company = replace(self.company, **settings)

    def later(self, **span: float) -> datetime:
        """Move the clock by a timedelta's arguments."""
        self.now += timedelta(**span)
        return self.now

    def at(self, year: int, month: int, day: int, hour: int = 10, minute: int = 0, zone: str = "UTC") -> datetime:
        """Set the clock to a wall time."""
        self.now = datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return self.now

    def do(self, service: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a service in a transaction of its own and commit; it is told the time if it asks for it."""
        if "now" in inspect.signature(service).parameters:
            kwargs.setdefault("now", self.now)
        return self.database.write_now(lambda session: service(session, self.company, *args, **kwargs))

    def run(self, query: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a function of storage in a transaction of its own and commit."""
        return self.database.write_now(lambda session: query(session, *args, **kwargs))

    def refusal(self, service: Callable[..., object], *args: Any, **kwargs: Any) -> Refusal:
        """What a service refuses with; it must, and nothing may have changed."""
        before = self.database.read_now(_everything)
        with pytest.raises(Refusal) as caught:
            self.do(service, *args, **kwargs)
        assert self.database.read_now(_everything) == before
        return caught.value

    def praise(self, recorder: str, praised: str, words: str, **details: Any) -> Recorded:
        """Let `recorder` tell what a customer said of the people named in `praised`, separated by blanks."""
        telling = Telling(people=tuple(map(slack_id, praised.split())), words=words, **details)
        return self.do(record, slack_id(recorder), telling)

    def member(self, name: str) -> Member:
        found = self.database.read_now(lambda session: people.by_slack(session, TEAM, [slack_id(name)]))
        return found[slack_id(name)]

    def account(self, name: str) -> Account:
        return self.database.read_now(lambda session: points.account(session, self.member(name).id))

    def points(self, name: str) -> int:
        return self.account(name).balance

    def total(self, name: str, board: Board) -> int:
        """What a person has on a board of this month."""
        own = self.do(leaderboards.standing, slack_id(name), board, "month").own
        return own.amount if own else 0

    def keep_ritual(self) -> None:
        self.do(timetable.keep_default)

    def mornings(self) -> list[Morning | Silence | Skipped]:
        """What the tick at this moment brings, of every ritual."""
        return [outcome for ritual in self.do(rituals.due) for outcome in self.do(rituals.open_due, ritual.name)]

    def morning(self) -> Morning | Silence | Skipped | None:
        """What the tick at this moment brings: at most one outcome, None if there is nothing to decide or say."""
        outcomes = self.mornings()
        assert len(outcomes) <= 1
        return outcomes[0] if outcomes else None

    def opened(self) -> Morning:
        """The post that the tick at this moment brings; there must be one."""
        morning = self.morning()
        assert isinstance(morning, Morning)
        return morning

    def is_sound(self) -> bool:
        """Whether accounts, totals and the file are as the ledger has them."""
        problems = self.database.read_now(lambda session: list(integrity.problems(session, real_now=0.0)))
        assert problems == []
        return True


def words(morning: Morning) -> list[str]:
    """The words that a morning shows, the opening ones first."""
    return [praise.words for praise in (morning.opening, *morning.others)]


def staffed(database: Database) -> None:
    """Enrol the people of the fixture `office`."""
    office = Office(database, a_company())
    office.enrol("ann", "bo", "cy", "di", "ed")
    office.enrol("lee", "lou", appointed="lead")
    office.enrol("ada", is_slack_admin=True)
    office.enrol("guest", is_guest=True)
    office.enrol("robot", is_bot=True)
    office.enrol("gone", is_gone=True)
    office.enrol("stranger", is_stranger=True)


def a_company() -> Company:
    return Company(workspace_id=TEAM, praise_channel="CPRAISE", zone=ZoneInfo("UTC"), values=("care", "courage"))


def slack_id(name: str) -> str:
    return f"U{name.upper()}"


def mentions(*names: str) -> list[str]:
    return [slack_id(name) for name in names]


def _everything(session: Session) -> list[Any]:
    """Every row of every table, to see that a refusal changed nothing."""
    from sqlmodel import SQLModel

    return [session.connection().execute(table.select()).all() for table in SQLModel.metadata.sorted_tables]

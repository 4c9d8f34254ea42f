"""A large company whose pulse round is due the moment its bot starts, and what the database says of the round."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot import config, running
from bot.parsing import DAYS
from bot.rules.company import Company
from bot.services import timetable
from bot.views import pulse
from storage import migrations, models, surveys
from storage.database import Database, connect
from storage.select import table
from storage.surveys import Survey
from tests.bench import processes
from tests.bench.signed import CHANNEL, SECRET, TEAM, user

IN_A_TEAM = 100
"""People; the first of them leads it."""
ZONE = "Europe/London"
"""Where the bench's Slack has everybody."""
PIECE = 1000
"""Rows that one transaction of the bench puts in."""
_SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Crowd:
    """A company of so many `people` in the database at `url`; `settings` are those that its bot needs."""

    folder: Path
    url: str
    people: int
    settings: dict[str, str]

    @property
    def company(self) -> Company:
        """As the bot knows it."""
        needed = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET, "PRAISE_CHANNEL": CHANNEL}
        return running.company_of(config.load({**needed, **self.settings}, Path(os.devnull)), TEAM)

    @contextmanager
    def database(self) -> Iterator[Database]:
        """A way into it beside the bot's."""
        database = Database(self.url)
        try:
            yield database
        finally:
            database.close()


def enrolled(folder: Path, url: str, people: int) -> Crowd:
    """So many people in teams, of whom a bot has known for a month; none was ever asked anything."""
    now = datetime.now(ZoneInfo(ZONE))
    settings = {
        "PULSE_DAYS": DAYS[now.weekday()], "PULSE_TIME": now.strftime("%H:%M"), "WORKDAYS": ",".join(DAYS),
        "TIMEZONE": ZONE, "KEYS_DIR": str(folder / "keys"), "ADMINS": user(0),
    }  # fmt: skip
    crowd = Crowd(folder, url, people, settings)
    migrations.upgrade(url)
    then = now.astimezone(UTC) - _SINCE
    rows = [_person(place, then) for place in range(people)]
    with crowd.database() as database:
        for piece in split(rows, PIECE):
            database.write_now(lambda session: session.execute(table(models.Person).insert(), piece))  # noqa: B023
        database.write_now(lambda session: timetable.keep_default(session, crowd.company, now=then))
    return crowd


def _person(place: int, then: datetime) -> dict[str, Any]:
    return {
        "id": models.new_id(), "workspace_id": TEAM, "slack_id": user(place), "name": f"Person {place}",
        "locale": "en-US", "zone": ZONE, "team": f"Team {place // IN_A_TEAM}", "seen_at": then,
        "listed": "" if place % IN_A_TEAM else "lead",
    }  # fmt: skip


class Look:
    """Looks at the round past the bot, each short."""

    def __init__(self, url: str) -> None:
        self._engine = connect(url, read_only=True)

    def close(self) -> None:
        self._engine.dispose()

    def one(self, statement: str) -> Any:
        """The one value, or row of several, that a statement finds; None if there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(text(statement)).first()
        return row[0] if row is not None and len(row) == 1 else row

    def round(self) -> str:
        """The id of the round once it is open. Ends the bench if it does not open."""
        wanted = "SELECT id FROM survey WHERE state = 'open'"
        processes.until(lambda: self.one(wanted) is not None, "the round did not open")
        return str(self.one(wanted))

    def taken(self) -> int:
        """How many answers were taken so far, and wait for the end of the round."""
        return int(self.one("SELECT count(*) FROM participation WHERE part = 'answer'"))

    def mixed(self) -> int:
        """How many answers are no longer behind the tag of a person."""
        return int(self.one("SELECT count(*) FROM answer"))

    def until_tidy(self, patience_s: float = 300.0) -> None:
        """Wait until the round is over and nothing is left of it. Ends the bench if that does not come."""
        wanted = "SELECT scrubbed FROM survey"
        processes.until(lambda: bool(self.one(wanted)), "the round was not closed", patience_s)


@contextmanager
def looking(url: str) -> Iterator[Look]:
    """A look at the database of a bot that runs."""
    look = Look(url)
    try:
        yield look
    finally:
        look.close()


def survey(database: Database, survey_id: str) -> Survey:
    """The round with this id. Ends the bench if it is gone."""
    found = database.read_now(lambda session: surveys.get(session, survey_id))
    if found is None:
        raise SystemExit("the round is gone")
    return found


def over(database: Database, survey_id: str) -> datetime:
    """Let the time of the round be over now; gives the instant."""
    now = datetime.now(UTC)
    database.write_now(lambda session: surveys.move(session, survey_id, "open", closes_at=now))
    return now


def asked(crowd: Crowd, survey: Survey, file: Path) -> Path:
    """Write down the question as it stands in a DM and its buttons, for `tests.bench.signed.press`; gives the file."""
    message = pulse.question(survey, crowd.company, "en")
    elements = [each for block in message["blocks"] for each in block.get("elements", ())]
    buttons = [each for each in elements if str(each.get("action_id")).startswith(pulse.PULSE_ANSWER)]
    file.write_text(json.dumps({"message": message, "buttons": buttons}))
    return file


def split(values: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    """In pieces of at most so many."""
    for first in range(0, len(values), most):
        yield values[first : first + most]

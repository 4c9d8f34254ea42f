"""Several processes of the bot on one database, at the same moment: a round is theirs together; on both engines."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.desk import Desk
from bot.jobs import pulse
from bot.sealing import Keys
from storage import models, surveys
from storage.database import Database
from storage.select import columns
from tests.jobs.test_open_day import Hands
from tests.office import TEAM, Office


@pytest.fixture
def processes(empty_office: Office, tmp_path: Path) -> Iterator[list[Desk]]:
    """Three of them, each with a connection of its own, in a company of thirty on a Tuesday at ten; one folder of
    keys."""
    empty_office.at(2026, 3, 2, 8)
    empty_office.enrol(*(f"p{number}" for number in range(30)))
    empty_office.keep_ritual()
    empty_office.at(2026, 3, 3, 10)
    url = empty_office.database.engine.url.render_as_string(hide_password=False)
    rate = cast(Any, SimpleNamespace(rate=2.0))
    with closing(Database(url)) as one, closing(Database(url)) as two, closing(Database(url)) as three:
        yield [
            Desk(database, rate, cast(Any, None), Hands(empty_office), empty_office.company, Keys(tmp_path / "keys"))
            for database in (one, two, three)
        ]


async def test_they_open_one_round_ask_each_once_and_close_it_once(
    processes: list[Desk], empty_office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    keys = processes[0].keys

    async def all_of(job: Any) -> None:
        await asyncio.gather(*(job(desk) for desk in processes))

    await all_of(pulse.open_rounds)
    (survey,) = empty_office.run(surveys.latest, TEAM, limit=10)
    assert (survey.local_date, survey.asked, keys.ids()) == (date(2026, 3, 3), 30, {survey.id})

    asked: list[str] = []
    for _ in range(8):
        await all_of(pulse.ask)
        owed = empty_office.run(lambda session: list(session.execute(columns(models.Outbox.key)).scalars()))
        empty_office.run(lambda session: session.execute(models.Outbox.__table__.delete()))  # type: ignore[attr-defined]
        asked += owed
    assert len(asked) == len(set(asked)) == 30

    empty_office.now = survey.closes_at
    with caplog.at_level("INFO"):
        await all_of(pulse.close)
    (over,) = empty_office.run(surveys.latest, TEAM, limit=10)
    assert (over.state, over.scrubbed, keys.ids()) == ("closed", True, set())
    assert caplog.text.count("pulse date=2026-03-03 closed") == 1

"""The job that forgets, once a day."""

import os
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot import schedule
from bot.desk import Desk
from bot.jobs import upkeep
from bot.services import nudges
from storage import nudges as counted
from tests.jobs.test_open_day import Hands
from tests.office import TEAM, Office
from tests.pulses import Round
from tests.stores import Store


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


def desk_of(round_: Round) -> Desk:
    office, sender = round_.office, cast(Any, SimpleNamespace(rate=4.0))
    return Desk(office.database, sender, cast(Any, None), Hands(office), office.company, round_.keys)


async def test_nudges_of_weeks_that_are_long_over_are_forgotten(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 5})
    weeks = [date(2026, 3, 2) + timedelta(weeks=week) for week in range(7)]
    for _ in weeks:
        empty_office.do(nudges.count, [round_.members["shop0"].id])
        empty_office.later(weeks=1)

    await upkeep.forget(desk_of(round_))

    had = [len(empty_office.run(counted.had, TEAM, week)) for week in weeks]
    assert had == [0, 0, 0, 1, 1, 1, 1], "of the week of thirty days ago nothing is needed any more"


async def test_a_key_that_belongs_to_no_round_is_destroyed_but_never_that_of_an_open_one(
    empty_office: Office, tmp_path: Path
) -> None:
    """However old it seems: the machine's clock may be wrong, and a key that is destroyed is lost."""
    round_ = Round(empty_office, tmp_path, {"Shop": 5})
    round_.keys.create("stray")
    for path in round_.keys.folder.iterdir():
        os.utime(path, (0, 0))

    await upkeep.forget(desk_of(round_))

    assert round_.keys.ids() == {round_.id}


async def test_it_forgets_once_a_day_however_often_it_is_started(empty_office: Office, tmp_path: Path) -> None:
    round_ = Round(empty_office, tmp_path, {"Shop": 5})
    desk, week = desk_of(round_), date(2026, 1, 5)
    await upkeep.forget(desk)
    empty_office.run(counted.add, TEAM, [round_.members["shop0"].id], week)
    await upkeep.forget(desk)
    assert len(empty_office.run(counted.had, TEAM, week)) == 1, "the day has had its turn"
    empty_office.later(days=1)
    await upkeep.forget(desk)
    assert empty_office.run(counted.had, TEAM, week) == {}


def test_what_is_to_be_done_once_a_day_is_looked_for_at_every_start() -> None:
    """Else a bot that is started anew every day would never do it."""
    assert [schedule.name(job) for job in schedule.TIMETABLE if job.every_s >= schedule.DAY and not job.at_start] == []
    daily = {"upkeep.forget", "retention.replace"}
    assert {schedule.name(job) for job in schedule.TIMETABLE if job.at_start} >= daily

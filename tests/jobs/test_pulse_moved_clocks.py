"""Clocks that are moved, processes that come and go, people who move: still each is asked at most once a round, at an
hour of theirs, and nobody has two open."""

import asyncio
import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.rules.pulse import CATCH_UP
from storage.invitations import SPARED
from storage.surveys import Survey
from tests.clockwork import HOUR, Question, World, wall_clock
from tests.office import Office, a_company
from tests.stores import Store

PLACES = ["Pacific/Kiritimati", "Pacific/Auckland", "Asia/Tokyo", "Asia/Kolkata", "Europe/Berlin", "Africa/Casablanca",
          "America/New_York", "America/Los_Angeles", "Pacific/Honolulu"]  # fmt: skip
PEOPLE = {f"p{number}": zone for number, zone in zip(range(21), itertools.cycle(PLACES), strict=False)}
TEN = time(10)
MONDAYS = [date(2026, 3, 2), date(2026, 3, 30), date(2026, 10, 19), date(2026, 10, 26)]
"""Of weeks in which clocks change, or are about to."""


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


def late(question: Question) -> timedelta:
    """How long after the hour of their day somebody was asked, by their own clocks."""
    zone = ZoneInfo(question.zone)
    return question.at - wall_clock(question.at.astimezone(zone).date(), TEN, zone)


def had_no_hour(zone: str, survey: Survey, since: datetime) -> bool:
    """Whether no hour of this zone came any more that left time to answer."""
    days = (survey.local_date + timedelta(days=more) for more in range(4))
    return not any(since <= wall_clock(day, TEN, ZoneInfo(zone)) <= survey.closes_at - CATCH_UP for day in days)


@pytest.mark.parametrize(("hours", "after"), [(-1, -0.5), (-1, 9.5), (3, -2), (3, 9.5), (26, -2), (26, 9.5), (26, 40)])
async def test_a_clock_that_jumps_asks_nobody_twice_nor_at_night(
    empty_office: Office, tmp_path: Path, hours: float, after: float
) -> None:
    """Some hours after the first zone's hour, the clock is wrong by some hours."""
    opens_at = wall_clock(date(2026, 3, 3), TEN, ZoneInfo(PLACES[0]))
    empty_office.now = opens_at - 20 * HOUR
    world = World(empty_office, tmp_path, PEOPLE)

    await world.until(opens_at + after * HOUR, HOUR)
    empty_office.now += hours * HOUR
    jumped_to = empty_office.now
    await world.until(datetime(2026, 3, 6, 12, tzinfo=UTC), HOUR)

    world.is_sound()
    rounds = world.rounds()
    assert [one.local_date for one in rounds] == [date(2026, 3, 3), date(2026, 3, 5)]
    for survey in rounds:
        asked = {one.person for one in world.asked(survey)}
        left_out = {name for name, state in world.invited(survey).items() if state == SPARED}
        assert asked.isdisjoint(left_out) and len(asked | left_out) == survey.asked
        assert all(timedelta() <= late(one) <= CATCH_UP for one in world.asked(survey))
        assert all(had_no_hour(PEOPLE[name], survey, jumped_to) for name in left_out)
        assert hours == 26 or not left_out


STEPS = st.one_of(
    st.tuples(st.just("run"), st.integers(1, 8).map(lambda half: half * HOUR / 2)),
    st.tuples(st.just("run"), st.integers(1, 8).map(lambda half: half * HOUR / 2)),
    st.tuples(st.just("jump"), st.sampled_from([-HOUR, 3 * HOUR, 26 * HOUR])),
    st.tuples(st.just("restart"), st.integers(1, 2)),
    st.tuples(st.just("move"), st.tuples(st.sampled_from(sorted(PEOPLE)), st.sampled_from(PLACES))),
)


@settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(monday=st.sampled_from(MONDAYS), steps=st.lists(STEPS, min_size=20, max_size=45))
def test_whatever_the_clock_the_processes_and_the_people_do(
    store: Store, monday: date, steps: Sequence[object]
) -> None:
    store.empty()
    office = Office(store.database, a_company())
    office.now = datetime.combine(monday, time(), UTC)
    with TemporaryDirectory() as folder:
        asyncio.run(lived(World(office, Path(folder), PEOPLE), steps))


async def lived(world: World, steps: Sequence[Any]) -> None:
    office, moved = world.office, set()
    for what, amount in steps:
        if what == "restart":
            world.restart(amount)
        elif what == "move":
            world.move(dict([amount]))
            moved.add(amount[0])
        else:
            office.now += amount
        before = {one.id: one.state for one in world.rounds()}
        await world.tick()
        for survey in world.rounds():
            if before.get(survey.id) == "open" != survey.state:
                assert office.now >= survey.closes_at, "it closed early"
    world.is_sound()
    for survey in world.rounds():
        assert all(timedelta() <= late(one) <= CATCH_UP for one in world.asked(survey) if one.person not in moved)
        if survey.state == "closed" and ("jump", 26 * HOUR) not in steps:
            assert {one.person for one in world.asked(survey)} == set(world.invited(survey))

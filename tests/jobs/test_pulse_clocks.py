"""The pulse over all zones, changes of the clocks and clocks that are moved (product.md 4): each person is asked once a
round, nobody has two open, a round ends at one instant for all."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from tests.clockwork import HOUR, World, wall_clock
from tests.office import Office
from tests.stores import Store

EVERYWHERE = [ZoneInfo(name) for name in sorted(available_timezones())]
"""All zones that this machine knows: 599 of the tz database of 2026."""
CHANGING = [
    ZoneInfo(f"{area}/{place}")
    for area, places in {
        "Pacific": ("Kiritimati", "Apia", "Chatham", "Niue"),
        "Australia": ("Lord_Howe", "Sydney", "Adelaide"),
        "Africa": ("Casablanca", "El_Aaiun", "Cairo"),
        "America": ("New_York", "Havana", "Santiago", "Nuuk"),
        "Europe": ("Berlin",),
    }.items()
    for place in places
]
"""Zones of every way of changing the clocks, and the first and the last of all: a company small enough for months."""
SECOND = timedelta(seconds=1)


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    return sqlite_store


def dates_from(first: date, weeks: int, weekdays: tuple[int, ...]) -> list[date]:
    days = [first + timedelta(days=more) for more in range(7 * weeks + 1)]
    return [day for day in days if day.weekday() in weekdays]


@pytest.mark.parametrize(
    ("zones", "first", "weeks", "weekdays", "at"),
    [
        (EVERYWHERE, date(2026, 3, 26), 1, (1, 3), time(10)),
        (CHANGING, date(2026, 3, 17), 3, (1, 3), time(10)),
        (CHANGING, date(2026, 10, 13), 3, (1, 3), time(10)),
        (CHANGING, date(2026, 3, 6), 1, (4, 6), time(2, 30)),
        (CHANGING, date(2026, 3, 27), 2, (4, 6), time(2, 30)),
        (CHANGING, date(2026, 10, 2), 1, (4, 6), time(2, 30)),
        (CHANGING, date(2026, 10, 23), 2, (4, 6), time(2, 30)),
    ],
    ids=[
        "everywhere",
        "spring",
        "autumn",
        "gaps of March",
        "spring's half past two",
        "gaps of October",
        "autumn's half past two",
    ],
)
async def test_everybody_in_the_world_is_asked_once_a_round_at_their_own_hour(
    empty_office: Office, tmp_path: Path, zones: list[ZoneInfo], first: date, weeks: int, weekdays: tuple[int, ...],
    at: time,
) -> None:  # fmt: skip
    empty_office.now = datetime.combine(first - timedelta(days=2), time(), UTC)
    empty_office.settle(pulse_days=frozenset(weekdays), pulse_at=at, workdays=frozenset(range(7)))
    company = itertools.islice(itertools.cycle(zones), max(20, len(zones)))  # below twenty there is one date a week
    world = World(empty_office, tmp_path, {f"p{number}": zone.key for number, zone in enumerate(company)})
    dates = dates_from(first, weeks, weekdays)
    hours = {day: {zone.key: wall_clock(day, at, zone) for zone in zones} for day in dates}
    ends = {day: min(hours[following].values()) - HOUR for day, following in itertools.pairwise(dates)}
    asked = {moment for day in dates[:-1] for moment in hours[day].values()}
    early = {moment - SECOND for moment in sorted(asked)[::7]}

    for moment in sorted(asked | early | set(ends.values()) | {end - SECOND for end in ends.values()}):
        await world.tick(moment)

    world.is_sound()
    rounds = world.rounds()
    assert [one.local_date for one in rounds] == dates[:-1] and {one.state for one in rounds} == {"closed"}
    assert all(one.scrubbed for one in rounds) and world.keys.ids() == set()
    assert world.others == [], "nobody answered, and nobody hears anything but the questions"
    for survey in rounds:
        day = survey.local_date
        assert (survey.opens_at, survey.closes_at) == (min(hours[day].values()), ends[day])
        assert {one.zone: one.at for one in world.asked(survey)} == hours[day]
        assert len(world.asked(survey)) == survey.asked == len(world.zones)

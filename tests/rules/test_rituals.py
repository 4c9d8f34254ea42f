"""When a ritual is due, in every zone, and which praise opens the day (product.md 1)."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.rituals import (
    CATCH_UP,
    HORIZON_DAYS,
    OTHERS,
    Candidate,
    dates_to_decide,
    due,
    next_due,
    opener,
    others,
    verdict,
    with_picks,
)

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
UTC_ZONE = ZoneInfo("UTC")


@cache
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def first_pass(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first instant of `day` at which the wall shows `at` or later, searched minute by minute."""
    instant = datetime.combine(day, at, UTC) - timedelta(hours=15)
    while instant.astimezone(zone).replace(tzinfo=None) < datetime.combine(day, at):
        instant += timedelta(minutes=1)
    return instant


# --- the instant of a date


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("UTC", date(2026, 3, 3), time(9), "2026-03-03T09:00"),
        ("Asia/Taipei", date(2026, 3, 3), time(9), "2026-03-03T01:00"),
        # left out by the clocks: pushed past the gap
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08T07:30"),
        ("Europe/Helsinki", date(2026, 3, 29), time(3, 15), "2026-03-29T01:15"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 0), "2026-04-23T22:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-23T22:30"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), "2026-10-03T15:40"),  # a gap of half an hour
        # repeated: the first pass
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T05:30"),
        ("Europe/Helsinki", date(2026, 10, 25), time(3, 30), "2026-10-25T00:30"),
        ("Africa/Cairo", date(2026, 10, 29), time(23, 30), "2026-10-29T20:30"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-04T14:45"),
        # on the day of a change, but not in it
        ("America/New_York", date(2026, 3, 8), time(9), "2026-03-08T13:00"),
        ("America/New_York", date(2026, 11, 1), time(9), "2026-11-01T14:00"),
    ],
)
def test_the_instant_of_a_wall_time(zone: str, day: date, at: time, instant: str) -> None:
    assert due(day, at, ZoneInfo(zone)) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@pytest.mark.parametrize(("share", "at"), list(enumerate([time(0), time(2, 30), time(9), time(23, 59)])))
def test_in_every_zone_each_date_of_a_year_has_one_instant_about_a_day_apart(share: int, at: time) -> None:
    """Each wall time is tried in a quarter of the zones, over every change of the clocks in 2026."""
    for name in ZONES[share::4]:
        zone = zone_of(name)
        instants = [due(date(2025, 12, 31) + timedelta(days=ahead), at, zone) for ahead in range(367)]
        steps = {later - earlier for earlier, later in pairwise(instants)}
        assert min(steps) >= timedelta(hours=22) and max(steps) <= timedelta(hours=26), name


@pytest.mark.parametrize("name", ["America/New_York", "Europe/Helsinki", "Africa/Cairo", "Australia/Lord_Howe"])
@pytest.mark.parametrize("at", [time(0), time(0, 30), time(1, 45), time(2, 10), time(2, 30), time(3, 30), time(23, 45)])
def test_around_each_change_of_the_clocks_it_is_the_first_pass_or_within_an_hour_after_the_gap(
    name: str, at: time
) -> None:
    zone = zone_of(name)
    changes = [day for day in _days(2026) if _offset(day, zone) != _offset(day + timedelta(days=1), zone)]
    assert len(changes) == 2
    for day in changes:
        instant, first = due(day, at, zone), first_pass(day, at, zone)
        shown = instant.astimezone(zone).replace(tzinfo=None)
        assert instant == first or (first < instant <= first + timedelta(hours=1) and shown > _at(day, at))
        assert instant == first or first.astimezone(zone).time() != at


def _days(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)]


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at)


def _offset(day: date, zone: ZoneInfo) -> timedelta | None:
    return datetime.combine(day, time(0), zone).utcoffset()


@given(
    start=st.integers(0, 480_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    at=st.times().map(lambda wall: wall.replace(second=0, microsecond=0)),
    name=st.sampled_from(ZONES),
    steps=st.lists(st.integers(1, 40 * 3600), min_size=1, max_size=20),
)
def test_however_the_ticks_fall_every_date_is_decided_once_and_in_order(
    start: datetime, at: time, name: str, steps: list[int]
) -> None:
    zone, now = zone_of(name), start
    decided: list[date] = []
    for step in steps:
        now += timedelta(seconds=step)
        last = decided[-1] if decided else None
        decided += dates_to_decide(now=now, created_at=start, last_decided=last, at=at, zone=zone)

    first, end = start.astimezone(zone).date(), now.astimezone(zone).date()
    between = [first + timedelta(days=ahead) for ahead in range((end - first).days + 1)]
    assert decided == [day for day in between if start < due(day, at, zone) <= now]


def test_missed_dates_are_looked_for_a_month_back() -> None:
    now = datetime(2026, 6, 1, 10, tzinfo=UTC)
    days = dates_to_decide(now=now, created_at=now - timedelta(days=90), last_decided=None, at=time(9), zone=UTC_ZONE)

    assert (days[0], days[-1], len(days)) == (date(2026, 5, 1), date(2026, 6, 1), HORIZON_DAYS + 1)


# --- the verdict


@pytest.mark.parametrize(
    ("late", "working", "becomes"),
    [
        (timedelta(0), True, "open"),
        (CATCH_UP, True, "open"),
        (CATCH_UP + timedelta(seconds=1), True, "skip"),
        (timedelta(0), False, "rest"),
        (timedelta(days=3), False, "rest"),
    ],
)
def test_a_date_is_opened_up_to_four_hours_late(late: timedelta, working: bool, becomes: str) -> None:
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)

    assert verdict(at, at + late, working) == becomes


def test_the_next_ritual_is_on_the_next_working_day() -> None:
    friday = datetime(2026, 3, 6, 9, tzinfo=UTC)

    def works(day: date) -> bool:
        return day.weekday() < 5

    assert next_due(friday - timedelta(seconds=1), time(9), UTC_ZONE, works) == friday
    assert next_due(friday, time(9), UTC_ZONE, works) == friday + timedelta(days=3)
    assert next_due(friday, time(9), UTC_ZONE, lambda _: False) is None


# --- the opener

NOW = datetime(2026, 3, 3, tzinfo=UTC)


def candidate(name: str, persons: str = "ann", **facts: object) -> Candidate:
    given = {"applause": 0, "evidence": False, "length": 10, "recorded_at": NOW, **facts}
    return Candidate(id=name, persons=frozenset(persons.split()), **given)  # type: ignore[arg-type]


def opens(*candidates: Candidate, last: str = "") -> str | None:
    chosen = opener(candidates, frozenset(last.split()))
    return chosen.id if chosen else None


def test_a_leads_pick_beats_applause_beats_evidence_beats_length_beats_age() -> None:
    ranked = [
        candidate("picked last", picked_at=NOW + timedelta(hours=1)),
        candidate("picked first", picked_at=NOW),
        candidate("applauded", applause=2),
        candidate("less applauded", applause=1, evidence=True, length=99),
        candidate("evidence", evidence=True),
        candidate("long", length=20),
        candidate("early", recorded_at=NOW - timedelta(seconds=1)),
        candidate("late"),
    ]
    while ranked:
        assert opens(*reversed(ranked)) == ranked.pop(0).id


def test_the_same_person_does_not_open_twice_running_if_another_can() -> None:
    anns, bos = candidate("anns", "ann", applause=9), candidate("bos", "bo")

    assert opens(anns, bos, last="ann") == "bos"
    assert opens(anns, candidate("both", "ann bo", applause=5), bos, last="ann") == "bos"
    assert opens(anns, last="ann") == "anns"
    assert opens() is None


def test_not_even_a_leads_pick_lets_the_same_person_open_twice_running() -> None:
    anns, bos = candidate("anns", "ann", picked_at=NOW), candidate("bos", "bo")

    assert opens(anns, bos, last="ann") == "bos"
    assert opens(anns, bos, last="bo") == "anns"
    assert opens(anns, last="ann") == "anns"


def test_what_is_picked_competes_once_and_as_picked() -> None:
    new, older = candidate("new", applause=1), candidate("older", picked_at=NOW)

    assert with_picks([new], [older]) == [new, older]
    assert with_picks([new], [candidate("new", picked_at=NOW)]) == [candidate("new", picked_at=NOW)]


CANDIDATES = st.lists(
    st.builds(
        candidate,
        st.uuids().map(str),
        st.sampled_from(["ann", "bo", "cy", "ann bo"]),
        applause=st.integers(0, 3),
        evidence=st.booleans(),
        length=st.integers(1, 3),
        recorded_at=st.integers(0, 20).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    ),
    unique_by=lambda each: each.id,
    max_size=20,
)


@given(CANDIDATES, st.randoms(), st.sampled_from(["", "ann", "bo", "ann bo cy"]))
def test_the_opener_does_not_depend_on_the_order_of_reading(
    candidates: list[Candidate], random: object, last: str
) -> None:
    chosen = opens(*candidates, last=last)
    random.shuffle(candidates)  # type: ignore[attr-defined]

    assert opens(*candidates, last=last) == chosen
    assert (chosen is None) == (not candidates)


@given(CANDIDATES)
def test_the_others_are_the_newest_ten_and_the_rest_is_counted(candidates: list[Candidate]) -> None:
    chosen = opener(candidates, frozenset())
    if chosen is None:
        return
    shown, more = others(candidates, chosen)

    times = [each.recorded_at for each in shown]
    assert times == sorted(times, reverse=True)
    assert len(shown) <= OTHERS and len(shown) + more + 1 == len(candidates)
    assert chosen not in shown

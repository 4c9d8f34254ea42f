"""How people want to be asked by the micro pulse (product.md 4)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.rules.refusal import Refusal
from bot.services import wishes as service
from storage import invitations, people
from storage import wishes as storage
from storage.wishes import Wish
from tests.office import TEAM, Office, slack_id
from tests.pulses import Round

WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in (4, 5, 6))


def change(office: Office, name: str = "ann", **changes: Any) -> Wish:
    return office.do(service.change, slack_id(name), **changes)


def refused(office: Office, name: str = "ann", **changes: Any) -> Refusal:
    return office.refusal(service.change, slack_id(name), **changes)


def test_who_says_nothing_is_asked_and_not_reminded(office: Office) -> None:
    wished = office.do(service.wish, "UANN")

    assert wished == Wish(opted_out=False, away_until=None, reminds=False)
    assert wished.allows(THURSDAY)
    assert office.run(storage.of_all, TEAM) == {}


def test_wishes_are_kept_beside_one_another(office: Office) -> None:
    change(office, reminds=True)
    change(office, away_until=FRIDAY)
    change(office, "bo", opted_out=True)

    known = office.run(people.by_slack, TEAM, ["UANN", "UBO"])
    assert office.do(service.wish, "UANN") == Wish(away_until=FRIDAY, reminds=True)
    assert office.run(storage.of_all, TEAM) == {
        known["UANN"].id: Wish(away_until=FRIDAY, reminds=True),
        known["UBO"].id: Wish(opted_out=True),
    }
    assert office.run(storage.of_all, "T2") == {}


def test_who_is_away_is_asked_again_from_that_day_on(office: Office) -> None:
    wished = change(office, away_until=THURSDAY)

    assert [wished.allows(day) for day in (WEDNESDAY, THURSDAY, FRIDAY)] == [False, True, True]


def test_who_opts_out_is_never_asked_until_they_opt_in(office: Office) -> None:
    change(office, away_until=FRIDAY, reminds=True)

    out = change(office, opted_out=True)
    assert not out.allows(date(2030, 1, 1))
    assert out.away_until == FRIDAY
    assert change(office, opted_out=False) == Wish(reminds=True)


def test_today_ends_time_off_by_ones_own_clocks(office: Office) -> None:
    office.enrol("tai", zone="Asia/Taipei")
    office.at(2026, 3, 4, 20)  # Thursday in Taipei
    for name in ("ann", "tai"):
        change(office, name, away_until=FRIDAY)

    assert change(office, "ann", away_until=THURSDAY).away_until == THURSDAY
    assert change(office, "tai", away_until=THURSDAY).away_until is None
    assert refused(office, "tai", away_until=WEDNESDAY).code == "day_past"


def test_a_mistyped_day_changes_nothing(office: Office) -> None:
    assert refused(office, away_until=date(2026, 3, 2), opted_out=True).code == "day_past"
    assert refused(office, away_until=date(2206, 3, 5)).code == "day_too_far"


def test_who_takes_no_part_has_no_wishes(office: Office) -> None:
    assert refused(office, "nobody", opted_out=True).code == "unknown_actor"
    assert office.refusal(service.wish, "UNOBODY").code == "unknown_actor"


@pytest.fixture
def asked(office: Office, tmp_path: Path) -> Round:
    """A round that opened on Tuesday 3 March at ten, in which all of a team were asked, and is over two days later."""
    opened = Round(office, tmp_path, {"desk": 3})
    office.run(invitations.mark, opened.id, [member.id for member in opened.members.values()], invitations.OWED)
    return opened


def later(asked: Round, name: str = "desk0") -> datetime:
    return asked.office.do(service.later, asked.members[name].slack_id, asked.id)


def to_ask_again(asked: Round, at: datetime) -> tuple[str, ...]:
    return tuple(one.person_id for one in asked.office.run(invitations.to_ask_again, asked.id, now=at, limit=10))


def test_tomorrow_is_the_hour_of_the_next_working_day(asked: Round) -> None:
    hour = later(asked)

    assert hour == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert to_ask_again(asked, hour) == (asked.members["desk0"].id,)
    assert to_ask_again(asked, hour - timedelta(seconds=1)) == ()


def test_tomorrow_is_by_ones_own_clocks(asked: Round) -> None:
    asked.office.enrol("desk1", zone="America/New_York")

    assert later(asked, "desk1") == datetime(2026, 3, 4, 15, tzinfo=UTC)


def test_tomorrow_never_comes_when_the_round_is_over_by_then(asked: Round) -> None:
    asked.office.later(days=1)

    assert asked.office.refusal(service.later, slack_id("desk0"), asked.id).code == "pulse_no_later"
    asked.office.later(days=1)
    assert asked.office.refusal(service.later, slack_id("desk0"), asked.id).code == "pulse_closed"


def test_who_is_not_asked_cannot_put_it_off(asked: Round) -> None:
    assert asked.office.refusal(service.later, "UANN", asked.id).code == "pulse_not_asked"


def test_nobody_is_promised_to_be_asked_once_more_when_the_pulse_is_switched_off(asked: Round) -> None:
    asked.office.settle(pulse=False)

    assert asked.office.refusal(service.later, slack_id("desk0"), asked.id).code == "pulse_off"
    asked.office.now = asked.closes_at
    assert asked.office.refusal(service.later, slack_id("desk0"), asked.id).code == "pulse_closed"

"""Whose hour has come in a round that opened long ago: they may have moved, opted out, or the bot been away."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.services import asking, nudges, wishes
from storage import invitations, models
from storage.invitations import SPARED
from storage.select import columns, table
from tests.office import Office, slack_id
from tests.pulses import Round

TUESDAY = date(2026, 3, 3)
_INVITED = table(models.Invitation)


@pytest.fixture
def round_(empty_office: Office, tmp_path: Path) -> Round:
    """Six people in UTC, who are to be asked on Tuesday at ten; the round opened the evening before."""
    empty_office.at(2026, 3, 2, 20)
    opened = Round(empty_office, tmp_path, {"Shop": 6}, local_date=TUESDAY)
    change(opened, ask_at=datetime(2026, 3, 3, 10, tzinfo=UTC))
    empty_office.at(2026, 3, 3, 10)
    return opened


def change(round_: Round, **values: object) -> None:
    round_.office.run(lambda session: session.execute(_INVITED.update().values(values)))


def closes(round_: Round, at: datetime) -> None:
    round_.office.run(lambda session: session.execute(table(models.Survey).update().values(closes_at=at)))


def kept(round_: Round, name: str) -> tuple[datetime, str, datetime | None]:
    """When somebody is asked, where that stands, and when they are reminded."""
    those = columns(_INVITED.c.ask_at, _INVITED.c.state, _INVITED.c.again_at)
    one = those.where(_INVITED.c.person_id == round_.members[name].id)
    return tuple(round_.office.run(lambda session: session.execute(one).one()))


def asked(round_: Round, rate: float = 4.0) -> list[str]:
    found = round_.office.do(asking.ask, limit=100, rate=rate)
    return sorted(person.name.lower() for person in found.people) if found else []


def march(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_who_opted_out_or_went_away_since_it_opened_is_left_out(round_: Round) -> None:
    round_.office.do(wishes.change, slack_id("shop0"), opted_out=True)
    round_.office.do(wishes.change, slack_id("shop1"), away_until=date(2026, 3, 4))
    round_.office.enrol("shop2", is_gone=True)

    assert asked(round_) == ["shop3", "shop4", "shop5"]
    assert {kept(round_, name)[1] for name in ("shop0", "shop1", "shop2")} == {SPARED}
    assert asked(round_) == [] and not round_.office.do(asking.is_due)


def test_who_moved_east_is_not_asked_at_night_but_at_their_next_hour(round_: Round) -> None:
    round_.office.enrol("shop0", zone="Pacific/Auckland")  # eleven in the evening
    round_.office.enrol("shop1", zone="Europe/Helsinki")  # noon: two hours are no night
    change(round_, again_at=march(4, 10))
    closes(round_, march(5, 9))

    assert asked(round_) == [f"shop{number}" for number in range(1, 6)]
    assert kept(round_, "shop0") == (march(3, 21), "waiting", march(4, 21))  # and a day later they are reminded
    round_.office.now = march(3, 21)
    assert asked(round_) == ["shop0"]


def test_who_moved_west_waits_for_the_hour_of_the_date_there(round_: Round) -> None:
    round_.office.enrol("shop0", zone="America/Los_Angeles")

    assert len(asked(round_)) == 5 and kept(round_, "shop0")[0] == march(3, 18)
    round_.office.now = march(3, 18)
    assert asked(round_) == ["shop0"]


def test_with_another_time_in_the_settings_who_was_not_asked_yet_is_asked_then(round_: Round) -> None:
    round_.office.settle(pulse_at=time(14))
    assert asked(round_) == [] and kept(round_, "shop0")[0] == march(3, 14)

    round_.office.settle(pulse_at=time(9))
    round_.office.now = march(3, 14)
    assert asked(round_) == [] and kept(round_, "shop0")[0] == march(4, 9), "five hours late"


def test_who_moved_and_has_no_hour_left_is_asked_at_once(round_: Round) -> None:
    change(round_, ask_at=march(4, 12))
    round_.office.now = march(4, 12)
    for name in round_.members:
        round_.office.enrol(name, zone="Pacific/Auckland")

    assert len(asked(round_)) == 6, "ten o'clock there is too near to the end"


def test_after_hours_without_the_bot_they_are_asked_the_next_day(round_: Round) -> None:
    change(round_, again_at=march(4, 10))
    round_.office.now = march(3, 14, 1)

    assert asked(round_) == []
    assert kept(round_, "shop0") == (march(4, 10), "waiting", None), "a reminder would come when the round is over"
    round_.office.now = march(4, 10)
    assert len(asked(round_)) == 6
    assert round_.office.do(asking.ask_again, limit=10) is None


def test_what_is_late_for_there_are_many_to_ask_comes_all_the_same(round_: Round) -> None:
    round_.office.now = march(3, 14, 1)

    assert len(asked(round_, rate=6 / 120)) == 6, "so slowly all of them would take two minutes"


def test_after_a_day_without_the_bot_nobody_is_asked_right_before_the_end(round_: Round) -> None:
    round_.office.now = march(4, 17)

    assert asked(round_) == [] and kept(round_, "shop0")[1] == SPARED


def test_a_question_that_comes_in_another_week_counts_there(round_: Round) -> None:
    office = round_.office
    closes(round_, march(10, 9))
    change(round_, ask_at=march(6, 10))  # a Friday
    office.now = march(7, 12)

    assert asked(round_) == [] and kept(round_, "shop0")[0] == march(9, 10)
    office.now = march(9, 10)
    for _ in range(2):
        office.do(nudges.count, [round_.members["shop0"].id])
    assert not office.do(nudges.free)(round_.members["shop0"].id)


def test_a_reminder_goes_by_the_clocks_where_somebody_is_and_never_comes_at_night(round_: Round) -> None:
    assert len(asked(round_)) == 6
    change(round_, again_at=march(4, 10))
    round_.office.enrol("shop0", zone="America/New_York")
    round_.office.do(wishes.change, slack_id("shop1"), away_until=date(2026, 3, 5))
    round_.office.now = march(4, 10)

    found = round_.office.do(asking.ask_again, limit=10)
    assert found and sorted(one.name for one in found.people) == ["Shop2", "Shop3", "Shop4", "Shop5"]
    assert kept(round_, "shop0")[2] == march(4, 15)
    round_.office.now = march(4, 19, 30)
    assert round_.office.do(asking.ask_again, limit=10) is None, "half past two in the afternoon is too late"
    assert kept(round_, "shop0")[2] is None


def test_after_a_long_time_away_many_are_put_off_at_once(empty_office: Office, tmp_path: Path) -> None:
    empty_office.at(2026, 3, 2, 20)
    round_ = Round(empty_office, tmp_path, {"Shop": 60}, local_date=TUESDAY)
    change(round_, ask_at=march(3, 10))
    empty_office.enrol("shop59", zone="America/Los_Angeles")
    empty_office.run(invitations.postpone, round_.id, round_.members["shop59"].id, march(3, 18))
    empty_office.now = march(3, 18)

    found = empty_office.do(asking.ask, limit=4)

    assert found and [one.name for one in found.people] == ["Shop59"], "who waits behind them is not kept waiting"
    assert kept(round_, "shop7")[0] == march(4, 10)
    assert empty_office.now + timedelta(hours=16) == march(4, 10)

"""When a round opens, whom it asks, and what it promises; on both engines."""

from datetime import UTC, date, datetime

import pytest

from bot.services import closing, nudges, rounds, special_days, wishes
from bot.services.rounds import Plan
from storage import nudges as counted
from storage import surveys
from storage.surveys import Survey
from tests.office import TEAM, Office, slack_id

KEY = "00" * 32


@pytest.fixture
def shop(empty_office: Office) -> Office:
    """Twenty-four people, who heard of the bot on Monday morning; an admin who opts out."""
    empty_office.at(2026, 3, 2, 8)
    empty_office.enrol(*(f"p{number}" for number in range(24)))
    empty_office.enrol("ada", is_slack_admin=True)
    empty_office.do(wishes.change, slack_id("ada"), opted_out=True)
    empty_office.keep_ritual()
    return empty_office


def planned(shop: Office) -> Plan | None:
    return shop.do(rounds.plan)


def opened(shop: Office) -> Survey:
    """The round that opens now; there must be one."""
    plan = planned(shop)
    assert plan and plan.opens
    assert shop.do(rounds.open_one, plan, KEY)
    found = shop.run(surveys.get, plan.survey.id)
    assert found
    return found


def over(shop: Office, survey: Survey) -> None:
    shop.now = max(shop.now, survey.closes_at)
    shop.run(surveys.move, survey.id, "closed")


def teams(shop: Office, **sizes: int) -> None:
    from storage import people

    names = iter(range(24))
    for team, size in sizes.items():
        for _ in range(size):
            shop.run(people.list_as, shop.member(f"p{next(names)}").id, team=team)


def test_a_round_opens_at_the_hour_and_not_before(shop: Office) -> None:
    shop.at(2026, 3, 3, 9, 59)
    assert planned(shop) is None

    shop.at(2026, 3, 3, 10)
    survey = opened(shop)

    assert (survey.state, survey.local_date, survey.asked) == ("open", date(2026, 3, 3), 24)
    assert survey.closes_at == datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert survey.question.words["en"] and survey.public_key == KEY and len(survey.secret) == 64
    assert (survey.least, survey.least_comments, survey.batch) == (5, 10, 10)


def test_nobody_ever_has_two_open(shop: Office) -> None:
    shop.at(2026, 3, 3, 10)
    survey = opened(shop)
    shop.at(2026, 3, 5, 10)

    assert planned(shop) is None
    over(shop, survey)
    assert opened(shop).local_date == date(2026, 3, 5)


def test_a_date_is_decided_once_by_however_many_processes(shop: Office) -> None:
    shop.at(2026, 3, 3, 10)
    first, second = planned(shop), planned(shop)
    assert first and second

    assert shop.do(rounds.open_one, first, KEY)
    assert not shop.do(rounds.open_one, second, KEY)


def test_a_date_before_the_bot_was_set_up_is_none(shop: Office) -> None:
    """The roster is read while the first round would open: it would ask those who happened to be known."""
    shop.at(2026, 3, 3, 12)
    with shop.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE ritual SET created_at = '2026-03-03 11:00:00'")

    assert planned(shop) is None


def test_a_holiday_is_no_date_and_the_round_before_lasts_longer(shop: Office) -> None:
    shop.do(special_days.mark_by_admin, slack_id("ada"), date(2026, 3, 5), works=False)
    shop.at(2026, 3, 3, 10)

    assert opened(shop).closes_at == datetime(2026, 3, 10, 9, tzinfo=UTC)


def test_where_fewer_than_twenty_are_asked_there_is_one_question_a_week(shop: Office) -> None:
    for number in range(5):
        shop.do(wishes.change, slack_id(f"p{number}"), opted_out=True)
    shop.at(2026, 3, 3, 10)

    survey = opened(shop)
    over(shop, survey)

    assert survey.closes_at == datetime(2026, 3, 10, 9, tzinfo=UTC)
    shop.at(2026, 3, 5, 10)
    assert planned(shop) is None
    shop.at(2026, 3, 10, 10)
    assert opened(shop).local_date == date(2026, 3, 10)


def test_where_fewer_than_five_are_asked_there_is_none_and_it_is_noted(shop: Office) -> None:
    for number in range(20):
        shop.do(wishes.change, slack_id(f"p{number}"), opted_out=True)
    shop.at(2026, 3, 3, 10)

    plan = planned(shop)
    assert plan and plan.survey.state == "few" and plan.invited == ()
    assert shop.do(rounds.open_one, plan, "")
    assert planned(shop) is None


def test_whoever_is_away_opted_out_or_had_three_nudges_is_left_out(shop: Office) -> None:
    shop.do(wishes.change, slack_id("p0"), away_until=date(2026, 3, 4))
    shop.do(wishes.change, slack_id("p1"), away_until=date(2026, 3, 3))
    for _ in range(3):
        shop.do(nudges.count, [shop.member("p2").id])
    shop.at(2026, 3, 3, 10)

    plan = planned(shop)

    assert plan
    asked = {one.person_id for one in plan.invited}
    left_out = {name for name in ("p0", "p1", "p2") if shop.member(name).id not in asked}
    assert left_out == {"p0", "p2"} and len(asked) == 22


def test_whoever_is_back_on_the_date_is_asked_though_it_has_not_begun_where_they_are(shop: Office) -> None:
    shop.enrol("east", zone="Asia/Tokyo")
    shop.enrol("west", "farther", zone="America/Los_Angeles")
    shop.at(2026, 3, 2, 9)
    shop.do(wishes.change, slack_id("west"), away_until=date(2026, 3, 3))
    shop.do(wishes.change, slack_id("farther"), away_until=date(2026, 3, 4))
    shop.at(2026, 3, 3, 10, zone="Asia/Tokyo")  # still Monday in Los Angeles

    plan = planned(shop)

    assert plan and plan.opens
    asked = {one.person_id for one in plan.invited}
    assert shop.member("west").id in asked and shop.member("farther").id not in asked


def test_a_question_counts_as_a_nudge(shop: Office) -> None:
    shop.at(2026, 3, 3, 10)
    opened(shop)

    for _ in range(2):
        shop.do(nudges.count, [shop.member("p2").id])
    assert not shop.do(nudges.free)(shop.member("p2").id)
    assert shop.do(nudges.free)(shop.member("ada").id)


def test_who_gets_the_last_nudge_of_a_week_while_a_round_is_planned_is_not_asked_a_fourth_time(shop: Office) -> None:
    for _ in range(2):
        shop.do(nudges.count, [shop.member("p2").id])
    shop.at(2026, 3, 3, 10)
    plan = planned(shop)
    assert plan and plan.survey.asked == 24
    shop.do(nudges.count, [shop.member("p2").id])

    assert not shop.do(rounds.open_one, plan, KEY) and shop.run(surveys.get, plan.survey.id) is None

    assert opened(shop).asked == 23
    assert max(shop.run(counted.had, TEAM, date(2026, 3, 2)).values()) == 3


def test_a_question_counts_in_the_week_in_which_it_is_asked(shop: Office) -> None:
    """A Monday's round opens on Sunday, where the day begins first."""
    shop.settle(pulse_days=frozenset({0, 2}))
    for number in range(24):
        shop.enrol(f"p{number}", zone="Pacific/Kiritimati" if number == 0 else "Europe/Berlin")
    shop.at(2026, 3, 8, 20)

    assert opened(shop).local_date == date(2026, 3, 9)

    had = [shop.run(counted.had, TEAM, week) for week in (date(2026, 3, 2), date(2026, 3, 9))]
    assert list(map(len, had)) == [1, 23]


def test_who_is_back_on_the_date_is_asked_though_it_begins_elsewhere_the_day_before(shop: Office) -> None:
    shop.enrol("p0", zone="Pacific/Kiritimati")
    shop.enrol("p1", zone="America/New_York")
    shop.at(2026, 3, 2, 15)
    for name in ("p1", "p2"):
        shop.do(wishes.change, slack_id(name), away_until=date(2026, 3, 3 if name == "p1" else 4))
    shop.at(2026, 3, 2, 20)

    plan = planned(shop)

    assert plan and plan.survey.asked == 23
    assert shop.member("p1").id in {one.person_id for one in plan.invited}


def test_somebody_s_zone_that_this_machine_does_not_know_keeps_nobody_from_being_asked(shop: Office) -> None:
    shop.enrol("p0", zone="Mars/Olympus_Mons")
    shop.at(2026, 3, 3, 10)

    plan = planned(shop)

    assert plan and {one.ask_at for one in plan.invited} == {datetime(2026, 3, 3, 10, tzinfo=UTC)}


@pytest.mark.parametrize("days", [7, 400])
def test_what_a_clock_decided_that_was_far_ahead_keeps_no_round_from_opening(shop: Office, days: int) -> None:
    shop.at(2026, 3, 3, 10)
    right = shop.now
    shop.later(days=days)
    ahead = opened(shop)
    shop.now = right

    due = shop.do(closing.due)
    assert (due is not None) == (days > 7)
    over(shop, ahead)
    shop.now = right
    assert opened(shop).local_date == date(2026, 3, 3)


def test_each_is_asked_at_the_hour_of_their_own_zone(shop: Office) -> None:
    shop.enrol("p0", zone="Pacific/Auckland")
    shop.enrol("p1", zone="America/Los_Angeles")
    shop.at(2026, 3, 2, 21)  # Tuesday, ten o'clock in Auckland

    plan = planned(shop)

    assert plan
    hours = {one.person_id: one.ask_at for one in plan.invited}
    assert hours[shop.member("p0").id] == datetime(2026, 3, 2, 21, tzinfo=UTC)
    assert hours[shop.member("p1").id] == datetime(2026, 3, 3, 18, tzinfo=UTC)
    assert hours[shop.member("p2").id] == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert plan.survey.closes_at == datetime(2026, 3, 4, 20, tzinfo=UTC)


def test_after_an_outage_a_late_round_asks_the_next_day_and_a_lost_one_is_skipped(shop: Office) -> None:
    shop.at(2026, 3, 3, 15)
    late = planned(shop)
    assert late and {one.ask_at for one in late.invited} == {datetime(2026, 3, 4, 10, tzinfo=UTC)}

    shop.at(2026, 3, 4, 12)
    lost = planned(shop)
    assert lost and lost.survey.state == "skipped"
    assert shop.do(rounds.open_one, lost, "")
    assert planned(shop) is None


def test_teams_are_cuts_and_their_people_segments_the_larger_first(shop: Office) -> None:
    teams(shop, bar=6, Shop=10, SHOP=2)
    shop.at(2026, 3, 3, 10)

    survey = opened(shop)

    cuts = {cut.name: sum(survey.asked_in[one] for one in cut.segments) for cut in survey.cuts}
    assert list(cuts.items()) == [("", 24), ("SHOP", 12), ("bar", 6)]
    assert sorted(survey.asked_in.values()) == [6, 6, 12] and survey.people_in == survey.asked_in


def test_of_a_large_company_some_are_drawn_anew_each_time(shop: Office) -> None:
    shop.settle(pulse_sample=20)
    shop.at(2026, 3, 3, 10)

    plans = [planned(shop) for _ in range(4)]

    drawn = {frozenset(one.person_id for one in plan.invited) for plan in plans if plan}
    assert len(drawn) > 1 and {len(people) for people in drawn} == {20}
    assert all(plan and (plan.survey.population, plan.survey.asked) == (24, 20) for plan in plans)


def test_people_are_asked_in_random_order(shop: Office) -> None:
    shop.at(2026, 3, 3, 10)

    orders = {tuple(one.person_id for one in plan.invited) for _ in range(3) if (plan := planned(shop))}

    assert len(orders) == 3


def test_the_next_question_is_another(shop: Office) -> None:
    asked = []
    for day in (3, 5, 10, 12):
        shop.at(2026, 3, day, 10)
        survey = opened(shop)
        asked.append(survey.question.id)
        over(shop, survey)

    assert len(set(asked)) == 4


def test_switched_off_means_no_rounds(shop: Office) -> None:
    shop.settle(pulse=False)
    shop.at(2026, 3, 3, 10)

    assert planned(shop) is None


def test_who_wished_it_is_asked_once_more_on_the_next_working_day(shop: Office) -> None:
    shop.do(wishes.change, slack_id("p0"), reminds=True)
    shop.at(2026, 3, 3, 10)

    plan = planned(shop)

    assert plan
    again = {one.person_id: one.again_at for one in plan.invited if one.again_at}
    assert again == {shop.member("p0").id: datetime(2026, 3, 4, 10, tzinfo=UTC)}

"""Several rituals, for shifts, sites and teams: each once per local date of its own (product.md 1)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.rules.quiet import QuietHours
from bot.services import privacy, timetable
from bot.services import rituals as service
from bot.services.rituals import Morning, Reading, Silence, Skipped
from bot.services.timetable import Kept, Wish
from storage import rituals as storage
from storage.models import Occurrence, Person, Ritual
from storage.select import columns, table
from tests.office import TEAM, Office, words


@pytest.fixture
def house(office: Office) -> Office:
    """A company whose ritual of the settings was set up on Monday 2 March 2026 at 15:00; every day is a working day."""
    office.settle(workdays=frozenset(range(7)))
    office.at(2026, 3, 2, 15)
    office.keep_ritual()
    return office


def keep(office: Office, name: str, **wish: Any) -> Kept:
    """Set a ritual; in a channel of its own if nothing else is said."""
    return office.do(timetable.keep, name, Wish(**{"channel": f"C{name.upper()}", **wish}))


def join_teams(office: Office, **people: str) -> None:
    """Put people, by first name, on teams, as the list of people does."""
    for name, team in people.items():
        here = table(Person).update().where(table(Person).c.id == office.member(name).id).values(team=team)
        office.run(lambda session, change=here: session.execute(change))


def posted(office: Office) -> dict[str, list[str]]:
    """What this tick posts: the words of each ritual's morning."""
    return {one.ritual.name: words(one) for one in office.mornings() if isinstance(one, Morning)}


def states(office: Office, name: str) -> dict[date, str]:
    """What became of each date of a ritual."""
    (ritual,) = (one for one in office.run(storage.every, TEAM, retired=True) if one.name == name)
    query = columns(Occurrence.local_date, Occurrence.state).where(Occurrence.ritual_id == ritual.id)
    return dict(office.run(lambda session: [tuple(row) for row in session.exec(query)]))


# --- keeping them


def test_a_new_ritual_is_as_that_of_the_settings_where_nothing_else_is_said(house: Office) -> None:
    house.settle(holidays="TW")
    house.keep_ritual()

    kept = keep(house, "night", at="22:00")

    assert (kept.ritual.channel, kept.ritual.at, kept.ritual.zone) == ("CNIGHT", "22:00", "UTC")
    assert (kept.ritual.workdays, kept.ritual.holidays, kept.ritual.team) == (frozenset(range(7)), "TW", "")
    assert kept.opens == datetime(2026, 3, 2, 22, tzinfo=UTC)


def test_what_is_not_said_again_stays(house: Office) -> None:
    keep(house, "night", at="22:00", zone="Asia/Tokyo", workdays=frozenset({5}), team="Desk")

    again = house.do(timetable.keep, "NIGHT", Wish(at="23:00"))

    assert (again.ritual.name, again.ritual.at, again.ritual.channel) == ("night", "23:00", "CNIGHT")
    assert (again.ritual.zone, again.ritual.workdays, again.ritual.team) == ("Asia/Tokyo", frozenset({5}), "Desk")


def test_a_new_ritual_needs_a_channel(house: Office) -> None:
    assert house.refusal(timetable.keep, "night", Wish(at="22:00")).code == "ritual_without_channel"


def test_the_ritual_of_the_settings_is_neither_changed_nor_removed(house: Office) -> None:
    assert house.refusal(timetable.keep, "Default", Wish(at="22:00")).code == "ritual_of_settings"
    assert house.refusal(timetable.retire, "default").code == "ritual_of_settings"


def test_what_is_not_there_cannot_be_removed(house: Office) -> None:
    assert house.refusal(timetable.retire, "night").code == "no_such_ritual"


def test_nobody_being_of_its_team_is_noticed(house: Office) -> None:
    join_teams(house, ann="Front Desk")

    assert keep(house, "desk", team="front desk").is_team_known
    assert not keep(house, "kitchen", team="kitchen").is_team_known


# --- shifts and sites


def test_shifts_have_mornings_of_their_own(house: Office) -> None:
    keep(house, "early", at="06:00")
    keep(house, "late", at="14:00")
    house.praise("ann", "bo", "On Monday.")
    house.at(2026, 3, 3, 6)
    assert posted(house) == {"early": ["On Monday."]}
    house.praise("ann", "cy", "On Tuesday at seven.")
    house.at(2026, 3, 3, 9)
    assert posted(house) == {"default": ["On Tuesday at seven.", "On Monday."]}
    house.at(2026, 3, 3, 14)
    assert posted(house) == {"late": ["On Tuesday at seven.", "On Monday."]}
    house.at(2026, 3, 4, 6)

    assert posted(house) == {"early": ["On Tuesday at seven."]}


def test_sites_in_different_zones_each_have_their_own_date(house: Office) -> None:
    keep(house, "taipei", zone="Asia/Taipei")
    keep(house, "honolulu", zone="Pacific/Honolulu")
    house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 3, 1)  # nine in Taipei
    assert posted(house) == {"taipei": ["So kind!"]}
    house.at(2026, 3, 3, 19)  # nine in Honolulu, whose Monday was missed
    assert posted(house) == {"honolulu": ["So kind!"]}

    assert states(house, "taipei") == {date(2026, 3, 3): "posted"}
    assert states(house, "honolulu") == {date(2026, 3, 2): "skipped", date(2026, 3, 3): "posted"}


def test_the_clocks_of_one_site_change_and_those_of_the_other_stay(house: Office) -> None:
    house.at(2026, 3, 7, 12)
    keep(house, "ny", zone="America/New_York", at="02:30")  # an hour that 8 March leaves out
    keep(house, "taipei", zone="Asia/Taipei", at="15:30")
    house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 8, 7, 29)
    house.mornings()
    assert states(house, "ny") == {}
    house.at(2026, 3, 8, 7, 30)

    assert set(posted(house)) == {"ny", "taipei"}
    house.at(2026, 3, 9, 6, 30)
    house.mornings()
    assert states(house, "ny") == {date(2026, 3, 8): "posted", date(2026, 3, 9): "silent"}


def test_each_ritual_is_caught_up_or_skipped_by_itself(house: Office) -> None:
    keep(house, "early", at="06:00")
    house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 3, 10, 30)

    outcomes = {type(one): one for one in house.mornings()}

    assert outcomes.keys() == {Morning, Skipped}
    skipped = outcomes[Skipped]
    assert isinstance(skipped, Skipped) and skipped.ritual.name == "early"
    assert [admin.name for admin in skipped.admins] == ["Ada"]
    house.at(2026, 3, 4, 6)
    assert posted(house) == {"early": ["So kind!"]}


def test_the_same_praise_opens_a_morning_of_each_ritual_once(house: Office) -> None:
    keep(house, "late", at="14:00")
    house.praise("ann", "bo", "Long and moving words.")
    house.praise("ann", "cy", "Short.")
    seen: dict[str, list[str]] = {"default": [], "late": []}
    for day in (3, 4, 5):
        for hour in (9, 14):
            house.at(2026, 3, day, hour)
            for name, said in posted(house).items():
                seen[name].append(said[0])

    assert seen == {name: ["Long and moving words.", "Short."] for name in seen}
    assert states(house, "late")[date(2026, 3, 5)] == "silent"


def test_two_mornings_running_are_counted_per_ritual(house: Office) -> None:
    keep(house, "late", at="14:00")
    house.praise("ann", "bo", "Bo first, with the longest words.")
    house.at(2026, 3, 3, 9)  # a first morning of one ritual, and no second one of the other
    assert posted(house) == {"default": ["Bo first, with the longest words."]}
    house.praise("ann", "cy", "Cy, short.")
    house.at(2026, 3, 3, 14)

    assert posted(house)["late"][0] == "Bo first, with the longest words."


# --- teams


def test_a_team_hears_of_its_own_people_only(house: Office) -> None:
    join_teams(house, bo="Kitchen", cy="kitchen", di="Desk")
    keep(house, "kitchen", team="KITCHEN", at="10:00")
    house.praise("ann", "bo", "The soup!")
    house.praise("ann", "di", "A very long praise of the desk, which would open.")
    house.praise("ann", "cy di", "Both of you.")
    house.at(2026, 3, 3, 10)

    assert posted(house)["kitchen"] == ["Both of you.", "The soup!"]


def test_who_keeps_praise_private_opens_no_morning_of_the_team(house: Office) -> None:
    join_teams(house, bo="Kitchen")
    keep(house, "kitchen", team="Kitchen", at="10:00")
    house.do(privacy.prefer, "UBO", private=True)
    house.praise("ann", "bo cy", "The soup!")
    house.at(2026, 3, 3, 10)

    assert "kitchen" not in posted(house)
    assert states(house, "kitchen") == {date(2026, 3, 3): "silent"}


def test_older_praise_of_a_team_is_its_own_too(house: Office) -> None:
    join_teams(house, bo="Kitchen")
    house.praise("ann", "bo", "Soup.")
    house.praise("ann", "di", "A long praise of the desk.")
    house.at(2026, 3, 5, 12)
    keep(house, "kitchen", team="Kitchen", at="10:00")
    house.at(2026, 3, 6, 10)

    outcomes = {one.ritual.name: one for one in house.mornings()}

    kitchen = outcomes["kitchen"]
    assert isinstance(kitchen, Morning) and kitchen.is_older and words(kitchen) == ["Soup."]


def test_a_team_of_nobody_is_silent(house: Office) -> None:
    keep(house, "kitchen", team="Kitchen", at="10:00")
    house.praise("ann", "bo", "The soup!")
    house.at(2026, 3, 3, 10)

    assert "kitchen" not in posted(house)


# --- made, changed, removed


def test_the_first_morning_of_a_new_ritual_reaches_back_a_day(house: Office) -> None:
    house.praise("ann", "bo", "Two days before.")
    house.at(2026, 3, 4, 12)
    keep(house, "late", at="14:00")
    house.praise("ann", "cy", "Of today.")
    house.at(2026, 3, 4, 14)

    assert posted(house)["late"] == ["Of today."]


def test_a_removed_ritual_opens_no_more_and_begins_anew_when_it_is_set_again(house: Office) -> None:
    keep(house, "late", at="14:00")
    house.praise("ann", "bo", "Before.")
    house.at(2026, 3, 3, 14)
    assert "late" in posted(house)
    house.do(timetable.retire, "late")
    house.praise("ann", "cy", "While it was away.")
    house.at(2026, 3, 9, 15)
    assert "late" not in {one.ritual.name for one in house.mornings()}
    again = house.do(timetable.keep, "late", Wish())
    assert (again.ritual.at, again.ritual.channel) == ("14:00", "CLATE")
    house.praise("ann", "di", "Now.")
    house.at(2026, 3, 10, 14)

    assert posted(house)["late"] == ["Now."]
    assert list(states(house, "late")) == [date(2026, 3, 3), date(2026, 3, 10)]


def test_a_time_that_is_moved_to_one_that_is_past_counts_from_the_next_day(house: Office) -> None:
    keep(house, "late", at="18:00")
    house.at(2026, 3, 2, 17)
    house.do(timetable.keep, "late", Wish(at="16:00"))

    assert house.mornings() == []
    assert states(house, "late") == {date(2026, 3, 2): "rest"}
    house.at(2026, 3, 3, 8, 59)
    assert house.mornings() == []


def test_mornings_that_were_missed_are_skipped_even_if_the_settings_change_with_the_restart(house: Office) -> None:
    house.at(2026, 3, 4, 20)
    house.settle(ritual_at=time(8))
    house.keep_ritual()

    (skipped,) = house.mornings()

    assert isinstance(skipped, Skipped) and skipped.local_dates == (date(2026, 3, 3), date(2026, 3, 4))


# --- what else looks at the timetable


def test_words_of_the_night_leave_before_the_earliest_ritual_of_their_channel(house: Office) -> None:
    house.settle(quiet=QuietHours(time(21), time(10)))
    keep(house, "early", at="06:00", team="nobody yet", channel=house.company.praise_channel)
    house.at(2026, 3, 3, 23)
    assert house.praise("ann", "bo", "At night.").post_at == datetime(2026, 3, 4, 5, 59, tzinfo=UTC)
    house.do(timetable.retire, "early")

    assert house.praise("ann", "cy", "At night.").post_at == datetime(2026, 3, 4, 8, 59, tzinfo=UTC)


def test_the_morning_of_another_site_wakes_nobody(house: Office) -> None:
    house.settle(quiet=QuietHours(time(21), time(8)))
    keep(house, "tokyo", at="09:00", zone="Asia/Tokyo")
    house.at(2026, 3, 3, 23)

    assert house.praise("ann", "bo", "At night.").post_at == datetime(2026, 3, 4, 8, tzinfo=UTC)


def test_a_new_ritual_waits_until_that_of_the_settings_is_there(office: Office) -> None:
    wish = Wish(channel="CNIGHT", at="22:00")
    assert office.refusal(timetable.keep, "night", wish).code == "no_ritual_yet"


def test_applause_is_read_again_before_each_ritual(house: Office) -> None:
    join_teams(house, bo="Kitchen")
    keep(house, "kitchen", at="14:00", team="Kitchen")
    soup = house.praise("ann", "bo", "The soup!").praise.id
    house.praise("ann", "di", "The desk.")
    house.at(2026, 3, 3, 9)
    house.mornings()
    assert house.do(service.awaited, ahead=timedelta(minutes=10)) == ()
    house.at(2026, 3, 3, 13, 55)

    assert house.do(service.awaited, ahead=timedelta(minutes=10)) == (Reading(soup, None),)


def test_an_admin_sees_every_ritual_or_the_one_that_is_named(house: Office) -> None:
    join_teams(house, bo="Kitchen")
    keep(house, "kitchen", at="14:00", team="Kitchen")
    house.praise("ann", "di", "The desk.")

    both = house.do(service.preview, "UADA")
    (one,) = house.do(service.preview, "UADA", "Kitchen")

    assert [type(each) for each in both] == [Morning, Silence]
    assert isinstance(one, Silence) and one.ritual.name == "kitchen" and one.local_date == date(2026, 3, 3)
    assert house.refusal(service.preview, "UADA", "night").code == "no_such_ritual"


def test_a_ritual_whose_zone_this_machine_has_lost_waits_and_stops_no_other(house: Office) -> None:
    house.settle(quiet=QuietHours(time(21), time(10)))
    keep(house, "late", at="14:00")
    lost = table(Ritual)
    house.run(lambda session: session.execute(lost.update().where(lost.c.name == "late").values(zone="Mars/Base")))
    house.praise("ann", "bo", "So kind!")
    house.at(2026, 3, 3, 15)

    assert isinstance(house.morning(), Skipped)
    house.at(2026, 3, 4, 9)
    assert list(posted(house)) == ["default"]
    assert [one.name for one in house.do(timetable.lost)] == ["late"]
    assert len(house.do(service.preview, "UADA")) == 1
    assert house.do(service.awaited, ahead=timedelta(minutes=10)) == ()
    assert not house.do(timetable.told, house.do(timetable.lost)[0]).is_zone_known
    house.at(2026, 3, 4, 23)
    assert house.praise("ann", "cy", "At night.").post_at == datetime(2026, 3, 5, 8, 59, tzinfo=UTC)

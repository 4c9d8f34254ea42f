"""Settings that admins change in Slack stand over the environment (product.md 7)."""

from datetime import time
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.rules.company import Company
from bot.rules.quiet import QuietHours
from bot.services import auditing, setting_rituals, settings, standing, timetable
from bot.services.settings import Changed, WrongSettings
from storage import audit, channels
from storage import people as roster
from storage import settings as storage
from storage.rituals import DEFAULT
from tests.office import TEAM, Office, slack_id


@pytest.fixture
def shop(office: Office) -> Office:
    """The office, with its ritual."""
    office.keep_ritual()
    return office


def change(office: Office, name: str = "ada", **wishes: str) -> Changed:
    return office.do(settings.change, slack_id(name), wishes)


def stands(office: Office) -> Company:
    return office.do(settings.stands)


def problems(office: Office, **wishes: str) -> dict[str, str]:
    refusal = office.refusal(settings.change, "UADA", wishes)
    assert isinstance(refusal, WrongSettings)
    return dict(refusal.problems)


GOOD = {
    "QUIET_HOURS": ("22:00-07:30", "quiet", QuietHours(time(22), time(7, 30))),
    "VALUES": ("care, speed", "values", ("care", "speed")),
    "KUDOS_EMOJI": (":sparkles:", "kudos_emoji", "sparkles"),
    "RITUAL_TIME": ("08:15", "ritual_at", time(8, 15)),
    "TIMEZONE": ("Asia/Taipei", "zone", ZoneInfo("Asia/Taipei")),
    "WORKDAYS": ("sat,sun", "workdays", frozenset({5, 6})),
    "HOLIDAYS": ("de-by", "holidays", "DE-BY"),
    "PULSE": ("off", "pulse", False),
    "PULSE_DAYS": ("mon,wed", "pulse_days", frozenset({0, 2})),
    "PULSE_TIME": ("11:00", "pulse_at", time(11)),
    "PULSE_SAMPLE": ("50", "pulse_sample", 50),
    "SUPPORT_CONTACTS": ("Ann 123;Bo", "support_contacts", ("Ann 123", "Bo")),
    "PRAISE_POINTS": ("0", "praise_points", 0),
    "HELP_POINTS": ("7", "help_points", 7),
    "IDEA_POINTS": ("14", "idea_points", 14),
    "SOLVED_POINTS": ("21", "solved_points", 21),
    "KUDOS_POINTS": ("28", "kudos_points", 28),
    "LEAD_KUDOS_POINTS": ("35", "lead_kudos_points", 35),
    "KUDOS_DAILY": ("3", "kudos_daily", 3),
    "LEAD_KUDOS_WEEKLY": ("0", "lead_kudos_weekly", 0),
    "LANGUAGE": ("zh-Hant", "language", "zh-Hant"),
    "KEEP_MONTHS": ("24", "keep_months", 24),
    "LEADS_GROUP": ("S0123", "leads_group", "S0123"),
    "GUESTS": ("on", "guests", True),
    "LEADS": ("UANN,UBO", "leads", frozenset({"UANN", "UBO"})),
    "TEAM_GROUPS": ("S0123,S0456,S0123", "team_groups", ("S0123", "S0456")),
    "ADMINS": ("UANN,UBO", "admins", frozenset({"UANN", "UBO"})),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_setting_that_is_changed_stands_over_the_environment(shop: Office, name: str) -> None:
    text, field, value = GOOD[name]
    assert change(shop, **{name: text}).names == (name,)
    assert getattr(stands(shop), field) == value
    assert standing.read(name, standing.text(stands(shop), name)) == value, "what is stored is read again"
    assert change(shop, **{name: text}).names == (), "said twice it changes nothing"


def test_every_setting_but_the_channel_is_tried_here() -> None:
    assert GOOD.keys() | {"PRAISE_CHANNEL"} == standing.PARTS.keys()


EMPTY = (
    "QUIET_HOURS",
    "VALUES",
    "HOLIDAYS",
    "PULSE_SAMPLE",
    "SUPPORT_CONTACTS",
    "LANGUAGE",
    "LEADS",
    "LEADS_GROUP",
    "TEAM_GROUPS",
    "ADMINS",
    "KEEP_MONTHS",
)


def test_what_may_be_empty_can_be_emptied_again(shop: Office) -> None:
    change(shop, **{name: GOOD[name][0] for name in EMPTY})
    change(shop, **dict.fromkeys(EMPTY, ""))
    after = stands(shop)
    assert (after.quiet, after.values, after.holidays, after.language) == (None, (), "", None)
    assert (after.pulse_sample, after.support_contacts, after.leads) == (0, (), frozenset())
    assert (after.leads_group, after.keep_months, after.team_groups, after.admins) == ("", 0, (), frozenset())


def test_all_that_is_wrong_is_said_at_its_field_and_nothing_changes(shop: Office) -> None:
    wrong = {
        "QUIET_HOURS": "22:00-", "VALUES": "a b", "KUDOS_EMOJI": "⭐", "RITUAL_TIME": "", "TIMEZONE": "Taipei",
        "WORKDAYS": "", "HOLIDAYS": "ATLANTIS", "PULSE": "maybe", "PULSE_DAYS": "mon,tue", "PULSE_TIME": "25:00",
        "PULSE_SAMPLE": "3", "SUPPORT_CONTACTS": ";".join("abcdef"), "LANGUAGE": "fr", "PRAISE_CHANNEL": "praise",
        "LEADS": "ann", "LEADS_GROUP": "kitchen", "GUESTS": "some", "KEEP_MONTHS": "2", "ADMINS": "ada",
        "TEAM_GROUPS": "S1,kitchen",
        "PRAISE_POINTS": "ten", "HELP_POINTS": "-1", "IDEA_POINTS": "1001", "SOLVED_POINTS": "1.5",
        "KUDOS_POINTS": "", "LEAD_KUDOS_POINTS": "٣", "KUDOS_DAILY": "0", "LEAD_KUDOS_WEEKLY": "101",
    }  # fmt: skip
    found = problems(shop, **wrong, **{})
    assert found == {name.lower(): f"setting_{name.lower()}" for name in wrong}
    assert problems(shop, RITUAL_TIME="08:00", LEADS="UNOBODY") == {"leads": "unknown_people"}


@pytest.mark.parametrize("name", ["ann", "lee", "guest", "gone", "nobody"])
def test_nobody_but_admins_changes_settings_or_sees_them(shop: Office, name: str) -> None:
    for service, *more in ((settings.change, {"RITUAL_TIME": "08:00"}), (settings.overview,), (auditing.page,)):
        code = shop.refusal(service, slack_id(name), *more).code
        assert code in ("admins_only", "actor_guest", "actor_gone", "unknown_actor")


def test_praise_goes_only_to_a_channel_in_which_the_bot_is(shop: Office) -> None:
    assert problems(shop, PRAISE_CHANNEL="CNEW") == {"praise_channel": "setting_channel_closed"}
    shop.run(channels.describe, TEAM, "CNEW", is_member=False, now=shop.now)
    assert problems(shop, PRAISE_CHANNEL="CNEW") == {"praise_channel": "setting_channel_closed"}
    shop.run(channels.describe, TEAM, "CNEW", is_member=True, now=shop.now)
    change(shop, PRAISE_CHANNEL="CNEW")
    ritual = shop.do(timetable.named, DEFAULT)
    assert ritual and ritual.channel == "CNEW", "the ritual of the settings goes with it"


def test_the_ritual_goes_by_the_new_time_at_once(shop: Office) -> None:
    change(shop, RITUAL_TIME="11:30", WORKDAYS="tue", HOLIDAYS="TW", TIMEZONE="Europe/Paris")
    ritual = shop.do(timetable.named, DEFAULT)
    assert ritual
    assert (ritual.at, ritual.zone, ritual.workdays, ritual.holidays) == ("11:30", "Europe/Paris", frozenset({1}), "TW")


def test_leads_are_appointed_and_dismissed_at_once(shop: Office) -> None:
    change(shop, LEADS="UANN")
    assert [shop.member(name).role for name in ("ann", "lee", "ada")] == ["lead", "employee", "admin"]
    change(shop, LEADS="")
    assert shop.member("ann").role == "employee"


def test_a_text_of_another_version_counts_as_not_there(shop: Office, caplog: pytest.LogCaptureFixture) -> None:
    for name, text in (("RITUAL_TIME", "nine"), ("LANGUAGE", "zh-Hans"), ("NO_SUCH", "x")):
        shop.run(storage.keep, TEAM, name, text, by="", now=shop.now)
    assert stands(shop).ritual_at == shop.company.ritual_at and stands(shop).language == "zh-Hans"
    assert ["RITUAL_TIME" in caplog.text, "NO_SUCH" in caplog.text, "LANGUAGE" in caplog.text] == [True, True, False]


def test_what_an_admin_left_as_it_is_keeps_following_the_environment(shop: Office) -> None:
    change(shop, RITUAL_TIME="09:00", LANGUAGE="en")
    assert set(shop.run(storage.texts, TEAM)) == {"LANGUAGE"}
    shop.settle(ritual_at=time(7))
    assert stands(shop).ritual_at == time(7)


def test_the_command_line_lets_a_setting_be_as_the_environment_has_it(shop: Office) -> None:
    change(shop, RITUAL_TIME="10:00")
    assert shop.do(settings.reset, "RITUAL_TIME") == "10:00"
    assert stands(shop).ritual_at == time(9)
    assert shop.refusal(settings.reset, "RITUAL_TIME").code == "no_such_setting"
    (act, _) = shop.run(audit.newest, TEAM, limit=9)
    assert (act.act, act.subject, act.before, act.by, act.by_command_line) == (
        "setting_reset", "RITUAL_TIME", "10:00", None, True,
    )  # fmt: skip


def test_home_shows_admins_alone_what_was_done_last(shop: Office) -> None:
    for at in ("10:00", "10:30", "11:00", "11:30"):
        change(shop, RITUAL_TIME=at)
    at_home = shop.do(settings.at_home, shop.member("ada"))
    assert at_home and [act.after for act in at_home.acts] == ["11:30", "11:00", "10:30"]
    assert shop.do(settings.at_home, shop.member("lee")) is None


def test_a_form_changes_what_was_changed_in_it_and_nothing_that_others_changed_meanwhile(shop: Office) -> None:
    names = ("PULSE", "PULSE_TIME", "SUPPORT_CONTACTS")
    wishes = {name: standing.text(stands(shop), name) for name in names}
    shown = standing.shown(stands(shop), names)
    change(shop, PULSE="off", PULSE_TIME="11:00")
    done = shop.do(settings.change, "UADA", wishes | {"SUPPORT_CONTACTS": "Ann 123"}, shown=shown)
    assert done.names == ("SUPPORT_CONTACTS",) and not stands(shop).pulse
    refusal = shop.refusal(settings.change, "UADA", wishes | {"PULSE_TIME": "12:00"}, shown=shown)
    assert isinstance(refusal, WrongSettings) and refusal.problems == {"pulse_time": "setting_overtaken"}
    same = shop.do(settings.change, "UADA", wishes | {"PULSE_TIME": "11:00"}, shown=shown)
    assert "PULSE_TIME" not in same.names, "who wished the same is not sent back"


def test_a_morning_is_changed_in_what_was_changed_on_its_form(shop: Office) -> None:
    shop.run(channels.describe, TEAM, "C0NIGHT001", is_member=True, now=shop.now)
    texts = {"channel": "C0NIGHT001", "at": "21:00", "zone": "UTC", "workdays": "mon,tue", "holidays": "", "team": ""}
    first = shop.do(setting_rituals.keep, "UADA", "night", texts, is_new=True)
    shown = setting_rituals.shown(first.ritual)
    keep = partial(shop.do, setting_rituals.keep, "UADA", "night", is_new=False, shown=shown)
    keep(texts | {"at": "22:00", "workdays": "mon"})
    after = keep(texts | {"team": "night"}).ritual
    assert (after.at, after.workdays, after.team) == ("22:00", frozenset({0}), "night")
    refusal = shop.refusal(
        setting_rituals.keep, "UADA", "night", texts | {"workdays": "fri"}, is_new=False, shown=shown
    )
    assert isinstance(refusal, WrongSettings) and refusal.problems == {"workdays": "setting_overtaken"}


@pytest.mark.parametrize("name", ["PRAISE_POINTS", "KUDOS_DAILY", "KEEP_MONTHS", "PULSE_SAMPLE"])
def test_a_number_may_be_typed_in_digits_of_full_width(shop: Office, name: str) -> None:
    change(shop, **{name: "４０"})
    assert standing.text(stands(shop), name) == "40"


# --- admins


def acts(office: Office) -> list[tuple[str, str, str]]:
    """What was done about admins, the oldest first: the act, by whom, about whom."""
    found = office.run(audit.newest, TEAM, acts=("admin_on", "admin_off"), limit=9)
    known = office.run(roster.by_id, {act.subject for act in found})
    return [(act.act, act.by.name if act.by else "", known[act.subject].name) for act in reversed(found)]


def test_admins_appoint_admins_and_take_them_off_at_once_and_in_the_audit(shop: Office) -> None:
    change(shop, ADMINS="UANN,ULEE")
    assert [shop.member(name).role for name in ("ann", "lee", "ada")] == ["admin", "admin", "admin"]
    change(shop, "ann", ADMINS="UANN")
    assert shop.member("lee").role == "employee"
    assert shop.refusal(settings.change, "ULEE", {"ADMINS": "ULEE"}).code == "admins_only"
    assert acts(shop) == [("admin_on", "Ada", "Ann"), ("admin_on", "Ada", "Lee"), ("admin_off", "Ann", "Lee")]


def test_whom_the_environment_names_stays_beside_those_of_slack(shop: Office) -> None:
    shop.settle(admins=frozenset({"UBO"}))
    change(shop, "ada", ADMINS="UANN")
    assert stands(shop).admins == {"UANN", "UBO"} and shop.member("bo").role == "admin"
    assert shop.run(storage.texts, TEAM)["ADMINS"] == "UANN", "whom the environment names no more is none any more"
    assert change(shop, "ada", ADMINS="").names == ("ADMINS",)
    assert stands(shop).admins == {"UBO"} and change(shop, "ada", ADMINS="").names == ()
    change(shop, "ada", ADMINS="UANN")
    shop.do(settings.reset, "ADMINS")
    assert stands(shop).admins == {"UBO"}
    assert acts(shop)[-1] == ("admin_off", "", "Ann")
    (reset,) = shop.run(audit.newest, TEAM, acts=("setting_reset",), limit=9)
    assert (reset.subject, reset.before) == ("ADMINS", ""), "whom it named stands in the acts about them"


def test_nobody_takes_off_the_last_admin(shop: Office) -> None:
    change(shop, ADMINS="UANN")
    shop.enrol("ada", is_slack_admin=False)
    refusal = shop.refusal(settings.change, "UANN", {"ADMINS": ""})
    assert isinstance(refusal, WrongSettings) and refusal.problems == {"admins": "setting_last_admin"}
    change(shop, "ann", ADMINS="UBO")
    assert [shop.member(name).role for name in ("ann", "bo")] == ["employee", "admin"]


def test_only_people_whom_slack_knows_are_appointed(shop: Office) -> None:
    assert problems(shop, ADMINS="UNOBODY") == {"admins": "unknown_people"}
    shop.do(settings.change, "UADA", {"ADMINS": "UGUEST"})
    assert shop.member("guest").role == "employee", "nobody is an admin as a guest"

"""Every administrative act is written down: who did what when (product.md 7)."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.services import (
    auditing,
    confirmations,
    people_list,
    questions,
    setting_rituals,
    settings,
    special_days,
    timetable,
)
from bot.services import suggestions as ideas
from bot.services.auditing import EVERYTHING, KINDS, PAGE, Page
from bot.services.people_list import Listing
from bot.services.setting_rituals import keep
from bot.services.settings import WrongSettings
from bot.services.suggestions import Draft
from bot.services.timetable import Wish
from storage import audit, channels
from tests.office import TEAM, Office

NIGHT = {"channel": "CNIGHT", "at": "21:00", "zone": "Asia/Taipei", "workdays": "mon", "holidays": "", "team": "Night"}
Told = tuple[str | None, str, str, str, str]


@pytest.fixture
def shop(office: Office) -> Office:
    """The office with its ritual, and a channel for the night."""
    office.keep_ritual()
    office.run(channels.describe, TEAM, "CNIGHT", is_member=True, now=office.now)
    return office


def told(office: Office) -> list[Told]:
    """What is written down, oldest first: by whom, the act, what it is about, what was before and after."""
    acts = office.run(audit.newest, TEAM, limit=99)
    return [(act.by.name if act.by else None, act.act, act.subject, act.before, act.after) for act in acts][::-1]


def page(office: Office, **wanted: str) -> Page:
    return office.do(auditing.page, "UADA", **wanted)


def test_changes_of_settings_and_leads_are_written_down(shop: Office) -> None:
    office = shop
    ann, lee, lou = (office.member(name).id for name in ("ann", "lee", "lou"))
    office.settle(leads=frozenset({"ULEE", "ULOU"}))
    office.do(settings.change, "UADA", {"RITUAL_TIME": "08:00", "LANGUAGE": "", "LEADS": "UANN,ULOU"})
    assert told(office) == [
        ("Ada", "setting", "RITUAL_TIME", "09:00", "08:00"),
        ("Ada", "lead_on", ann, "", ""),
        ("Ada", "lead_off", lee, "", ""),
    ]
    assert lou not in str(told(office)) and page(office, kind="roles").people[ann].name == "Ann"


def test_rituals_that_are_made_changed_and_removed_are_written_down(shop: Office) -> None:
    shop.do(keep, "UADA", "night", NIGHT, is_new=True)
    shop.do(keep, "UADA", "night", {**NIGHT, "at": "22:00", "team": ""}, is_new=False)
    shop.do(timetable.keep, "night", Wish(workdays=frozenset({1})))
    shop.do(setting_rituals.remove, "UADA", "night")
    assert told(shop) == [
        ("Ada", "ritual_made", "night", "", "21:00 Asia/Taipei"),
        ("Ada", "ritual_at", "night", "21:00", "22:00"),
        ("Ada", "ritual_team", "night", "Night", ""),
        (None, "ritual_days", "night", "mon", "tue"),
        ("Ada", "ritual_removed", "night", "", ""),
    ]
    assert {act for _, act, *_ in told(shop)} <= set(KINDS["rituals"])


def test_a_ritual_that_cannot_be_is_refused_at_its_fields(shop: Office) -> None:
    def wrong(name: str, is_new: bool = True, **texts: str) -> dict[str, str]:
        refusal = shop.refusal(keep, "UADA", name, {**NIGHT, **texts}, is_new=is_new)
        assert isinstance(refusal, WrongSettings)
        return dict(refusal.problems)

    assert wrong("two words", channel="CELSE", at="9", zone="x", workdays="", holidays="x", team="x" * 81) == {
        "name": "ritual_name", "channel": "setting_channel_closed", "at": "setting_ritual_time",
        "zone": "setting_timezone", "workdays": "setting_workdays", "holidays": "setting_holidays",
        "team": "setting_team",
    }  # fmt: skip
    assert wrong("Default") == {"name": "ritual_there"}
    assert shop.refusal(keep, "UADA", "night", NIGHT, is_new=False).code == "no_such_ritual"
    assert shop.refusal(keep, "ULEE", "night", NIGHT, is_new=True).code == "admins_only"
    assert shop.refusal(setting_rituals.remove, "ULEE", "default").code == "admins_only"
    assert shop.refusal(setting_rituals.remove, "UADA", "default").code == "ritual_of_settings"


def test_single_dates_are_written_down_once(shop: Office) -> None:
    day = date(2026, 3, 10)
    for works in (False, False, True, None, None):
        shop.do(special_days.mark_by_admin, "UADA", day, works=works)
    assert told(shop) == [
        ("Ada", "date", "2026-03-10", "ordinary", "free"),
        ("Ada", "date", "2026-03-10", "free", "working"),
        ("Ada", "date", "2026-03-10", "working", "ordinary"),
    ]


def test_questions_ideas_waiting_praise_and_roles_are_written_down(shop: Office) -> None:
    question = _any(shop)
    shop.do(questions.retire, "UADA", question)
    shop.do(questions.restore, "", question)
    sent = shop.do(ideas.send, "UANN", Draft("More light", "Lamps.")).suggestion
    shop.do(ideas.move, "ULEE", sent.id, "review", was="new")
    waiting = shop.praise("bo", "bo", "So kind")
    shop.do(confirmations.decide, "ULEE", waiting.praise.id, accepted=False, reason="No")
    shop.do(people_list.enter, [Listing(name="", email="", team="", role="lead", slack_id="UCY")], before=())
    assert told(shop) == [
        ("Ada", "question_retired", question, "", ""),
        (None, "question_restored", question, "", ""),
        ("Lee", "idea_moved", sent.id, "new", "review"),
        ("Lee", "praise_decided", waiting.praise.id, "", "refused"),
        (None, "listed", shop.member("cy").id, "", "lead"),
    ]


def _any(office: Office) -> str:
    shelf, _ = office.do(questions.shelf, "UADA")
    return shelf.listed[0].question.id


def test_a_refused_act_leaves_no_trace(shop: Office) -> None:
    refused: list[Callable[[], object]] = [
        lambda: shop.refusal(settings.change, "UADA", {"RITUAL_TIME": "x"}),
        lambda: shop.refusal(special_days.mark_by_admin, "ULEE", date(2026, 3, 10), works=True),
    ]
    for act in refused:
        act()
    assert told(shop) == []


def test_pages_go_back_in_time_and_filters_hold(shop: Office) -> None:
    shop.enrol("al", is_slack_admin=True)
    for number in range(PAGE + 5):
        by = "UAL" if number % 2 else "UADA"
        shop.do(settings.change, by, {"RITUAL_TIME": f"10:{number:02}"})
    newest = page(shop)
    assert len(newest.acts) == PAGE and newest.older and newest.acts[0].after == f"10:{PAGE + 4}"
    older = page(shop, below=str(newest.acts[-1].id))
    assert [act.after for act in older.acts] == [f"10:{number:02}" for number in (4, 3, 2, 1, 0)] and not older.older
    of_al = page(shop, who="UAL")
    assert {act.by.slack_id for act in of_al.acts if act.by} == {"UAL"} and not of_al.older
    assert page(shop, kind="dates").acts == () and len(page(shop, kind="settings").acts) == PAGE
    for wrong in ({"kind": "x"}, {"below": "x"}, {"below": "9" * 40}, {"below": "²"}):
        assert shop.refusal(auditing.page, "UADA", **wrong).code == "out_of_date"
    assert shop.refusal(auditing.page, "ULEE", kind=EVERYTHING).code == "admins_only"

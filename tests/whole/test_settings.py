"""Settings changed in Slack, the audit, and the first run, over the local workspace (product.md 7)."""

from pathlib import Path
from typing import Any

import pytest

from bot import schedule
from bot.jobs import retention
from bot.workspace import staff
from storage import models
from storage.database import Database
from tests.commands.invoked import invoke
from tests.stores import Store
from tests.whole.conftest import Opening
from tests.whole.house import House, bot_in, environ_of, until, workspace

FRIDAY = "2026-11-20T08:30:00+08:00"


async def open_settings(house: House, user: str = "sam") -> dict[str, Any]:
    return await house.form(user, "/golden-ear settings")


async def top(house: House, user: str = "sam") -> dict[str, Any]:
    return (await house.people.views(user))[-1]


async def fill(house: House, group: str, values: Any, user: str = "sam") -> dict[str, Any]:
    """Open the settings and the form of a group, and send it with these answers."""
    overview = await open_settings(house, user)
    assert (await house.people.click_view(user, overview["id"], "settings_change", group))["ok"]
    form = await top(house, user)
    if "timezone" in values:
        await house.people.suggest(user, form["id"], "settings_zone", values["timezone"])
    return await house.people.submit(user, form["id"], values)


async def mornings(house: House, channel: str = "#praise") -> list[str]:
    return [text for text in await house.posts(channel) if "Good morning" in text]


async def test_the_next_morning_opens_at_the_time_that_the_form_was_given(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        await house.type("noah", "/praise @ling She found my ring")
        sent = await fill(house, "morning", {"ritual_time": "11:15"})
        assert sent["response"] == "none", sent
        shown = str(await top(house))
        assert "Saved, and in force from now on" in shown and "11:15" in shown
        await house.clock("2026-11-20 09:00:01")
        await house.settled()
        assert house.count(models.Occurrence) == 0
        await house.clock("2026-11-20 11:15:01")
        assert await house.decided("2026-11-20") == "posted"
        assert len(await mornings(house)) == 1


async def test_what_deeds_are_worth_is_said_with_the_companys_numbers(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        refused = await fill(house, "points", {"praise_points": "1001"})
        assert refused["response"] == "errors" and "1000" in refused["errors"]["praise_points"]
        numbers = {"praise_points": "25", "kudos_points": "3", "kudos_daily": "1"}
        assert (await fill(house, "points", numbers))["response"] == "none"
        said = await house.type("noah", "/praise @ling She found my ring")
        assert "25 points" in said
        assert "3 points" in await house.type("noah", "/kudos @ling for the ring")
        said = await house.answered("ling", "/points")
        assert "您有 28 點" in said and "1 份感謝" in said


async def test_the_members_of_a_chosen_user_group_lead_as_soon_as_it_is_chosen(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        overview = await open_settings(house)
        assert (await house.people.click_view("sam", overview["id"], "settings_change", "people"))["ok"]
        form = await top(house)
        offered = await house.people.suggest("sam", form["id"], "settings_group", "kitchen")
        chosen = next(value for value in str(offered).split("'") if value in staff.TEAMS.values())
        assert (await house.people.submit("sam", form["id"], {"leads_group": chosen}))["response"] == "none"
        leads = {row["slack_id"] for row in house.rows(models.Person, models.Person.grouped != "")}
        team = next(name for name, group in staff.TEAMS.items() if group == chosen)
        assert leads == {one.id for one in staff.STAFF if one.team == team}


async def test_chosen_user_groups_are_teams_within_seconds_and_let_go_when_they_are_taken_out(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        overview = await open_settings(house)
        assert (await house.people.click_view("sam", overview["id"], "settings_change", "people"))["ok"]
        form = await top(house)
        await house.people.suggest("sam", form["id"], "team_groups", "")
        chosen = [staff.TEAMS["Kitchen"], staff.TEAMS["Reception"]]
        assert (await house.people.submit("sam", form["id"], {"team_groups": chosen}))["response"] == "none"
        shown = str(await top(house))
        assert all(group in shown for group in chosen)
        of = {one.id: one.team for one in staff.STAFF if one.team in ("Kitchen", "Reception")}
        await until(lambda: {row["slack_id"]: row["team"] for row in house.rows(models.Person) if row["team"]} == of)
        assert (await fill(house, "people", {"team_groups": chosen[:1]}))["response"] == "none"
        assert {row["team"] for row in house.rows(models.Person)} == {"", "Kitchen"}


async def test_an_admin_is_appointed_in_slack_and_can_give_it_back(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        assert (await fill(house, "people", {"admins": ["noah"]}))["response"] == "none"
        assert (await fill(house, "morning", {"ritual_time": "11:15"}, "noah"))["response"] == "none"
        sent = await fill(house, "people", {"admins": []}, "noah")
        assert sent["response"] == "update", sent
        assert "Saved" in str(await top(house, "noah"))
        said = await house.type("noah", "/golden-ear settings")
        assert "Only admins" in said, said
        assert "no admin by appointment" in str(await house.form("sam", "/golden-ear audit"))


async def test_a_form_opens_though_slack_is_slow_to_tell_of_user_groups(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        await house.people.fault("slow", "usergroups.list", count=0, seconds=2.5)
        overview = await open_settings(house)
        assert (await house.people.click_view("sam", overview["id"], "settings_change", "people"))["ok"]
        assert (await top(house))["callback_id"] == "settings_form"
        assert [fault["hits"] for fault in await house.people.faults()] == [0], "none is chosen, none need be named"


async def test_a_limit_for_words_is_looked_at_twice_and_then_takes_what_is_older(opened: Opening) -> None:
    async with opened("http", "2025-06-02T10:00:00+08:00") as house:
        await house.type("noah", '/praise @ling "She found my ring" from Mrs Hathersage')
        await house.settled()
        await house.clock("2026-11-20 08:30")
        assert (await fill(house, "keeping", {"keep_months": "2"}))["response"] == "errors"
        assert (await fill(house, "keeping", {"keep_months": "12"}))["response"] == "update"
        look = await top(house)
        assert look["callback_id"] == "settings_keep_form" and ": 1" in str(look["blocks"])
        desk = house.bot.desk
        assert desk is not None and desk.company.keep_months == 0, "nothing stands before the second look"
        assert (await house.people.submit("sam", look["id"], {}))["response"] == "none"
        assert desk.company.keep_months == 12
        await retention.replace(desk)
        await house.settled()
        assert "Hathersage" not in str(await house.posts()) and "found my ring" not in str(await house.dms("ling"))
        assert "Hathersage" not in str(house.dump())


async def test_everything_on_the_forms_goes_in_at_once(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        morning = {"timezone": "Asia/Tokyo", "workdays": ["sat", "sun"], "holidays": "JP"}
        praise = {"quiet_hours": "20:00", "quiet_hours_end": "07:00", "values": "heart", "kudos_emoji": "sparkles",
                  "praise_channel": "#random"}  # fmt: skip
        pulse = {"pulse": "on", "pulse_days": ["mon", "fri"], "pulse_time": "14:00", "pulse_sample": "40",
                 "support_contacts": "Ann, 123\nhelp@hotel.example"}  # fmt: skip
        people = {"language": "zh-Hant", "leads": ["noah"]}
        for group, values in (("morning", morning), ("praise", praise), ("pulse", pulse), ("people", people)):
            assert (await fill(house, group, values))["response"] == "none", group
        desk = house.bot.desk
        assert desk is not None
        now = desk.company
        assert (now.zone.key, now.workdays, now.holidays, now.values) == (
            "Asia/Tokyo",
            frozenset({5, 6}),
            "JP",
            ("heart",),
        )
        assert (now.praise_channel, now.kudos_emoji, now.language) == ("C0RANDOM01", "sparkles", "zh-Hant")
        assert (now.pulse, now.pulse_days, now.pulse_sample) == (True, frozenset({0, 4}), 40)
        assert now.support_contacts == ("Ann, 123", "help@hotel.example") and now.leads == {"U0NOAH0000"}
        (noah,) = house.rows(models.Person, models.Person.slack_id == "U0NOAH0000")
        assert noah["appointed"] == "lead"
        await house.clock("2026-11-20 12:00")
        await house.type("mei", "/praise @ling She found my ring")
        await house.posted("She found my ring", "這是", channel="#random")
        assert await house.posts("#praise") == []


async def test_what_cannot_be_is_said_at_its_field_in_the_readers_language_and_changes_nothing(opened: Opening) -> None:
    async with opened("http", FRIDAY, ADMINS="U0LING0000") as house:
        await house.settled()
        before = house.dump()
        sent = await fill(
            house, "praise", {"quiet_hours": "20:00", "quiet_hours_end": "20:00", "values": "a b"}, "ling"
        )
        assert sent["response"] == "errors" and set(sent["errors"]) == {"quiet_hours", "values"}
        assert "空白" in sent["errors"]["values"] and "開始" in sent["errors"]["quiet_hours"]
        form = await top(house, "ling")
        again = await house.people.submit("ling", form["id"], {"quiet_hours_end": "21:00", "values": "heart"})
        assert again["response"] == "none" and house.dump() != before


async def test_two_admins_at_the_same_form_do_not_undo_one_another(opened: Opening) -> None:
    async with opened("http", FRIDAY, ADMINS="U0NOAH0000") as house:
        overview = await open_settings(house, "noah")
        assert (await house.people.click_view("noah", overview["id"], "settings_change", "pulse"))["ok"]
        form = await top(house, "noah")
        assert (await fill(house, "pulse", {"pulse": "off", "pulse_time": "14:00"}))["response"] == "none"
        sent = await house.people.submit("noah", form["id"], {"pulse_time": "15:00"})
        assert sent["response"] == "errors" and "Somebody else" in sent["errors"].pop("pulse_time")
        assert sent["errors"] == {}
        again: Any = {"pulse_time": "10:00", "support_contacts": "Ann, 123"}
        assert (await house.people.submit("noah", form["id"], again))["response"] == "none"
        assert house.bot.desk
        now = house.bot.desk.company
        assert (now.pulse, f"{now.pulse_at:%H:%M}", now.support_contacts) == (False, "14:00", ("Ann, 123",))


async def test_a_private_channel_is_refused_until_somebody_invites_the_bot(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        office = await house.people.add_channel("back-office", private=True, members=["sam"])
        sent = await fill(house, "praise", {"praise_channel": office["id"]})
        assert sent["response"] == "errors" and "/invite" in sent["errors"]["praise_channel"]
        await house.people.invite("goldenear", office["id"], by="sam")
        await house.settled()
        sent = await house.people.submit("sam", (await top(house))["id"], {"praise_channel": office["id"]})
        assert sent["response"] == "none", sent
        await house.clock("2026-11-20 12:00")
        await house.type("noah", "/praise @ling She found my ring")
        await house.posted("She found my ring", channel=office["id"])


async def test_a_morning_is_added_changed_and_removed(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        overview = await open_settings(house)
        assert (await house.people.click_view("sam", overview["id"], "settings_ritual", "+"))["ok"]
        values: Any = {"name": "night", "channel": "#random", "at": "10:00", "team": ""}
        sent = await house.people.submit("sam", (await top(house))["id"], values)
        assert sent["response"] == "none", sent
        assert "night" in str(await top(house))
        assert (await house.people.click_view("sam", overview["id"], "settings_ritual", "night"))["ok"]
        assert (await house.people.submit("sam", (await top(house))["id"], {"at": "10:30"}))["response"] == "none"
        await house.type("noah", "/praise @ling She found my ring")
        await house.clock("2026-11-20 10:30:01")
        await until(lambda: house.count(models.Occurrence) == 2)
        await house.settled()
        assert len(await mornings(house, "#random")) == 1
        assert (await house.people.click_view("sam", overview["id"], "settings_ritual_remove", "night"))["ok"]
        await until(lambda: house.count(models.Ritual, models.Ritual.retired_at.is_(None)) == 1)  # type: ignore[union-attr]
        assert "night" not in str((await top(house))["blocks"])


async def test_the_audit_tells_in_plain_words_who_did_what(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        await fill(house, "morning", {"ritual_time": "08:45"})
        await house.type("sam", "/golden-ear free 2026-12-24")
        view = await house.form("sam", "/golden-ear audit")
        shown = str(view["blocks"])
        assert "09:00 → 08:45" in shown and "24 December 2026: ordinary → free" in shown
        assert (await house.people.click_view("sam", view["id"], "audit_by_kind", "dates"))["ok"]
        assert "08:45" not in str((await top(house))["blocks"]) and "24 December" in str((await top(house))["blocks"])
        assert (await house.people.click_view("sam", view["id"], "audit_by_person", "noah"))["ok"]
        assert "Nothing is written down here" in str((await top(house))["blocks"])
        assert (await house.people.click_view("sam", view["id"], "audit_everybody"))["ok"]
        assert "24 December" in str((await top(house))["blocks"])


async def test_two_processes_on_one_database_and_a_restart_go_by_the_same(
    tmp_path: Path, database: Database, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "REHEARSAL_S", 0.25)
    async with workspace(tmp_path, FRIDAY) as (slack, people):
        async with bot_in(slack, people, database, "socket") as first:
            other = Database(database.engine.url.render_as_string(hide_password=False))
            try:
                async with bot_in(slack, people, other, "http") as second:
                    assert second.bot.desk and first.bot.desk
                    assert (await fill(second, "morning", {"ritual_time": "08:45"}))["response"] == "none"
                    assert f"{second.bot.desk.company.ritual_at:%H:%M}" == "08:45"
                    await until(lambda: f"{first.bot.desk.company.ritual_at:%H:%M}" == "08:45")  # type: ignore[union-attr]
            finally:
                other.close()
        async with bot_in(slack, people, database, "socket") as again:
            assert again.bot.desk and f"{again.bot.desk.company.ritual_at:%H:%M}" == "08:45"
            environ = environ_of(slack, again.bot.settings.database_url, "http")
            status, said = await invoke("settings", "list", **environ)
            assert (
                status == 0 and "RITUAL_TIME=08:45  (from Slack, by" in said and "LANGUAGE=  (from the default)" in said
            )
            status, said = await invoke("settings", "reset", "ritual_time", **environ)
            assert status == 0, said
            desk = again.bot.desk
            await until(lambda: f"{desk.company.ritual_at:%H:%M}" == "09:00")
            assert again.rows(models.Ritual)[0]["at"] == "09:00"
            status, said = await invoke("settings", "reset", "ritual_time", **environ)
            assert status == 2 and "Nothing stands over" in said


async def test_the_first_admin_who_writes_is_led_through_three_choices_and_nobody_else(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        await house.type("noah", "/golden-ear help")
        await house.type("sam", "/golden-ear help")
        greeting = await house.dm("sam", "Golden Ear is here", "1 of 3")
        await choose(house, greeting, "setup_channel", "#random", "2 of 3")
        await choose(house, greeting, "setup_time", "08:50", "3 of 3")
        await choose(house, greeting, "setup_language", "zh-Hant", "That was all")
        assert house.bot.desk
        now = house.bot.desk.company
        assert (now.praise_channel, f"{now.ritual_at:%H:%M}", now.language) == ("C0RANDOM01", "08:50", "zh-Hant")
        await house.type("sam", "/golden-ear help")
        await house.settled()
        assert len(await house.dms("sam")) == 1 and await house.dms("noah") == []


async def choose(house: House, message: dict[str, Any], action_id: str, value: str, shows: str) -> None:
    """Choose in the greeting, which then shows the next choice."""
    assert (await house.people.click("sam", message["channel"], message["ts"], action_id, value))["ok"]
    await house.dm("sam", shows)


async def test_who_is_named_in_the_environment_is_greeted_without_a_word_and_can_keep_what_stands(
    opened: Opening,
) -> None:
    async with opened("socket", FRIDAY, ADMINS="U0LING0000") as house:
        greeting = await house.dm("ling", "Golden Ear", "第 1 項，共 3 項")
        for shows in ("第 2 項", "第 3 項", "這樣就好了"):
            assert (await house.people.click("ling", greeting["channel"], greeting["ts"], "setup_keep"))["ok"]
            await house.dm("ling", shows)
        await house.type("sam", "/golden-ear help")
        await house.settled()
        assert await house.dms("sam") == [] and house.count(models.Setting) == 0


async def test_a_company_that_opened_a_day_is_not_greeted(tmp_path: Path, database: Database) -> None:
    async with workspace(tmp_path, FRIDAY) as (slack, people):
        async with bot_in(slack, people, database, "http") as house:
            await house.type("noah", "/praise @ling She found my ring")
            await house.clock("2026-11-20 09:00:01")
            assert await house.decided("2026-11-20") == "posted"
        async with bot_in(slack, people, database, "http", ADMINS="U0SAM00000") as house:
            await house.type("sam", "/golden-ear help")
            await house.settled()
            assert await house.dms("sam") == []

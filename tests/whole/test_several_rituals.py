"""More rituals than one, kept by the command line while the bot runs, and single dates (product.md 1)."""

from datetime import date

import pytest

from bot.jobs import upkeep
from bot.services.rituals import Morning
from bot.views import rituals
from storage import models
from storage.outbox import Message
from tests.commands.invoked import invoke
from tests.whole.conftest import Opening
from tests.whole.house import House, environ_of, until

TUESDAY = "2026-11-24T08:00:00+08:00"


async def golden(house: House, *arguments: str) -> tuple[int, str]:
    """Run `golden-ear …` beside the bot of a house; gives its exit status and words.

    It has connections of its own and meets the bot in the database only.
    """
    return await invoke(*arguments, **environ_of(house.slack, house.bot.settings.database_url, "http"))


async def mornings(house: House, channel: str) -> list[str]:
    return [text for text in await house.posts(channel) if "Good morning" in text]


async def settled(house: House, name: str, day: str) -> str:
    """What became of a ritual on a date, once that is decided and has left."""
    (ritual,) = house.rows(models.Ritual, models.Ritual.name == name)
    here = (models.Occurrence.ritual_id == ritual["id"], models.Occurrence.local_date == date.fromisoformat(day))
    await until(lambda: house.count(models.Occurrence, *here) == 1)
    await house.settled()
    return str(house.rows(models.Occurrence, *here)[0]["state"])


async def test_a_ritual_set_while_the_bot_runs_posts_in_its_channel(opened: Opening) -> None:
    async with opened("socket", TUESDAY) as house:
        status, said = await golden(house, "ritual", "set", "late", "--channel", "C0RANDOM01", "--at", "14:00")
        assert (status, said.splitlines()[0].split("  ")) == (
            0,
            ["late", "14:00 Asia/Hong_Kong", "mon,tue,wed,thu,fri", "C0RANDOM01", "next Tue 2026-11-24 14:00"],
        )
        await house.type("noah", "/praise @ling She found my ring")
        await house.clock("2026-11-24 09:00:01")
        assert await settled(house, "default", "2026-11-24") == "posted"
        assert len(await mornings(house, "#praise")) == 1 and await mornings(house, "#random") == []
        await house.type("noah", "/praise @hao And he carried it")
        await house.clock("2026-11-24 14:00:01")
        assert await settled(house, "late", "2026-11-24") == "posted"
        (late,) = await mornings(house, "#random")
        assert "She found my ring" in late and "And he carried it" in late
        assert len(await mornings(house, "#praise")) == 1
        status, said = await golden(house, "ritual", "remove", "late")
        assert status == 0 and "is removed" in said
        await house.clock("2026-11-25 14:00:01")
        assert await settled(house, "default", "2026-11-25") in ("posted", "skipped")
        assert len(await mornings(house, "#random")) == 1


async def test_its_post_is_in_the_language_of_its_channel(opened: Opening) -> None:
    async with opened("http", TUESDAY) as house:
        await golden(house, "ritual", "set", "kitchen", "--channel", "C0KITCHEN1", "--at", "10:00")
        await house.type("noah", "/praise @ling She found my ring")
        await house.clock("2026-11-24 10:00:01")
        assert await settled(house, "kitchen", "2026-11-24") == "posted"
        (text,) = await house.posts("#kitchen-office")
        assert "还" in text or "这" in text or "来" in text


async def test_a_ritual_that_fails_stops_no_other_and_is_tried_again(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = rituals.morning

    def broken(morning: Morning, language: str) -> Message:
        if morning.ritual.name == "broken":
            raise RuntimeError("this one cannot be drawn")
        return draw(morning, language)

    async with opened("http", TUESDAY) as house:
        for name in ("broken", "zest"):
            await golden(house, "ritual", "set", name, "--channel", "C0RANDOM01", "--at", "09:00")
        await house.type("noah", "/praise @ling She found my ring")
        monkeypatch.setattr(rituals, "morning", broken)
        await house.clock("2026-11-24 09:00:01")
        for name in ("default", "zest"):
            assert await settled(house, name, "2026-11-24") == "posted"
        await until(lambda: any("ritual=broken could not be opened" in failure for failure in house.failures()))
        monkeypatch.setattr(rituals, "morning", draw)
        assert await settled(house, "broken", "2026-11-24") == "posted"
        assert len(await mornings(house, "#random")) == 2
        house.records.clear()  # what was to be seen there was seen


async def test_a_ritual_in_a_zone_that_this_machine_lost_is_told_in_the_log_and_stops_no_other(hotel: House) -> None:
    await golden(hotel, "ritual", "set", "late", "--channel", "C0RANDOM01", "--at", "09:00")
    lost = models.Ritual.__table__.update().where(models.Ritual.name == "late").values(zone="Mars/Base")  # type: ignore[attr-defined]
    hotel.database.write_now(lambda session: session.execute(lost))
    assert hotel.bot.desk
    await upkeep.settle_in(hotel.bot.desk)
    told = [record.getMessage() for record in hotel.records]
    assert any("ritual=late waits: this machine does not know its zone Mars/Base" in line for line in told)
    await hotel.type("noah", "/praise @ling She found my ring")
    await hotel.clock("2026-11-24 09:00:01")
    assert await settled(hotel, "default", "2026-11-24") == "posted"
    assert hotel.failures() == []


async def test_admins_see_all_rituals_or_one_of_them(opened: Opening) -> None:
    async with opened("http", TUESDAY) as house:
        await golden(house, "ritual", "set", "late", "--channel", "C0RANDOM01", "--at", "14:00", "--team", "Nobody")
        await house.type("noah", "/praise @ling She found my ring")
        both = await house.answered("sam", "/golden-ear preview")
        assert "09:00 (Asia/Hong_Kong)" in both and "She found my ring" in both
        assert "late: 14:00" in both and "Nobody" in both and "nothing to open the day with" in both
        one = await house.answered("sam", "/golden-ear preview LATE")
        assert "nothing is posted" in one and "late: 14:00" in one
        assert "no ritual of that name" in await house.type("sam", "/golden-ear preview night")


async def test_on_a_free_date_nothing_is_sent_and_on_a_working_saturday_there_is(hotel: House) -> None:
    await hotel.type("noah", "/praise @ling She found my ring")
    said = await hotel.type("sam", "/golden-ear free 2026-11-24")
    assert "Tuesday 24 November 2026 is free now" in said.replace(",", "") and "no ritual opens" in said
    assert "/golden-ear ordinary 2026-11-24" in said
    said = await hotel.type("sam", "/golden-ear working 2026-11-28")
    assert "is a working day now" in said and "09:00 (Asia/Hong_Kong)" in said
    await hotel.clock("2026-11-24 09:00:01")
    assert await settled(hotel, "default", "2026-11-24") == "rest"
    assert await mornings(hotel, "#praise") == []
    await hotel.clock("2026-11-28 09:00:01")
    assert await settled(hotel, "default", "2026-11-28") == "posted"
    assert len(await mornings(hotel, "#praise")) == 1
    said = await hotel.type("sam", "/golden-ear ordinary 2026-11-28")
    assert "an ordinary date again" in said and "settled that date before" in said


async def test_the_coming_dates_are_shown_with_holidays(opened: Opening) -> None:
    async with opened("http", TUESDAY, HOLIDAYS="TW") as house:
        await house.type("sam", "/golden-ear free 2026-12-24")
        assert (await golden(house, "dates", "working", "2026-12-26"))[0] == 0
        text = await house.type("sam", "/golden-ear dates")
        assert "24 December 2026: free, set by <@U0SAM00000>" in text
        assert "26 December 2026: working, set by the command line" in text
        assert "The calendar TW up to 23 January 2027:" in text and "Constitution Day" in text
        status, said = await golden(house, "dates", "list")
        assert status == 0 and "Thu 2026-12-24  free, set by U0SAM00000" in said and "TW: Constitution Day" in said


@pytest.mark.parametrize("typed", ["dates", "free 2026-12-24", "working 2026-12-26", "ordinary 2026-12-24", "preview"])
async def test_whoever_is_no_admin_is_told_so(house: House, typed: str) -> None:
    before = house.count(models.SpecialDay)
    for user in ("noah", "mei"):
        said = await house.type(user, f"/golden-ear {typed}")
        assert "admins" in said or "管理員" in said
    assert house.count(models.SpecialDay) == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("free", "That is not a date"),
        ("free 24.12.2026", "That is not a date"),
        ("free 2026-02-30", "That is not a date"),
        ("free 20261224", "That is not a date"),
        ("working tomorrow", "That is not a date"),
        ("free 2026-11-22", "22 November 2026 is past"),
        ("free 2062-12-24", "more than two years away"),
        ("free 9999-12-31", "more than two years away"),
        ("dates 2026", "did not understand"),
        ("ordinary 2026-12-24 please", "That is not a date"),
    ],
)
async def test_what_is_no_date_is_told_in_words_and_changes_nothing(hotel: House, typed: str, words: str) -> None:
    assert words in await hotel.type("sam", f"/golden-ear {typed}")
    assert hotel.count(models.SpecialDay) == 0

"""The morning ritual over weekends, holidays, swap days, changes of the clocks and outages (product.md 1)."""

from pathlib import Path

import pytest

from storage import models
from storage.database import Database
from tests.whole.conftest import Opening
from tests.whole.house import House, bot_in, workspace

FRIDAY = "2026-11-20T08:30:00+08:00"


async def praised(house: House, at: str, words: str, whom: str = "@ling", by: str = "noah") -> None:
    await house.clock(at)
    assert await house.type(by, f"/praise {whom} {words}")
    await house.settled()


async def mornings(house: House) -> list[str]:
    return [text for text in await house.posts() if "Good morning" in text]


async def test_monday_covers_the_weekend_and_each_praise_is_new_once(opened: Opening) -> None:
    async with opened("socket", FRIDAY) as house:
        await praised(house, "2026-11-20 08:35", "Early on Friday")
        await house.clock("2026-11-20 09:00:01")
        assert await house.decided("2026-11-20") == "posted"
        await praised(house, "2026-11-20 15:00", "Late on Friday", "@hao")
        await praised(house, "2026-11-21 12:00", "On Saturday, at the wedding", "@rosa @jun", "aiko")
        await house.clock("2026-11-22 09:00:01")
        assert await house.decided("2026-11-22") == "rest"
        assert await house.decided("2026-11-21") == "rest"
        await house.clock("2026-11-23 09:00:01")
        assert await house.decided("2026-11-23") == "posted"
        first, second = await mornings(house)
        assert "Friday" in first and "Early on Friday" in first
        assert "Monday" in second and "On Saturday, at the wedding" in second and "Late on Friday" in second
        assert "Early on Friday" not in second and "/praise" in second
        quote = second.index("On Saturday")
        assert quote < second.index("Late on Friday"), "the longest words open the day"


async def test_most_applause_opens_and_then_ten_in_a_line_and_how_many_more(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        people = ["ling", "hao", "jun", "rosa", "priya", "yun", "chen", "aiko", "noah", "mei", "tomas", "sam"]
        for number, (by, whom) in enumerate(zip(people, people[1:] + people[:1], strict=True)):
            await house.type(by, f"/praise @{whom} Kind word number {number:02}")
        await house.type("ling", "/praise @jun " + "A much longer word of praise " * 5)
        post = await house.posted("number 03")
        await house.people.react("sam", "#praise", post["ts"], "tada")
        await house.settled()
        await house.clock("2026-11-20 09:00:01")
        assert await house.decided("2026-11-20") == "posted"
        (text,) = await mornings(house)
        assert text.index("number 03") < text.index("1 colleague applauds") < text.index("New as well")
        lines = [line for line in text.splitlines() if line.startswith("• ")]
        assert len(lines) == 10 and "much longer" in lines[0] and "number 11" in lines[1] and "number 02" in lines[9]
        assert "And 2 more" in text


async def test_the_same_person_does_not_open_two_mornings_running_if_another_can(opened: Opening) -> None:
    async with opened("http", FRIDAY) as house:
        await house.type("noah", "/praise @ling The first morning is yours")
        await house.clock("2026-11-20 09:00:01")
        assert await house.decided("2026-11-20") == "posted"
        await house.type("noah", "/praise @ling By far the longest words of all of them again")
        await house.type("noah", "/praise @hao Short")
        await house.settled()
        await house.clock("2026-11-23 09:00:01")
        assert await house.decided("2026-11-23") == "posted"
        text = (await mornings(house))[-1]
        assert text.index("“Short”") < text.index("By far the longest")


async def test_without_news_an_unfeatured_older_praise_opens_the_day_and_without_any_it_is_silent(
    opened: Opening,
) -> None:
    async with opened("http", "2026-11-18T08:30:00+08:00") as house:
        await house.clock("2026-11-18 09:00:01")
        assert await house.decided("2026-11-18") == "silent"
        assert await house.posts() == []
        await house.clock("2026-11-18 10:00")
        await house.type("noah", "/praise @ling The one that opens Thursday")
        await house.type("noah", "/praise @hao The other")
        await house.settled()
        for day in (19, 20):
            await house.clock(f"2026-11-{day} 09:00:01")
            assert await house.decided(f"2026-11-{day}") == "posted"
        thursday, friday = await mornings(house)
        assert "The one that opens Thursday" in thursday and "older" not in thursday
        assert "an older one opens this day" in friday and "The other" in friday and "Thursday" not in friday
        await house.clock("2026-11-23 09:00:01")
        assert await house.decided("2026-11-23") == "silent"


async def test_a_holiday_is_no_working_day(opened: Opening) -> None:
    async with opened("http", "2026-12-24T08:30:00+08:00", HOLIDAYS="HK") as house:
        await house.type("noah", "/praise @ling Merry Christmas")
        await house.clock("2026-12-24 09:00:01")
        assert await house.decided("2026-12-24") == "posted"
        await house.type("noah", "/praise @hao And to you")
        await house.clock("2026-12-28 09:00:01")
        assert await house.decided("2026-12-25") == "rest", "a Friday"
        assert await house.decided("2026-12-28") == "posted"
        assert len(await mornings(house)) == 2


async def test_a_swap_day_is_a_working_day(opened: Opening) -> None:
    async with opened("http", "2026-02-14T08:30:00+08:00", HOLIDAYS="CN") as house:
        await house.type("noah", "/praise @ling A Saturday before the New Year")
        await house.clock("2026-02-14 09:00:01")
        assert await house.decided("2026-02-14") == "posted"
        await house.type("noah", "/praise @hao In the holidays")
        await house.clock("2026-02-17 09:00:01")
        assert await house.decided("2026-02-17") == "rest", "a Tuesday"
        assert len(await mornings(house)) == 1


NEW_YORK = {"TIMEZONE": "America/New_York", "WORKDAYS": "mon,tue,wed,thu,fri,sat,sun", "QUIET_HOURS": ""}


@pytest.mark.parametrize(
    ("ritual", "day", "before", "after", "later"),
    [
        # 02:30 does not exist: pushed past the gap, to 03:30 by the clock
        ("02:30", "2026-03-08", "07:29:30", "07:30:01", "08:30:01"),
        # 01:30 comes twice: the first one counts, and the second brings no more
        ("01:30", "2026-11-01", "05:29:30", "05:30:01", "06:30:01"),
        # the hour by the wall stays the same
        ("09:00", "2026-03-08", "12:59:30", "13:00:01", "14:00:01"),
        ("09:00", "2026-11-01", "13:59:30", "14:00:01", "15:00:01"),
    ],
)
async def test_the_clocks_change(opened: Opening, ritual: str, day: str, before: str, after: str, later: str) -> None:
    async with opened("http", f"{day}T03:00:00+00:00", RITUAL_TIME=ritual, **NEW_YORK) as house:
        await house.type("noah", "/praise @ling On the day when the clocks change")
        await house.people.set_clock(f"{day}T{before}+00:00")
        await house.settled()
        assert not any(row["local_date"].isoformat() == day for row in house.rows(models.Occurrence))
        await house.people.set_clock(f"{day}T{after}+00:00")
        assert await house.decided(day) == "posted"
        (row,) = (row for row in house.rows(models.Occurrence) if row["local_date"].isoformat() == day)
        assert row["due_at"].strftime("%H:%M:%S") == after[:-1] + "0"
        await house.people.set_clock(f"{day}T{later}+00:00")
        await house.type("noah", "/praise @hao Later that day")
        await house.settled()
        assert len(await mornings(house)) == 1


@pytest.mark.parametrize(("hours", "state"), [(3, "posted"), (5, "skipped")])
async def test_a_ritual_missed_while_the_bot_was_away(
    tmp_path: Path, database: Database, hours: int, state: str
) -> None:
    async with workspace(tmp_path, "2026-11-23T17:00:00+08:00") as (slack, people):
        async with bot_in(slack, people, database, "socket") as house:
            await house.type("noah", "/praise @ling Before the outage")
        await people.set_clock(f"2026-11-24T{9 + hours:02}:00:00+08:00")
        async with bot_in(slack, people, database, "socket") as house:
            assert await house.decided("2026-11-24") == state
            assert len(await mornings(house)) == (state == "posted")
            if state == "skipped":
                told = await house.dm("sam", "was skipped", "Tuesday", "09:00")
                assert "opens the next morning" in told["text"]
                assert await house.dms("tomas") == [] and await house.dms("noah") == []
                await house.clock("2026-11-25 09:00:01")
                assert await house.decided("2026-11-25") == "posted"
                assert "Before the outage" in (await mornings(house))[0]
            assert await house.is_in_order()
        async with bot_in(slack, people, database, "socket") as house:
            await house.settled()
            assert len(await mornings(house)) == 1

"""From the sixth of a person's day on, praise, thanks and decisions come in one message (product.md 4)."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from storage import models
from tests.whole.house import House, environ_of, until, workspace
from tests.whole.programs import PATIENCE_S, Program, program

RECORDERS = ("noah", "aiko", "jun", "ling")
"""More than three of one colleague in a week by one person wait for a lead."""
NOT_ME = "praise_not_me"
TO_ROSA = '"channel": "U0ROSA0000"'


async def praised(house: House, first: int, last: int, whom: str = "@rosa @priya") -> None:
    for number in range(first, last + 1):
        assert await house.type(RECORDERS[number % 4], f"/praise {whom} Kind act {number:02}."), "it was acknowledged"


async def gathered(house: House, user: str, *contains: str) -> dict:
    return await house.dm(user, "more came for you", *contains)


def shown(text: str) -> list[int]:
    """The numbers of the praises in a message."""
    return [number for number in range(100) if f"Kind act {number:02}." in text]


async def seen(house: House, user: str) -> list[list[int]]:
    """The numbers of the praises in each message to a person, oldest first."""
    return [shown(text) for text in await house.dms(user)]


async def test_eight_a_day_are_five_messages_and_one_of_three_at_five_in_each_zone(house: House) -> None:
    await praised(house, 1, 8)
    for user in ("rosa", "priya"):
        await house.people.wait({"dm": user, "count": 5})
    await house.settled()
    assert len(await house.posts()) == 8, "the channel gets each of them"
    await house.clock("2026-11-23 16:59:20")
    await house.settled()
    assert await seen(house, "rosa") == [[1], [2], [3], [4], [5]]

    await house.clock("2026-11-23 17:00:01")
    message = await gathered(house, "rosa")
    assert "3 more came for you" in message["text"] and shown(message["text"]) == [6, 7, 8]
    await house.clock("2026-11-23 18:00")
    await praised(house, 9, 9)
    await house.settled()
    assert (len(await house.dms("rosa")), len(await house.dms("priya"))) == (6, 5)

    await house.clock("2026-11-24 01:00:01")  # five in the afternoon in London, and quiet at the hotel
    assert shown((await gathered(house, "priya"))["text"]) == [6, 7, 8, 9]
    await house.clock("2026-11-24 08:59:30")
    await house.settled()
    assert len(await house.dms("rosa")) == 6
    await house.clock("2026-11-24 09:00:05")
    await gathered(house, "rosa", "Kind act 09.")
    await house.settled()
    assert await seen(house, "rosa") == [[1], [2], [3], [4], [5], [6, 7, 8], [9]]
    assert len(await house.dms("priya")) == 6

    await house.clock("2026-11-24 10:00")
    await praised(house, 10, 10)
    await house.dm("rosa", "Kind act 10.")


async def test_five_a_day_come_by_themselves_and_nothing_is_gathered(hotel: House) -> None:
    await praised(hotel, 1, 5, "@rosa")
    await hotel.people.wait({"dm": "rosa", "count": 5})
    for moment in ("2026-11-23 17:00:01", "2026-11-24 09:00:01"):
        await hotel.clock(moment)
        await hotel.settled()
    assert await seen(hotel, "rosa") == [[1], [2], [3], [4], [5]]
    assert hotel.count(models.Gathered) == 0


async def test_it_was_not_me_and_i_had_help_among_others(hotel: House) -> None:
    await praised(hotel, 1, 7, "@rosa")
    await hotel.clock("2026-11-23 17:00:01")
    message = await gathered(hotel, "rosa")
    values = {
        number: row["id"]
        for number in (6, 7)
        for row in hotel.rows(models.Praise)
        if f"Kind act {number:02}." in row["words"]
    }
    place = (message["channel"], message["ts"])

    assert (await hotel.people.click("rosa", *place, "praise_had_help", value=values[6]))["ok"]
    form = (await hotel.people.wait({"view": "rosa"}))[-1]
    assert "Kind act 06." in str(form)
    await hotel.people.submit("rosa", form["id"], {"people": ["yun"]})
    await hotel.dm("yun", "Kind act 06.")

    assert (await hotel.people.click("rosa", *place, NOT_ME, value=values[7]))["ok"]
    form = (await hotel.people.wait({"view": "rosa", "contains": "Whom did the customer mean"}))[-1]
    await hotel.people.submit("rosa", form["id"], {"person": "hao"})
    await hotel.dm("hao", "Kind act 07.")
    changed = await gathered(hotel, "rosa", "you handed it on to <@U0HAO00000>")
    assert changed["ts"] == message["ts"] and shown(changed["text"]) == [6, 7]
    assert values[6] in str(changed["blocks"]) and values[7] not in str(changed["blocks"])
    assert "stays private" in await hotel.press("rosa", changed, "praise_private")


async def test_thanks_by_a_reaction_that_was_taken_off_again_are_not_in_it(hotel: House) -> None:
    await praised(hotel, 1, 6, "@rosa")
    ts = await hotel.people.say("rosa", "#general", "I fixed the lift")
    for giver in ("sam", "yun"):
        await hotel.people.react(giver, "#general", ts, "star")
    await hotel.people.unreact("sam", "#general", ts, "star")
    await hotel.settled()
    await hotel.clock("2026-11-23 17:00:01")
    message = await gathered(hotel, "rosa", "2 more came")
    assert "U0YUN00000" in message["text"] and "U0SAM00000" not in message["text"]
    assert shown(message["text"]) == [6]


async def test_whoever_travels_gets_it_at_five_where_they_are(hotel: House) -> None:
    await praised(hotel, 1, 7, "@rosa")
    await hotel.people.update_user("rosa", tz="Europe/London")
    await until(lambda: {row["zone"] for row in hotel.rows(models.Gathered)} == {"Europe/London"})
    await hotel.clock("2026-11-23 17:00:01")
    await hotel.settled()
    assert len(await hotel.dms("rosa")) == 5
    await hotel.clock("2026-11-24 01:00:01")
    assert shown((await gathered(hotel, "rosa"))["text"]) == [6, 7]


async def test_whoever_praises_somebody_for_the_sixth_time_is_told_that_the_words_come_later(hotel: House) -> None:
    await praised(hotel, 1, 5, "@rosa")
    said = await hotel.type("sam", "/praise @rosa @hao They were one team")
    assert "to the praise channel and to <@U0HAO00000> now" in said
    assert "<@U0ROSA0000> gets the words together with others" in said
    assert "The words go to the praise channel now." in await hotel.type("sam", "/praise @rosa She was great")


async def test_in_three_languages(hotel: House) -> None:
    await praised(hotel, 1, 7, "@yun @chen")
    await hotel.clock("2026-11-23 17:00:01")
    assert shown((await hotel.dm("yun", "當天前五則之後，又有 2 則"))["text"]) == [6, 7]
    assert shown((await hotel.dm("chen", "当天前五条之后，又有 2 条"))["text"]) == [6, 7]


async def killed(bot: Program) -> None:
    bot.process.kill()
    await bot.process.wait()


@pytest.mark.parametrize("while_sending", ["nothing", "the fifth", "what was gathered"])
async def test_killed_in_between_it_still_comes_once(tmp_path: Path, while_sending: str) -> None:
    async with workspace(tmp_path) as (slack, people):
        url = f"sqlite:///{tmp_path}/golden-ear.db"
        settings = environ_of(slack, url, "socket", POST_RATE="100")

        async def dms() -> list[Any]:
            return [shown(one["text"]) for one in await people.dms("rosa")]

        async with program(tmp_path, "run", **settings) as bot:
            await bot.is_("/healthz", 200)
            await people.wait({"connections": 1}, timeout=PATIENCE_S)
            for number in range(1, 9):
                if number == 5 and while_sending == "the fifth":
                    await people.wait({"dm": "rosa", "count": 4}, timeout=PATIENCE_S)
                    await people.fault("timeout", "chat.postMessage", seconds=60.0, contains=TO_ROSA)
                told = await people.command(RECORDERS[number % 4], "#general", f"/praise @rosa Kind act {number:02}.")
                assert told["ok"] and told["body"]
            await people.wait({"dm": "rosa", "count": 5}, timeout=PATIENCE_S)
            if while_sending == "what was gathered":
                await people.fault("timeout", "chat.postMessage", seconds=60.0, contains=TO_ROSA)
                await people.set_clock("2026-11-23T17:00:01+08:00")
                await people.wait({"dm": "rosa", "count": 6}, timeout=PATIENCE_S)
            await killed(bot)
        await people.clear_faults()
        await people.set_clock("2026-11-23T17:00:30+08:00")
        async with program(tmp_path, "run", **settings) as bot:
            await people.wait({"dm": "rosa", "contains": "3 more came"}, timeout=PATIENCE_S)
            if while_sending != "nothing":  # its lease ends, and it is looked for
                await until(lambda: "had arrived before its answer was lost" in bot.said, seconds=60)
            await asyncio.sleep(2)  # several ticks
            assert await dms() == [[1], [2], [3], [4], [5], [6, 7, 8]]
            assert (await bot.told_to_end())[0] == 0

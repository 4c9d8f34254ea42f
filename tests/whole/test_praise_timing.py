"""Quiet hours, privacy, applause (product.md 1, At once)."""

from datetime import timedelta

import pytest

from bot.desk import announcing
from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House

# ---- quiet hours ---------------------------------------------------------------------------------------------------


async def test_in_quiet_hours_post_and_message_wait_until_they_end(house: House) -> None:
    await house.clock("2026-11-23 22:30")
    said = await house.type("noah", "/praise @ling She waited up for us")
    assert "It is quiet now" in said and "08:00" in said
    await house.clock("2026-11-24 07:59:20")
    await house.settled()
    assert await house.posts() == [] and await house.dms("ling") == []
    assert house.count(models.Outbox) == 2
    await house.clock("2026-11-24 08:00:01")
    await house.posted("She waited up")
    await house.dm("ling", "She waited up")


async def test_what_waits_in_quiet_hours_leaves_just_before_the_ritual(opened: Opening) -> None:
    async with opened("http", "2026-11-24T06:00:00+08:00", QUIET_HOURS="21:00-11:00") as house:
        said = await house.type("noah", "/praise @ling She waited up for us")
        assert "08:59" in said
        await house.clock("2026-11-24 08:58:20")
        await house.settled()
        assert await house.posts() == []
        await house.clock("2026-11-24 08:59:01")
        await house.posted("She waited up")
        await house.clock("2026-11-24 09:00:01")
        assert await house.decided("2026-11-24") == "posted"
        first, second = await house.posts()
        assert "Good morning" in second and "Good morning" not in first


async def test_a_praise_confirmed_in_quiet_hours_waits_too(hotel: House) -> None:
    await hotel.clock("2026-11-23 22:30")
    await hotel.type("jun", "/praise @jun He carried my bags")
    question = await hotel.dm("tomas", "carried my bags", action_id="praise_accept")
    assert "quiet" in await hotel.press("tomas", question, "praise_accept")
    await hotel.settled()
    assert await hotel.posts() == []
    await hotel.clock("2026-11-24 08:00:01")
    await hotel.posted("carried my bags")


# ---- privacy -------------------------------------------------------------------------------------------------------


async def test_praise_of_somebody_who_keeps_it_private_never_names_them_in_the_channel(house: House) -> None:
    assert "stays private" in await house.type("priya", "/golden-ear private")
    said = await house.type("noah", "/praise @priya @rosa You two saved our trip from Ms Lin")
    assert "<@U0PRIYA000> keeps praise private" in said
    post = await house.posted("saved our trip", "Ms Lin")
    assert "<@U0ROSA0000>" in post["text"] and "U0PRIYA000" not in str(post["blocks"])
    await house.dm("priya", "saved our trip", "stays private")
    assert "10" in await house.answered("priya", "/points")

    said = await house.type("noah", "/praise @priya And thank you again")
    assert "the channel nothing" in said
    told = await house.dm("priya", "And thank you again")
    await house.settled()
    assert len(await house.posts()) == 1

    assert "shown in the praise channel again" in await house.press("priya", told, "praise_private")
    await house.type("aiko", "/praise @priya A third thank you")
    await house.posted("A third thank you", "<@U0PRIYA000>")


async def test_the_button_below_a_praise_keeps_it_private_from_then_on(house: House) -> None:
    await house.type("noah", "/praise @priya You saved our trip")
    told = await house.dm("priya", "saved our trip")
    assert "stays private" in await house.press("priya", told, "praise_private")
    await house.type("noah", "/praise @priya Once more")
    await house.dm("priya", "Once more")
    assert len(await house.posts()) == 1


async def test_private_praise_never_opens_a_day(hotel: House) -> None:
    await hotel.type("priya", "/golden-ear private")
    await hotel.type("noah", "/praise @priya The most moving words of all, and by far the longest of this long day")
    await hotel.type("noah", "/praise @rosa @priya Short")
    await hotel.clock("2026-11-24 09:00:01")
    assert await hotel.decided("2026-11-24") == "posted"
    morning = await hotel.posted("Good morning")
    assert "Short" in morning["text"] and "most moving" not in morning["text"]
    assert "U0PRIYA000" not in str(morning["blocks"])


# ---- applause ------------------------------------------------------------------------------------------------------


async def test_applause_counts_different_people_live_and_takes_it_back(house: House) -> None:
    await house.type("noah", "/praise @ling She found my ring")
    post = await house.posted("found my ring", "Applaud with any reaction")
    for user in ("ling", "rotabot", "olu"):  # the praised, a bot, a guest
        await house.people.react(user, "#praise", post["ts"], "tada")
    await house.people.react("sam", "#praise", post["ts"], "tada")
    await house.posted("1 colleague applauds")
    await house.people.react("sam", "#praise", post["ts"], "heart")
    await house.people.react("noah", "#praise", post["ts"], "star")  # the kudos emoji is applause here
    await house.posted("2 colleagues applaud")
    await house.people.unreact("sam", "#praise", post["ts"], "tada")
    await house.settled()
    assert "2 colleagues applaud" in (await house.posts())[0]
    await house.people.unreact("sam", "#praise", post["ts"], "heart")
    await house.posted("1 colleague applauds")
    await house.people.unreact("noah", "#praise", post["ts"], "star")
    await house.posted("Applaud with any reaction")
    assert house.count(models.Kudos) == 0


async def test_only_the_newest_count_is_sent(hotel: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "GATHER", timedelta(seconds=60))
    await hotel.type("noah", "/praise @ling She found my ring")
    post = await hotel.posted("found my ring")
    await hotel.settled()  # the bot knows where it stands
    for user in ("sam", "mei", "aiko", "noah", "jun", "hao"):
        await hotel.people.react(user, "#praise", post["ts"], "tada")
    await hotel.people.unreact("hao", "#praise", post["ts"], "tada")
    await hotel.settled()
    assert hotel.count(models.Outbox, models.Outbox.method == "update") == 1
    await hotel.people.move_clock(61)
    await hotel.posted("5 colleagues applaud")
    await hotel.settled()
    calls = [one for one in await hotel.people.traffic(500) if one.get("method") == "chat.update"]
    assert len(calls) == 1


async def test_applause_given_while_nobody_listened_is_read_before_the_ritual(hotel: House) -> None:
    await hotel.type("noah", "/praise @ling She found my ring")
    await hotel.type("noah", "/praise @hao A longer praise that would otherwise open the next day")
    post = await hotel.posted("found my ring")
    await hotel.settled()
    emit, hotel.slack.workspace.emit = hotel.slack.workspace.emit, lambda event, channel: None
    for user in ("sam", "mei", "noah"):
        await hotel.people.react(user, "#praise", post["ts"], "tada")
    hotel.slack.workspace.emit = emit
    await hotel.clock("2026-11-24 09:00:01")
    assert await hotel.decided("2026-11-24") == "posted"
    morning = await hotel.posted("Good morning", "3 colleagues applaud")
    assert morning["text"].index("found my ring") < morning["text"].index("A longer praise")
    await hotel.posted("found my ring", "3 colleagues applaud", lacks="Good morning")

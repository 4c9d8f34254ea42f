"""The kudos emoji on somebody's message (product.md 2)."""

from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House
from tests.whole.test_settings import fill


def amounts(house: House) -> list[int]:
    return [row["amount"] for row in house.rows(models.Entry)]


async def spoken(house: House, user: str = "tomas", channel: str = "#general") -> dict:
    return {"channel": channel, "ts": await house.people.say(user, channel, "I fixed the lift")}


async def test_the_kudos_emoji_thanks_the_author_in_the_thread(house: House) -> None:
    message = await spoken(house)
    await house.people.react("priya", "#general", message["ts"], "star")
    line = await house.posted("thanks", channel="#general", thread_ts=message["ts"])
    assert "<@U0PRIYA000>" in line["text"] and "<@U0TOMAS000>" in line["text"]
    await house.dm("tomas", "<@U0PRIYA000>", "1 point")
    assert "4 kudos today" in await house.answered("priya", "/points")
    await house.press("aiko", line, "kudos_join")
    await house.posted("<@U0AIKO0000> joins in", channel="#general", thread_ts=message["ts"])
    assert amounts(house) == [1, 1]


async def test_taken_off_it_takes_the_point_back_and_returns_the_allowance(house: House) -> None:
    message = await spoken(house)
    await house.people.react("priya", "#general", message["ts"], "star")
    await house.posted("thanks", channel="#general", thread_ts=message["ts"])
    await house.people.unreact("priya", "#general", message["ts"], "star")
    await house.posted("was taken back", channel="#general", thread_ts=message["ts"])
    assert amounts(house) == [1, -1]
    assert "5 kudos today" in await house.answered("priya", "/points")
    assert "0 points" in await house.answered("tomas", "/points")


async def test_after_three_turns_the_message_takes_no_more_from_that_giver(hotel: House) -> None:
    message = await spoken(hotel)
    for turn in range(1, 4):
        await hotel.people.react("priya", "#general", message["ts"], "star")
        await hotel.settled()
        await hotel.people.unreact("priya", "#general", message["ts"], "star")
        await hotel.settled()
        assert amounts(hotel) == [1, -1] * turn
    await hotel.people.react("priya", "#general", message["ts"], "star")
    told = (await hotel.people.wait({"ephemeral": "priya", "contains": "3 times"}))[-1]
    assert "takes no more from you" in told["text"]
    assert amounts(hotel) == [1, -1] * 3
    await hotel.people.react("aiko", "#general", message["ts"], "star")
    await hotel.dm("tomas", "<@U0AIKO0000>")


async def test_the_state_follows_the_newest_event(hotel: House) -> None:
    message = await spoken(hotel)
    await hotel.people.react("priya", "#general", message["ts"], "star")
    await hotel.settled()
    added = (await hotel.people.wait({"event": "reaction_added"}))[-1]["payload"]
    older = {**added["event"], "type": "reaction_removed", "event_ts": "1.000001"}
    await hotel.people.send("events_api", {**added, "event_id": "Ev0OLDER", "event": older})
    again = {**added["event"], "event_ts": added["event"]["event_ts"] + "9"}
    await hotel.people.send("events_api", {**added, "event_id": "Ev0AGAIN", "event": again})
    assert amounts(hotel) == [1]


async def test_who_cannot_thank_by_reaction_is_told_why_and_bots_and_guests_hear_nothing(hotel: House) -> None:
    message = await spoken(hotel, "noah")
    await hotel.people.react("noah", "#general", message["ts"], "star")
    told = (await hotel.people.wait({"ephemeral": "noah"}))[-1]
    assert "thank themselves" in told["text"]
    await hotel.people.react("rotabot", "#general", message["ts"], "star")
    by_bot = await hotel.people.say("rotabot", "#general", "Shifts are out")
    await hotel.people.react("aiko", "#general", by_bot, "star")
    in_praise = await hotel.people.say("noah", "#praise", "Hello")
    await hotel.people.react("olu", "#praise", in_praise, "star")
    await hotel.settled()
    for user in ("rotabot", "olu", "aiko"):
        assert await hotel.people.ephemerals(user) == []
    assert amounts(hotel) == [] and hotel.count(models.Outbox) == 0


async def test_another_emoji_or_another_skin_tone(opened: Opening) -> None:
    async with opened("http", KUDOS_EMOJI="raised_hands") as house:
        message = await spoken(house)
        await house.people.react("priya", "#general", message["ts"], "star")
        await house.settled()
        assert amounts(house) == []
        await house.people.react("priya", "#general", message["ts"], "raised_hands::skin-tone-4")
        await house.posted("thanks", channel="#general", thread_ts=message["ts"])
        await house.people.react("priya", "#general", message["ts"], "raised_hands::skin-tone-2")
        await house.settled()
        assert amounts(house) == [1]


async def test_where_the_bot_is_not_a_member_slack_tells_it_nothing(hotel: House) -> None:
    message = await spoken(hotel, channel="#random")
    await hotel.people.react("priya", "#random", message["ts"], "star")
    await hotel.settled()
    assert amounts(hotel) == []


async def test_kudos_of_the_emoji_before_this_one_can_still_be_taken_back(hotel: House) -> None:
    message = await spoken(hotel)
    await hotel.people.react("priya", "#general", message["ts"], "star")
    await hotel.posted("thanks", channel="#general", thread_ts=message["ts"])
    assert (await fill(hotel, "praise", {"kudos_emoji": "clap"}))["response"] == "none"

    await hotel.people.unreact("priya", "#general", message["ts"], "star")
    await hotel.posted("was taken back", channel="#general", thread_ts=message["ts"])
    await hotel.people.react("priya", "#general", message["ts"], "star")
    await hotel.settled()
    assert amounts(hotel) == [1, -1], "the former emoji gives no more"

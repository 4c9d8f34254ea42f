"""Who cannot look where they say is led to where they can, and the browser is told."""

import re

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running, staff
from tests.workspace.page.test_places import got
from tests.workspace.page.watching import Browser, browser

PRAISE, GENERAL = staff.PRAISE_CHANNEL, staff.GENERAL_CHANNEL


def led(one: Browser) -> tuple[str, str]:
    """Where the browser was told that it looks, as whom."""
    order = next(order for order in reversed(one.orders) if order["do"] == "look")
    return order["as"], order["at"]


async def test_who_becomes_somebody_else_in_their_talk_with_the_app_is_in_that_ones_own(
    slack: Running, people: Control, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="U0AIKO0000", text="for Aiko alone")
    async with browser(slack) as one:
        await one.look("aiko", "@goldenear")
        await one.look("sam", slack.workspace.channels.direct(staff.BOT_USER_ID, "U0AIKO0000").id)
        assert "for Aiko" not in one.room
        assert led(one) == ("U0SAM00000", slack.workspace.channels.direct(staff.BOT_USER_ID, "U0SAM00000").id)


@pytest.mark.parametrize(
    ("who", "at", "there"),
    [
        ("mei", "kitchen-office", ("U0MEI00000", PRAISE)),
        ("mei", "C0NOWHERE0", ("U0MEI00000", PRAISE)),
        ("olu", GENERAL, None),
        ("nobody", PRAISE, ("U0AIKO0000", PRAISE)),
        ("goldenear", "home", ("U0AIKO0000", "home")),
    ],
)
async def test_who_cannot_look_there_is_led_to_where_they_can(
    slack: Running, who: str, at: str, there: tuple[str, str] | None
) -> None:
    async with browser(slack) as one:
        await one.look(who, at)
        assert led(one) == (there or ("U0OLU00000", led(one)[1])) and "room" in one.regions
        assert led(one)[1] != GENERAL
        told = len(one.orders)
        await one.ask(*led(one), lang="zh-Hant")
        await one.until(lambda: one.orders[told:])
        assert "look" not in [order["do"] for order in one.orders[told:]], "who says where they are is not led"
    assert (await got(slack, f"/?as={who}&at={at}"))[0] == 200


async def test_the_page_opens_whoever_has_left(slack: Running, people: Control) -> None:
    for who in ("aiko", "mei", "jun"):
        await people.update_user(who, deleted=True)
    status, page, _ = await got(slack, "/")
    assert status == 200 and re.search(r'<body [^>]*data-as="(\w+)"', page)
    assert 'data-as="U0AIKO0000"' not in page
    for one in list(slack.workspace.people):
        await people.update_user(one["id"], deleted=True)
    assert (await got(slack, "/"))[0] == 404


async def test_who_is_taken_out_of_a_private_channel_hears_no_more_of_it(slack: Running, people: Control) -> None:
    room = await people.add_channel("secret", private=True, members=["aiko", "mei"])
    await people.say("mei", "secret", "while Aiko is here")
    async with browser(slack) as aiko, browser(slack) as mei:
        await aiko.look("aiko", room["id"])
        await mei.look("mei", room["id"])
        await people.remove("aiko", "secret")
        await people.say("mei", "secret", "Aiko has gone")
        await mei.sees("Aiko has gone")
        await aiko.until(lambda: led(aiko) == ("U0AIKO0000", PRAISE))
        await people.say("mei", "secret", "still between us")
        await people.say("mei", "#praise", "for all")
        await aiko.sees("for all")
        assert "has gone" not in str(aiko.orders) and "between us" not in str(aiko.orders)
        await people.update_user("aiko", deleted=True)
        await aiko.until(lambda: led(aiko)[0] != "U0AIKO0000")
        assert led(aiko)[1] == PRAISE

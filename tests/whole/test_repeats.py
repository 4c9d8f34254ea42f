"""One act has one effect, however often Slack delivers it or a person does it again (architecture.md, 2 and 3)."""

import asyncio
from typing import Any

import pytest

from storage import models
from tests.whole.house import House

COMMANDS = ["/praise @ling Wonderful from Ms Lin", "/kudos @ling @hao for staying late #care"]
DONE = "done already"


async def delivered(house: House, kind: str) -> list[str]:
    """The names of what was delivered, oldest first."""
    traffic = await house.people.traffic(500)
    return [one["delivery"] for one in traffic if one["way"] == "to_app" and one["kind"] == kind]


@pytest.mark.parametrize("typed", COMMANDS)
async def test_a_command_delivered_twice_or_typed_again_within_a_minute_counts_once(house: House, typed: str) -> None:
    outcome = await house.people.command("noah", "#general", typed, redeliver=True)
    assert outcome["ok"] and outcome["again"]["ok"] and DONE in outcome["again"]["body"]["text"]
    await house.settled()
    before = house.dump()
    await house.people.move_clock(30)
    assert DONE in await house.type("noah", typed)
    assert DONE in await house.type("noah", typed, channel="#praise")
    assert house.dump() == before
    assert DONE not in await house.type("aiko", typed), "somebody else's is another one"


async def test_after_a_minute_the_same_thanks_are_new_ones(hotel: House) -> None:
    await hotel.type("noah", COMMANDS[1])
    await hotel.people.move_clock(61)
    assert "1 kudos today" in await hotel.type("noah", COMMANDS[1])


async def test_commands_that_show_or_open_something_answer_afresh(hotel: House) -> None:
    for _ in range(2):
        await hotel.answered("noah", "/points")
        await hotel.answered("noah", "/leaderboard")
        assert "/praise" in await hotel.type("noah", "/golden-ear")
        await hotel.form("noah", "/praise @ling")
    assert len(await hotel.people.views("noah")) == 2


async def test_a_refused_command_may_be_tried_again_at_once(hotel: House) -> None:
    typed = "/praise @olu @ling Wonderful"
    assert "guest" in await hotel.type("noah", typed)
    assert "guest" in await hotel.type("noah", typed)
    await hotel.people.update_user("olu", is_restricted=False, is_ultra_restricted=False)
    await hotel.settled()
    assert "Thank you for passing this on" in await hotel.type("noah", typed)


async def test_every_event_delivered_again_changes_nothing(house: House) -> None:
    await house.people.duplicates(1.0, seed=7)
    ts = await house.people.say("tomas", "#general", "I fixed the lift")
    await house.people.react("priya", "#general", ts, "star")
    await house.people.react("noah", "#general", ts, "star")
    await house.settled()
    await house.people.unreact("noah", "#general", ts, "star")
    await house.type("noah", "/praise @ling Wonderful")
    post = await house.posted("Wonderful")
    await house.settled()  # the bot knows where it stands
    await house.people.react("sam", "#praise", post["ts"], "tada")
    await house.people.add_user("wei", real_name="Wei")
    await house.people.invite("goldenear", "#random")
    await house.settled()
    await house.posted("1 colleague applauds")
    await house.settled()
    before = house.dump()
    assert sorted(row["amount"] for row in house.rows(models.Entry)) == [-1, 1, 1, 10]
    for event in dict.fromkeys(await delivered(house, "events_api")):
        assert (await house.people.redeliver(event))["ok"]
    await house.settled()
    assert house.dump() == before


async def test_forms_sent_twice_count_once(house: House) -> None:
    praise = await house.form("noah", "/praise @ling")
    kudos = await house.form("noah", "/kudos @ling")
    await house.people.submit("noah", kudos["id"], {"reason": "staying late"})
    await house.people.submit("noah", praise["id"], {"words": "Wonderful"})
    await house.settled()
    before = house.dump()
    for form in (await delivered(house, "interactive"))[-2:]:
        again = await house.people.redeliver(form)
        assert again["ok"] and again["body"]["response_action"] == "clear"
    await house.settled()
    assert house.dump() == before


async def question(house: House) -> tuple[str, dict, str]:
    await house.type("rosa", "/praise @rosa They loved the room")
    return "tomas", await house.dm("tomas", "loved the room", action_id="praise_accept"), "praise_accept"


async def line(house: House) -> tuple[str, dict, str]:
    await house.type("noah", "/kudos @ling for staying late")
    return "rosa", await house.posted("staying late", channel="#general"), "kudos_join"


async def wish(house: House) -> tuple[str, dict, str]:
    await house.type("noah", "/praise @rosa They loved the room")
    return "rosa", await house.dm("rosa", "loved the room"), "praise_private"


@pytest.mark.parametrize("drawn", [question, line, wish])
async def test_a_button_pressed_twice_at_once_or_delivered_again_counts_once(house: House, drawn: Any) -> None:
    user, message, action = await drawn(house)
    click = house.people.click(user, message["channel"], message["ts"], action)
    again = house.people.click(user, message["channel"], message["ts"], action)
    for outcome in await asyncio.gather(click, again):
        assert outcome["ok"], outcome
    await house.people.wait({"ephemeral": user, "count": 2})
    await house.settled()
    before = house.dump()
    assert sorted(row["amount"] for row in house.rows(models.Entry)) in ([10], [1, 1])
    for press in (await delivered(house, "interactive"))[-2:]:
        assert (await house.people.redeliver(press))["ok"]
    told = await house.people.wait({"ephemeral": user, "count": 4})
    assert sum(DONE in one["text"] or "already" in one["text"] for one in told) >= 2
    await house.settled()
    assert house.dump() == before

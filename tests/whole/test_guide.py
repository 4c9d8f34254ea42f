"""The guide of seven over the real bot: each tick comes of what was really done, whichever way it was done."""

from typing import Any

import pytest

from bot.workspace import seven, trying
from tests.whole.conftest import Opening
from tests.whole.house import PATIENCE_S, House, until

PULSE = {"PULSE": "on"}
TRIES_AGAIN_S = 60.0
"""What Slack refused is tried again after ten seconds."""


async def step(house: House, name: str, lang: str = "en") -> dict[str, Any]:
    return dict(await house.people.ask("step", name=name, lang=lang))


async def sent(house: House, there: dict[str, Any]) -> None:
    """What stands in the composer is sent."""
    outcome = await house.people.command(there["as"], there["at"], there["words"])
    assert outcome["ok"], outcome


async def ticked(house: House, *names: str, seconds: float = PATIENCE_S) -> None:
    progress = house.slack.workspace.progress
    await until(lambda: progress.done == list(names), seconds)


async def question(house: House, who: str) -> dict[str, Any]:
    return await house.dm(who, action_id=seven.LATER)


@pytest.mark.parametrize("lang", seven.CASTS)
async def test_all_seven_are_ticked_by_what_the_guide_leads_to(opened: Opening, lang: str) -> None:
    async with opened("socket", **PULSE) as house:
        await sent(house, await step(house, "praise", lang))
        await ticked(house, "praise")
        there = await step(house, "applaud", lang)
        await house.people.react(there["as"], there["at"], there["message"], "tada")
        await ticked(house, "praise", "applaud")
        await house.posted("1 colleague applauds")
        await sent(house, await step(house, "thank", lang))
        await ticked(house, "praise", "applaud", "thank")
        await step(house, "morning", lang)
        await ticked(house, "praise", "applaud", "thank", "morning")
        there = await step(house, "pulse", lang)
        asked = await question(house, there["as"])
        await house.people.click(there["as"], asked["channel"], asked["ts"], f"{seven.ANSWER}4")
        await ticked(house, "praise", "applaud", "thank", "morning", "pulse")
        there = await step(house, "idea", lang)
        (form,) = await house.people.wait({"view": there["as"], "callback_id": seven.IDEA_FORM})
        await house.people.submit(
            there["as"], form["id"], {"title": "A shelf", "what": "For umbrellas.", "gains": "both", "wall": "front"}
        )
        await ticked(house, *[name for name in seven.NAMES if name != "break"])
        await sent(house, await step(house, "break", lang))
        await until(lambda: any(fault["hits"] for fault in house.slack.program.faults.told()))
        await house.people.clear_faults()  # half a minute is long
        await ticked(house, *seven.NAMES, seconds=TRIES_AGAIN_S)
        await until(lambda: not house.owed(), TRIES_AGAIN_S)


async def test_it_does_not_matter_in_which_way_it_is_done(hotel: House) -> None:
    form = await hotel.form("priya", "/praise")
    await hotel.people.submit("priya", form["id"], {"people": ["jun"], "words": "So kind.", "customer": "Ms Lin"})
    await ticked(hotel, "praise")
    ts = await hotel.people.say("noah", "#general", "The lift works again.")
    await hotel.people.react("jun", "#general", ts, "star")
    await ticked(hotel, "praise", "thank")


async def test_nothing_is_ticked_by_half(hotel: House) -> None:
    """Not by a praise that waits, a reaction to a colleague's own words, a form with an error in it."""
    await hotel.type("noah", "/praise @noah He was so kind from Ms Lin")
    ts = await hotel.people.say("noah", "#general", "The lift works again.")
    await hotel.people.react("mei", "#general", ts, "tada")
    await hotel.people.global_shortcut("noah", seven.SHORTCUT)
    (form,) = await hotel.people.wait({"view": "noah", "callback_id": seven.IDEA_FORM})
    await hotel.people.submit("noah", form["id"], {"title": "  ", "what": "  ", "gains": "both", "wall": "front"})
    await hotel.settled()
    assert hotel.slack.workspace.progress.done == []


async def test_a_question_that_waits_is_shown_where_it_is_and_no_hour_is_moved(opened: Opening) -> None:
    async with opened("http", **PULSE) as house:
        there = await step(house, "pulse")
        await question(house, there["as"])
        before = house.slack.workspace.clock.offset
        again = await step(house, "pulse")
        assert again == there and house.slack.workspace.clock.offset == before


async def test_without_a_praise_applause_leads_to_one(hotel: House) -> None:
    assert (await step(hotel, "applaud"))["words"].startswith("/praise")


async def test_a_step_waits_for_the_bot_and_says_so_if_none_comes(
    hotel: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "STARTS_S", 0.1)
    monkeypatch.setattr(hotel.slack.workspace, "heard", lambda: False)
    with pytest.raises(Exception, match="Golden Ear is not there"):
        await step(hotel, "praise")

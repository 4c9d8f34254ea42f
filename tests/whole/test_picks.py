"""A lead's pick for tomorrow, from `/golden-ear pick` to the morning (product.md 1, Most moving)."""

from tests.whole.house import House, until

PICK = "praise_pick"


async def offered(house: House, lead: str) -> dict:
    """The list that a lead gets; gives the answer, to be pressed."""
    before = await house.people.ephemerals(lead)
    assert await house.type(lead, "/golden-ear pick") == ""
    return {**(await house.next_ephemeral(lead, before)), "channel": "#general"}


def value_of(offer: dict, words: str) -> str:
    """What stands on the button below these words."""
    blocks = offer["blocks"]
    (line,) = [place for place, block in enumerate(blocks) if block["type"] == "rich_text" and words in str(block)]
    row = next(block for block in blocks[line:] if block["type"] == "actions")
    return str(row["elements"][0]["value"])


async def pressed(house: House, lead: str, offer: dict, words: str) -> dict:
    """Press the button below these words; gives the list as it stands then."""
    value = value_of(offer, words)
    outcome = await house.people.click(lead, "#general", offer["ts"], PICK, value=value)
    assert outcome["ok"], outcome
    ephemerals = house.slack.workspace.ephemerals
    held = ephemerals.get("C0GENERAL1", offer["ts"])
    assert held is not None
    await until(lambda: held.blocks != offer["blocks"])
    assert len(ephemerals.of(held.user)) == 1, "the list itself is drawn anew"
    return {**held.shown(), "channel": "#general"}


async def test_a_lead_picks_takes_back_and_picks_another_and_it_opens_the_morning(house: House) -> None:
    await house.type("noah", "/praise @ling By far the longest words of all of them, and the most applauded")
    await house.type("noah", "/praise @hao Short words")
    await house.type("noah", "/praise @rosa Other words")
    await house.settled()
    offer = await offered(house, "tomas")
    assert "Which praise shall open the next morning?" in offer["text"]
    offer = await pressed(house, "tomas", offer, "Other words")
    assert offer["text"].index("Other words") < offer["text"].index("Picked") < offer["text"].index("Short words")
    offer = await pressed(house, "tomas", offer, "Other words")
    assert "Picked" not in offer["text"]
    await pressed(house, "tomas", offer, "Short words")
    assert "Short words" in await house.answered("sam", "/golden-ear preview")
    await house.clock("2026-11-24 09:00:01")
    assert await house.decided("2026-11-24") == "posted"
    morning = await house.posted("Good morning")
    assert morning["text"].index("Short words") < morning["text"].index("By far the longest")
    assert "older" not in morning["text"]


async def test_an_older_praise_that_was_picked_is_marked_as_such_and_what_is_new_follows(hotel: House) -> None:
    await hotel.type("noah", "/praise @ling By far the longest words of all of them")
    await hotel.type("noah", "/praise @hao Short words")
    await hotel.settled()
    await hotel.clock("2026-11-24 09:00:01")
    assert await hotel.decided("2026-11-24") == "posted"
    await hotel.type("noah", "/praise @rosa New words of today")
    await hotel.settled()
    await pressed(hotel, "tomas", await offered(hotel, "tomas"), "Short words")
    await hotel.clock("2026-11-25 09:00:01")
    assert await hotel.decided("2026-11-25") == "posted"
    morning = await hotel.posted("Good morning", "a lead picked it")
    assert morning["text"].index("Short words") < morning["text"].index("New words of today")


async def test_who_does_not_lead_is_told_so(hotel: House) -> None:
    await hotel.type("noah", "/praise @ling Words")
    assert "Only leads and admins" in await hotel.type("noah", "/golden-ear pick")


async def test_without_any_praise_there_is_nothing_to_pick(hotel: House) -> None:
    assert "no praise that could open" in (await offered(hotel, "tomas"))["text"]

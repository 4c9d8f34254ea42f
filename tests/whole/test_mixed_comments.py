"""Of a mixed comment a part is posted; the rest is seen by its recorder alone, and set aside with one tap."""

import asyncio

from storage import models
from tests.whole import forged
from tests.whole.house import House

PRAISE, CANARY = "Ling waited an hour for my late train.", "Canary7 sings: the lift is slow."
WHOLE = f"{CANARY}\n\n{PRAISE}"


async def receipt(house: House, user: str = "aiko", whom: str = "ling") -> dict:
    """Record the mixed comment; gives what stands in place of the form."""
    form = await house.form(user, f"/praise @{whom}")
    sent = await house.people.submit(user, form["id"], {"words": WHOLE, "part": PRAISE})
    assert sent["response"] == "update", sent
    return dict(sent["view"])


async def test_the_part_is_posted_and_the_rest_shown_to_its_recorder_alone(house: House) -> None:
    view = await receipt(house)
    assert CANARY in str(view) and "never posted" in str(view)
    await house.posted(PRAISE)
    await house.dm("ling", PRAISE)
    await house.type("ling", "/golden-ear public")
    await house.clock("2026-11-24 09:00")
    assert await house.decided("2026-11-24") == "posted"
    for channel in ("#praise", "#general"):
        assert "Canary7" not in str(await house.people.messages(channel))
    for person in ("ling", "aiko", "tomas", "mei", "sam"):
        assert "Canary7" not in str(await house.people.dms(person)) + str(await house.people.ephemerals(person))
    assert "Canary7" not in str(house.rows(models.Outbox))


async def test_the_rest_of_a_praise_that_waits_is_shown_to_no_lead(hotel: House) -> None:
    view = await receipt(hotel, "noah", "noah")
    assert "a lead confirms it" in str(view) and CANARY in str(view)
    question = await hotel.dm("tomas", PRAISE)
    await hotel.press("tomas", question, "praise_accept")
    await hotel.posted(PRAISE)
    await hotel.settled()
    assert "Canary7" not in str(await hotel.people.dms("tomas")) + str(await hotel.people.dms("noah"))
    assert (await hotel.people.click_view("noah", view["id"], "praise_aside"))["ok"]
    assert hotel.count(models.Aside) == 1


async def test_one_tap_sets_the_rest_aside_and_pressing_again_does_nothing_more(house: House) -> None:
    view = await receipt(house)
    presses = [house.people.click_view("aiko", view["id"], "praise_aside") for _ in range(2)]
    outcomes = await asyncio.gather(*presses)
    assert outcomes[0]["ok"] and outcomes[1]["ok"]
    (shown,) = await house.people.wait({"view": "aiko", "contains": "kept for the ideas"})
    assert CANARY in str(shown) and "praise_aside" not in str(shown)
    (row,) = house.rows(models.Aside)
    assert row["words"] == CANARY and row["praise_id"] == house.rows(models.Praise)[0]["id"]
    await house.settled()
    before = house.dump()
    assert (await house.people.redeliver(outcomes[0]["delivery"]))["ok"]
    await house.settled()
    assert house.dump() == before


async def test_a_receipt_that_was_closed_leaves_nothing_to_redraw(hotel: House) -> None:
    view = await receipt(hotel)
    (praise,) = hotel.rows(models.Praise)
    pressed = forged.press(hotel, "aiko", "praise_aside", praise["id"])
    del pressed["response_url"]
    outcome = await hotel.people.send("interactive", {**pressed, "view": {**view, "id": "V0GONE"}})
    assert outcome["ok"] and hotel.count(models.Aside) == 1


async def test_somebody_else_who_presses_is_told_that_only_the_recorder_may(hotel: House) -> None:
    await receipt(hotel)
    (praise,) = hotel.rows(models.Praise)
    before = await hotel.people.ephemerals("noah")
    await hotel.people.send("interactive", forged.press(hotel, "noah", "praise_aside", praise["id"]))
    assert "Only the one who recorded" in (await hotel.next_ephemeral("noah", before))["text"]
    assert hotel.count(models.Aside) == 0


async def test_a_recorder_who_became_a_guest_is_told_above_the_receipt(hotel: House) -> None:
    view = await receipt(hotel)
    await hotel.people.update_user("aiko", is_restricted=True)
    await hotel.settled()
    assert (await hotel.people.click_view("aiko", view["id"], "praise_aside"))["ok"]
    await hotel.people.wait({"view": "aiko", "contains": "Guests do not take part"})
    assert hotel.count(models.Aside) == 0


async def test_a_part_that_does_not_stand_in_the_words_is_said_beside_its_field(house: House) -> None:
    form = await house.form("aiko", "/praise @ling")
    sent = await house.people.submit("aiko", form["id"], {"words": WHOLE, "part": "Ling waited for an hour."})
    assert sent["response"] == "errors" and list(sent["errors"]) == ["part"], sent
    assert "copy it from there" in sent["errors"]["part"]
    assert house.count(models.Praise) == 0
    sent = await house.people.submit("aiko", form["id"], {"part": "Ling  waited\nan hour for my late train."})
    assert sent["response"] == "update" and house.rows(models.Praise)[0]["words"] == PRAISE

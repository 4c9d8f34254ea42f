"""Thanks among colleagues by command, by form and by joining in (product.md 2)."""

import pytest

from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House

JOIN = "kudos_join"


async def test_kudos_reach_the_channel_and_the_people(house: House) -> None:
    said = await house.type("noah", "/kudos @ling @hao for staying late #care")
    assert "<@U0LING0000>" in said and "<@U0HAO00000>" in said and "1 point" in said and "3 kudos today" in said
    line = await house.posted("for staying late", "#care", channel="#general")
    assert line["text"].count("<@U0") == 3
    for receiver in ("ling", "hao"):
        await house.dm(receiver, "for staying late", "#care")
    assert "1 point" not in await house.answered("ling", "/points")  # ling reads Traditional Chinese
    assert [(row["amount"], row["deed"]) for row in house.rows(models.Entry)] == [(1, "kudos"), (1, "kudos")]


async def test_kudos_by_form(house: House) -> None:
    form = await house.form("noah", "/kudos @ling @hao #speed")
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert fields["people"]["initial_users"] == ["U0LING0000", "U0HAO00000"]
    assert fields["value"]["initial_option"]["value"] == "speed"
    wrong = await house.people.submit("noah", form["id"], {"people": ["noah"], "reason": "being me"})
    assert wrong["response"] == "errors" and "thank themselves" in wrong["errors"]["people"]
    wrong = await house.people.submit("noah", form["id"], {"people": ["ling"], "reason": " \n"})
    assert wrong["response"] == "errors" and "reason" in wrong["errors"]
    assert house.count(models.Kudos) == 0
    sent = await house.people.submit("noah", form["id"], {"people": ["ling"], "reason": "quick hands", "value": "care"})
    assert sent["response"] == "update" and "1 point" in str(sent["view"])
    await house.posted("quick hands", "#care", channel="#general")


@pytest.mark.parametrize("typed", ["", "for nobody in particular", "@ling", "@ling #care"])
async def test_with_people_or_reason_missing_the_form_opens(hotel: House, typed: str) -> None:
    form = await hotel.form("noah", f"/kudos {typed}")
    assert form["callback_id"] == "kudos_form" and hotel.count(models.Kudos) == 0


async def test_a_tag_that_is_no_value_is_part_of_the_reason(hotel: House) -> None:
    await hotel.type("noah", "/kudos @ling for the #banquet in #general #CARE!")
    line = await hotel.posted("#banquet", channel="#general")
    assert "for the #banquet in" in line["text"]
    assert [row["value"] for row in hotel.rows(models.Kudos)] == [""]


async def test_those_who_may_get_it_get_it_and_the_others_are_named_with_the_reason(hotel: House) -> None:
    said = await hotel.type("noah", "/kudos @noah @rotabot @olu @ling for the night")
    assert "<@U0NOAH0000>: Nobody can thank themselves" in said
    assert "<@U0ROTABOT0>: A bot cannot be thanked" in said
    assert "<@U0OLU00000>: Guests do not take part" in said
    assert "4 kudos today" in said
    line = await hotel.posted("for the night", channel="#general")
    assert "U0OLU00000" not in line["text"] and "U0ROTABOT0" not in line["text"]
    await hotel.settled()
    before = hotel.dump()
    said = await hotel.type("noah", "/kudos @noah for being me")
    assert "Nobody could be thanked" in said and "thank themselves" in said
    assert hotel.dump() == before


async def test_the_daily_allowance_of_five_comes_back_at_the_givers_own_midnight(hotel: House) -> None:
    said = await hotel.type("aiko", "/kudos @ling @hao @jun @yun @rosa @chen for the banquet")
    assert "<@U0CHEN0000>: You have no kudos left" in said and "no kudos left for today" in said
    said = await hotel.type("aiko", "/kudos @chen for the banquet")
    assert "Nobody could be thanked" in said
    await hotel.clock("2026-11-23 22:59")  # 23:59 in Tokyo
    assert "Nobody could be thanked" in await hotel.type("aiko", "/kudos @chen for the banquet!")
    await hotel.clock("2026-11-23 23:01")
    assert "4 kudos today" in await hotel.type("aiko", "/kudos @chen for the banquet")


async def test_at_most_three_to_the_same_person_a_week(hotel: House) -> None:
    for count in range(3):
        await hotel.type("noah", f"/kudos @ling for thing {count}")
    said = await hotel.type("noah", "/kudos @ling @hao for one more")
    assert "<@U0LING0000>: You thanked this person 3 times this week" in said and "1 kudos today" in said
    await hotel.clock("2026-11-29 23:59")
    assert "3 times this week" in await hotel.type("noah", "/kudos @ling on Sunday")
    await hotel.clock("2026-11-30 00:01")
    assert "4 kudos today" in await hotel.type("noah", "/kudos @ling on Monday")


async def test_a_leads_kudos_are_five_points_from_ten_a_week_then_one_from_the_day(hotel: House) -> None:
    said = await hotel.type(
        "tomas", "/kudos @ling @hao @jun @yun @rosa @chen @aiko @noah @priya @mei @sam for the year"
    )
    assert "<@U0SAM00000> gets 1 point" in said and "5 points each" in said and "4 kudos today" in said
    amounts = sorted(row["amount"] for row in hotel.rows(models.Entry))
    assert amounts == [1] + [5] * 10
    assert "5" in await hotel.answered("priya", "/points")
    await hotel.clock("2026-11-30 00:01")
    assert "9 lead kudos" in await hotel.type("tomas", "/kudos @ling for Monday")


# ---- joining in ----------------------------------------------------------------------------------------------------


async def test_others_join_in_with_a_tap(house: House) -> None:
    await house.type("noah", "/kudos @ling @hao for staying late")
    line = await house.posted("for staying late", channel="#general")
    said = await house.press("priya", line, JOIN)
    assert "<@U0LING0000>" in said and "3 kudos today" in said
    await house.posted("for staying late", "<@U0PRIYA000> joins in", channel="#general")
    await house.dm("ling", "<@U0PRIYA000>")
    await house.press("tomas", line, JOIN)
    line = await house.posted("for staying late", "<@U0PRIYA000>", "<@U0TOMAS000>", "join in", channel="#general")
    assert sorted(row["amount"] for row in house.rows(models.Entry)) == [1, 1, 1, 1, 5, 5]
    await house.settled()
    before = house.dump()
    assert "already" in await house.press("priya", line, JOIN)
    assert "already" in await house.press("noah", line, JOIN)
    assert house.dump() == before
    await house.press("hao", line, JOIN)  # one of two receivers thanks the other
    await house.dm("ling", "<@U0HAO00000>")


async def test_nobody_joins_in_thanks_for_themselves(hotel: House) -> None:
    await hotel.type("noah", "/kudos @priya for staying late")
    line = await hotel.posted("for staying late", channel="#general")
    assert "only others can join in" in await hotel.press("priya", line, JOIN)
    assert hotel.count(models.Kudos) == 1


# ---- where it is told ----------------------------------------------------------------------------------------------


async def test_where_the_bot_is_not_the_praise_channel_hears_it_and_the_invitation_is_offered_once(
    house: House,
) -> None:
    said = await house.type("noah", "/kudos @ling for the poster", channel="#random")
    assert "/invite" in said
    await house.posted("for the poster", channel="#praise")
    assert "/invite" not in await house.type("aiko", "/kudos @ling for the poster", channel="#random")
    await house.people.invite("goldenear", "#random", by="noah")
    await house.settled()
    await house.type("noah", "/kudos @hao for the cake", channel="#random")
    await house.posted("for the cake", channel="#random")


async def test_kudos_given_in_a_direct_message_are_told_in_the_praise_channel(hotel: House) -> None:
    for channel in ("@goldenear", "@mei"):
        said = await hotel.type("noah", f"/kudos @ling for {channel}", channel=channel)
        assert "/invite" not in said
        await hotel.posted(f"for {channel}", channel="#praise")


async def test_the_form_offers_the_invitation_too(hotel: House) -> None:
    form = await hotel.form("noah", "/kudos @ling", channel="#random")
    sent = await hotel.people.submit("noah", form["id"], {"reason": "the poster"})
    assert "/invite" in str(sent["view"])
    await hotel.posted("the poster", channel="#praise")


async def test_in_a_channel_with_a_language_the_line_is_in_that_language(opened: Opening) -> None:
    async with opened("http") as house:
        await house.type("hao", "/kudos @chen 谢谢你的汤", channel="kitchen-office")
        assert "感谢" in (await house.posted("谢谢你的汤", channel="kitchen-office"))["text"]

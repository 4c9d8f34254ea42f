"""Praise in one line, as its people see it (product.md 1, Capture)."""

import pytest

from storage import models
from tests.whole.house import House

LINES = {
    'noah: @ling "She found my ring from the sink" from Ms Lin': ("She found my ring from the sink", "Ms Lin"),
    "aiko: @hao “The cake was a poem” from Dr. A. B. Ng-Lee": ("The cake was a poem", "Dr. A. B. Ng-Lee"),
    "rosa: @jun 「行李一下子就送到了」 來自 林小姐": ("行李一下子就送到了", "林小姐"),
    "priya: @yun 『碗很干净』 来自 王先生": ("碗很干净", "王先生"),
    "chen: @rosa a spotless room, from door to window, from Mr Wu": ("a spotless room, from door to window,", "Mr Wu"),
    "hao: @priya she came from nowhere to help": ("she came from nowhere to help", "a guest"),
    "jun: @aiko 謝謝你們來自 Ms. O'Neill": ("謝謝你們", "Ms. O'Neill"),
    "mei: @noah “quotes that do not close FROM Ann": ("“quotes that do not close", "Ann"),
}


async def test_the_words_reach_the_channel_and_the_person(house: House) -> None:
    said = await house.type("noah", "/praise @ling She found my ring & smiled from Ms Lin")
    assert "She found my ring &amp; smiled" in said
    post = await house.posted("She found my ring & smiled", "From Ms Lin, earned by")
    assert post["text"].startswith("“She found my ring &amp; smiled”")
    assert "<@U0LING0000>" in post["text"]
    told = await house.dm("ling", "She found my ring & smiled")
    assert "10" in told["text"]
    assert "10" in await house.answered("ling", "/points")


async def test_words_are_taken_from_every_kind_of_quotation_mark(hotel: House) -> None:
    for line in LINES:
        recorder, _, typed = line.partition(": ")
        await hotel.type(recorder, f"/praise {typed}")
    for words, customer in LINES.values():
        post = await hotel.posted(f"{words}")
        assert post["text"].startswith(f"“{words}”\n")
        assert f"From {customer}, earned by" in post["text"]
    assert hotel.count(models.Praise) == len(LINES)


async def test_several_people_are_praised_at_once(hotel: House) -> None:
    await hotel.type("noah", "/praise @ling, @hao @ling The best wedding of our lives")
    post = await hotel.posted("The best wedding")
    assert post["text"].count("<@U0") == 2
    for praised in ("ling", "hao"):
        await hotel.dm(praised, "The best wedding")
        assert "10" in await hotel.answered(praised, "/points")


async def test_what_must_not_be_kept_is_masked_everywhere(hotel: House) -> None:
    said = await hotel.type(
        "noah", "/praise @ling Write to lin@example.com or +852 9123 4567, card 4111 1111 1111 1111, room 1204"
    )
    post = await hotel.posted("[email]", "[phone]", "[card]", "room 1204")
    told = await hotel.dm("ling", "[email]", "[phone]", "[card]")
    stored = hotel.rows(models.Praise)[0]["words"]
    await hotel.type("aiko", "/kudos @ling for calling +852 9123 4567, lin@example.com")
    line = await hotel.posted("for calling [phone], [email]", channel="#general")
    for words in (said, post["text"], told["text"], line["text"], stored):
        assert "lin@" not in words and "9123" not in words and "4111" not in words


@pytest.mark.parametrize("typed", ["", "@ling", "@ling @hao  ", "lovely breakfast", "@nobody lovely breakfast"])
async def test_with_people_or_words_missing_the_form_opens_with_what_was_given(hotel: House, typed: str) -> None:
    form = await hotel.form("noah", f"/praise {typed}")
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    people = ["U0LING0000", "U0HAO00000"][: typed.count("@ling") + typed.count("@hao")]
    assert fields["people"].get("initial_users", []) == people
    assert fields["words"].get("initial_value", "") == typed.replace("@ling", "").replace("@hao", "").strip()
    assert hotel.count(models.Praise) == 0


async def test_words_that_are_too_long_open_the_form_and_ask_for_the_part_to_keep(hotel: House) -> None:
    form = await hotel.form("noah", f"/praise @ling {'long ' * 700}from Ms Lin")
    assert "keep the part that matters" in str(form["blocks"][0])
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert len(fields["words"]["initial_value"]) == 3000
    assert fields["people"]["initial_users"] == ["U0LING0000"]
    assert fields["customer"]["initial_value"] == "Ms Lin"
    sent = await hotel.people.submit("noah", form["id"], {"words": "long but good"})
    assert sent["response"] == "update"
    await hotel.posted("long but good", "Ms Lin")


async def test_words_known_already_show_the_first_praise_and_add_nothing(house: House) -> None:
    await house.type("noah", "/praise @ling What a SMILE! from Ms Lin")
    said = await house.type("aiko", "/praise @ling “what a smile” from Mr Wu")
    assert "recorded already" in said and "What a SMILE!" in said and "Ms Lin" in said and "<@U0NOAH0000>" in said
    said = await house.type("aiko", "/praise @ling @hao what a smile")
    assert "<@U0LING0000> had these words already" in said
    post = await house.posted("what a smile")
    assert "<@U0HAO00000>" in post["text"] and "<@U0LING0000>" not in post["text"]
    assert house.count(models.Praised) == 2
    assert [entry["amount"] for entry in house.rows(models.Entry)] == [10, 10]


async def test_after_thirty_days_the_same_words_are_new(hotel: House) -> None:
    await hotel.type("noah", "/praise @ling What a smile")
    await hotel.clock("2026-12-24 10:00")
    assert "Thank you for passing this on" in await hotel.type("noah", "/praise @ling What a smile")


@pytest.mark.parametrize(
    ("praised", "why"),
    [("@rotabot", "bot"), ("@olu", "guest"), ("@goldenear", "bot"), ("<@U0NOBODY1>", "do not know"), ("@noah2", "")],
)
async def test_who_cannot_be_praised_is_said_and_nothing_is_recorded(hotel: House, praised: str, why: str) -> None:
    if praised.startswith("<"):
        payload = {
            "command": "/praise", "text": f"{praised} so kind", "team_id": "T0GEHOTEL1", "channel_id": "C0GENERAL1",
            "user_id": "U0NOAH0000", "trigger_id": "1.2.x",
        }  # fmt: skip
        said = (await hotel.people.send("slash_commands", payload))["body"]["text"]
    elif why:
        said = await hotel.type("noah", f"/praise {praised} so kind")
    else:
        said = str((await hotel.form("noah", f"/praise {praised} so kind"))["blocks"])
    assert why in said
    assert hotel.count(models.Praise) == 0

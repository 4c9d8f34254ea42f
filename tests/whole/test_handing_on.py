"""It was not me, and I had help: pressed, chosen, and seen by everybody concerned (product.md 1)."""

import asyncio

import pytest

from storage import models
from tests.whole import forged
from tests.whole.house import House

NOT_ME, HAD_HELP = "praise_not_me", "praise_had_help"
WORDS = "She found my ring"


async def praised(house: House, whom: str = "@rosa", by: str = "noah", words: str = WORDS) -> None:
    await house.type(by, f"/praise {whom} {words}")


async def form(house: House, user: str, action: str, words: str = WORDS) -> dict:
    """Press a button below the praise in a person's messages; gives the form that opens."""
    message = await house.dm(user, words, action_id=action)
    outcome = await house.people.click(user, message["channel"], message["ts"], action)
    assert outcome["ok"], outcome
    return (await house.people.wait({"view": user}))[-1]


async def hand_on(house: House, giver: str, receiver: str) -> dict:
    opened = await form(house, giver, NOT_ME)
    return await house.people.submit(giver, opened["id"], {"person": receiver})


async def had_help(house: House, namer: str, *helpers: str) -> dict:
    opened = await form(house, namer, HAD_HELP)
    return await house.people.submit(namer, opened["id"], {"people": list(helpers)})


async def points(house: House, *users: str) -> list[int]:
    """What these people have by the ledger."""
    known = {row["slack_id"]: row["id"] for row in house.rows(models.Person)}
    ids = [known[f"U0{user.upper():0<8}"] for user in users]
    return [sum(row["amount"] for row in house.rows(models.Entry, models.Entry.person_id == id_)) for id_ in ids]


def buttons(message: dict) -> list[str]:
    return [one["action_id"] for block in message["blocks"] if block["type"] == "actions" for one in block["elements"]]


# ---- it was not me -------------------------------------------------------------------------------------------------


async def test_the_words_the_points_and_the_post_go_to_the_right_colleague(house: House) -> None:
    await praised(house)
    await house.posted(WORDS, "<@U0ROSA0000>")
    sent = await hand_on(house, "rosa", "hao")
    assert sent["response"] == "update"

    post = await house.posted(WORDS, "<@U0HAO00000>")
    assert "U0ROSA0000" not in str(post["blocks"])
    mine = await house.dm("hao", WORDS, "<@U0ROSA0000>", "10")
    assert buttons(mine) == [HAD_HELP, NOT_ME, "praise_private"]
    settled = await house.dm("rosa", WORDS, "<@U0HAO00000>")
    assert buttons(settled) == []
    assert "<@U0HAO00000>" in (await house.dm("noah", "meant for"))["text"]
    assert await points(house, "rosa", "hao") == [0, 10]
    assert "10" in await house.answered("hao", "/leaderboard month praise")
    await house.settled()
    assert len(await house.posts()) == 1 and len(await house.dms("rosa")) == 1


async def test_once_more_and_no_more(hotel: House) -> None:
    await praised(hotel)
    await hand_on(hotel, "rosa", "hao")
    await hand_on(hotel, "hao", "priya")
    message = await hotel.dm("priya", WORDS, action_id=NOT_ME)
    assert "handed on twice already" in await hotel.press("priya", message, NOT_ME)
    assert await hotel.people.views("priya") == []
    assert await points(hotel, "rosa", "hao", "priya") == [0, 0, 10]
    await hotel.posted(WORDS, "<@U0PRIYA000>")


async def test_after_thirty_days_it_stays(hotel: House) -> None:
    await praised(hotel)
    message = await hotel.dm("rosa", WORDS, action_id=NOT_ME)
    await hotel.clock("2026-12-23 10:01")
    assert "30" in await hotel.press("rosa", message, NOT_ME)
    await hotel.settled()
    assert await points(hotel, "rosa") == [10]


async def test_each_refusal_stands_in_the_form_and_changes_nothing(hotel: House) -> None:
    await praised(hotel, "@rosa @ling")
    await praised(hotel, "@jun", "aiko")  # the same words
    await hotel.settled()
    opened = await form(hotel, "rosa", NOT_ME)
    before = hotel.dump()
    for receiver, why in {
        "rosa": "yours already",
        "ling": "praised in it already",
        "noah": "ask a lead to record it",
        "jun": "the same words",
        "rotabot": "bot",
        "olu": "guest",
    }.items():
        sent = await hotel.people.submit("rosa", opened["id"], {"person": receiver})
        assert sent["response"] == "errors" and why in sent["errors"]["person"], (receiver, sent)
    await hotel.settled()
    assert hotel.dump() == before


async def test_it_is_done_once_however_often_it_is_sent(house: House) -> None:
    await praised(house)
    message = await house.dm("rosa", WORDS, action_id=NOT_ME)
    opened = [await form(house, "rosa", NOT_ME), await form(house, "rosa", NOT_ME)]
    assert len({view["id"] for view in opened}) == 2
    await house.people.submit("rosa", opened[1]["id"], {"person": "hao"})
    sent = await house.people.submit("rosa", opened[0]["id"], {"person": "ling"})
    assert "not yours" in str(sent["errors"])
    await house.settled()
    before = house.dump()
    await redelivered(house)
    assert house.dump() == before
    assert await points(house, "rosa", "hao", "ling") == [0, 10, 0]
    assert len(await house.dms("hao")) == 1
    assert message["ts"] == (await house.dm("rosa", WORDS))["ts"], "the same message, drawn anew"


async def redelivered(house: House) -> None:
    """Slack does not repeat forms; a person whose client lost the answer does."""
    sent = [one for one in await house.people.traffic(500) if one.get("way") == "to_app"]
    forms = [one for one in sent if "view_submission" in str(one)]
    assert forms
    for one in forms:
        await house.people.send("interactive", one["payload"])
    await house.settled()


async def test_two_of_the_praised_hand_on_at_once_and_only_one_to_the_same_colleague(hotel: House) -> None:
    await praised(hotel, "@rosa @ling")
    mine, hers = await form(hotel, "rosa", NOT_ME), await form(hotel, "ling", NOT_ME)
    sent = await asyncio.gather(
        hotel.people.submit("rosa", mine["id"], {"person": "hao"}),
        hotel.people.submit("ling", hers["id"], {"person": "hao"}),
    )
    assert sorted(one["response"] for one in sent) == ["errors", "update"]
    assert sorted(await points(hotel, "rosa", "ling")) == [0, 10]
    assert await points(hotel, "hao") == [10]
    await hotel.posted(WORDS, "<@U0HAO00000>")


async def test_the_morning_that_it_opened_is_changed_too(house: House) -> None:
    await house.clock("2026-11-24 08:30")
    await praised(house)
    await house.dm("rosa", WORDS)
    await house.clock("2026-11-24 09:00:01")
    await house.posted("Good morning", WORDS, "<@U0ROSA0000>")
    await house.settled()
    await hand_on(house, "rosa", "hao")
    await house.posted("Good morning", WORDS, "<@U0HAO00000>", lacks="U0ROSA0000")
    await house.settled()
    assert len([text for text in await house.posts() if "Good morning" in text]) == 1


# ---- privacy -------------------------------------------------------------------------------------------------------


async def test_a_post_that_stands_names_nobody_if_the_right_one_keeps_praise_private(house: House) -> None:
    await house.type("priya", "/golden-ear private")
    await praised(house)
    await house.posted(WORDS, "<@U0ROSA0000>")
    await hand_on(house, "rosa", "priya")
    post = await house.posted(WORDS, "earned by a colleague")
    assert "<@" not in post["text"] and "U0" not in str(post["blocks"])
    await house.dm("priya", WORDS, "stays private")
    assert len(await house.posts()) == 1


async def test_a_post_that_has_not_left_is_owed_no_longer_if_nobody_may_be_named(hotel: House) -> None:
    await hotel.type("priya", "/golden-ear private")
    await hotel.clock("2026-11-23 20:59")
    await praised(hotel)
    await hotel.dm("rosa", WORDS)
    await hotel.settled()
    await hotel.clock("2026-11-23 22:30")
    await praised(hotel, "@rosa", words="She found my hat")
    await hotel.clock("2026-11-24 07:00")
    (owed,) = hotel.rows(models.Outbox, models.Outbox.state == "due", models.Outbox.channel == "C0PRAISE01")
    sent = await hand_over_by_id(hotel, "rosa", owed["subject"].removeprefix("praise:"), "priya")
    assert sent["ok"]
    await hotel.clock("2026-11-24 08:00:01")
    await hotel.dm("priya", "She found my hat")
    await hotel.settled()
    assert not any("She found my hat" in text and "Good morning" not in text for text in await hotel.posts())


async def hand_over_by_id(house: House, giver: str, praise_id: str, receiver: str) -> dict:
    """Send the form for a praise whose message has not left: as if it had been pressed an instant before."""
    memory = {"nonce": f"n{praise_id}", "praise": praise_id}
    return await house.people.send(
        "interactive", forged.form(giver, "praise_hand_on_form", memory, {"person": forged.slack_id(receiver)})
    )


async def test_what_was_private_is_posted_when_the_right_one_shows_it(house: House) -> None:
    await house.type("priya", "/golden-ear private")
    await praised(house, "@priya")
    await house.dm("priya", WORDS)
    await house.settled()
    assert await house.posts() == []
    await had_help(house, "priya", "jun")
    await hand_on(house, "priya", "rosa")
    post = await house.posted(WORDS, "<@U0ROSA0000>", lacks="U0PRIYA000")
    await house.people.wait({"channel": "#praise", "contains": ["<@U0JUN00000> helped"]})
    assert "priya" not in str(post["blocks"]).lower()


async def test_a_wish_for_privacy_and_a_hand_on_at_once(hotel: House) -> None:
    """Whichever comes first: the post names Priya only if she had not asked for privacy when it went to her."""
    await praised(hotel)
    opened = await form(hotel, "rosa", NOT_ME)
    await asyncio.gather(
        hotel.people.submit("rosa", opened["id"], {"person": "priya"}), hotel.type("priya", "/golden-ear private")
    )
    await hotel.settled()
    (text,) = await hotel.posts()
    assert "U0ROSA0000" not in text
    assert await points(hotel, "rosa", "priya") == [0, 10]
    assert await hotel.dm("priya", WORDS)


# ---- applause ------------------------------------------------------------------------------------------------------


async def test_applause_of_the_right_colleague_counts_no_more(hotel: House) -> None:
    await praised(hotel)
    post = await hotel.posted(WORDS)
    for user in ("hao", "sam"):
        await hotel.people.react(user, "#praise", post["ts"], "tada")
    await hotel.posted("2 colleagues applaud")
    await hand_on(hotel, "rosa", "hao")
    await hotel.posted(WORDS, "<@U0HAO00000>", "1 colleague applauds")


# ---- I had help ----------------------------------------------------------------------------------------------------


async def test_helpers_are_thanked_in_the_thread_and_get_a_point_and_a_word(house: House) -> None:
    await praised(house)
    post = await house.posted(WORDS)
    sent = await had_help(house, "rosa", "hao", "ling", "noah", "rotabot")
    assert sent["response"] == "update"
    thanks = (await house.people.wait({"channel": "#praise", "contains": ["helped. Thank you!"]}))[-1]
    assert thanks["thread_ts"] == post["ts"]
    assert all(who in thanks["text"] for who in ("<@U0HAO00000>", "<@U0LING0000>", "<@U0NOAH0000>"))
    for user in ("hao", "ling", "noah"):
        await house.dm(user, WORDS, "<@U0ROSA0000>", "1 ")
    assert await points(house, "rosa", "hao", "ling", "noah") == [10, 1, 1, 1]
    assert "A bot cannot be thanked" in str((await house.people.views("rosa"))[-1])

    sent = await had_help(house, "rosa", "hao")
    assert "counts once" in str(sent["errors"]["people"])
    await house.settled()
    assert await points(house, "hao") == [1]
    assert len([text for text in await house.posts() if "helped" in text]) == 1


async def test_in_quiet_hours_the_thanks_wait_for_the_post(hotel: House) -> None:
    await hotel.clock("2026-11-23 22:30")
    await praised(hotel)
    (praise,) = hotel.rows(models.Praise)
    memory = {"nonce": "n1", "praise": praise["id"]}
    people = {"people": [forged.slack_id("hao")]}
    assert (await hotel.people.send("interactive", forged.form("rosa", "praise_help_form", memory, people)))["ok"]
    await hotel.settled()
    assert await hotel.posts() == [] and await hotel.dms("hao") == []
    await hotel.clock("2026-11-24 08:00:01")
    post = await hotel.posted(WORDS, lacks="helped")
    thanks = (await hotel.people.wait({"channel": "#praise", "contains": ["<@U0HAO00000> helped"]}))[-1]
    assert thanks["thread_ts"] == post["ts"]
    await hotel.dm("hao", WORDS)


@pytest.mark.parametrize("who", ["the praised", "the helper"])
async def test_who_keeps_praise_private_is_not_named_in_the_thread(hotel: House, who: str) -> None:
    await hotel.type("priya", "/golden-ear private")
    namer, helper = ("priya", "hao") if who == "the praised" else ("rosa", "priya")
    await praised(hotel, f"@{namer}")
    await hotel.dm(namer, WORDS)
    await had_help(hotel, namer, helper)
    await hotel.dm(helper, WORDS, "1 ")
    await hotel.settled()
    assert not any("helped" in text for text in await hotel.posts())
    assert hotel.count(models.Outbox, models.Outbox.state == "dead") == 0
    assert await points(hotel, namer, helper) == [10, 1]


async def test_two_of_the_praised_name_helpers_at_once_and_ten_is_the_most(hotel: House) -> None:
    await praised(hotel, "@rosa @ling")
    mine, hers = await form(hotel, "rosa", HAD_HELP), await form(hotel, "ling", HAD_HELP)
    crowd = ["hao", "jun", "priya", "yun", "chen", "aiko", "noah", "mei", "tomas", "sam"]
    await asyncio.gather(
        hotel.people.submit("rosa", mine["id"], {"people": crowd[:7]}),
        hotel.people.submit("ling", hers["id"], {"people": crowd[3:]}),
    )
    await hotel.settled()
    assert sum(await points(hotel, *crowd)) == hotel.count(models.Helper) == 10

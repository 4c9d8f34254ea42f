"""The shortcuts: a message is saved as praise as it stands, or the form is opened from anywhere (product.md 1)."""

from typing import Any

import pytest

from bot.workspace import staff
from storage import models
from tests.whole import forged
from tests.whole.house import House

SAVE, RECORD = "save_praise", "record_praise"


async def opened(house: House, user: str, ts: str, channel: str = "#general") -> dict:
    """The form that the shortcut on a message opens."""
    outcome = await house.people.message_shortcut(user, channel, ts, SAVE)
    assert outcome["ok"], outcome
    return (await house.people.wait({"view": user}))[-1]


def begun(form: dict) -> dict[str, Any]:
    """What each field begins with."""
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    values = ("initial_value", "initial_date", "initial_users")
    begun = {name: next((one[value] for value in values if value in one), None) for name, one in fields.items()}
    return {**begun, "source": fields["source"]["initial_option"]["value"]}


async def test_a_message_is_saved_as_it_stands(house: House) -> None:
    ts = await house.people.say("noah", "#general", "A guest wrote: <so kind> & “quick” :tada: says @ling")
    form = await opened(house, "aiko", ts)
    assert begun(form) == {
        "people": None,
        "words": "A guest wrote: <so kind> & “quick” :tada: says @ling",
        "part": None,
        "customer": None,
        "source": "chat",
        "happened_on": "2026-11-23",
        "link": f"https://{staff.TEAM_DOMAIN}.slack.com/archives/C0GENERAL1/p{ts.replace('.', '')}",
    }
    sent = await house.people.submit("aiko", form["id"], {"people": ["ling"], "part": "so kind", "customer": "Ms Lin"})
    assert sent["response"] == "update" and "Thank you for passing this on" in str(sent["view"])
    post = await house.posted("so kind", "Ms Lin", "In a chat")
    assert "<@U0LING0000>" in post["text"] and "quick" not in post["text"]
    (row,) = house.rows(models.Praise)
    assert row["link"] == ""  # behind it stands what is kept back
    assert "slack.com" not in str(post) and "leads to the whole message" in str(sent["view"])


async def test_the_form_opens_from_anywhere(house: House) -> None:
    assert (await house.people.global_shortcut("aiko", RECORD))["ok"]
    (form,) = await house.people.wait({"view": "aiko"})
    empty = begun(form)
    assert (empty["people"], empty["words"], empty["link"], empty["source"]) == (None, None, None, "in person")
    sent = await house.people.submit("aiko", form["id"], {"people": ["ling"], "words": "What a smile"})
    assert sent["response"] == "update"
    await house.posted("What a smile")


async def test_both_speak_the_language_of_the_person(hotel: House) -> None:
    ts = await hotel.people.say("noah", "#general", "So kind")
    assert "原話" in str(await opened(hotel, "mei", ts))
    await hotel.people.global_shortcut("jun", RECORD)
    assert "原话" in str(await hotel.people.wait({"view": "jun"}))


async def test_the_day_is_that_of_the_message_where_the_recorder_is(hotel: House) -> None:
    await hotel.clock("2026-11-20 23:30")
    ts = await hotel.people.say("noah", "#general", "So kind")
    await hotel.clock("2026-11-23 10:00")
    assert begun(await opened(hotel, "noah", ts))["happened_on"] == "2026-11-20"
    assert begun(await opened(hotel, "aiko", ts))["happened_on"] == "2026-11-21", "in Tokyo it was Saturday already"


async def test_a_reply_is_linked_within_its_thread_and_a_direct_message_not_at_all(hotel: House) -> None:
    first = await hotel.people.say("noah", "#general", "A guest came back")
    reply = await hotel.people.say("noah", "#general", "So kind, she said", thread_ts=first)
    link = begun(await opened(hotel, "aiko", reply))["link"]
    assert link.endswith(f"/p{reply.replace('.', '')}?thread_ts={first}&cid=C0GENERAL1")
    private = await hotel.people.say("noah", "@aiko", "So kind, he said")
    form = begun(await opened(hotel, "aiko", private, "@noah"))
    assert (form["words"], form["link"]) == ("So kind, he said", None)


async def test_what_golden_ear_wrote_itself_is_no_customers_word(house: House) -> None:
    await house.type("noah", "/praise @ling Wonderful")
    post = await house.posted("Wonderful")
    before = await house.people.ephemerals("aiko")
    assert (await house.people.message_shortcut("aiko", "#praise", post["ts"], SAVE))["ok"]
    assert "I wrote that message myself" in (await house.next_ephemeral("aiko", before))["text"]
    assert await house.people.views("aiko") == []


async def test_a_message_of_another_app_is_taken_and_one_without_text_is_said_to_be(hotel: House) -> None:
    message: dict[str, Any] = {"ts": "1795399200.000100", "bot_id": "B0CRM", "subtype": "bot_message", "text": ""}
    review = {"type": "section", "text": {"type": "mrkdwn", "text": "5 stars: Ling &amp; Hao were *great*"}}
    await hotel.people.send("interactive", forged.on_message(hotel, "aiko", {**message, "blocks": [review]}))
    assert begun((await hotel.people.wait({"view": "aiko"}))[-1])["words"] == "5 stars: Ling & Hao were *great*"
    files = [{"id": "F1", "mimetype": "image/png", "name": "card.png"}]
    await hotel.people.send("interactive", forged.on_message(hotel, "noah", {**message, "files": files}))
    (form,) = await hotel.people.wait({"view": "noah"})
    assert begun(form)["words"] is None and "no text in this message" in str(form)


async def test_a_message_that_is_too_long_begins_in_the_form_which_asks_for_the_part_to_keep(hotel: House) -> None:
    ts = await hotel.people.say("noah", "#general", "長" * 5_000)
    form = await opened(hotel, "aiko", ts)
    assert begun(form)["words"] == "長" * 3_000 and "too long" in str(form)
    sent = await hotel.people.submit("aiko", form["id"], {"people": ["ling"]})
    assert sent["response"] == "update"


async def test_the_same_message_saved_twice_is_one_praise(house: House) -> None:
    ts = await house.people.say("noah", "#general", "So kind and so quick")
    forms = [await opened(house, "aiko", ts), await opened(house, "aiko", ts)]
    answers = [await house.people.submit("aiko", form["id"], {"people": ["ling"]}) for form in forms]
    assert [answer["response"] for answer in answers] == ["update", "push"]
    assert "recorded already" in str(answers[1]["view"])
    assert house.count(models.Praise) == 1


async def test_a_shortcut_delivered_twice_opens_one_form_and_complains_of_nothing(hotel: House) -> None:
    ts = await hotel.people.say("noah", "#general", "So kind and so quick")
    outcomes = [
        await hotel.people.message_shortcut("aiko", "#general", ts, SAVE),
        await hotel.people.global_shortcut("noah", RECORD),
    ]
    for outcome in outcomes:
        assert (await hotel.people.redeliver(outcome["delivery"]))["ok"]
    await hotel.settled()
    for user in ("aiko", "noah"):
        assert len(await hotel.people.views(user)) == 1 and await hotel.people.ephemerals(user) == []


@pytest.mark.parametrize("kind", ["message", "global"])
async def test_who_takes_no_part_is_told_so(hotel: House, kind: str) -> None:
    if kind == "message":
        await hotel.people.invite("olu", "#general")
        ts = await hotel.people.say("noah", "#general", "So kind")
        await hotel.people.message_shortcut("olu", "#general", ts, SAVE)
        assert "Guests do not take part" in (await hotel.next_ephemeral("olu", []))["text"]
        assert await hotel.people.views("olu") == []
    else:
        await hotel.people.global_shortcut("olu", RECORD)
        assert "Guests do not take part" in str(await hotel.people.wait({"view": "olu"}))


async def test_a_message_with_more_mentions_than_are_looked_up_is_read(hotel: House) -> None:
    text = "<@U0LING0000> " * 150 + "".join(f"<@U0NOBODY{number:02}>" for number in range(60))
    message = {"ts": "1795399200.000100", "user": "U0NOAH0000", "text": text}
    outcome = await hotel.people.send("interactive", forged.on_message(hotel, "aiko", message))
    assert outcome["ok"]
    assert begun((await hotel.people.wait({"view": "aiko"}))[-1])["words"].startswith("@ling @ling")

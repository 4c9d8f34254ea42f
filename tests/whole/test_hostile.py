"""Hostile words in every field: words back or stored as written, no ping, readable, and Slack takes all that is sent
("It must show", 6)."""

from typing import Any

import pytest

from bot.rules.kudos import MAX_REASON
from bot.rules.praise import MAX_CUSTOMER, MAX_WORDS
from bot.workspace import staff
from storage import models
from tests.whole import forged, setting_forgeries
from tests.whole.house import House

HOSTILE = {
    "channel": "<!channel> <!here|here> <!subteam^S0RECEPTN1>",
    "everyone": "@everyone @channel @here",
    "markup": "*bold* _it_ ~no~ `code` ```pre``` > quote <https://evil.example|click> :tada: &amp;lt;",
    "mention": "<@U0SAM00000> <#C0PRAISE01|praise> <@U0NOBODY01>",
    "right to left": "kind \u202edrawkcab\u202c \u2067\u05d0\u05d1 and on \u200f!",
    "braces": "{people} {0} %s %(x)s {{ }} ${HOME}",
    "lines": "one\n\n\u2028two\r\n\tthree\u00a0four\x07",
    "emoji": "👩🏽‍🚒🇭🇰" * 40,
    "long": "長" * 10_000,
    "long link": "http://" + "x" * 9_993,
}
BY = [one.handle for one in staff.STAFF]
PAIRS = [(text, by, whom) for text, by, whom in zip(HOSTILE.values(), BY, BY[1:], strict=False)]
"""For each hostile text somebody who writes it of somebody else."""


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def texts(message: Any) -> str:
    """All rich text of a message, as people read it."""
    if isinstance(message, dict):
        own = str(message["text"]) if message.get("type") == "text" else ""
        return own + "".join(texts(value) for value in message.values())
    return "".join(map(texts, message)) if isinstance(message, list) else ""


async def sent(house: House, payload: dict[str, Any]) -> dict[str, Any]:
    kind = "slash_commands" if "command" in payload else "interactive"
    outcome = await house.people.send(kind, payload)
    assert outcome["ok"], outcome
    await house.settled()
    assert house.count(models.Outbox, models.Outbox.state == "dead") == 0
    assert "Something went wrong" not in forged.words_of(outcome)
    return outcome


def refused_at(outcome: dict[str, Any], field: str) -> bool:
    """Whether words stand below that field alone."""
    errors = outcome["body"].get("errors", {})
    return list(errors) == [field] and len(errors[field]) > 15


# ---- praise --------------------------------------------------------------------------------------------------------


def form(by: str, whom: str = "ling", **answers: Any) -> dict[str, Any]:
    good = {"people": [forged.slack_id(whom)], "words": f"Wonderful {whom}", "customer": "", "source": "chat",
            "happened_on": "2026-11-20", "link": ""}  # fmt: skip
    return forged.form(by, "praise_form", {"nonce": forged.stamp()}, {**good, **answers})


async def reads(house: House, whom: str, words: str) -> None:
    """The post and the message hold the words in one piece, code point for code point."""
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    for messages in (await house.people.messages("#praise"), await house.people.dms(whom)):
        (found,) = (
            message for message in messages if any(quote in block.get("elements", []) for block in message["blocks"])
        )
        assert escaped(words) in found["text"] or len(words) > 2_000, "screen readers read the text"


async def test_words_are_stored_and_shown_as_they_were_typed_or_refused(hotel: House) -> None:
    for text, by, whom in PAIRS:
        if len(text) <= MAX_WORDS:
            line = f"<@{forged.slack_id(whom)}|x> “{escaped(text)}” from {escaped('<!here>')}"
            await sent(hotel, forged.command(hotel, by, "/praise", line))
            praise = hotel.rows(models.Praise)[-1]
            assert (praise["words"], praise["customer"]) == (text.strip(), "<!here>")
            await reads(hotel, whom, text.strip())
    stored = hotel.count(models.Praise)
    for text, by, whom in PAIRS:
        outcome = await sent(hotel, form(by, whom, words=f"{text}!"))
        assert refused_at(outcome, "words") if len(text) > MAX_WORDS else outcome["body"]["response_action"] == "push"
    assert hotel.count(models.Praise) == stored


async def test_words_in_a_form_are_stored_and_shown_as_written(hotel: House) -> None:
    for text, by, whom in PAIRS:
        if len(text) <= MAX_WORDS:
            assert (await sent(hotel, form(by, whom, words=text)))["body"]["response_action"] == "update"
            assert hotel.rows(models.Praise)[-1]["words"] == text.strip()
            await reads(hotel, whom, text.strip())


async def test_a_part_of_the_words_is_stored_and_shown_as_written_and_the_rest_is_kept(hotel: House) -> None:
    for text, by, whom in PAIRS:
        if len(text) < MAX_WORDS - 100:
            outcome = await sent(hotel, form(by, whom, words=f"{text}\nBut slow.", part=text))
            assert outcome["body"]["response_action"] == "update"
            praise = hotel.rows(models.Praise)[-1]
            assert (praise["words"], praise["rest"]) == (text.strip(), "But slow.")
            await reads(hotel, whom, text.strip())


async def test_the_customer_in_a_form_is_shown_as_written_or_refused(hotel: House) -> None:
    for text, by, whom in PAIRS:
        before = hotel.dump()
        outcome = await sent(hotel, form(by, whom, customer=text))
        if len(text) > MAX_CUSTOMER:
            assert refused_at(outcome, "customer") and hotel.dump() == before
        else:
            assert hotel.rows(models.Praise)[-1]["customer"] == text.strip()
            post = (await hotel.people.messages("#praise"))[-1]
            assert " ".join(text.split()) in texts(post["blocks"]), "on one line"


async def test_every_other_field_of_the_praise_form_refuses_what_it_cannot_be(hotel: House) -> None:
    before = hotel.dump()
    for text in HOSTILE.values():
        wrong: tuple[tuple[str, Any], ...] = (
            ("link", text),
            ("source", text),
            ("happened_on", text),
            ("people", [text]),
        )
        for field, value in wrong:
            outcome = await sent(hotel, form("noah", **{field: value}))
            assert outcome["body"]["response_action"] == "errors", field
            assert all(len(words) > 15 for words in outcome["body"]["errors"].values())
            assert hotel.dump() == before, field
    assert refused_at(await sent(hotel, form("noah", people=[f"U0{number:08}" for number in range(500)])), "people")
    assert hotel.dump() == before


# ---- kudos ---------------------------------------------------------------------------------------------------------


def kudos_form(by: str, **answers: Any) -> dict[str, Any]:
    good = {"people": ["U0LING0000"], "reason": "staying late", "value": "care"}
    return forged.form(by, "kudos_form", {"nonce": forged.stamp()}, {**good, **answers})


async def test_a_reason_is_told_as_written_or_refused(hotel: House) -> None:
    await hotel.type("noah", "/kudos @ling for nothing in particular")
    await hotel.settled()
    for text, by, whom in PAIRS:
        command = forged.command(hotel, by, "/kudos", f"<@{forged.slack_id(whom)}> {escaped(text)} #care")
        for payload in (command, kudos_form(by, people=[forged.slack_id(whom)], reason=text)):
            before = hotel.dump()
            outcome = await sent(hotel, payload)
            if len(text) > MAX_REASON:
                assert "1,000" in forged.words_of(outcome) and hotel.dump() == before
            else:
                assert hotel.rows(models.Kudos)[-1]["reason"].strip() == text.strip()
                line = (await hotel.people.messages("#general" if "command" in payload else "#praise"))[-1]
                assert " ".join(text.split()) in texts(line["blocks"])


async def test_every_other_field_of_the_kudos_form_refuses_what_it_cannot_be(hotel: House) -> None:
    before = hotel.dump()
    for text in HOSTILE.values():
        for answers in ({"value": text}, {"people": [text]}):
            assert (await sent(hotel, kudos_form("aiko", **answers)))["body"]["response_action"] == "errors"
    assert hotel.dump() == before


async def test_a_hundred_people_are_answered(hotel: House) -> None:
    for number in range(60):
        hotel.slack.program.acts.add_user(f"x{number:02}y", {})
    await hotel.settled()
    named = "".join(f"<@{forged.slack_id(f'x{number:02}y')}>" for number in range(60))
    said = forged.words_of(await sent(hotel, forged.command(hotel, "noah", "/kudos", f"{named} thank you all")))
    assert "You have no kudos left" in said and hotel.count(models.KudosGift) == 5
    said = forged.words_of(await sent(hotel, forged.command(hotel, "noah", "/praise", f"{named} Thank you all")))
    assert "at most 20" in said and hotel.count(models.Praise) == 0


# ---- the rest ------------------------------------------------------------------------------------------------------


async def test_a_reason_for_a_refusal_is_told_as_written_or_refused(hotel: House) -> None:
    for text, by in zip(HOSTILE.values(), (who for who in BY if who != "tomas"), strict=False):
        await hotel.type(by, f"/praise @{by} Found the way")
        await hotel.settled()
        kept = {"nonce": by, "praise": hotel.rows(models.Praise)[-1]["id"]}
        outcome = await sent(hotel, forged.form("tomas", "praise_refuse_form", kept, {"reason": text}))
        if len(text) > MAX_REASON:
            assert refused_at(outcome, "reason")
        else:
            assert text.strip() in texts((await hotel.people.dms(by))[-1]["blocks"])


async def test_commands_that_are_all_noise_are_answered_or_open_a_form(hotel: House) -> None:
    before = hotel.dump()
    answered = ("/praise", "/kudos", "/points", "/suggest", "/ideas")
    for command in (*answered, "/leaderboard", "/golden-ear"):
        for text in HOSTILE.values():
            outcome = await sent(hotel, forged.command(hotel, "noah", command, escaped(text)))
            assert command in answered or "did not understand" in outcome["body"]["text"]
    assert hotel.dump() == before
    assert len(await hotel.people.views("noah")) == 3 * len(HOSTILE)


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_nul_and_half_characters_are_left_out_or_turned_away(opened: Any, transport: str) -> None:
    """Slack sends neither. Over HTTP the door refuses them; over Socket Mode there is no door before ours."""
    async with opened(transport) as house:
        for text, by in (("a\x00b", "noah"), ("a\ud83db", "aiko"), ("\x00", "rosa"), ("\udc00", "hao")):
            bare = text.encode("utf-8", "ignore").decode().replace("\x00", "")
            outcome = await house.people.send("interactive", form(by, words=text + " kind"))
            assert outcome["ok"] == (transport == "socket")
            if transport == "socket":
                assert bare + " kind" in ["", *(row["words"] for row in house.rows(models.Praise)), " kind"]
                for command in ("/praise", "/kudos"):
                    await sent(house, forged.command(house, by, command, f"<@U0PRIYA000> {text} good"))
        assert bool(house.count(models.Praise)) == (transport == "socket")
        await house.people.forget_errors()


# ---- settings ------------------------------------------------------------------------------------------------------


async def test_settings_take_hostile_words_as_written_or_refuse_them_at_their_field(hotel: House) -> None:
    praise = {"praise_channel": staff.PRAISE_CHANNEL, "quiet_hours": None, "quiet_hours_end": None, "values": None,
              "kudos_emoji": "star"}  # fmt: skip
    pulse = {"pulse": "off", "pulse_days": ["tue"], "pulse_time": "10:00", "pulse_sample": None,
             "support_contacts": None}  # fmt: skip
    ritual = {**setting_forgeries.NIGHT, "workdays": ["mon"]}
    asked: list[tuple[str, dict[str, str], dict[str, Any], str]] = [
        ("settings_form", {"group": "praise"}, praise, "values"),
        ("settings_form", {"group": "praise"}, praise, "kudos_emoji"),
        ("settings_form", {"group": "morning"}, setting_forgeries.MORNING, "holidays"),
        ("settings_form", {"group": "morning"}, setting_forgeries.MORNING, "timezone"),
        ("settings_form", {"group": "pulse"}, pulse, "support_contacts"),
        ("settings_form", {"group": "pulse"}, pulse, "pulse_sample"),
        ("settings_ritual_form", {"ritual": ""}, ritual, "name"),
        ("settings_ritual_form", {"ritual": ""}, ritual, "team"),
    ]
    for text in HOSTILE.values():
        for callback_id, kept, good, field in asked:
            if kept.get("ritual") == "":
                good = {**good, "name": f"night-{forged.stamp()[-6:]}"}
            payload = setting_forgeries.form("sam", callback_id, kept, {**good, field: text})
            outcome = await sent(hotel, payload)
            assert refused_at(outcome, field) or outcome["body"].get("response_action") == "update", (field, text)
        for command in ("settings", "audit"):
            assert await hotel.type("sam", f"/golden-ear {command}") == ""
    assert hotel.count(models.Setting) > 0 and hotel.count(models.Ritual) > 1

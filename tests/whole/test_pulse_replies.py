"""After the results of a round: a public answer, a question back by a receipt code; wishes and questions by command."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House
from tests.whole.rounds import STAFF, answers, asked, closed, comments, everybody_is_asked

CODE = "four words nobody guesses"
LAMP = "The night desk needs a lamp."


@pytest.fixture(params=["http", "socket"])
async def pulsing(request: pytest.FixtureRequest, opened: Opening, tmp_path: Path) -> AsyncIterator[House]:
    """A Monday at the hotel, where twelve people will be asked on Tuesday, once a week."""
    async with opened(request.param, PULSE="on", KEYS_DIR=str(tmp_path / "keys")) as house:
        yield house


async def form(house: House, user: str, callback_id: str) -> dict[str, Any]:
    return dict((await house.people.wait({"view": user, "callback_id": callback_id}))[-1])


async def send(house: House, user: str, callback_id: str, **values: object) -> dict[str, Any]:
    """Fill in and send the form that is open; gives what it becomes."""
    opened = await form(house, user, callback_id)
    given: dict[str | tuple[str, str], object] = dict(values.items())
    return dict(await house.people.submit(user, opened["id"], given))


async def results_are_told(house: House) -> dict[str, Any]:
    """Eleven answer, five comment, one of them with a code; gives what the manager alone gets."""
    await everybody_is_asked(house)
    for user, value in zip(STAFF, "44455533344", strict=False):
        await answers(house, user, value)
    await comments(house, "noah", LAMP, CODE)
    for user in ("sam", "mei", "aiko", "rosa"):  # fewer comments than five are never read
        await comments(house, user, "Nothing from me.")
    await closed(house)
    return await house.dm("sam", action_id="pulse_reply")


async def test_a_lead_answers_in_public_once(pulsing: House) -> None:
    house = pulsing
    told = await results_are_told(house)

    await house.people.click("sam", told["channel"], told["ts"], "pulse_reply")
    outcome = await send(house, "sam", "pulse_reply_form", words="You said the desk is dark. Lamps come on Friday.")

    assert outcome["response"] == "update", outcome
    posted = await house.posted("You said, we do", "Lamps come on Friday.")
    assert "user_id" in str(posted["blocks"]), "with the name of who says it"
    said = await house.press("sam", told, "pulse_reply")
    assert "answered in public already" in said

    await house.people.click("noah", posted["channel"], posted["ts"], "idea_suggest")
    idea = await form(house, "noah", "idea_form")
    sent = await house.people.submit("noah", idea["id"], {"title": "A lamp", "what": "At the desk.", "gains": "both"})
    assert sent["response"] == "update", sent
    assert house.count(models.Suggestion) == 1, "the call for ideas is answered"


async def test_a_question_back_finds_its_way_by_the_code_alone(pulsing: House) -> None:
    house = pulsing
    told = await results_are_told(house)
    await house.people.click("sam", told["channel"], told["ts"], "pulse_ask")
    assert (await send(house, "sam", "pulse_ask_form", words="Which desk?"))["response"] == "update"
    inbox = house.count(models.Inbox)

    await house.type("noah", "/pulse code")
    wrong = await send(house, "noah", "pulse_code_form", receipt="not the code of anybody")
    assert "no comment with this code" in str(wrong)
    short = await send(house, "noah", "pulse_code_form", receipt="too short")
    assert "no comment with this code" in str(short), "here a code is looked up, not made up"
    found = await send(house, "noah", "pulse_code_form", receipt=CODE.upper())
    assert found["response"] == "update" and "Which desk?" in str(found)
    thanked = await send(house, "noah", "pulse_back_form", words="The left one.", receipt=CODE)
    assert thanked["response"] == "update", thanked

    assert house.count(models.Inbox) == inbox, "who answers leaves no row of the delivery"
    assert not any("left one" in text for text in await house.dms("sam"))
    await house.clock("2026-12-02 10:00:01")
    brought = await house.dm("sam", "The left one.", "Which desk?", LAMP)
    assert "Noah" not in str(brought)
    log = "\n".join(record.getMessage() for record in house.records)
    assert CODE not in log and "left one" not in log


async def test_how_somebody_is_asked_is_theirs_to_say(pulsing: House) -> None:
    house = pulsing
    assert "remind you once" in await house.type("noah", "/pulse remind on")
    assert "I do not ask you" in await house.type("rosa", "/pulse off")
    assert "before" in await house.type("tomas", "/pulse away 2026-11-30")
    assert "That is not a date" in await house.type("tomas", "/pulse away tomorrow")
    assert "These work" in await house.type("tomas", "/pulse remind me")
    assert "These work" in await house.type("tomas", "/pulse stop")
    settings = (await house.people.ephemerals("rosa"))[-1]
    assert "I ask you in every round" in await house.press("rosa", settings, "pulse_in")

    wishes = {(row["opted_out"], str(row["away_until"]), row["reminds"]) for row in house.rows(models.PulseWish)}
    assert wishes == {(False, "None", True), (False, "None", False), (False, "2026-11-30", False)}


async def test_a_question_is_put_off_to_tomorrow(pulsing: House) -> None:
    house = pulsing
    await everybody_is_asked(house)
    question = await asked(house, "noah")

    await house.people.click("noah", question["channel"], question["ts"], "pulse_later")

    await house.dm("noah", "Gladly.")
    await house.clock("2026-11-25 10:00:01")
    await house.dm("noah", action_id="pulse_later")


async def test_an_admin_adds_a_question_for_one_day(pulsing: House) -> None:
    house = pulsing
    assert "Only admins" in await house.type("noah", "/pulse questions")
    assert "workload" in await house.answered("sam", "/pulse questions")
    assert "clarity-" in await house.answered("sam", "/pulse questions clarity")
    await house.type("sam", "/pulse questions add")
    words = {"en": "The new till helps me.", "zh-Hant": "新的收銀機對我有幫助。"}
    chosen = {"driver": "tools", "kind": "agree", "direction": "up"}
    late = await send(house, "sam", "pulse_add_form", **chosen, **words, day="2026-11-25")
    assert "no question is asked" in str(late), late
    done = await send(house, "sam", "pulse_add_form", **chosen, **words, day="2026-11-24")
    assert done["response"] == "update", done

    await everybody_is_asked(house)
    assert "The new till helps me." in (await asked(house, "noah"))["text"]
    assert "新的收銀機對我有幫助。" in (await asked(house, "ling"))["text"]

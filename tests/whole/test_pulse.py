"""A round of the micro pulse from its opening to its results (product.md 4)."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.workspace import staff
from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House, until

POOL = (models.Participation, models.Envelope, models.Answer)
STAFF = [person.handle for person in staff.STAFF]


@pytest.fixture(params=["http", "socket"])
async def pulsing(request: pytest.FixtureRequest, opened: Opening, tmp_path: Path) -> AsyncIterator[House]:
    """A Monday at the hotel, where twelve people will be asked on Tuesday, once a week."""
    async with opened(request.param, PULSE="on", KEYS_DIR=str(tmp_path / "keys")) as house:
        yield house


def round_of(house: House) -> dict[str, Any]:
    (survey,) = house.rows(models.Survey)
    return dict(survey)


async def asked(house: House, user: str) -> dict:
    """The question as it stands in the DM of somebody."""
    return await house.dm(user, action_id="pulse_later")


async def answers(house: House, user: str, value: str) -> dict:
    """Somebody taps an answer; gives the message that stands there then."""
    question = await asked(house, user)
    outcome = await house.people.click(user, question["channel"], question["ts"], f"pulse_answer_{value}")
    assert outcome["ok"], outcome
    return await house.dm(user, action_id="pulse_comment")


async def comments(house: House, user: str, words: str, code: str = "") -> dict:
    """Somebody who answered adds a comment; gives what the form becomes."""
    thanked = await house.dm(user, action_id="pulse_comment")
    await house.people.click(user, thanked["channel"], thanked["ts"], "pulse_comment")
    (form,) = await house.people.wait({"view": user, "callback_id": "pulse_comment_form"})
    return dict(await house.people.submit(user, form["id"], {"words": words, **({"receipt": code} if code else {})}))


async def everybody_is_asked(house: House) -> None:
    await house.clock("2026-11-24 09:00:01")  # ten o'clock in Tokyo, where the day begins first
    await until(lambda: house.count(models.Survey) == 1)
    await house.clock("2026-11-24 18:00:01")  # ten o'clock in London
    await until(lambda: house.count(models.Invitation, models.Invitation.state == "owed") == len(STAFF))
    await house.settled()


async def closed(house: House) -> None:
    await house.clock("2026-12-01 08:00:01")  # an hour before the next question, in Tokyo
    await until(lambda: round_of(house)["scrubbed"])
    await house.settled()


async def test_a_round_from_its_question_to_its_results(pulsing: House) -> None:
    house = pulsing
    await house.clock("2026-11-24 09:00:01")  # ten o'clock in Tokyo, and nowhere else
    first = await asked(house, "aiko")
    await house.settled()
    assert await house.dms("noah") == [] and "12 people are asked" in first["text"]
    await everybody_is_asked(house)
    values = [message["text"] for message in [await asked(house, user) for user in ("aiko", "noah", "rosa")]]
    assert len(set(values)) == 1, "the same words for everybody of a language"

    assert house.people and "after" in (await house.answered("noah", "/pulse")).lower()
    thanks = {
        (await answers(house, user, value))["text"]
        for user, value in zip(STAFF, "1234512345", strict=False)
        if user in ("sam", "aiko", "noah", "rosa")
    }
    assert len(thanks) == 1, "whatever was answered"


async def test_what_is_stored_and_logged_of_an_answer(pulsing: House) -> None:
    house = pulsing
    await everybody_is_asked(house)
    inbox = house.count(models.Inbox)

    await answers(house, "noah", "4")
    await comments(house, "noah", "The night desk needs a lamp.", "four words nobody guesses")
    await house.settled()

    assert (house.count(models.Participation), house.count(models.Envelope)) == (2, 2)
    assert house.count(models.Inbox) == inbox, "an answer leaves no row of its delivery"
    assert "lamp" not in str(house.dump()) and "four words" not in str(house.dump())
    log = "\n".join(record.getMessage() for record in house.records)
    assert "pulse_answer" not in log and staff.STAFF[3].id not in log


async def test_results_come_to_leads_and_admins_and_nothing_else_is_left(pulsing: House, tmp_path: Path) -> None:
    house = pulsing
    await everybody_is_asked(house)
    for user, value in zip(STAFF, "44455533344", strict=False):
        await answers(house, user, value)
    outcome = await comments(house, "noah", "The night desk needs a lamp.")
    assert outcome["response"] == "update", outcome
    assert round_of(house)["state"] == "open" and house.count(models.Result) == 0

    await closed(house)

    assert [house.count(table) for table in POOL] == [0, 0, 0] and list((tmp_path / "keys").iterdir()) == []
    (result,) = house.rows(models.Result)
    assert result["cut"] == "" and round_of(house)["answered"] == 11
    for lead in ("sam", "tomas"):
        told = await house.dm(lead, "11 of 12 answered")
        assert "pulse_reply" not in str(told["blocks"]), "this one may be forwarded"
        assert "The night desk needs a lamp." in (await house.dm(lead, action_id="pulse_reply"))["text"]
    assert not any("11 of 12" in text for text in await house.dms("noah"))
    assert "11 of 12 answered" in await house.answered("noah", "/pulse")


async def test_an_answer_that_comes_too_late_is_told_so(pulsing: House) -> None:
    house = pulsing
    await everybody_is_asked(house)
    question = await asked(house, "noah")
    await closed(house)

    outcome = await house.people.click("noah", question["channel"], question["ts"], "pulse_answer_4")

    assert outcome["ok"], outcome
    assert "closed already" in (await house.dm("noah", "closed already"))["text"]
    assert house.count(models.Result) == 0, "nobody answered"


async def test_whoever_wished_it_is_asked_once_more_unless_they_answered(pulsing: House) -> None:
    house = pulsing
    for user in ("noah", "rosa"):
        member = models.Person.slack_id == next(one.id for one in staff.STAFF if one.handle == user)
        (person,) = house.rows(models.Person, member)
        wish = {"person_id": person["id"], "workspace_id": staff.TEAM_ID, "reminds": True}
        house.database.write_now(lambda session, row=wish: session.execute(models.PulseWish.__table__.insert(), row))  # type: ignore[attr-defined,misc]
    await everybody_is_asked(house)
    await answers(house, "rosa", "4")

    await house.clock("2026-11-25 10:00:01")
    await house.dm("noah", action_id="pulse_later", count=2)
    await house.settled()

    assert len(await house.dms("rosa")) == 1
    assert house.count(models.Nudge, models.Nudge.count == 2) == 2, "it counts for both"


async def test_a_lost_key_makes_a_round_void_and_everybody_is_told(pulsing: House, tmp_path: Path) -> None:
    house = pulsing
    await everybody_is_asked(house)
    for user in STAFF[:6]:
        await answers(house, user, "4")
    for key in (tmp_path / "keys").iterdir():
        key.write_bytes(bytes(32))

    await house.clock("2026-12-01 08:00:01")
    await until(lambda: round_of(house)["scrubbed"])
    for user in STAFF:
        await house.people.wait({"dm": user, "contains": ["destroyed" if user in ("sam", "noah") else ""]})
    await house.settled()

    assert round_of(house)["state"] == "void" and [house.count(table) for table in POOL] == [0, 0, 0]
    assert len([text for text in await house.dms("noah") if "destroyed unread" in text]) == 1
    house.records[:] = [record for record in house.records if "is lost" not in record.getMessage()]

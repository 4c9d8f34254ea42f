"""A round of the micro pulse from its opening to its results (product.md 4)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.workspace import staff
from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House, until
from tests.whole.rounds import POOL, STAFF, answers, asked, closed, comments, everybody_is_asked, round_of


@pytest.fixture(params=["http", "socket"])
async def pulsing(request: pytest.FixtureRequest, opened: Opening, tmp_path: Path) -> AsyncIterator[House]:
    """A Monday at the hotel, where twelve people will be asked on Tuesday, once a week."""
    async with opened(request.param, PULSE="on", KEYS_DIR=str(tmp_path / "keys")) as house:
        yield house


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
    for user in STAFF[:5]:  # fewer comments than that are never read
        outcome = await comments(house, user, f"The night desk needs a lamp, says {user}.")
        assert outcome["response"] == "update", outcome
    assert round_of(house)["state"] == "open" and house.count(models.Result) == 0

    await closed(house)

    assert [house.count(table) for table in POOL] == [0, 0, 0] and list((tmp_path / "keys").glob("*.key")) == []
    (result,) = house.rows(models.Result)
    assert result["cut"] == "" and round_of(house)["answered"] == 11
    for lead in ("sam", "tomas"):
        told = await house.dm(lead, "11 of 12 answered")
        assert "pulse_reply" not in str(told["blocks"]), "this one may be forwarded"
        assert "The night desk needs a lamp, says" in (await house.dm(lead, action_id="pulse_reply"))["text"]
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
    for key in (tmp_path / "keys").glob("*.key"):
        key.write_bytes(bytes(32))

    await house.clock("2026-12-01 08:00:01")
    await until(lambda: round_of(house)["scrubbed"])
    for user in STAFF:
        await house.people.wait({"dm": user, "contains": ["destroyed" if user in ("sam", "noah") else ""]})
    await house.settled()

    assert round_of(house)["state"] == "void" and [house.count(table) for table in POOL] == [0, 0, 0]
    assert len([text for text in await house.dms("noah") if "destroyed unread" in text]) == 1
    house.records[:] = [record for record in house.records if "is lost" not in record.getMessage()]

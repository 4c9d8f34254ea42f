"""The open question answered in Home: as in the direct message, and as anonymous."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House
from tests.whole.rounds import STAFF, answers, asked, closed, everybody_is_asked
from tests.whole.test_home import at_home, calls, home, press


@pytest.fixture(params=["http", "socket"])
async def pulsing(request: pytest.FixtureRequest, opened: Opening, tmp_path: Path) -> AsyncIterator[House]:
    """A Monday at the hotel, where twelve people will be asked on Tuesday."""
    async with opened(request.param, PULSE="on", KEYS_DIR=str(tmp_path / "keys")) as house:
        yield house


async def test_the_question_is_answered_in_home_and_nothing_there_tells_who_did(pulsing: House) -> None:
    house = pulsing
    await everybody_is_asked(house)
    before = await at_home(house, "noah", "12 people are asked")
    others = await at_home(house, "rosa", "12 people are asked")
    rows = [[one for one in view["blocks"] if "pulse_answer" in str(one)] for view in (before, others)]
    assert rows[0] == rows[1], "the same buttons for everybody of a language"
    inbox, published = house.count(models.Inbox), calls(house)

    await press(house, "noah", "pulse_answer_4")
    thanks = (await house.people.wait({"view": "noah", "contains": "Your answer is in"}))[-1]
    await press(house, "rosa", "pulse_answer_1")
    other = (await house.people.wait({"view": "rosa", "contains": "Your answer is in"}))[-1]
    assert [one for one in thanks["blocks"] if "pulse_comment" not in str(one)] == [
        one for one in other["blocks"] if "pulse_comment" not in str(one)
    ]
    await house.settled()
    assert (house.count(models.Participation), house.count(models.Envelope)) == (2, 2)
    assert house.count(models.Inbox) == inbox, "an answer leaves no row of its delivery"
    after = await at_home(house, "noah", "12 people are asked")
    assert after["blocks"] == before["blocks"] and calls(house) == published, "Home does not change by an answer"


async def test_a_second_tap_elsewhere_counts_once_and_is_thanked_in_the_same_words(pulsing: House) -> None:
    house = pulsing
    await everybody_is_asked(house)
    await answers(house, "noah", "4")
    await at_home(house, "noah", "12 people are asked")
    await press(house, "noah", "pulse_answer_2")
    thanks = (await house.people.wait({"view": "noah", "contains": "Your answer is in"}))[-1]
    assert house.count(models.Participation) == 1
    await house.people.click_view("noah", thanks["id"], "pulse_comment")
    form = (await house.people.wait({"view": "noah", "callback_id": "pulse_comment_form"}))[-1]
    sent = await house.people.submit("noah", form["id"], {"words": "The night desk needs a lamp."})
    assert sent["response"] == "update"
    assert house.count(models.Envelope) == 2


async def test_results_and_progress_stand_in_home_of_those_who_lead(pulsing: House) -> None:
    house = pulsing
    await everybody_is_asked(house)
    for user, value in zip(STAFF, "44455533344", strict=False):
        await answers(house, user, value)
    await at_home(house, "sam", "12 people are asked")
    assert await asked(house, STAFF[-1])
    await closed(house)
    view = await at_home(house, "sam", "The last results of the company", "11 of 12 answered")
    assert "pulse_answer" not in str(view)
    assert "11 of 12 answered" not in str(await at_home(house, "noah", "No question is open"))
    await home(house, "noah")


async def test_an_answer_that_comes_too_late_is_told_so(pulsing: House) -> None:
    house = pulsing
    await everybody_is_asked(house)
    view = await at_home(house, "noah", "12 people are asked")
    await house.clock("2026-12-01 08:00:01")
    row = next(one for one in view["blocks"] if "pulse_answer" in str(one))
    value = row["elements"][0]["value"]
    outcome = await house.people.send("interactive", _pressed(house, view, value))
    assert outcome["ok"]
    await house.people.wait({"view": "noah", "contains": "closed already"})
    assert house.count(models.Participation) == 0


def _pressed(house: House, view: dict, value: str) -> dict:
    """A press in a Home that shows what it showed before."""
    from tests.whole import forged

    payload = forged.press(house, "noah", "pulse_answer_1", value)
    gone = ("response_url", "message", "channel")
    return {**{key: told for key, told in payload.items() if key not in gone}, "view": view}

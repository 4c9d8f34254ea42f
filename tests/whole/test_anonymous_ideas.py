"""Ideas without a name in a hotel: sent, brought in the morning, asked about by a code, accepted, claimed."""

import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House, until
from tests.whole.test_suggestions import SENT, TITLE, move, moved, page

CODE = re.compile(r"\b[a-z2-7]{4}(?:-[a-z2-7]{2,4}){6}\b")
TUESDAY, WEDNESDAY, THURSDAY = "2026-11-24", "2026-11-25", "2026-11-26"


@pytest.fixture(params=["http", "socket"])
async def posting(request: pytest.FixtureRequest, opened: Opening, tmp_path: Path) -> AsyncIterator[House]:
    """A Monday at the hotel, with keys of its own."""
    async with opened(request.param, KEYS_DIR=str(tmp_path / "keys")) as house:
        yield house


async def sent(house: House, user: str = "noah", signed: str = "code", **more: Any) -> str:
    """Send an idea without a name; gives its code."""
    form = await house.form(user, "/suggest")
    outcome = await house.people.submit(user, form["id"], SENT | {"signed": signed} | more)
    assert outcome["response"] == "update", outcome
    (code,) = set(CODE.findall(str(outcome["view"]["blocks"])))
    await house.people.close_view(user, outcome["view"]["id"])
    return str(code)


async def morning(house: House, day: str) -> None:
    """Let a day begin, and what came before it be opened."""
    await house.clock(f"{day} 00:00:30")
    taken = (models.Inbox.kind == "letters", models.Inbox.key == day)
    await until(lambda: house.count(models.Inbox, *taken) == 1)
    await until(lambda: house.count(models.Postbox) == 1)


async def minute(house: House, day: str) -> None:
    await house.clock(f"{day} 10:00:01")


async def fill(house: House, user: str, callback_id: str, **values: Any) -> dict[str, Any]:
    """Fill in and send the form that is open; gives what it becomes."""
    form = (await house.people.wait({"view": user, "callback_id": callback_id}))[-1]
    given: dict[Any, object] = dict(values)
    return dict(await house.people.submit(user, form["id"], given))


async def looked_up(house: House, code: str, user: str = "noah") -> dict[str, Any]:
    assert await house.type(user, "/ideas code") == ""
    return await fill(house, user, "idea_code_form", receipt=code)


async def shut(house: House, user: str = "noah") -> None:
    while views := await house.people.views(user):
        await house.people.close_view(user, views[-1]["id"])


async def test_an_idea_without_a_name_goes_from_the_form_to_the_claim(posting: House) -> None:
    house, inbox = posting, posting.count(models.Inbox)
    code = await sent(house)
    assert house.count(models.Inbox) == inbox and house.count(models.Suggestion) == 0
    assert "There is none yet" in await house.answered("noah", "/ideas")
    assert "I know no idea with this code" in str(await looked_up(house, code))
    await shut(house)

    await morning(house, TUESDAY)
    assert not any(TITLE in text for text in await house.dms("sam"))
    await minute(house, TUESDAY)
    asked = await house.dm("sam", TITLE, "somebody without a name")
    assert "noah" not in str(asked).casefold()

    view = await page(house, "sam", asked)
    assert (await house.people.click_view("sam", view["id"], "idea_ask"))["ok"]
    assert (await fill(house, "sam", "idea_ask_form", words="Which door?"))["response"] == "update"
    await shut(house, "sam")
    found = await looked_up(house, code.upper().replace("-", " "))
    assert found["response"] == "update" and "Which door?" in str(found)
    thanked = await fill(house, "noah", "idea_word_form", words="The one to the yard.", receipt=code)
    assert thanked["response"] == "update", thanked
    await shut(house)
    assert not house.count(models.Remark, models.Remark.said_by.is_(None))  # type: ignore[union-attr]

    await morning(house, WEDNESDAY)
    await minute(house, WEDNESDAY)
    await house.dm("sam", "The one to the yard.", TITLE, "without a name")
    await moved(house, "sam", "review", "accepted")
    await _refused_and_claimed(house, code)
    log = "\n".join(record.getMessage() for record in house.records if not record.name.startswith("slack_"))
    assert code not in log and "yard" not in log


async def _refused_and_claimed(house: House, code: str) -> None:
    assert house.count(models.Entry) == 0
    await looked_up(house, code, "sam")
    assert await claim(house, code, "sam") == "You had a hand in what became of this idea"
    assert house.count(models.Entry) == 0
    await shut(house, "sam")

    found = await looked_up(house, code)
    assert "Accepted" in str(found)
    assert await claim(house, code) == "You get 20 points"
    (entry,) = house.rows(models.Entry)
    (noah,) = house.rows(models.Person, models.Person.slack_id == "U0NOAH0000")
    assert (entry["person_id"], entry["amount"]) == (noah["id"], 20)
    await shut(house)
    now_named = str((await looked_up(house, code))["view"]["blocks"])
    assert "This idea has a name by now" in now_named and "U0NOAH0000" in now_named


async def claim(house: House, code: str, user: str = "noah") -> str:
    """Claim from the page behind the code; gives how the answer begins that is known here."""
    view = (await house.people.views(user))[-1]
    assert (await house.people.click_view(user, view["id"], "idea_claim"))["ok"]
    form = (await house.people.wait({"view": user, "callback_id": "idea_claim_form"}))[-1]
    assert "This names you" in str(form)
    outcome = str(await fill(house, user, "idea_claim_form", receipt=code))
    known = ("You had a hand in what became of this idea", "You get 20 points")
    return next((words for words in known if words in outcome), outcome)


async def test_who_left_an_address_hears_of_news_once_a_day_without_a_row_that_says_so(posting: House) -> None:
    house = posting
    await sent(house, signed="notice")
    await sent(house, "aiko", signed="notice", title="Quieter lifts")
    await morning(house, TUESDAY)
    await minute(house, TUESDAY)
    asked = await house.dm("sam", TITLE)
    await until(lambda: house.count(models.Inbox, models.Inbox.kind == "notices") == 1)
    assert not any("news of ideas" in text for text in await house.dms("noah"))
    for state in ("accepted", "done"):
        assert (await move(house, "sam", await page(house, "sam", asked), state))["response"] == "update"
    await house.settled()
    rows = house.count(models.Outbox)
    await shut(house, "sam")

    await morning(house, WEDNESDAY)
    await minute(house, WEDNESDAY)
    told = await house.dm("noah", "There is news of ideas that were sent without a name.")
    assert TITLE not in str(told)
    assert (await house.dm("aiko", "There is news of ideas"))["text"] == told["text"], "all hear the same"
    await until(lambda: house.count(models.Suggestion, models.Suggestion.address.is_not(None)) == 1)  # type: ignore[union-attr]
    desk = house.bot.desk
    assert desk
    await until(lambda: len(desk.idea_keys.ids()) == 2)  # of the postbox, and of the idea that is not over
    assert house.count(models.Outbox) == rows


async def test_the_echo_of_a_done_idea_names_nobody(posting: House) -> None:
    house = posting
    await sent(house)
    await morning(house, TUESDAY)
    await minute(house, TUESDAY)
    await house.dm("sam", TITLE)
    await moved(house, "sam", "accepted", "done")
    echo = await house.posted("An idea was put into practice", TITLE, "Thank you to whose idea it was!")
    assert "<@" not in str(echo["text"]) and house.count(models.Entry) == 0


async def test_a_form_that_is_sent_twice_shows_the_same_code_and_is_one_idea(posting: House) -> None:
    house = posting
    form = await house.form("noah", "/suggest")
    outcome = await house.people.submit("noah", form["id"], SENT | {"signed": "code"})
    again = await house.people.redeliver(outcome["delivery"])
    assert CODE.findall(str(again)) in ([], CODE.findall(str(outcome["view"]["blocks"])))
    assert house.count(models.Letter) == 1
    await morning(house, TUESDAY)
    await until(lambda: house.count(models.Suggestion) == 1)
    (idea,) = house.rows(models.Suggestion)
    assert idea["author_id"] is None and idea["sent_on"] == datetime.fromisoformat(TUESDAY).date()


async def test_the_button_below_ones_own_ideas_asks_for_a_code(posting: House) -> None:
    house = posting
    await house.answered("noah", "/ideas mine")
    listed = (await house.people.ephemerals("noah"))[-1]
    assert (await house.people.click("noah", listed["channel"], listed["ts"], "idea_code"))["ok"]
    await house.people.wait({"view": "noah", "callback_id": "idea_code_form"})
    assert "I know no idea with this code" in str(await fill(house, "noah", "idea_code_form", receipt="x"))


async def test_the_form_says_before_what_is_stored_and_offers_a_team_only_if_it_is_large(posting: House) -> None:
    house = posting
    form = str(await house.form("noah", "/suggest"))
    assert "and not who you are" in form and "that names you" in form and "Slack itself sees" in form
    assert "may it say that it comes from your team" not in form

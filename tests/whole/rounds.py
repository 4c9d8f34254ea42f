"""How a round of the micro pulse goes at the hotel: all are asked on Tuesday, the next question comes a week later."""

from typing import Any

from bot.workspace import staff
from storage import models
from tests.whole.house import House, until

POOL = (models.Participation, models.Envelope, models.Answer)
STAFF = [person.handle for person in staff.STAFF]
ABROAD = [person.handle for person in staff.STAFF if person.zone == "Europe/London"]


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
    for moment, people in (("10:00:01", len(STAFF) - len(ABROAD)), ("18:00:01", len(STAFF))):  # ten here, and in London
        await house.clock(f"2026-11-24 {moment}")
        await until(lambda: house.count(models.Invitation, models.Invitation.state == "owed") == people)  # noqa: B023
        await house.settled()  # what has not left when hours have passed is asked another day


async def closed(house: House) -> None:
    await house.clock("2026-12-01 08:00:01")  # an hour before the next question, in Tokyo
    await until(lambda: round_of(house)["scrubbed"])
    await house.settled()

"""Triggers: `/pulse on`, `off`, `away` and `remind`, the buttons that do the same, and *Ask me tomorrow*.

None of it is a delivery to be remembered: each sets how it is, and said twice it changes nothing. So no row says when
somebody put a question off, which only those do who have not answered.
"""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.rules import days
from bot.rules.refusal import Refusal
from bot.services import people, voting
from bot.services import wishes as service
from bot.services.voting import Voter
from handlers import forms
from handlers.answers import say, tell
from handlers.policy import employees
from storage.wishes import Wish

WORDS = frozenset({"on", "off", "away", "remind"})
"""How a wish begins behind `/pulse`."""
_PRESSED = {"pulse_in": {"opted_out": False}, "pulse_out": {"opted_out": True}}


def register(app: AsyncApp) -> None:
    """Hear the buttons; the command is one with `/pulse`."""
    for action_id in (*_PRESSED, "pulse_remind"):
        app.action(action_id)(pressed)
    app.action("pulse_later")(later)


async def changed(ack: AsyncAck, body: Payload, command: Payload, desk: Desk, rest: str) -> None:
    """What somebody wrote behind `/pulse`: one of `WORDS`, and what follows it."""
    user = command["user_id"]
    await meet(desk, [user])
    wish, language = await _change(desk, user, _read(rest))
    await say(ack, views.wishes.changed(wish, language))


def _read(text: str) -> dict[str, Any]:
    """The change that these words ask for. Raises Refusal if they ask for none."""
    match text.lower().split():
        case ["on"]:
            return {"opted_out": False}
        case ["off"]:
            return {"opted_out": True}
        case ["away", *day]:
            until = days.read(" ".join(day))
            if until is None:
                raise Refusal("not_a_date")
            return {"away_until": until}
        case ["remind", "on" | "off" as wanted]:
            return {"reminds": wanted == "on"}
    raise Refusal("pulse_wish_unclear")


@employees
async def pressed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """One of the buttons below one's settings; the answer shows them as they are now."""
    user, wanted = body["user"]["id"], forms.pressed(action)
    if wanted not in ("on", "off"):
        raise Refusal("out_of_date")
    await meet(desk, [user])
    changes = _PRESSED.get(action["action_id"]) or {"reminds": wanted == "on"}
    wish, language = await _change(desk, user, changes)
    await tell(desk, body, views.wishes.changed(wish, language), language)
    await ack()


async def _change(desk: Desk, user: str, changes: dict[str, Any]) -> tuple[Wish, str]:
    """Store the wish; gives it with the language in which to tell it."""

    def story(session: Session) -> tuple[Wish, str]:
        wish = service.change(session, desk.company, user, now=desk.clock.now(), **changes)
        return wish, people.actor(session, desk.company, user).language

    return await desk.database.write(story)


@employees
async def later(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody wants to be asked tomorrow; what was pressed says so in place of the question."""
    user, survey_id = body["user"]["id"], forms.pressed(action)

    def story(session: Session) -> Voter:
        now = desk.clock.now()
        service.later(session, desk.company, user, survey_id, now=now)
        return voting.may_take_part(session, desk.company, user, survey_id, now=now)

    voter = await desk.database.write(story)
    language = voter.member.language
    await tell(desk, body, views.pulse.snoozed(voter.survey, desk.company, language), language, instead=True)
    await ack()

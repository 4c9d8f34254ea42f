"""Triggers: *It was not me* below a praise, and its form."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, handing_on, mint
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import handing_on as service
from bot.services import people
from bot.services.handing_on import HandedOn
from handlers import forms
from handlers.answers import open_form
from handlers.policy import employees
from storage.people import Member
from storage.praise import Praise


def register(app: AsyncApp) -> None:
    """Hear the button and the form."""
    app.action("praise_not_me")(pressed)
    app.view("praise_hand_on_form")(submitted)


@employees
async def pressed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The praised person says that it was somebody else: who, is asked for."""
    user, praise_id, now = body["user"]["id"], forms.pressed(action), desk.clock.now()
    await meet(desk, [user])

    def look(session: Session) -> tuple[Praise, tuple[Member, bool]]:
        _, praise = service.offered(session, desk.company, user, praise_id, now=now)
        return praise, people.teller(session, desk.company, user)

    praise, (member, with_others) = await desk.database.read(look)
    view = views.handing_on.form(praise, member.language, nonce=mint(), with_others=with_others)
    await open_form(desk, body, view)
    await ack()


@employees
async def submitted(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The right colleague was chosen."""
    user, kept = body["user"]["id"], forms.memory(view)
    receiver = _chosen(forms.filled(view))
    await meet(desk, [user, *([receiver] if receiver else [])])

    def story(session: Session) -> HandedOn:
        now = desk.clock.now()
        handed = service.hand_on(session, desk.company, user, kept.get("praise", ""), receiver, now=now)
        handing_on.handed_on(session, desk.company, handed)
        return handed

    handed = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.handing_on.done_view(handed, handed.giver.language))


def _chosen(given: Mapping[str, Any]) -> str:
    """The one who was chosen in either field, "" if nobody was. Raises Refusal if more than one was."""
    named = [one for one in (forms.person(given.get("person")), *forms.people(given.get("others"))) if one]
    if len(named) > 1:
        raise Refusal("handing_on_several", field="person")
    return named[0] if named else ""

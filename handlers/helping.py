"""Triggers: *I had help* below a praise, and its form."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, helping, mint
from bot.desk.people import meet
from bot.services import handing_on as earned
from bot.services import helping as service
from bot.services import people
from bot.services.helping import Helped
from handlers import forms
from handlers.answers import open_form
from handlers.policy import employees
from storage.people import Member
from storage.praise import Praise


def register(app: AsyncApp) -> None:
    """Hear the button and the form."""
    app.action("praise_had_help")(pressed)
    app.view("praise_help_form")(submitted)


@employees
async def pressed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The praised person had help: whose, is asked for."""
    user, praise_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])

    def look(session: Session) -> tuple[Praise, tuple[Member, bool]]:
        _, praise = earned.own(session, desk.company, user, praise_id)
        return praise, people.teller(session, desk.company, user)

    praise, (member, with_others) = await desk.database.read(look)
    view = views.helping.form(praise, desk.company.help_points, member.language, nonce=mint(), with_others=with_others)
    await open_form(desk, body, view)
    await ack()


@employees
async def submitted(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The helpers were named."""
    user, kept = body["user"]["id"], forms.memory(view)
    given = forms.filled(view)
    named = [*forms.people(given.get("people")), *forms.people(given.get("others"))]
    await meet(desk, [user, *named])

    def story(session: Session) -> Helped:
        now = desk.clock.now()
        helped = service.name(session, desk.company, user, kept.get("praise", ""), named, now=now)
        helping.helped(session, desk.company, helped)
        return helped

    helped = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.helping.named_view(helped, helped.namer.language))

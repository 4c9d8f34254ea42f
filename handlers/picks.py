"""Triggers: /golden-ear pick, and the buttons of its answer: a lead's pick for tomorrow."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import picks as service
from handlers import forms
from handlers.answers import follow, redraw
from handlers.policy import leads


def register(app: AsyncApp) -> None:
    """Hear the buttons; the command is one with `/golden-ear`."""
    app.action("praise_pick")(pressed)


async def offer(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """Show a lead what could open the next morning."""
    user, now = command["user_id"], desk.clock.now()
    choices = await desk.database.read(lambda session: service.choices(session, desk.company, user, now=now))
    await ack()
    follow(desk, command, views.picks.offer(choices))


@leads
async def pressed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead picks a praise or takes the pick back; the answer that holds the button shows how it stands now."""
    user, (wish, _, praise_id) = body["user"]["id"], forms.pressed(action).partition(":")
    if wish not in (views.picks.ON, views.picks.OFF):
        raise Refusal("out_of_date")
    await meet(desk, [user])
    stands, delivery = wish == views.picks.ON, desk.press(body, desk.clock.now(), again=True)

    choices = await desk.database.write(
        lambda session: service.pick(session, desk.company, user, praise_id, stands=stands, now=desk.clock.now()),
        delivery,
    )
    await ack()
    if body.get("view"):
        await redraw(desk, body, views.errors.instead(views.picks.offer(choices), choices.lead.language))
        return
    follow(desk, body, {**views.picks.offer(choices), "replace_original": True})

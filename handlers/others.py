"""Triggers: typing into the field for people without a Slack account."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload
from bot.services import people
from bot.views import limits
from handlers.policy import employees
from storage.people import Member


def register(app: AsyncApp) -> None:
    """Offer them."""
    app.options("others")(offer)


@employees
async def offer(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """Those whose names hold what was typed; all of them at first."""
    user, typed = body["user"]["id"], body["value"]

    def look(session: Session) -> tuple[Member, ...]:
        people.actor(session, desk.company, user)
        return people.without_account(session, desk.company, typed.strip(), limits.OPTIONS)

    found = await desk.database.read(look)
    await ack(options=views.others.options(found))

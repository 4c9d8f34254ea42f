"""Trigger: /points."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.services import points as service
from handlers.answers import follow
from handlers.policy import employees


def register(app: AsyncApp) -> None:
    """Hear the command."""
    app.command("/points")(points)


@employees
async def points(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """One's own balance, month, last entries, and what is left to give; a native table follows the acknowledgement."""
    user = command["user_id"]
    await meet(desk, [user])
    now = desk.clock.now()
    statement = await desk.database.read(lambda session: service.statement(session, desk.company, user, now=now))
    await ack()
    follow(desk, command, views.points.statement(statement, statement.person.language))

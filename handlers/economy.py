"""`/golden-ear economy`: how thanks go round, and for leads whom to think of. `handlers.guide` hears the command."""

from slack_bolt.async_app import AsyncAck

from bot import views
from bot.desk import Desk, Payload
from bot.services import economy as service
from handlers.answers import say


async def overview(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """Show it in the acknowledgement, to this person alone."""
    user, now = command["user_id"], desk.clock.now()
    shown = await desk.database.read(lambda session: service.overview(session, desk.company, user, now=now))
    await say(ack, views.economy.overview(shown, shown.viewer.language))

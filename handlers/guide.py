"""Trigger: /golden-ear: what this person may do, and for admins a look at the next ritual."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.services import people, rituals
from handlers import privacy
from handlers.answers import follow, say
from handlers.policy import employees


def register(app: AsyncApp) -> None:
    """Hear the command."""
    app.command("/golden-ear")(guide)


@employees
async def guide(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """`/golden-ear` helps; `preview` shows the next ritual; `private` and `public` say what happens to one's praise."""
    user = command["user_id"]
    await meet(desk, [user])
    match (command.get("text") or "").strip().lower():
        case "" | "help":
            member = await desk.database.read(lambda session: people.actor(session, desk.company, user))
            await say(ack, views.guide.guide(member, desk.company, member.language))
        case "preview":
            await _preview(ack, command, desk)
        case "private" | "public" as wish:
            member = await privacy.prefer(desk, user, wish == "private")
            await say(ack, views.praise.preference(member))
        case _:
            await say(ack, views.guide.usage(await desk.language_of(user)))


async def _preview(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    user, now = command["user_id"], desk.clock.now()
    outcome = await desk.database.read(lambda session: rituals.preview(session, desk.company, user, now=now))
    await ack()
    follow(desk, command, views.rituals.preview(outcome, await desk.language_of(user)))

"""Triggers: user_change, team_join, member_joined_channel, member_left_channel."""

from slack_bolt.async_app import AsyncApp
from sqlmodel import Session

from bot.desk import Desk, Payload
from bot.desk.people import enrol, profile_of
from handlers.policy import anybody
from storage import channels


def register(app: AsyncApp) -> None:
    """Keep the roster and the bot's own memberships as Slack tells them."""
    app.event("user_change")(changed)
    app.event("team_join")(changed)
    app.event("member_joined_channel")(moved)
    app.event("member_left_channel")(moved)


@anybody
async def changed(body: Payload, event: Payload, desk: Desk) -> None:
    """Somebody joined the workspace, or Slack knows something new of them."""
    await enrol(desk, [profile_of(event["user"], desk.company)], desk.event(body, desk.clock.now()))


@anybody
async def moved(body: Payload, event: Payload, context: Payload, desk: Desk) -> None:
    """The bot itself was invited to a channel or removed from one."""
    if event["user"] != context["bot_user_id"]:
        return
    now = desk.clock.now()
    joined = event["type"] == "member_joined_channel"

    def story(session: Session) -> None:
        channels.describe(session, desk.company.workspace_id, event["channel"], is_member=joined, now=now)

    await desk.database.write(story, desk.event(body, now))

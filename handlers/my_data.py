"""Trigger: `/golden-ear my-data`: everything that is held of the person who asks, as files in their direct messages."""

from slack_bolt.async_app import AsyncAck
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload
from bot.services import my_data as service
from bot.services.my_data import MyData
from handlers.answers import say
from storage import outbox


async def bring(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """Owe both files; asked twice within a minute they come once."""
    user = command["user_id"]

    def story(session: Session) -> MyData:
        now = desk.clock.now()
        data = service.collect(session, desk.company, user, now=now)
        language = data.person.language
        files = (("json", views.my_data.as_json(data, language)), ("csv", views.my_data.as_csv(data)))
        for place, (ending, content) in enumerate(files):
            outbox.file(
                session,
                workspace_id=desk.company.workspace_id,
                key=f"my_data:{data.person.id}:{now.timestamp():.3f}:{ending}",
                channel=user,
                name=f"{views.my_data.NAME}.{ending}",
                content=content,
                comment="" if place else views.my_data.comment(language),
                now=now,
            )
        return data

    data = await desk.database.write(story, desk.command(command, desk.clock.now()))
    await say(ack, views.my_data.on_its_way(data.person.language))

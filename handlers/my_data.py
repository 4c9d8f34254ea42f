"""Trigger: `/golden-ear my-data`, or the button in Home: all that is held of whoever asks, as files in their DM."""

import hashlib
from dataclasses import replace

from slack_bolt.async_app import AsyncAck
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.services import my_data as service
from bot.services.my_data import MyData
from handlers.answers import open_form, say
from handlers.policy import employees
from storage import outbox
from storage.inbox import Delivery


async def bring(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """Owe both files; asked twice within a minute they come once."""
    data = await _owe(desk, command["user_id"], desk.command(command, desk.clock.now()))
    await say(ack, views.my_data.on_its_way(data.person.language))


@employees
async def pressed(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The button in Home."""
    user = body["user"]["id"]
    await meet(desk, [user])
    again = hashlib.sha256(f"{user} my-data".encode()).hexdigest()  # pressed twice within a minute they come once
    data = await _owe(desk, user, replace(desk.press(body, desk.clock.now(), again=True), echo=again))
    language = data.person.language
    await open_form(desk, body, views.errors.instead(views.my_data.on_its_way(language), language))
    await ack()


async def _owe(desk: Desk, user: str, delivery: Delivery) -> MyData:
    """Owe both files."""

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
                about=data.held.about,
                now=now,
            )
        return data

    return await desk.database.write(story, delivery)

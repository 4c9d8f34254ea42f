"""Triggers: the form that says what a limit for words replaces for good; for admins."""

import logging

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.services import settings as service
from handlers import forms
from handlers.policy import admins
from handlers.settings import back

log = logging.getLogger(__name__)


def register(app: AsyncApp) -> None:
    """Hear the form; the one before it is of the settings."""
    app.view("settings_keep_form")(confirmed)


@admins
async def confirmed(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """An admin saw what a limit for words would replace, and wants it."""
    user, kept = body["user"]["id"], forms.memory(view)
    wishes = {"KEEP_MONTHS": kept.get("months", "")}
    await meet(desk, [user])
    outcome = await desk.database.write(
        lambda session: service.change(session, desk.defaults, user, wishes, shown=kept, now=desk.clock.now()),
        desk.form(body, kept.get("nonce", ""), desk.clock.now()),
    )
    desk.go_by(outcome.texts)
    log.info("settings=%s changed by=%s", ",".join(outcome.names), user)
    await back(ack, body, desk, user, outcome.names)

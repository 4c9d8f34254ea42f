"""Triggers: the three choices of the first run; for admins."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload, channels
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import people, welcome
from bot.services import settings as service
from bot.views.setting_forms import CHANNELS_OWN
from bot.views.welcome import STEPS
from handlers import forms
from handlers.answers import replace
from handlers.policy import admins


def register(app: AsyncApp) -> None:
    """Hear the choices and the button that keeps what stands."""
    app.action("setup_channel")(channel)
    app.action("setup_time")(time)
    app.action("setup_language")(language)
    app.action("setup_keep")(keep)


@admins
async def channel(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The channel was chosen; the bot enters it if it can."""
    user, chosen = body["user"]["id"], forms.words(action.get("selected_conversation"))
    await meet(desk, [user])
    await desk.database.read(lambda session: people.admin(session, desk.company, user))
    if chosen and chosen != desk.company.praise_channel:
        await channels.enter(desk, chosen, patience=channels.PATIENCE_S)
    await _choose(ack, body, desk, "PRAISE_CHANNEL", chosen)


@admins
async def time(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The time was chosen."""
    await _choose(ack, body, desk, "RITUAL_TIME", forms.words(action.get("selected_time")))


@admins
async def language(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The language was chosen."""
    chosen = forms.chosen(action)
    await _choose(ack, body, desk, "LANGUAGE", "" if chosen == CHANNELS_OWN else chosen)


@admins
async def keep(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A choice stays as the environment has it."""
    user, name = body["user"]["id"], forms.pressed(action)
    if name not in STEPS:
        raise Refusal("out_of_date")
    await meet(desk, [user])
    await desk.database.read(lambda session: people.admin(session, desk.company, user))
    await _next(ack, body, desk, name)


async def _choose(ack: AsyncAck, body: Payload, desk: Desk, name: str, text: str) -> None:
    """Let a choice stand. It is no delivery to be remembered: made twice, it changes nothing."""
    user = body["user"]["id"]
    await meet(desk, [user])
    outcome = await desk.database.write(
        lambda session: service.change(session, desk.defaults, user, {name: text}, now=desk.clock.now())
    )
    desk.go_by(outcome.texts)
    await _next(ack, body, desk, name)


async def _next(ack: AsyncAck, body: Payload, desk: Desk, name: str) -> None:
    """The message shows the next choice, or what stands after the last."""
    spoken = await desk.language_of(body["user"]["id"])
    too_small = await desk.database.read(lambda session: welcome.is_too_small(session, desk.company))
    await ack()
    replace(desk, body, views.welcome.following(name, desk.company, spoken, too_small=too_small))

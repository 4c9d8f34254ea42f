"""Triggers: `/pulse questions` and what may follow it, the forms that add and translate a question; for admins."""

import logging

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload, mint
from bot.desk.people import meet
from bot.rules import days
from bot.rules.languages import LANGUAGES
from bot.rules.own_questions import Draft
from bot.rules.questions import DRIVERS, ENPS
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services import questions as service
from bot.services.questions import Changed
from bot.views.questions import DAY, DIRECTION, DRIVER, KIND, OPTIONS
from handlers import forms
from handlers.answers import follow, open_form, say
from handlers.policy import employees

log = logging.getLogger(__name__)


def register(app: AsyncApp) -> None:
    """Hear the forms; the command is one with `/pulse`."""
    app.view("pulse_add_form")(added)
    app.view("pulse_translate_form")(translated)


async def listed(ack: AsyncAck, body: Payload, command: Payload, desk: Desk, rest: str) -> None:
    """What an admin wrote behind `/pulse questions`: nothing, a topic, or what to do with which question."""
    await meet(desk, [command["user_id"]])
    match rest.lower().split():
        case []:
            await _show(ack, command, desk, "")
        case [topic] if topic in (*DRIVERS, ENPS):
            await _show(ack, command, desk, topic)
        case ["add"]:
            await _add(ack, body, command, desk)
        case ["translate", name]:
            await _translate(ack, body, command, desk, name)
        case ["retire" | "restore" as what, name]:
            await _rest(ack, command, desk, what, name)
        case ["schedule", day, name]:
            await _schedule(ack, command, desk, day, name)
        case ["unschedule", day]:
            await _unschedule(ack, command, desk, day)
        case _:
            raise Refusal("questions_unclear")


async def _show(ack: AsyncAck, command: Payload, desk: Desk, topic: str) -> None:
    user, now = command["user_id"], desk.clock.now()
    shelf, _ = await desk.database.read(lambda session: service.shelf(session, desk.company, user, now=now))
    language = await desk.language_of(user)
    await ack()
    view = views.questions
    follow(desk, command, view.of_topic(shelf, topic, language) if topic else view.topics(shelf, language))


async def _add(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    admin = await desk.database.read(lambda session: people.admin(session, desk.company, command["user_id"]))
    await open_form(desk, body, views.questions.add_form(admin.language, nonce=mint()))
    await ack()


async def _translate(ack: AsyncAck, body: Payload, command: Payload, desk: Desk, name: str) -> None:
    user = command["user_id"]
    one, _ = await desk.database.read(lambda session: service.translatable(session, desk.company, user, name))
    await open_form(desk, body, views.questions.translate_form(one, await desk.language_of(user), nonce=mint()))
    await ack()


async def _rest(ack: AsyncAck, command: Payload, desk: Desk, what: str, name: str) -> None:
    """It is no delivery to be remembered: said twice it changes nothing."""
    user = command["user_id"]
    act = service.retire if what == "retire" else service.restore
    changed = await desk.database.write(lambda session: act(session, desk.company, user, name, now=desk.clock.now()))
    await _told(ack, desk, user, what, changed)


async def _schedule(ack: AsyncAck, command: Payload, desk: Desk, text: str, name: str) -> None:
    user, day = command["user_id"], days.read(text)
    if day is None:
        raise Refusal("not_a_date")
    changed = await desk.database.write(
        lambda session: service.schedule(session, desk.company, user, day, name, now=desk.clock.now())
    )
    await _told(ack, desk, user, "schedule", changed)


async def _unschedule(ack: AsyncAck, command: Payload, desk: Desk, text: str) -> None:
    user, day = command["user_id"], days.read(text)
    if day is None:
        raise Refusal("not_a_date")
    await desk.database.write(
        lambda session: service.unschedule(session, desk.company, user, day, now=desk.clock.now())
    )
    log.info("pulse questions: unschedule date=%s by=%s", day, user)
    await say(ack, views.questions.unscheduled(day, await desk.language_of(user)))


async def _told(ack: AsyncAck, desk: Desk, user: str, what: str, changed: Changed) -> None:
    log.info("pulse questions: %s by=%s", what, user)
    await say(ack, views.questions.changed(changed, await desk.language_of(user)))


@employees
async def added(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """A question was written."""
    user, given, kept = body["user"]["id"], forms.filled(view), forms.memory(view)
    parts = {name: forms.words(given.get(name)) for name in (DRIVER, KIND, DIRECTION, OPTIONS, DAY, *LANGUAGES)}
    words = {language: parts[language] for language in LANGUAGES}
    draft = Draft(parts[DRIVER], parts[KIND], parts[DIRECTION], words, parts[OPTIONS])
    day = forms.day(parts[DAY])
    changed = await desk.database.write(
        lambda session: service.add(session, desk.company, user, draft, day, now=desk.clock.now()),
        desk.form(body, kept.get("nonce", ""), desk.clock.now()),
    )
    await _told_in_form(ack, desk, user, "add", changed)


@employees
async def translated(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """A question was put into words."""
    user, given, kept = body["user"]["id"], forms.filled(view), forms.memory(view)
    words = {language: forms.words(given.get(language)) for language in LANGUAGES}
    name, options = kept.get("question", ""), forms.words(given.get(OPTIONS))
    changed = await desk.database.write(
        lambda session: service.translate(session, desk.company, user, name, words, options, now=desk.clock.now()),
        desk.form(body, kept.get("nonce", ""), desk.clock.now()),
    )
    await _told_in_form(ack, desk, user, "translate", changed)


async def _told_in_form(ack: AsyncAck, desk: Desk, user: str, what: str, changed: Changed) -> None:
    log.info("pulse questions: %s by=%s", what, user)
    view = views.questions.changed_view(changed, await desk.language_of(user))
    await ack(response_action="update", view=view)

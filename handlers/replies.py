"""Triggers: *You said, we do* and *Ask back* below results, their forms, `/pulse code` and its forms.

Whoever comes with a receipt code leaves nothing behind: no row of the delivery, no look-up, no log, and the code is
made a digest of in memory. A form that is sent twice finds what it did before.
"""

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, mint, replying
from bot.rules import comments
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services import replies as service
from bot.services.replies import Said
from bot.views.replies import RECEIPT, WORDS
from handlers import forms
from handlers.answers import open_form
from handlers.policy import employees, leads


def register(app: AsyncApp) -> None:
    """Hear the buttons and the forms; `/pulse code` is one with `/pulse`."""
    app.action("pulse_reply")(offered)
    app.view("pulse_reply_form")(said)
    app.action("pulse_ask")(askable)
    app.view("pulse_ask_form")(asked)
    app.view("pulse_code_form")(looked_up)
    app.view("pulse_back_form")(answered)


@leads
async def offered(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead wants to answer in public."""
    user, (survey_id, _, cut) = body["user"]["id"], forms.pressed(action).partition(":")
    answer = await desk.database.read(lambda session: service.offered(session, desk.company, user, survey_id, cut))
    language = answer.person.language
    await open_form(desk, body, views.replies.reply_form(answer.survey, cut, answer.channel, language, nonce=mint()))
    await ack()


@leads
async def said(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The public answer was sent."""
    user, kept, words = body["user"]["id"], forms.memory(view), forms.words(forms.filled(view).get(WORDS))

    def story(session: Session) -> Said:
        now = desk.clock.now()
        answer = service.say(session, desk.company, user, kept.get("survey", ""), kept.get("cut", ""), words, now=now)
        replying.said(session, desk.company, answer, now=now)
        return answer

    answer = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.replies.said_noted(answer, answer.person.language))


@leads
async def askable(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead wants to ask one question back to a comment."""
    user, comment_id = body["user"]["id"], forms.pressed(action)
    member, thread = await desk.database.read(lambda session: service.askable(session, desk.company, user, comment_id))
    await open_form(desk, body, views.replies.ask_form(thread.survey, thread.comment, member.language, nonce=mint()))
    await ack()


@leads
async def asked(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The question back was sent."""
    user, kept, words = body["user"]["id"], forms.memory(view), forms.words(forms.filled(view).get(WORDS))
    member, thread = await desk.database.write(
        lambda session: service.ask(session, desk.company, user, kept.get("comment", ""), words),
        desk.form(body, kept.get("nonce", ""), desk.clock.now()),
    )
    await ack(response_action="update", view=views.replies.asked_noted(thread, member.language))


async def code(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    """`/pulse code`, which asks for the code in a form. A code that is written behind it is not read: Slack and what
    stands between may keep a command's words, and nobody shall learn to write one there."""
    user = command["user_id"]
    member = await desk.database.read(lambda session: people.actor(session, desk.company, user))
    await open_form(desk, body, views.replies.code_form(member.language))
    await ack()


@employees
async def looked_up(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """A code was sent: what stands behind it takes the place of the form."""
    user, digest = body["user"]["id"], await _digest(desk, forms.words(forms.filled(view).get(RECEIPT)))
    member, thread = await desk.database.read(lambda session: service.find(session, desk.company, user, digest))
    await ack(response_action="update", view=views.replies.thread(thread, member.language))


@employees
async def answered(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """Whoever holds the code answered the question back."""
    user, given = body["user"]["id"], forms.filled(view)
    words, digest = forms.words(given.get(WORDS)), await _digest(desk, forms.words(given.get(RECEIPT)))
    comment_id = forms.memory(view).get("comment", "")
    member = await desk.database.write(
        lambda session: service.answer(session, desk.company, user, digest, comment_id, words)
    )
    await ack(response_action="update", view=views.replies.answered(member.language))


async def _digest(desk: Desk, code: str) -> str:
    """The digest of a code; it takes a twentieth of a second on purpose, so others are heard meanwhile. What is too
    short to be a code is nobody's."""
    try:
        return await asyncio.to_thread(comments.digest, code, desk.company.workspace_id)
    except Refusal as refusal:
        raise Refusal("no_such_code", field=RECEIPT) from refusal

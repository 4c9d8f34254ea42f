"""Triggers: an idea that is sent without a name, `/ideas code` and its forms, and the words of those who answer.

Whoever sends one, or comes with a receipt code, leaves nothing behind but a sealed letter: no row of the delivery, no
look-up, no log, and the code is made a digest of in memory. A form that is sent twice finds what it did before.
"""

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload, mint
from bot.desk.people import meet
from bot.rules import letters as rules
from bot.services import letters, people, receipts
from bot.services.letters import Form
from bot.services.suggestions import Draft
from bot.views.letters import RECEIPT, SIGNED, TEAM, WORDS
from handlers import forms
from handlers.answers import open_form
from handlers.policy import employees, leads


def register(app: AsyncApp) -> None:
    """Hear the buttons and the forms; `/ideas code` is one with `/ideas`, and the form of an idea with `/suggest`."""
    app.action("idea_code")(coded)
    app.view("idea_code_form")(looked_up)
    app.view("idea_word_form")(written)
    app.action("idea_claim")(claiming)
    app.view("idea_claim_form")(claimed)
    app.action("idea_ask")(asking)
    app.view("idea_ask_form")(asked)


async def sent(ack: AsyncAck, body: Payload, view: Payload, desk: Desk, draft: Draft) -> None:
    """The form of an idea was sent without a name: the code takes its place."""
    user, given, secret = body["user"]["id"], forms.filled(view), forms.memory(view).get("nonce", "")
    code, team = rules.code(secret), forms.words(given.get(TEAM)) == rules.YES
    notices = rules.signed(forms.words(given.get(SIGNED))) == "notice"
    form = Form(secret, await _digest(desk, code), notices, team)
    named = desk.form(body, secret, desk.clock.now())
    member = await desk.database.write(
        lambda session: letters.send(session, desk.company, user, draft, form, named=named, now=desk.clock.now())
    )
    await ack(response_action="update", view=views.letters.sent(code, member.language))


async def code(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The form that asks for a code. One that is written behind `/ideas code` is not read: Slack and what stands
    between may keep a command's words, and nobody shall learn to write one there."""
    user = body["user_id"] if "user_id" in body else body["user"]["id"]
    member = await desk.database.read(lambda session: people.actor(session, desk.company, user))
    await open_form(desk, body, views.letters.code_form(member.language))
    await ack()


@employees
async def coded(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """Somebody has a code."""
    await code(ack, body, desk)


@employees
async def looked_up(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """A code was sent: what stands behind it takes the place of the form."""
    user, digest = body["user"]["id"], await _digest(desk, forms.words(forms.filled(view).get(RECEIPT)))
    thread = await desk.database.read(lambda session: receipts.find(session, desk.company, user, digest))
    await ack(response_action="update", view=views.letters.thread(thread, thread.viewer.language, nonce=mint()))


@employees
async def written(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """Whoever holds the code wrote to those who answer."""
    user, given, secret = body["user"]["id"], forms.filled(view), forms.memory(view).get("nonce", "")
    words, digest = forms.words(given.get(WORDS)), await _digest(desk, forms.words(given.get(RECEIPT)))
    member = await desk.database.write(
        lambda session: receipts.write(session, desk.company, user, digest, secret, words, now=desk.clock.now())
    )
    await ack(response_action="update", view=views.letters.written(member.language))


@employees
async def claiming(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """Somebody wants to claim an idea: the form says that it names them."""
    user = body["user"]["id"]
    member = await desk.database.read(lambda session: people.actor(session, desk.company, user))
    await open_form(desk, body, views.letters.claim_form(desk.company.idea_points, member.language, nonce=mint()))
    await ack()


@employees
async def claimed(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The idea was claimed, with a name."""
    user, kept = body["user"]["id"], forms.memory(view)
    digest = await _digest(desk, forms.words(forms.filled(view).get(RECEIPT)))
    outcome = await desk.database.write(
        lambda session: receipts.claim(session, desk.company, user, digest, now=desk.clock.now()),
        desk.form(body, kept.get("nonce", ""), desk.clock.now()),
    )
    await ack(response_action="update", view=views.letters.claimed(outcome, outcome.author.language))


@leads
async def asking(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody who answers ideas wants to write to an author."""
    user, suggestion_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    member, suggestion = await desk.database.read(
        lambda session: receipts.askable(session, desk.company, user, suggestion_id)
    )
    await open_form(desk, body, views.remarks.ask_form(suggestion, member.language, nonce=mint()))
    await ack()


@leads
async def asked(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The words to an author were sent."""
    user, kept, words = body["user"]["id"], forms.memory(view), forms.words(forms.filled(view).get(WORDS))
    await meet(desk, [user])
    member, suggestion = await desk.database.write(
        lambda session: receipts.ask(session, desk.company, user, kept.get("idea", ""), words, now=desk.clock.now()),
        desk.form(body, kept.get("nonce", ""), desk.clock.now()),
    )
    await ack(response_action="update", view=views.remarks.asked(suggestion, member.language))


async def _digest(desk: Desk, code: str) -> str:
    """The digest of a code; it takes a twentieth of a second on purpose, so others are heard meanwhile."""
    return await asyncio.to_thread(rules.digest, code, desk.company.workspace_id)

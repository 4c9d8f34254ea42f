"""Triggers: `/golden-ear grant`, the buttons of the second admin, and the form that settles a leaver's account."""

import logging

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, mint, rewarding
from bot.desk.people import meet
from bot.rules import grants as rules
from bot.rules.refusal import Refusal
from bot.rules.rewards import MAX_BY_HAND, whole
from bot.services import grants as service
from bot.services import people
from bot.services.grants import Granted
from bot.views.reward_forms import HOW, REASON
from handlers import forms
from handlers.answers import follow, open_form, redraw, say
from handlers.policy import admins, leads
from handlers.rewarding import queue
from storage.inbox import Delivery

log = logging.getLogger(__name__)


def register(app: AsyncApp) -> None:
    """Hear the buttons and the form; the command is one with `/golden-ear`."""
    app.action("grant_confirm")(confirmed)
    app.action("grant_refuse")(refused)
    app.action("reward_settle")(settling)
    app.view("reward_settle_form")(settled)
    app.action("home_grant")(giving)
    app.view("grant_form")(given)


async def grant(ack: AsyncAck, command: Payload, desk: Desk, text: str) -> None:
    """`/golden-ear grant @ann 100 for the night of the flood`; many points wait for a second admin."""
    act = await _give(desk, command["user_id"], rules.parse(text), desk.command(command, desk.clock.now()))
    await say(ack, views.grants.done(act, act.correction.asker.language))


@admins
async def giving(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The button in Home opens the form."""
    user = body["user"]["id"]
    await meet(desk, [user])
    admin = await desk.database.read(lambda session: people.admin(session, desk.company, user))
    await open_form(desk, body, views.grants.form(admin.language, nonce=mint()))
    await ack()


@admins
async def given(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The form was filled in."""
    kept, answers = forms.memory(view), forms.filled(view)
    reason, amount = forms.words(answers.get("reason")), whole(forms.words(answers.get("amount")))
    if amount is None:
        raise Refusal("grant_amount", field="amount", most=MAX_BY_HAND)
    line = rules.GrantLine(forms.person(answers.get("person")), amount, reason)
    delivery = desk.form(body, kept.get("nonce", ""), desk.clock.now())
    act = await _give(desk, body["user"]["id"], line, delivery)
    language = act.correction.asker.language
    await ack(response_action="update", view=views.errors.instead(views.grants.done(act, language), language))


async def _give(desk: Desk, user: str, line: rules.GrantLine, delivery: Delivery) -> Granted:
    await meet(desk, filter(None, [user, line.person]))

    def story(session: Session) -> Granted:
        now = desk.clock.now()
        act = service.grant(session, desk.company, user, line, now=now)
        rewarding.granted(session, desk.company, act, now=now)
        return act

    act = await desk.database.write(story, delivery)
    log.info("points by hand amount=%d state=%s by=%s", act.correction.amount, act.correction.state, user)
    return act


@leads
async def confirmed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A second admin confirms that points are entered."""
    await _decide(ack, body, action, desk, accepted=True)


@leads
async def refused(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A second admin refuses it."""
    await _decide(ack, body, action, desk, accepted=False)


async def _decide(ack: AsyncAck, body: Payload, action: Payload, desk: Desk, *, accepted: bool) -> None:
    user, correction_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])

    def story(session: Session) -> Granted:
        now = desk.clock.now()
        act = service.confirm(session, desk.company, user, correction_id, accepted=accepted, now=now)
        rewarding.confirmed(session, desk.company, act, now=now)
        return act

    act = await desk.database.write(story, desk.press(body, desk.clock.now()))
    await ack()
    if body.get("view"):
        await redraw(desk, body, await queue(desk, user))
    else:
        follow(desk, body, views.grants.decided(act, await desk.language_of(user)))


@leads
async def settling(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin wants to settle the account of somebody who left."""
    user, person_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    admin, leaver = await desk.database.read(lambda session: service.leaver(session, desk.company, user, person_id))
    await open_form(desk, body, views.rewards.settle_form(leaver, admin.language, nonce=mint()))
    await ack()


@leads
async def settled(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """It was said how."""
    user, kept, given = body["user"]["id"], forms.memory(view), forms.filled(view)
    kind, reason = forms.words(given.get(HOW)), forms.words(given.get(REASON))
    await meet(desk, [user])

    def story(session: Session) -> Granted:
        person_id, seen, now = kept.get("person", ""), kept.get("seen", ""), desk.clock.now()
        return service.settle(session, desk.company, user, person_id, kind=kind, reason=reason, seen=seen, now=now)

    act = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.grants.settled(act, await desk.language_of(user)))

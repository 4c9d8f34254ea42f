"""Triggers: the buttons under a praise that waits for a lead, and the form for the reason of a refusal."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, announcing, mint
from bot.desk.people import meet
from bot.services import confirmations as service
from bot.services import people
from bot.services.confirmations import Decided
from handlers import forms
from handlers.answers import follow, open_form
from handlers.policy import leads
from storage.inbox import Delivery
from storage.people import Member
from storage.praise import Praise


def register(app: AsyncApp) -> None:
    """Hear both buttons and the form."""
    app.action("praise_accept")(accepted)
    app.action("praise_refuse")(refusing)
    app.view("praise_refuse_form")(refused)


@leads
async def accepted(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead lets the praise stand."""
    user, praise_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    decided = await _decide(desk, user, praise_id, True, "", desk.press(body, desk.clock.now()))
    await ack()
    follow(desk, body, views.praise.decision_noted(decided, await desk.language_of(user)))


@leads
async def refusing(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead wants to refuse it: a reason is asked for."""
    user, praise_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])

    def look(session: Session) -> tuple[Member, Praise]:
        member = people.actor(session, desk.company, user)
        return member, service.waiting(session, member, praise_id)

    member, praise = await desk.database.read(look)
    await open_form(desk, body, views.praise.refuse_form(praise, member.language, nonce=mint()))
    await ack()


@leads
async def refused(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The reason was sent."""
    user, kept = body["user"]["id"], forms.memory(view)
    await meet(desk, [user])
    reason = forms.filled(view).get("reason") or ""
    delivery = desk.form(body, kept.get("nonce", ""), desk.clock.now())
    await _decide(desk, user, kept.get("praise", ""), False, reason, delivery)
    await ack()


async def _decide(desk: Desk, user: str, praise_id: str, accept: bool, reason: str, delivery: Delivery) -> Decided:
    def story(session: Session) -> Decided:
        now = desk.clock.now()  # read under the write lock, as the ritual's is
        decided = service.decide(session, desk.company, user, praise_id, accepted=accept, reason=reason, now=now)
        announcing.decision(session, desk.company, decided, now=now)
        return decided

    return await desk.database.write(story, delivery)

"""Triggers: /rewards, and what everybody can do there: ask for a reward, withdraw, give to a project."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, mint, rewarding
from bot.desk.people import meet
from bot.services import fund
from bot.services import rewards as service
from bot.services.fund import Given
from bot.services.rewards import Asked
from bot.views.reward_forms import AMOUNT, NOTE
from handlers import forms
from handlers.answers import follow, open_form, redraw
from handlers.policy import employees
from storage.rewards import Request


def register(app: AsyncApp) -> None:
    """Hear the command, the buttons and the forms."""
    app.command("/rewards")(rewards)
    app.action("reward_open")(opened)
    app.action("reward_ask")(asking)
    app.view("reward_ask_form")(asked)
    app.action("reward_withdraw")(withdrawn)
    app.action("reward_give")(giving)
    app.view("reward_give_form")(given)


@employees
async def rewards(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    """`/rewards` shows one's balance and requests, and what is on offer."""
    await open_form(desk, body, await shelf(desk, command["user_id"]))
    await ack()


@employees
async def opened(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The same by a button."""
    await open_form(desk, body, await shelf(desk, body["user"]["id"]))
    await ack()


async def shelf(desk: Desk, user: str) -> Payload:
    """What `/rewards` shows this person now."""
    await meet(desk, [user])
    return views.rewards.shelf(await desk.database.read(lambda session: service.shelf(session, desk.company, user)))


@employees
async def asking(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody wants a reward."""
    user, reward_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    person, reward, account = await desk.database.read(
        lambda session: service.offer(session, desk.company, user, reward_id)
    )
    await open_form(desk, body, views.rewards.ask_form(person, reward, account, nonce=mint()))
    await ack()


@employees
async def asked(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The request was sent."""
    user, kept = body["user"]["id"], forms.memory(view)
    note = forms.words(forms.filled(view).get(NOTE))
    await meet(desk, [user])

    def story(session: Session) -> Asked:
        now, reward_id, price = desk.clock.now(), kept.get("reward", ""), kept.get("price", "")
        request = service.ask(session, desk.company, user, reward_id, price=price, note=note, now=now)
        rewarding.asked(session, desk.company, request, now=now)
        return request

    request = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.rewards.asked(request))


@employees
async def withdrawn(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody takes back a request that nobody answered."""
    user, request_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])

    def story(session: Session) -> Request:
        now = desk.clock.now()
        request = service.withdraw(session, desk.company, user, request_id, now=now)
        rewarding.withdrawn(session, desk.company, request, now=now)
        return request

    request = await desk.database.write(story, desk.press(body, desk.clock.now()))
    await ack()
    if body.get("view"):
        await redraw(desk, body, await shelf(desk, user))
    else:
        follow(desk, body, views.rewards.withdrawn(request, request.person.language))


@employees
async def giving(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody wants to give points to a project."""
    user, project_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    person, project, account = await desk.database.read(
        lambda session: fund.giving(session, desk.company, user, project_id)
    )
    await open_form(desk, body, views.rewards.give_form(person, project, account, nonce=mint()))
    await ack()


@employees
async def given(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The points were sent."""
    user, kept = body["user"]["id"], forms.memory(view)
    amount = forms.words(forms.filled(view).get(AMOUNT))
    await meet(desk, [user])

    def story(session: Session) -> Given:
        now = desk.clock.now()
        gift = fund.give(session, desk.company, user, kept.get("project", ""), amount, now=now)
        rewarding.given(session, desk.company, gift, now=now)
        return gift

    gift = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.rewards.given(gift))

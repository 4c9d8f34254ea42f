"""Triggers: what admins do with rewards: the queue, answers, deliveries, the catalogue, projects, settlements."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, mint, rewarding
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import catalogue, fund
from bot.services import reward_decisions as service
from bot.services.catalogue import Draft
from bot.services.fund import ProjectDraft
from bot.services.reward_decisions import Decided
from bot.views.reward_forms import ABOUT, BUDGET, GOAL, KIND, NAME, NO, OFFERED, PRICE, REASON, STOCK
from handlers import forms
from handlers.answers import follow, open_form, redraw
from handlers.policy import leads
from storage.fund import Project
from storage.inbox import Delivery
from storage.rewards import Reward


def register(app: AsyncApp) -> None:
    """Hear the buttons, the menus and the forms."""
    app.action("reward_queue")(waiting)
    app.action("reward_approve")(approved)
    app.action("reward_deliver")(delivered)
    app.action("reward_refuse")(refusing)
    app.view("reward_refuse_form")(refused)
    app.action("reward_add")(adding)
    app.action("reward_edit")(editing)
    app.view("reward_edit_form")(edited)
    app.action("reward_project")(planning)
    app.view("reward_project_form")(planned)
    app.action("reward_close")(closing)
    app.view("reward_close_form")(closed)


@leads
async def waiting(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """All that waits for admins."""
    await open_form(desk, body, await queue(desk, body["user"]["id"]))
    await ack()


async def queue(desk: Desk, user: str) -> Payload:
    """What waits for this admin now."""
    await meet(desk, [user])
    return views.rewards.queue(await desk.database.read(lambda session: service.queue(session, desk.company, user)))


@leads
async def approved(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin grants a request."""
    user, request_id = body["user"]["id"], forms.pressed(action)

    def approve(session: Session, now: datetime) -> Decided:
        return service.approve(session, desk.company, user, request_id, now=now)

    await _pressed(ack, body, desk, approve)


@leads
async def delivered(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin says that a reward was handed over."""
    user, request_id = body["user"]["id"], forms.pressed(action)

    def deliver(session: Session, now: datetime) -> Decided:
        return service.deliver(session, desk.company, user, request_id, now=now)

    await _pressed(ack, body, desk, deliver)


async def _pressed(ack: AsyncAck, body: Payload, desk: Desk, act: Callable[[Session, datetime], Decided]) -> None:
    """Do what was pressed; the queue is drawn anew, below a message stands what was done."""
    user = body["user"]["id"]
    await meet(desk, [user])
    change = await _told(desk, act, desk.press(body, desk.clock.now()))
    await ack()
    if body.get("view"):
        await redraw(desk, body, await queue(desk, user))
    else:
        follow(desk, body, views.rewards.decided(change, await desk.language_of(user)))


async def _told(desk: Desk, act: Callable[[Session, datetime], Decided], delivery: Delivery) -> Decided:
    def story(session: Session) -> Decided:
        now = desk.clock.now()
        change = act(session, now)
        rewarding.decided(session, desk.company, change, now=now)
        return change

    return await desk.database.write(story, delivery)


@leads
async def refusing(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin wants to refuse a request, or to call one off: a reason is asked for."""
    user, (request_id, _, was) = body["user"]["id"], forms.pressed(action).partition(":")
    await meet(desk, [user])
    admin, request = await desk.database.read(
        lambda session: service.decidable(session, desk.company, user, request_id)
    )
    if request.state != was:
        raise Refusal("request_answered", by=request.decider.slack_id if request.decider else "")
    await open_form(desk, body, views.rewards.refuse_form(request, admin.language, nonce=mint()))
    await ack()


@leads
async def refused(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The reason was sent."""
    user, kept = body["user"]["id"], forms.memory(view)
    reason = forms.words(forms.filled(view).get(REASON))
    await meet(desk, [user])

    def refuse(session: Session, now: datetime) -> Decided:
        request_id, was = kept.get("request", ""), kept.get("was", "")
        return service.refuse(session, desk.company, user, request_id, was=was, reason=reason, now=now)

    change = await _told(desk, refuse, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.rewards.noted(change, await desk.language_of(user)))


@leads
async def adding(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """An admin wants to put a reward into the catalogue."""
    await _edit(desk, body, catalogue.NEW)
    await ack()


@leads
async def editing(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin chose a reward to change or retire."""
    await _edit(desk, body, forms.chosen(action))
    await ack()


async def _edit(desk: Desk, body: Payload, reward_id: str) -> None:
    user = body["user"]["id"]
    await meet(desk, [user])
    admin, reward = await desk.database.read(lambda session: catalogue.edited(session, desk.company, user, reward_id))
    await open_form(desk, body, views.rewards.edit_form(reward, admin.language, nonce=mint()))


@leads
async def edited(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The reward was sent."""
    user, kept, given = body["user"]["id"], forms.memory(view), forms.filled(view)
    said = {name: forms.words(given.get(name)) for name in (KIND, NAME, ABOUT, PRICE, STOCK, BUDGET)}
    draft = Draft(**said, offered=forms.words(given.get(OFFERED)) != NO)
    await meet(desk, [user])

    def story(session: Session) -> Reward:
        now, reward_id, seen = desk.clock.now(), kept.get("reward", ""), kept.get("seen", "")
        return catalogue.edit(session, desk.company, user, reward_id, draft, seen=seen, now=now)

    reward = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.rewards.catalogued(reward, await desk.language_of(user)))


@leads
async def planning(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin chose a project to change, or a new one."""
    user, project_id = body["user"]["id"], forms.chosen(action)
    await meet(desk, [user])
    admin, project = await desk.database.read(lambda session: fund.edited(session, desk.company, user, project_id))
    await open_form(desk, body, views.rewards.project_form(project, admin.language, nonce=mint()))
    await ack()


@leads
async def planned(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The project was sent."""
    user, kept, given = body["user"]["id"], forms.memory(view), forms.filled(view)
    draft = ProjectDraft(*(forms.words(given.get(name)) for name in (NAME, ABOUT, GOAL)))
    await meet(desk, [user])

    def story(session: Session) -> Project:
        now, project_id, seen = desk.clock.now(), kept.get("project", ""), kept.get("seen", "")
        return fund.edit(session, desk.company, user, project_id, draft, seen=seen, now=now)

    project = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.rewards.opened(project, await desk.language_of(user)))


@leads
async def closing(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin wants to close a project: a reason is asked for."""
    user, project_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    admin, project = await desk.database.read(lambda session: fund.edited(session, desk.company, user, project_id))
    if project is None:
        raise Refusal("no_such_project")
    await open_form(desk, body, views.rewards.close_form(project, admin.language, nonce=mint()))
    await ack()


@leads
async def closed(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The reason was sent."""
    user, kept = body["user"]["id"], forms.memory(view)
    reason = forms.words(forms.filled(view).get(REASON))
    await meet(desk, [user])

    def story(session: Session) -> tuple[Project, int]:
        project_id, now = kept.get("project", ""), desk.clock.now()
        return fund.close(session, desk.company, user, project_id, reason=reason, now=now)

    project, givers = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.rewards.closed(project, givers, await desk.language_of(user)))

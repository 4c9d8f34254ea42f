"""Triggers: Home is opened, and the buttons in it that open a form or show what a command shows."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, welcoming
from bot.desk.people import meet
from bot.services import economy, leaderboards, people, picks, points, praise_pages, rituals, special_days
from bot.services import suggestion_pages as ideas
from handlers import forms, kudos, my_data, pulse, shortcuts, suggestions
from handlers.answers import open_form, redraw
from handlers.policy import anybody, employees, leads

Shown = tuple[Any, str]
"""A message, and in which language."""


def register(app: AsyncApp) -> None:
    """Hear the event and the buttons."""
    app.event("app_home_opened")(opened)
    app.action("home_praise")(shortcuts.record)
    app.action("home_kudos")(kudos.anywhere)
    app.action("home_suggest")(suggestions.anywhere)
    app.action("home_praises")(leafed)
    app.action("home_my_data")(my_data.pressed)
    for action_id in _SHOWN:
        app.action(action_id)(pressed)
    for action_id in _SHOWN_TO_LEADS:
        app.action(action_id)(pressed_by_leads)


@anybody
async def opened(event: Payload, desk: Desk) -> None:
    """Home is drawn beside this; nothing is stored but who was greeted, so a second delivery does no harm."""
    if event.get("tab") == "home":
        await meet(desk, [event["user"]])
        desk.homes.opened(event["user"], (event.get("view") or {}).get("hash") or "")
        await welcoming.greet(desk, event["user"])


@employees
async def leafed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The praise of whoever asks, or another page of it."""
    user, first = body["user"]["id"], forms.place(forms.pressed(action))
    await meet(desk, [user])
    pages = await desk.database.read(lambda session: praise_pages.page(session, desk.company, user, first))
    await (redraw if forms.in_modal(body) else open_form)(desk, body, views.praise_pages.page(pages))
    await ack()


@employees
async def pressed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """What a command shows, in a view: Home has no channel in which an answer could stand."""
    await _show(body, action, desk, _SHOWN)
    await ack()


@leads
async def pressed_by_leads(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The same, for those who lead."""
    await _show(body, action, desk, _SHOWN_TO_LEADS)
    await ack()


async def _show(body: Payload, action: Payload, desk: Desk, shown: "Mapping[str, Look]") -> None:
    user = body["user"]["id"]
    await meet(desk, [user])
    message, language = await shown[action["action_id"]](desk, user)
    await open_form(desk, body, views.errors.instead(message, language))


# ---- what is shown ---------------------------------------------------------------------------------------------------

Look = Callable[[Desk, str], Awaitable[Shown]]


async def _points(desk: Desk, user: str) -> Shown:
    now = desk.clock.now()
    statement = await desk.database.read(lambda session: points.statement(session, desk.company, user, now=now))
    return views.points.statement(statement, statement.person.language), statement.person.language


async def _board(desk: Desk, user: str) -> Shown:
    now = desk.clock.now()
    standing = await desk.database.read(
        lambda session: leaderboards.standing(session, desk.company, user, "points", "month", now=now)
    )
    return views.leaderboards.board(standing, standing.viewer.language), standing.viewer.language


async def _ideas(desk: Desk, user: str) -> Shown:
    return await _listed(desk, user, "open")


async def _own_ideas(desk: Desk, user: str) -> Shown:
    return await _listed(desk, user, "mine")


async def _review(desk: Desk, user: str) -> Shown:
    return await _listed(desk, user, "review")


async def _listed(desk: Desk, user: str, scope: ideas.Scope) -> Shown:
    listed = await desk.database.read(lambda session: ideas.listed(session, desk.company, user, scope))
    return views.suggestions.listed(listed), listed.viewer.language


async def _guide(desk: Desk, user: str) -> Shown:
    member = await desk.database.read(lambda session: people.actor(session, desk.company, user))
    return views.guide.guide(member, desk.company, member.language), member.language


async def _pick(desk: Desk, user: str) -> Shown:
    now = desk.clock.now()
    choices = await desk.database.read(lambda session: picks.choices(session, desk.company, user, now=now))
    return views.picks.offer(choices), choices.lead.language


async def _economy(desk: Desk, user: str) -> Shown:
    now = desk.clock.now()
    overview = await desk.database.read(lambda session: economy.overview(session, desk.company, user, now=now))
    return views.economy.overview(overview, overview.viewer.language), overview.viewer.language


async def _preview(desk: Desk, user: str) -> Shown:
    now = desk.clock.now()
    outcomes = await desk.database.read(lambda session: rituals.preview(session, desk.company, user, now=now))
    language = await desk.language_of(user)
    return views.rituals.preview(outcomes, language), language


async def _dates(desk: Desk, user: str) -> Shown:
    def look(session: Session) -> Shown:
        coming, admin = special_days.coming_for_admin(session, desk.company, user, now=desk.clock.now())
        return views.dates.coming(coming, admin.language), admin.language

    return await desk.database.read(look)


_SHOWN: Mapping[str, Look] = {
    "home_points": _points,
    "home_board": _board,
    "home_ideas": _ideas,
    "home_mine": _own_ideas,
    "home_pulse": pulse.overview_of,
    "home_guide": _guide,
    "home_economy": _economy,
    "home_preview": _preview,
    "home_dates": _dates,
}
_SHOWN_TO_LEADS: Mapping[str, Look] = {"home_review": _review, "home_pick": _pick}

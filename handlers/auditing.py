"""Triggers: /golden-ear audit, its filters and pages; for admins."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot import views
from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.services import auditing as service
from bot.services.auditing import EVERYTHING, Page
from handlers import forms
from handlers.answers import open_form, redraw
from handlers.policy import admins


def register(app: AsyncApp) -> None:
    """Hear the filters and the pages; the command is one with `/golden-ear`."""
    app.action("audit_open")(opened)
    app.action("audit_by_kind")(by_kind)
    app.action("audit_by_person")(by_person)
    app.action("audit_everybody")(by_everybody)
    app.action("audit_older")(turned)
    app.action("audit_newest")(turned)


async def show(ack: AsyncAck, body: Payload, desk: Desk, user: str) -> None:
    """Open the newest acts, for an admin."""
    await meet(desk, [user])
    await open_form(desk, body, views.auditing.page(await _page(desk, user)))
    await ack()


@admins
async def opened(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The button on Home."""
    await show(ack, body, desk, body["user"]["id"])


@admins
async def by_kind(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Acts of one kind alone."""
    await _turn(ack, body, desk, kind=forms.chosen(action), below="")


@admins
async def by_person(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Acts of one person alone."""
    await _turn(ack, body, desk, who=forms.person(action.get("selected_user")), below="")


@admins
async def by_everybody(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """Acts of all again."""
    await _turn(ack, body, desk, who="", below="")


@admins
async def turned(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Older acts, or the newest again."""
    pressed = forms.pressed(action)
    await _turn(ack, body, desk, below=pressed if action["action_id"] == "audit_older" else "")


async def _turn(ack: AsyncAck, body: Payload, desk: Desk, **changes: str) -> None:
    """Show another page: what the view remembers of its filters, with these changes."""
    user, view = body["user"]["id"], body.get("view") or {}
    kept = forms.memory(view)
    await meet(desk, [user])
    wanted = {"kind": kept.get("kind", EVERYTHING), "who": kept.get("who", ""), **changes}
    page = await _page(desk, user, **wanted)
    await redraw(desk, {"view": view}, views.auditing.page(page))
    await ack()


async def _page(desk: Desk, user: str, **wanted: str) -> Page:
    return await desk.database.read(lambda session: service.page(session, desk.defaults, user, **wanted))

"""Triggers: /golden-ear settings, its buttons and forms, typing into the field for a time zone; for admins."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, channels, groups, keeping, mint
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import people, setting_rituals, standing
from bot.services import settings as service
from bot.services.settings import Changed, Overview
from bot.views import limits
from bot.views.setting_forms import CHANNELS_OWN, NO_GROUP, QUIET_END, UserGroup
from bot.views.setting_words import GROUPS
from bot.views.settings import NEW
from handlers import forms
from handlers.answers import open_form, redraw
from handlers.policy import admins

log = logging.getLogger(__name__)

RITUAL = ("channel", "at", "zone", "workdays", "holidays", "team")
"""The fields of the form for a ritual, beside its name."""


def register(app: AsyncApp) -> None:
    """Hear the buttons, the forms and the field; the command is one with `/golden-ear`."""
    app.action("settings_open")(opened)
    app.action("settings_change")(changing)
    app.view("settings_form")(changed)
    app.action("settings_ritual")(describing)
    app.view("settings_ritual_form")(described)
    app.action("settings_ritual_remove")(removed)
    app.options("settings_zone")(offer)
    app.options("settings_group")(offer_groups)
    app.options("team_groups")(offer_teams)


async def show(ack: AsyncAck, body: Payload, desk: Desk, user: str) -> None:
    """Open what stands, for an admin."""
    await meet(desk, [user])
    await open_form(desk, body, views.settings.overview(await _overview(desk, user)))
    await ack()


@admins
async def opened(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The button on Home."""
    await show(ack, body, desk, body["user"]["id"])


@admins
async def changing(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin wants to change a group of settings."""
    user, group = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    overview = await _overview(desk, user)
    if group not in GROUPS:
        raise Refusal("out_of_date")
    chosen = [standing.text(overview.company, name) for name in GROUPS[group] if name in ("LEADS_GROUP", "TEAM_GROUPS")]
    known = await _groups(desk, groups.GLIMPSE_S) if any(chosen) else []
    await open_form(desk, body, views.setting_forms.form(overview, group, nonce=mint(), groups=known))
    await ack()


@admins
async def changed(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """A group of settings was filled in."""
    user, kept = body["user"]["id"], forms.memory(view)
    wishes = _wishes(kept.get("group", ""), forms.filled(view))
    await meet(desk, [user])
    await _admin(desk, user)
    await meet(desk, filter(None, ",".join(wishes.get(name, "") for name in ("ADMINS", "LEADS")).split(",")))
    await _reach(desk, wishes.get("PRAISE_CHANNEL", ""), kept.get("PRAISE_CHANNEL", ""))
    if look := await keeping.second_look(desk, user, wishes, shown=kept.get("KEEP_MONTHS", "")):
        await ack(response_action="update", view=look)
        return
    group = wishes.get("LEADS_GROUP", "")
    members = await groups.members_of(desk, group) if _is_new(group, kept.get("LEADS_GROUP", "")) else None

    def story(session: Session) -> Changed:
        done = service.change(session, desk.defaults, user, wishes, shown=kept, now=desk.clock.now())
        if members is not None:
            service.lead_by_group(session, desk.defaults, group, members)
        return done

    outcome = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    desk.go_by(outcome.texts)
    log.info("settings=%s changed by=%s", ",".join(outcome.names), user)
    await back(ack, body, desk, user, outcome.names)


def _wishes(group: str, given: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in as the texts of settings. Raises Refusal for what no form of ours sends."""
    if group not in GROUPS:
        raise Refusal("out_of_date")
    return {name: _text(name, given) for name in GROUPS[group]}


def _text(name: str, given: Mapping[str, Any]) -> str:
    answer = given.get(name.lower())
    match name:
        case "WORKDAYS" | "PULSE_DAYS" | "TEAM_GROUPS":
            return ",".join(forms.several(answer))
        case "LEADS" | "ADMINS":
            return ",".join(forms.people(answer))
        case "QUIET_HOURS":
            begin, end = forms.words(answer), forms.words(given.get(QUIET_END))
            return f"{begin}-{end}" if begin or end else ""
        case "SUPPORT_CONTACTS":
            return ";".join(forms.words(answer).splitlines())
        case "LANGUAGE" if answer == CHANNELS_OWN:
            return ""
        case "LEADS_GROUP" if answer == NO_GROUP:
            return ""
    return forms.words(answer)


@admins
async def describing(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """An admin wants to change a ritual, or to make one."""
    user, pressed = body["user"]["id"], forms.pressed(action)
    is_new = pressed == NEW
    name = "" if is_new else pressed
    await meet(desk, [user])
    ritual, admin = await desk.database.read(
        lambda session: setting_rituals.editable(session, desk.defaults, user, name)
    )
    form = views.setting_forms.ritual_form(ritual, admin.language, is_new=is_new, nonce=mint())
    await open_form(desk, body, form)
    await ack()


@admins
async def described(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """A ritual was described."""
    user, kept, given = body["user"]["id"], forms.memory(view), forms.filled(view)
    there = kept.get("ritual", "")
    name = there or forms.words(given.get("name")).strip()
    days = ",".join(forms.several(given.get("workdays")))
    texts = {part: days if part == "workdays" else forms.words(given.get(part)) for part in RITUAL}
    await meet(desk, [user])
    await _admin(desk, user)
    await _reach(desk, texts["channel"], kept.get("channel", ""))
    await desk.database.write(
        lambda session: setting_rituals.keep(
            session, desk.defaults, user, name, texts, is_new=not there, shown=kept, now=desk.clock.now()
        ),
        desk.form(body, kept.get("nonce", ""), desk.clock.now()),
    )
    log.info("ritual=%s kept by=%s", name, user)
    await back(ack, body, desk, user, ())


@admins
async def removed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A ritual is removed. It is no delivery to be remembered: said twice, there is none any more."""
    user, name = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    await desk.database.write(
        lambda session: setting_rituals.remove(session, desk.defaults, user, name, now=desk.clock.now())
    )
    log.info("ritual=%s removed by=%s", name, user)
    await redraw(desk, body, views.settings.overview(await _overview(desk, user)))
    await ack()


@admins
async def offer(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The time zones that hold what was typed."""
    user, typed = body["user"]["id"], body["value"]
    found = await desk.database.read(
        lambda session: service.zones_like(session, desk.company, user, typed, limits.OPTIONS)
    )
    await ack(options=views.setting_forms.zones(found))


@admins
async def offer_groups(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The user groups that hold what was typed."""
    user, typed = body["user"]["id"], body["value"]
    admin = await desk.database.read(lambda session: people.admin(session, desk.company, user))
    await ack(options=views.setting_forms.groups(await _groups(desk), typed, admin.language))


@admins
async def offer_teams(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The same to choose several."""
    user, typed = body["user"]["id"], body["value"]
    await _admin(desk, user)
    await ack(options=views.setting_forms.groups(await _groups(desk), typed))


async def _groups(desk: Desk, patience: float = groups.LOOK_UP_S) -> list[UserGroup]:
    return [(group.id, group.name, group.handle) for group in await groups.offered(desk, patience=patience)]


async def _overview(desk: Desk, user: str) -> Overview:
    return await desk.database.read(
        lambda session: service.overview(session, desk.defaults, user, now=desk.clock.now())
    )


async def _admin(desk: Desk, user: str) -> None:
    """Raise Refusal for whoever is no admin, before Slack is asked to let the bot into a channel."""
    await desk.database.read(lambda session: people.admin(session, desk.company, user))


async def _reach(desk: Desk, channel: str, shown: str) -> None:
    """Be in a channel that is not the one that the form showed, if the bot can: the service refuses it otherwise."""
    if _is_new(channel, shown):
        await channels.enter(desk, channel, patience=channels.PATIENCE_S)


def _is_new(text: str, shown: str) -> bool:
    """Whether something was chosen that is not what the form showed."""
    return bool(text) and standing.digest(text) != shown


async def back(ack: AsyncAck, body: Payload, desk: Desk, user: str, names: tuple[str, ...]) -> None:
    """Close the form above what stands now; a form that stood alone says that it was saved, and so does one of somebody
    who took themselves off the admins, for whom nothing is shown any more."""
    view = body["view"]
    root = view.get("root_view_id")
    admin = await desk.database.read(lambda session: people.actor(session, desk.company, user).role == "admin")
    if not admin or not root or root == view["id"]:
        await ack(response_action="update", view=views.settings.saved(await desk.language_of(user)))
        return
    await redraw(desk, {"view": {"id": root}}, views.settings.overview(await _overview(desk, user), names))
    await ack()

"""Triggers: `/golden-ear erase`, its form, and the button that erases for good."""

import asyncio
import logging

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, erasing, mint
from bot.desk.erasing import Done, Rehearsed
from bot.desk.people import meet, spellings
from bot.rules.refusal import Refusal
from bot.services import erasing as service
from bot.services import people
from bot.services.erasing import Aim
from bot.views.blocks import metadata
from handlers import forms
from handlers.answers import open_form, redraw
from handlers.policy import admins, leads
from storage import trouble
from storage.people import Member

log = logging.getLogger(__name__)

_LOOKING: set[asyncio.Task[None]] = set()
"""A task that nobody holds may be forgotten."""


def register(app: AsyncApp) -> None:
    """Hear the form and the button; the command is heard in `handlers.guide`."""
    app.view("erase_form")(looked)
    app.action("erase_now")(erased)
    app.action("home_erase")(pressed)


async def offer(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """Open the form, for admins."""
    await _offer(ack, command, desk, command["user_id"])


@admins
async def pressed(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The button in Home."""
    await meet(desk, [body["user"]["id"]])
    await _offer(ack, body, desk, body["user"]["id"])


async def _offer(ack: AsyncAck, body: Payload, desk: Desk, user: str) -> None:
    member = await desk.database.read(lambda session: people.admin(session, desk.company, user))
    await open_form(desk, body, views.erasing.form(member.language))
    await ack()


@leads
async def looked(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """What would change, before anything does. The service lets nobody but admins see it."""
    user, given = body["user"]["id"], forms.filled(view)
    await meet(desk, [user])
    await desk.database.read(lambda session: people.admin(session, desk.company, user))
    kind = forms.words(given.get("kind"))
    who = forms.person(given.get("person")) if kind == "person" else forms.words(given.get(kind))
    if not who:
        raise Refusal("erase_whom", field=kind if kind in ("person", "customer", "praise") else None)
    spelt = forms.words(given.get("spellings"))
    if kind == "person" and people.is_slack_id(who):
        spelt = "\n".join((spelt, *await spellings(desk, who)))
    kept = {"kind": kind, "who": who, "spellings": spelt}
    kept |= {"words": "yes" if given.get("words") == "yes" and kind == "person" else "no", "nonce": mint()}
    language = await desk.database.read(lambda session: _meant(session, desk, user, kept)[1].language)
    await ack(response_action="update", view=views.erasing.looking(language))
    task = asyncio.create_task(_look(desk, body, user, kept))
    _LOOKING.add(task)
    task.add_done_callback(_LOOKING.discard)


async def _look(desk: Desk, body: Payload, user: str, kept: dict[str, str]) -> None:
    """Show what would change, after the answer to the form: in a large company it takes longer than Slack waits."""
    try:
        aim, done, language = await _run(desk, user, kept, rehearse=True)
        shown = views.erasing.asked(aim, done.rows, done.messages, done.lost, language, kept=metadata(**kept))
    except Exception as error:
        log.error("what erasing would change was not found: %s; nothing is erased", trouble.told(error))
        shown = views.erasing.failed(await desk.language_of(user))
    await redraw(desk, body, shown)


@leads
async def erased(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """An admin erases for good."""
    user, kept = body["user"]["id"], forms.memory(body.get("view") or {})
    await meet(desk, [user])
    _, done, language = await _run(desk, user, kept, rehearse=False, body=body)
    log.info("erased=%s by=%s rows=%d messages=%d", kept["kind"], user, sum(done.rows.values()), done.messages)
    await ack()
    await redraw(desk, body, views.erasing.done(done.rows, done.messages, done.lost, language))


def _meant(session: Session, desk: Desk, user: str, kept: dict[str, str]) -> tuple[Aim, Member]:
    """What an admin means, and the admin. Raises Refusal for anybody else."""
    people.admin(session, desk.company, user)
    spelt = tuple(kept.get("spellings", "").splitlines())
    words = kept.get("words") == "yes"
    aim = service.aim(session, desk.company, kept.get("kind", ""), kept.get("who", ""), spellings=spelt, words=words)
    return aim, service.by_admin(session, desk.company, user, aim.order)


async def _run(
    desk: Desk, user: str, kept: dict[str, str], *, rehearse: bool, body: Payload | None = None
) -> tuple[Aim, Done, str]:
    """Erase, or see what that would change, as this admin; gives what was meant, what changed, and their language."""
    aims: list[Aim] = []

    def story(session: Session) -> tuple[Done, str]:
        aim, admin = _meant(session, desk, user, kept)
        aims[:] = [aim]
        slack_id = aim.person.slack_id if aim.person else ""
        digest = desk.keys.digest(slack_id, make=not rehearse) if slack_id else ""
        now = desk.clock.now()
        done = erasing.erase(session, desk.company, aim.order, digest=digest, by=admin.id, rehearse=rehearse, now=now)
        return done, admin.language

    if rehearse:
        try:
            await desk.database.write(story)
        except Rehearsed as rehearsed:
            return aims[0], rehearsed.done, await desk.language_of(user)
    delivery = desk.form(body or {}, kept.get("nonce", ""), desk.clock.now())
    done, language = await desk.database.write(story, delivery)
    return aims[0], done, language

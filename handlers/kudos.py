"""Triggers: /kudos, the shortcut "Thank a colleague", its form, and the button that joins in."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, announcing, mint
from bot.desk.channels import look_up
from bot.desk.people import meet
from bot.rules import kudos as rules
from bot.services import channels
from bot.services import kudos as service
from bot.services import people as members
from bot.services.kudos import Given
from handlers import forms
from handlers.answers import follow, open_form, say
from handlers.policy import employees
from storage.inbox import Delivery

INVITATION = "/invite @Golden Ear"
"""What people type to invite the bot to a channel; the name is the manifest's."""


def register(app: AsyncApp) -> None:
    """Hear the command, the form and the button."""
    app.command("/kudos")(kudos)
    app.global_shortcut("thank_colleague")(anywhere)
    app.view("kudos_form")(submitted)
    app.action("kudos_join")(joined)


@employees
async def kudos(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    """`/kudos @ann @bo for staying late #care`; with people or the reason missing the form opens."""
    line = rules.parse_line(command.get("text") or "", desk.company.values)
    user, channel = command["user_id"], command["channel_id"]
    await meet(desk, [user, *line.people])
    if not line.people or not line.reason:
        await _open(desk, body, user, channel, line)
        await ack()
        return
    await look_up(desk, channel)
    given, invite = await _give(desk, user, line, channel, desk.command(command, desk.clock.now()))
    await say(ack, views.kudos.given(given, given.giver.language, invite=invite))


@employees
async def anywhere(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The empty form, of the shortcut and of Home; what is given there is told in the praise channel."""
    user = body["user"]["id"]
    await meet(desk, [user])
    await _open(desk, body, user, desk.company.praise_channel, rules.KudosLine((), "", None))
    await ack()


@employees
async def submitted(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The form was sent."""
    user, kept, filled = body["user"]["id"], forms.memory(view), forms.filled(view)
    line = rules.KudosLine(tuple(filled.get("people") or ()), filled.get("reason") or "", filled.get("value"))
    await meet(desk, [user, *line.people])
    channel = kept.get("channel") or desk.company.praise_channel
    await look_up(desk, channel)
    delivery = desk.form(body, kept.get("nonce", ""), desk.clock.now())
    given, invite = await _give(desk, user, line, channel, delivery)
    await ack(response_action="update", view=views.kudos.given_view(given, given.giver.language, invite=invite))


@employees
async def joined(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody thanks the same people for the same reason."""
    user, kudos_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])

    def give(session: Session, now: datetime) -> Given:
        return service.join(session, desk.company, user, kudos_id, now=now)

    given = await _announced(desk, give, desk.press(body, desk.clock.now()))
    await ack()
    follow(desk, body, views.kudos.given(given, given.giver.language))


async def _open(desk: Desk, body: Payload, user: str, channel: str, line: rules.KudosLine) -> None:
    member = await desk.database.read(lambda session: members.actor(session, desk.company, user))
    view = views.kudos.form(
        member.language,
        nonce=mint(),
        channel=channel,
        most=desk.company.kudos.most(lead=member.leads),
        people=line.people,
        reason=line.reason,
        values=desk.company.values,
        value=line.value or "",
    )
    await open_form(desk, body, view)


async def _give(
    desk: Desk, user: str, line: rules.KudosLine, channel: str, delivery: Delivery
) -> tuple[Given, str | None]:
    """Thank, and say whether to offer that the bot be invited to this channel."""
    offers: list[str] = []

    def give(session: Session, now: datetime) -> Given:
        if channels.offer_invitation(session, desk.company, channel, now=now):
            offers.append(INVITATION)
        where = channels.told_in(session, desk.company, channel)
        return service.give(
            session,
            desk.company,
            user,
            line.people,
            reason=line.reason,
            value=line.value or "",
            channel=where,
            now=now,
        )

    given = await _announced(desk, give, delivery)
    return given, (offers[0] if offers else None)


async def _announced(desk: Desk, give: Callable[[Session, datetime], Given], delivery: Delivery) -> Given:
    def story(session: Session) -> Given:
        now = desk.clock.now()  # read under the write lock: what is gathered at a moment leaves out nothing before it
        given = give(session, now)
        thanks = service.told(session, given)
        announcing.kudos(session, desk.company, given, thanks, channel=thanks.channel, now=now)
        return given

    return await desk.database.write(story, delivery)

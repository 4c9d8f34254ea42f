"""Triggers: the shortcuts "Save as customer praise" on a message, and "Record customer praise" anywhere."""

from datetime import UTC, datetime

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, mint
from bot.desk.people import meet
from bot.rules import messages, periods, timestamps
from bot.rules.messages import Mention
from bot.rules.refusal import Refusal
from bot.services import people
from handlers.answers import open_form
from handlers.policy import employees
from storage.people import Member

SOURCE = "chat"
NAMED = 100
"""People in a message who are looked up by name; what a form can hold mentions no more."""


def register(app: AsyncApp) -> None:
    """Hear both."""
    app.message_shortcut("save_praise")(save)
    app.global_shortcut("record_praise")(record)


@employees
async def save(ack: AsyncAck, body: Payload, context: Payload, desk: Desk) -> None:
    """The form with a message as it stands. Whom it praises is left open: its author is who passed the words on."""
    user, message = body["user"]["id"], body["message"]
    if message.get("user") == context["bot_user_id"]:
        raise Refusal("own_post")
    await meet(desk, [user])
    found = messages.pieces(message)
    mentioned = [piece.slack_id for piece in found if isinstance(piece, Mention)][:NAMED]

    def look(session: Session) -> tuple[tuple[Member, bool], dict[str, str]]:
        return people.teller(session, desk.company, user), people.names(session, desk.company, mentioned)

    (member, with_others), names = await desk.database.read(look)
    words = messages.text(found, names)
    second = min(timestamps.moment(message["ts"])[0], int(desk.clock.now().timestamp()))
    view = views.praise.form(
        member.language,
        nonce=mint(),
        words=words,
        source=SOURCE,
        happened_on=periods.local_day(datetime.fromtimestamp(second, UTC), desk.company.zone_of(member.zone)),
        link=messages.permalink((body.get("team") or {}).get("domain"), body["channel"]["id"], message),
        wordless=not words,
        with_others=with_others,
    )
    await open_form(desk, body, view)
    await ack()


@employees
async def record(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The empty form."""
    user = body["user"]["id"]
    await meet(desk, [user])
    member, with_others = await desk.database.read(lambda session: people.teller(session, desk.company, user))
    today = periods.local_day(desk.clock.now(), desk.company.zone_of(member.zone))
    view = views.praise.form(member.language, nonce=mint(), happened_on=today, with_others=with_others)
    await open_form(desk, body, view)
    await ack()

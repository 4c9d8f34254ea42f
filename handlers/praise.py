"""Triggers: /praise, its form, and the button under its receipt that sets the rest of a mixed comment aside."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, announcing, mint, suggesting
from bot.desk.people import meet
from bot.rules import periods
from bot.rules import praise as rules
from bot.services import aside as asides
from bot.services import people as members
from bot.services import praise as service
from bot.services.aside import SetAside
from bot.services.praise import Recorded
from bot.services.telling import Telling
from handlers import forms
from handlers.answers import follow, open_form, redraw, say
from handlers.policy import employees
from storage.inbox import Delivery


def register(app: AsyncApp) -> None:
    """Hear the command, the form and the button."""
    app.command("/praise")(praise)
    app.view("praise_form")(submitted)
    app.action("praise_aside")(set_aside)


@employees
async def praise(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    """`/praise @ann @bo the words from Ms Lin`; with people or words missing the form opens with what was given."""
    line = rules.parse_line(command.get("text") or "")
    user = command["user_id"]
    await meet(desk, [user, *line.people])
    if not line.people or not line.words or len(rules.clean(line.words)) > rules.MAX_WORDS:
        await _open(desk, body, user, line)
        await ack()
        return
    now = desk.clock.now()
    telling = Telling(people=line.people, words=line.words, customer=line.customer or "")
    recorded = await _record(desk, user, telling, desk.command(command, now))
    await say(ack, views.praise.recorded(recorded, recorded.language))


@employees
async def submitted(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The form was sent."""
    user = body["user"]["id"]
    given = forms.filled(view)
    telling = Telling(
        people=(*forms.people(given.get("people")), *forms.people(given.get("others"))),
        words=forms.words(given.get("words")),
        customer=forms.words(given.get("customer")),
        source=forms.words(given.get("source")) or rules.DEFAULT_SOURCE,
        happened_on=forms.day(given.get("happened_on")),
        link=forms.words(given.get("link")),
        part=forms.words(given.get("part")),
    )
    await meet(desk, [user, *telling.people])
    now = desk.clock.now()
    recorded = await _record(desk, user, telling, desk.form(body, forms.memory(view).get("nonce", ""), now))
    await ack(response_action="update", view=views.praise.recorded_view(recorded, recorded.language))


@employees
async def set_aside(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The rest of a mixed comment goes to the ideas; pressed again, the same is said again."""
    user, praise_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])

    def story(session: Session) -> SetAside:
        now = desk.clock.now()
        kept = asides.set_aside(session, desk.company, user, praise_id, now=now)
        if kept.sent:
            suggesting.arrived(session, desk.company, kept.sent, now=now)
        return kept

    aside = await desk.database.write(story, desk.press(body, desk.clock.now(), again=True))
    await ack()
    if body.get("view"):
        await redraw(desk, body, views.praise.set_aside_view(aside))
    else:
        follow(desk, body, views.praise.set_aside(aside))


async def _open(desk: Desk, body: Payload, user: str, line: rules.PraiseLine) -> None:
    member, with_others = await desk.database.read(lambda session: members.teller(session, desk.company, user))
    view = views.praise.form(
        member.language,
        nonce=mint(),
        people=line.people,
        words=line.words,
        customer=line.customer or "",
        happened_on=periods.local_day(desk.clock.now(), desk.company.zone_of(member.zone)),
        with_others=with_others,
    )
    await open_form(desk, body, view)


async def _record(desk: Desk, user: str, telling: Telling, delivery: Delivery) -> Recorded:
    def story(session: Session) -> Recorded:
        now = desk.clock.now()  # read under the write lock: a ritual decided before it cannot leave this praise out
        company = desk.company  # once: the message says the points that were given
        recorded = service.record(session, company, user, telling, now=now)
        if recorded.waits:
            announcing.confirmation(session, company, recorded, now=now)
        else:
            told, post_at = recorded.praise, recorded.post_at
            gathered = announcing.praise(session, company, told, not_before=post_at, now=now)
            recorded = replace(recorded, gathered=gathered) if gathered else recorded
        return recorded

    return await desk.database.write(story, delivery)

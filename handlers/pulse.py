"""Triggers: an answer to the pulse, its comment, the comments of others, /pulse.

An answer leaves nothing behind but its sealed envelope: no row of the delivery, no look-up of the person, no log. A
second press finds that the first one counts, and is thanked in the same words.
"""

import asyncio
import re

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload
from bot.desk.people import meet
from bot.rules import comments
from bot.rules.refusal import Refusal
from bot.services import overview, people, results, voting
from bot.services.results import Told
from bot.services.voting import Voter
from bot.views.pulse import PULSE_ANSWER, RECEIPT, WORDS
from handlers import forms, questions, replies, wishes
from handlers.answers import follow, open_form, redraw, tell
from handlers.policy import employees, leads
from storage import surveys
from storage.outbox import Message

ANSWER = re.compile(rf"^{PULSE_ANSWER}_[a-z0-9]{{1,12}}$")


def register(app: AsyncApp) -> None:
    """Hear the answers, the comment, the look at comments and the command."""
    app.action(ANSWER)(answered)
    app.action("pulse_comment")(asked_to_comment)
    app.view("pulse_comment_form")(commented)
    app.action("pulse_comments")(leafed)
    app.command("/pulse")(pulse)


@employees
async def answered(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """One tap. The question is replaced by the one thank-you, or by the word that it is closed; in a view, where
    nothing is replaced, these lie on top."""
    user, (survey_id, _, rest) = body["user"]["id"], forms.pressed(action).partition(":")
    value = rest.partition(":")[0]  # what follows fills it up, see `bot.views.alike`

    def story(session: Session) -> Voter:
        return voting.answer(session, desk.company, user, survey_id, value, now=desk.clock.now())

    try:
        voter = await desk.database.write(story)
    except Refusal as refusal:
        if refusal.code != "pulse_closed":
            raise
        language = await desk.language_of(user)
        message = views.pulse.closed(language)
    else:
        language = voter.member.language
        message = views.pulse.thanks(voter.survey, desk.company, language)
    await tell(desk, body, message, language, instead=True)
    await ack()


@employees
async def asked_to_comment(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody wants to add words: the same form for everybody, whether or not they answered."""
    user, survey_id, now = body["user"]["id"], forms.pressed(action), desk.clock.now()
    voter = await desk.database.read(
        lambda session: voting.may_take_part(session, desk.company, user, survey_id, now=now)
    )
    await open_form(desk, body, views.pulse.comment_form(voter.survey, desk.company, voter.member.language))
    await ack()


@employees
async def commented(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The comment was sent."""
    user, survey_id, given = body["user"]["id"], forms.memory(view).get("survey", ""), forms.filled(view)
    words, code = comments.cleaned(forms.words(given.get(WORDS))), forms.words(given.get(RECEIPT))
    receipt = await asyncio.to_thread(comments.digest, code, desk.company.workspace_id) if code else ""

    def story(session: Session) -> Voter:
        return voting.comment(session, desk.company, user, survey_id, words, receipt, now=desk.clock.now())

    voter = await desk.database.write(story)
    thanked = views.pulse.commented(voter.survey, desk.company, voter.member.language)
    await ack(response_action="update", view=thanked)


@leads
async def leafed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead looks at all comments, or at the next ones."""
    user, (survey_id, _, first) = body["user"]["id"], forms.pressed(action).partition(":")
    if not first.isdecimal():
        raise Refusal("out_of_date")

    def look(session: Session) -> Told:
        viewer, survey = people.lead(session, desk.company, user), surveys.get(session, survey_id)
        if survey is None or survey.state != "closed":
            raise Refusal("out_of_date")
        return results.shown_to(session, desk.company, viewer, survey)

    view = views.pulse_comments.form(await desk.database.read(look), int(first))
    await (redraw if body.get("view") else open_form)(desk, body, view)
    await ack()


@employees
async def pulse(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    """The open question, one's own settings and the last results; or a wish, a code, an admin's look at questions."""
    first, _, rest = (command.get("text") or "").strip().partition(" ")
    match first.lower():
        case word if word in wishes.WORDS:
            await wishes.changed(ack, body, command, desk, f"{word} {rest}")
        case "code":
            await replies.code(ack, body, command, desk)
        case "questions":
            await questions.listed(ack, body, command, desk, rest)
        case "":
            await _overview(ack, command, desk)
        case _:
            raise Refusal("pulse_wish_unclear")


async def _overview(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    await meet(desk, [command["user_id"]])
    message, _ = await overview_of(desk, command["user_id"])
    await ack()
    follow(desk, command, message)


async def overview_of(desk: Desk, user: str) -> tuple[Message, str]:
    """What `/pulse` shows somebody, and in which language."""
    now = desk.clock.now()
    seen = await desk.database.read(
        lambda session: overview.overview(session, desk.company, user, rate=desk.delivery.rate, now=now)
    )
    message = views.pulse_overview.overview(
        seen.wish,
        desk.company,
        seen.viewer.language,
        survey=seen.survey,
        why=seen.why,
        progress=seen.progress,
        last=seen.last,
        drivers=seen.drivers,
    )
    return message, seen.viewer.language

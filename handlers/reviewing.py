"""Triggers: the queue of ideas and what leads and admins do with one; linking praise to an idea, from either side."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, mint, suggesting
from bot.desk.people import meet
from bot.rules.refusal import Refusal
from bot.services import credits, suggestions
from bot.services import suggestion_pages as pages
from bot.services.credits import Credited, Solved
from bot.services.suggestion_pages import Page
from bot.services.suggestions import MovedOn
from bot.views.suggestion_forms import IDEA, PEOPLE, PRAISE, REASON
from handlers import forms
from handlers.answers import open_form, turn
from handlers.policy import employees, leads
from storage.suggestions import Filter


def register(app: AsyncApp) -> None:
    """Hear the filters, the buttons and the forms."""
    for dimension in ("idea_by_state", "idea_by_wall", "idea_by_team"):
        app.action(dimension)(filtered)
    app.action("idea_move")(answering)
    app.view("idea_move_form")(moved)
    app.action("idea_solved")(solving)
    app.view("idea_solved_form")(solved)
    app.action("idea_credit")(linking)
    app.view("idea_credit_form")(linked)
    app.action("praise_idea")(behind)
    app.view("idea_praise_form")(linked)


@leads
async def filtered(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Another filter of the queue was chosen: its value names all three."""
    user, parts = body["user"]["id"], forms.chosen(action).split(":", 2)
    if len(parts) != 3:
        raise Refusal("out_of_date")
    wanted = Filter(pages.state_filter(parts[0]), parts[1], parts[2])
    await meet(desk, [user])
    listed = await desk.database.read(lambda session: pages.queue(session, desk.company, user, wanted))
    await ack()
    await turn(desk, body, views.suggestions.listed(listed), listed.viewer.language)


@leads
async def answering(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead wants to move an idea: the form says what follows, and asks for a reason if it is declined."""
    user, parts = body["user"]["id"], forms.chosen(action).split(":")
    if len(parts) != 3:
        raise Refusal("out_of_date")
    suggestion_id, was, becomes = parts
    page = await _page(desk, user, suggestion_id)
    if not page.moves or page.suggestion.state != was:
        raise Refusal("idea_moved" if page.moves else "idea_own_review" if page.own else "leads_only")
    state, language = suggestions.way(page.suggestion, becomes), page.viewer.language
    await open_form(
        desk, body, views.suggestions.move_form(page, state, desk.company.idea_points, language, nonce=mint())
    )
    await ack()


@leads
async def moved(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The answer was sent."""
    user, kept = body["user"]["id"], forms.memory(view)
    reason = forms.words(forms.filled(view).get(REASON))
    await meet(desk, [user])

    def story(session: Session) -> MovedOn:
        now, idea, was, becomes = desk.clock.now(), kept.get("idea", ""), kept.get("was", ""), kept.get("becomes", "")
        change = suggestions.move(session, desk.company, user, idea, becomes, was=was, reason=reason, now=now)
        suggesting.moved(session, desk.company, change, now=now)
        return change

    change = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.suggestions.moved(change, await desk.language_of(user)))


@leads
async def solving(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead wants to confirm that an idea solved a major problem."""
    page = await _page(desk, body["user"]["id"], forms.pressed(action))
    language = page.viewer.language
    await open_form(desk, body, views.suggestions.solved_form(page, desk.company.solved_points, language, nonce=mint()))
    await ack()


@leads
async def solved(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The solvers were named."""
    user, kept = body["user"]["id"], forms.memory(view)
    named = forms.people(forms.filled(view).get(PEOPLE))
    await meet(desk, [user, *named])

    def story(session: Session) -> Solved:
        now = desk.clock.now()
        found = credits.solved(session, desk.company, user, kept.get("idea", ""), named, now=now)
        suggesting.solved(session, desk.company, found, now=now)
        return found

    found = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.suggestions.solved(found, await desk.language_of(user)))


@leads
async def linking(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A lead wants to say which praise came because of an idea."""
    user, suggestion_id = body["user"]["id"], forms.pressed(action)
    page = await _page(desk, user, suggestion_id)
    _, praises = await desk.database.read(
        lambda session: credits.creditable(session, desk.company, user, suggestion_id)
    )
    await open_form(desk, body, views.suggestions.credit_form(page, praises, page.viewer.language, nonce=mint()))
    await ack()


@employees
async def behind(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Somebody wants to say which idea is behind a praise: leads, admins and whoever recorded it may."""
    user, praise_id = body["user"]["id"], forms.chosen(action)
    await meet(desk, [user])
    member, praise, ideas = await desk.database.read(
        lambda session: credits.behind(session, desk.company, user, praise_id)
    )
    await open_form(desk, body, views.suggestions.praise_form(praise, ideas, member.language, nonce=mint()))
    await ack()


@employees
async def linked(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """A praise and an idea were put together, from either side."""
    user, kept, given = body["user"]["id"], forms.memory(view), forms.filled(view)
    praise_id = kept.get("praise") or forms.words(given.get(PRAISE))
    suggestion_id = kept.get("idea") or forms.words(given.get(IDEA))
    await meet(desk, [user])

    def story(session: Session) -> Credited:
        now = desk.clock.now()
        credit = credits.credit(session, desk.company, user, praise_id, suggestion_id, now=now)
        suggesting.credited(session, desk.company, credit, now=now)
        return credit

    credit = await desk.database.write(story, desk.form(body, kept.get("nonce", ""), desk.clock.now()))
    await ack(response_action="update", view=views.suggestions.credited(credit, await desk.language_of(user)))


async def _page(desk: Desk, user: str, suggestion_id: str) -> Page:
    await meet(desk, [user])
    return await desk.database.read(lambda session: pages.page(session, desk.company, user, suggestion_id))

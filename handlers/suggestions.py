"""Triggers: /suggest, the shortcut "Suggest an improvement", /ideas, and what stands below an idea for everybody."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, mint, suggesting
from bot.desk.people import meet
from bot.rules.letters import signed
from bot.rules.mentions import unescape
from bot.rules.refusal import Refusal
from bot.services import letters, people, similar
from bot.services import suggestion_pages as pages
from bot.services import suggestions as service
from bot.services.suggestions import Draft, Sent
from bot.views.letters import SIGNED
from bot.views.suggestion_forms import FORM, GAINING, ON, TITLE, WALL, WHAT, WHY
from handlers import forms
from handlers import letters as unsigned
from handlers.answers import follow, open_form, redraw, turn
from handlers.policy import employees
from storage import suggestions as storage
from storage.inbox import Repeated
from storage.suggestions import Filter


def register(app: AsyncApp) -> None:
    """Hear both commands, the shortcut, the form, what is typed into it, and the buttons."""
    app.command("/suggest")(suggest)
    app.command("/ideas")(ideas)
    app.global_shortcut("suggest_improvement")(anywhere)
    app.action("idea_suggest")(anywhere)
    app.view("idea_form")(submitted)
    app.action("idea_typed")(typed)
    app.action("idea_back")(backed)
    app.action("idea_open")(opened)
    app.action("idea_leaf")(leafed)


@employees
async def suggest(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    """`/suggest a shelf for umbrellas` opens the form with this title, and ideas like it."""
    await meet(desk, [command["user_id"]])
    view = await _form(desk, command["user_id"], unescape(command.get("text") or "").strip(), mint())
    await open_form(desk, body, view)
    await ack()


@employees
async def anywhere(ack: AsyncAck, body: Payload, desk: Desk) -> None:
    """The empty form."""
    await meet(desk, [body["user"]["id"]])
    await open_form(desk, body, await _form(desk, body["user"]["id"], "", mint()))
    await ack()


async def _form(desk: Desk, user: str, title: str, nonce: str) -> Payload:
    """The form with open ideas that are like this title."""

    def look(session: Session) -> tuple[str, Payload]:
        member = people.actor(session, desk.company, user)
        found = similar.find(session, desk.company, title) if title else ()
        ids = [one.id for one in found]
        return member.language, {
            "similar": found,
            "backed": storage.backed_by(session, member.id, ids) if ids else frozenset(),
            "own": frozenset(one.id for one in found if one.author_id == member.id),
            "names_team": letters.may_name_team(session, desk.company, member),
        }

    language, told = await desk.database.read(look)
    return views.suggestions.form(language, nonce=nonce, title=title, **told)


@employees
async def typed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """The title of a form grows: the ideas like it stand below, unless they do already."""
    kept = forms.memory(body.get("view") or {})
    view = await _form(desk, body["user"]["id"], forms.words(action.get("value")), kept.get("nonce", ""))
    await ack()
    if body.get("view") and forms.memory(view).get("shown") != kept.get("shown"):
        await redraw(desk, body, view)


@employees
async def submitted(ack: AsyncAck, body: Payload, view: Payload, desk: Desk) -> None:
    """The form was sent, with a name or without."""
    user, given, nonce = body["user"]["id"], forms.filled(view), forms.memory(view).get("nonce", "")
    parts = {name: forms.words(given.get(name)) for name in (TITLE, WHAT, WHY, GAINING, WALL)}
    draft = Draft(parts[TITLE], parts[WHAT], parts[WHY], parts[GAINING], parts[WALL])
    if signed(forms.words(given.get(SIGNED))) != "name":
        await unsigned.sent(ack, body, view, desk, draft)
        return
    await meet(desk, [user])

    def story(session: Session) -> Sent:
        now = desk.clock.now()
        if letters.was_sent(session, desk.company, nonce):
            raise Repeated
        sent = service.send(session, desk.company, user, draft, now=now)
        suggesting.arrived(session, desk.company, sent, now=now)
        return sent

    sent = await desk.database.write(story, desk.form(body, nonce, desk.clock.now()))
    author = sent.suggestion.author
    language = author.language if author else "en"
    await ack(response_action="update", view=views.suggestions.sent(sent.suggestion, len(sent.reviewers), language))


@employees
async def ideas(ack: AsyncAck, body: Payload, command: Payload, desk: Desk) -> None:
    """`/ideas mine lift`: a list, by words or newest first; its buttons follow the acknowledgement. `/ideas code` asks
    for a receipt code."""
    if (command.get("text") or "").strip().partition(" ")[0].casefold() == "code":
        await unsigned.code(ack, body, desk)
        return
    user, (scope, words) = command["user_id"], pages.scope_of(unescape(command.get("text") or ""))
    await meet(desk, [user])
    listed = await desk.database.read(lambda session: pages.listed(session, desk.company, user, scope, words))
    await ack()
    follow(desk, command, views.suggestions.listed(listed))


@employees
async def leafed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """Another page of a list, or of the queue as it is filtered; its value says of which."""
    user, (asked, _, words) = body["user"]["id"], forms.pressed(action).partition("\n")
    parts = asked.split(":", 4)
    if len(parts) != 5:
        raise Refusal("out_of_date")
    first, scope = forms.place(parts[0]), pages.scope(parts[1])
    wanted = Filter(pages.state_filter(parts[2]), *parts[3:])
    await meet(desk, [user])
    listed = await desk.database.read(
        lambda session: pages.listed(session, desk.company, user, scope, words, wanted=wanted, first=first)
    )
    await ack()
    await turn(desk, body, views.suggestions.listed(listed), listed.viewer.language)


@employees
async def opened(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """One idea with all that became of it."""
    user, suggestion_id = body["user"]["id"], forms.pressed(action)
    await meet(desk, [user])
    page = await desk.database.read(lambda session: pages.page(session, desk.company, user, suggestion_id))
    await open_form(desk, body, views.suggestions.page(page))
    await ack()


@employees
async def backed(ack: AsyncAck, body: Payload, action: Payload, desk: Desk) -> None:
    """A colleague backs an idea, or no longer does: the view that holds the button shows how it stands, or a word."""
    user, (wish, _, suggestion_id) = body["user"]["id"], forms.pressed(action).partition(":")
    await meet(desk, [user])
    stands = wish == ON
    suggestion = await desk.database.write(
        lambda session: service.back(session, desk.company, user, suggestion_id, stands=stands),
        desk.press(body, desk.clock.now(), again=True),
    )
    await ack()
    if not body.get("view"):
        message = views.suggestions.backed(suggestion, await desk.language_of(user), stands=stands)
        follow(desk, body, message)
    elif body["view"].get("callback_id") == FORM:
        title = forms.words(forms.filled(body["view"]).get(TITLE))
        nonce = forms.memory(body["view"]).get("nonce", "")
        await redraw(desk, body, await _form(desk, user, title, nonce))
    else:
        page = await desk.database.read(lambda session: pages.page(session, desk.company, user, suggestion_id))
        await redraw(desk, body, views.suggestions.page(page))

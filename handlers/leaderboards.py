"""Trigger: /leaderboard."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Literal, get_args

from slack_bolt.async_app import AsyncAck, AsyncApp
from sqlmodel import Session

from bot import views
from bot.desk import Desk, Payload, exporting
from bot.desk.people import meet
from bot.rules.mentions import MENTION
from bot.rules.periods import PERIODS, Period
from bot.rules.points import Board
from bot.services import leaderboards as service
from bot.services import people, teams
from handlers.answers import follow, say
from handlers.policy import employees

WHOSE = {"mine": "mine", "team": "team", "teams": "team", "export": "export"}


@dataclass(frozen=True)
class Question:
    """What `/leaderboard` was asked; `hide` True or False is a wish about oneself, `person` a Slack id, `of` whom the
    board is about: all people, the people of one's own team, those of the `team` that is named, all teams, or everybody
    in a file."""

    period: Period = "month"
    board: Board = "points"
    person: str | None = None
    hide: bool | None = None
    of: Literal["all", "mine", "team", "export"] = "all"
    team: str = ""


def register(app: AsyncApp) -> None:
    """Hear the command."""
    app.command("/leaderboard")(leaderboard)


@employees
async def leaderboard(ack: AsyncAck, command: Payload, desk: Desk) -> None:
    """A board, one person's record or a file of all for admins, or the wish to be left out; tables follow the
    acknowledgement, a file comes in a direct message."""
    user = command["user_id"]
    text = command.get("text") or ""
    is_named = "team" in text.lower().split()[:-1]
    known = await desk.database.read(lambda session: teams.names(session, desk.company)) if is_named else ()
    question = read(text, known)
    await meet(desk, [user] + ([question.person] if question and question.person else []))
    if question is None:
        await say(ack, views.leaderboards.usage(await desk.language_of(user)))
    elif question.hide is not None:
        await _hide(ack, command, desk, question.hide)
    elif question.of == "export":
        await _export(ack, command, desk, question)
    else:
        await _show(ack, command, desk, question)


def read(text: str, known: Collection[str] = ()) -> Question | None:
    """The question in a command's text; None if it has a word that means nothing here. `known` are the names of teams
    (casefolded): they may hold words that mean something here."""
    found: dict[str, object] = {}
    words, name = _named(text.split(), known)
    if name:
        found["team"] = name
    for word in words:
        mention = MENTION.fullmatch(word)
        if mention:
            found["person"] = mention[1]
        elif word.lower() in PERIODS:
            found["period"] = word.lower()
        elif word.lower() in get_args(Board):
            found["board"] = word.lower()
        elif word.lower() in ("hide", "show"):
            found["hide"] = word.lower() == "hide"
        elif word.lower() in WHOSE:
            found["of"] = WHOSE[word.lower()]
        else:
            return None
    return Question(**found)  # type: ignore[arg-type]


def _named(words: list[str], known: Collection[str]) -> tuple[list[str], str]:
    """The words that mean something here, and the name behind `team`: the longest that is known, else what stands
    between such words."""
    place = next((place for place, word in enumerate(words) if word.lower() == "team"), len(words))
    before, behind = words[: place + 1], words[place + 1 :]
    first = len([*takewhile(_means, behind)])
    last = len(behind) - len([*takewhile(_means, reversed(behind))])
    spans = ((start, end) for start in range(first + 1) for end in range(last, len(behind) + 1))
    longest = sorted(spans, key=lambda span: span[0] - span[1])
    named = (span for span in longest if " ".join(behind[slice(*span)]).casefold() in known)
    start, end = next(named, (first, max(first, last)))
    return [*before, *behind[:start], *behind[end:]], " ".join(behind[start:end])


def _means(word: str) -> bool:
    """Whether a word beside the name of a team is none of its name; whoever asks about a team wants nothing else."""
    return word.lower() in (*PERIODS, *get_args(Board), "mine", "team", "teams") or MENTION.fullmatch(word) is not None


async def _hide(ack: AsyncAck, command: Payload, desk: Desk, hide: bool) -> None:
    member = await desk.database.write(
        lambda session: people.hide_rank(session, desk.company, command["user_id"], hide=hide)
    )
    await say(ack, views.leaderboards.hidden(member.hides_rank, member.language))


async def _show(ack: AsyncAck, command: Payload, desk: Desk, question: Question) -> None:
    user, now, company = command["user_id"], desk.clock.now(), desk.company
    if question.person:
        person = question.person
        record = await desk.database.read(lambda session: service.record(session, company, user, person, now=now))
        message = views.leaderboards.record(record, await desk.language_of(user))
    elif question.of == "team" and not question.team:
        compared = await desk.database.read(
            lambda session: teams.standing(session, company, user, question.board, question.period, now=now)
        )
        message = views.teams.board(compared, compared.viewer.language)
    else:
        ours = partial(teams.colleagues, team=question.team)
        show = ours if question.of in ("mine", "team") else service.standing
        standing = await desk.database.read(
            lambda session: show(session, company, user, question.board, question.period, now=now)
        )
        message = views.leaderboards.board(standing, standing.viewer.language)
    await ack()
    follow(desk, command, message)


async def _export(ack: AsyncAck, command: Payload, desk: Desk, question: Question) -> None:
    """The whole board as a file; it is read and written beside the writer, who only has to owe it."""
    user, company = command["user_id"], desk.company
    delivery = desk.command(command, desk.clock.now())
    listed = await desk.database.read(
        lambda session: service.everybody(session, company, user, question.board, question.period, now=delivery.at)
    )
    language = listed.viewer.language if listed.viewer else "en"
    file = await asyncio.to_thread(views.lists.leaderboard, listed, language)

    def story(session: Session) -> None:
        now, what = desk.clock.now(), f"{question.period} {question.board}"
        exporting.to_admin(session, company, user, file, what=what, key=f"export:{delivery.key}", now=now)

    await desk.database.write(story, delivery)
    await say(ack, views.lists.coming(language))

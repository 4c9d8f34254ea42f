"""Answers to what people said: in public by a lead, and one question back to a comment, by its receipt code.

A comment is found by a code that its writer made up, of which only a digest is kept. Nothing that is written when they
answer tells who they are or when it was: no row names them, and whoever asked hears of it on a working day, of all
answers at once.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods, rituals
from bot.rules.atoms import COMPANY
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.replies import cleaned, of_round
from bot.services import people, results, working_days
from storage import inbox, models, special_days, surveys
from storage import people as roster
from storage import replies as storage
from storage import results as shown
from storage import rituals as mornings
from storage.inbox import Delivery
from storage.people import Member
from storage.replies import Exchange
from storage.results import Comment
from storage.surveys import Survey

_CHANCE = random.SystemRandom()


@dataclass(frozen=True)
class Said:
    """What a lead or an admin answers in public to the group `cut` of a round, and where it is posted; `words` are ""
    while they are asked for."""

    survey: Survey
    cut: str
    person: Member
    words: str
    channel: str


@dataclass(frozen=True)
class Thread:
    """A comment, the one question back to it ("" while there is none), and the answer of whoever holds its code."""

    survey: Survey
    comment: Comment
    question: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Brought:
    """The answers that somebody who asked back gets on a working day, in no order, and when."""

    person: Member
    threads: tuple[Thread, ...]
    at: datetime


# --- you said, we do ------------------------------------------------------------------------------------------------


def offered(session: Session, company: Company, slack_id: str, survey_id: str, cut: str) -> Said:
    """What this person may answer in public now. Raises Refusal if they may not, or somebody did before."""
    member = people.lead(session, company, slack_id)
    survey = surveys.get(session, survey_id)
    if survey is None or cut not in shown.figures(session, survey_id) or not results.may_see(member, survey, cut):
        raise Refusal("no_such_result")
    if storage.said(session, survey_id, cut):
        raise Refusal("replied_already")
    return Said(survey, cut, member, "", _channel(session, company, cut))


def say(
    session: Session, company: Company, slack_id: str, survey_id: str, cut: str, words: str, *, now: datetime
) -> Said:
    """Answer in public, once for each group of a round. Raises Refusal as `offered`, and for no words or too many."""
    said = replace(offered(session, company, slack_id, survey_id, cut), words=cleaned(words))
    row = models.PublicAnswer(
        survey_id=survey_id, cut=cut, workspace_id=company.workspace_id, person_id=said.person.id,
        words=said.words, channel=said.channel, said_on=periods.local_day(now, company.zone),
    )  # fmt: skip
    if not storage.say(session, company.workspace_id, row):
        raise Refusal("replied_already")
    return said


def _channel(session: Session, company: Company, cut: str) -> str:
    """Where a group is answered: in the channel of its team's ritual, else where praise is posted."""
    every = mornings.every(session, company.workspace_id)
    own = (one.channel for one in every if cut != COMPANY and one.team.casefold() == cut.casefold())
    return next(own, company.praise_channel)


# --- a question back ------------------------------------------------------------------------------------------------


def askable(session: Session, company: Company, slack_id: str, comment_id: str) -> tuple[Member, Thread]:
    """Somebody and the comment to which they may ask one question back. Raises Refusal if they may not."""
    member = people.lead(session, company, slack_id)
    exchange = storage.of_comment(session, company.workspace_id, comment_id)
    thread = _thread(session, exchange) if exchange else None
    if thread is None or not results.may_see(member, thread.survey, thread.comment.cut):
        raise Refusal("no_such_comment")
    if not thread.comment.receipt:
        raise Refusal("no_code_left")
    if thread.question:
        raise Refusal("asked_already")
    return member, thread


def ask(session: Session, company: Company, slack_id: str, comment_id: str, question: str) -> tuple[Member, Thread]:
    """Ask one question back to a comment. Raises Refusal as `askable`, and for no words or too many."""
    member, thread = askable(session, company, slack_id, comment_id)
    asked = replace(thread, question=cleaned(question))
    exchange = Exchange(thread.survey.id, thread.comment, member.id, asked.question)
    if not storage.ask(session, company.workspace_id, exchange):
        raise Refusal("asked_already")
    return member, asked


def find(session: Session, company: Company, slack_id: str, digest: str) -> tuple[Member, Thread]:
    """What was asked back to the comment whose code has this digest; of several the one that waits longest for an
    answer, else the newest. The person is looked at only for whether they take part, and in which language.

    Raises Refusal for whoever takes no part, and for a code that is nobody's.
    """
    member, found = _behind(session, company, slack_id, digest)
    return member, next((one for one in found if one.question and not one.answer), found[-1])


def answer(session: Session, company: Company, slack_id: str, digest: str, comment_id: str, words: str) -> Member:
    """Answer the question back to this comment, whose code has this digest, once for good. Nothing of who it was is
    written.

    Raises Refusal as `find`, for no words or too many, and if there is nothing to answer.
    """
    member, found = _behind(session, company, slack_id, digest)
    thread = next((one for one in found if one.comment.id == comment_id), None)
    if thread is None:
        raise Refusal("no_such_code", field="receipt")
    if thread.answer:
        raise Refusal("answered_already")
    if not thread.question or not storage.answer(session, comment_id, cleaned(words)):
        raise Refusal("nothing_asked")
    return member


def _behind(session: Session, company: Company, slack_id: str, digest: str) -> tuple[Member, list[Thread]]:
    """Somebody, and the comments whose code they know, the oldest first."""
    member = people.actor(session, company, slack_id)
    receipts = [of_round(digest, survey_id) for survey_id in storage.rounds(session, company.workspace_id)]
    found = [_thread(session, one) for one in storage.by_receipts(session, company.workspace_id, receipts)]
    if not found:
        raise Refusal("no_such_code", field="receipt")
    return member, sorted(found, key=lambda thread: thread.survey.local_date)


# --- once a working day ---------------------------------------------------------------------------------------------


def batch_day(session: Session, company: Company, *, now: datetime) -> date | None:
    """The day whose batch is not owed yet: a working day, from its first moment on. A look that needs no writer."""
    day = periods.local_day(now, company.zone)
    works = working_days.calendar(company, special_days.every(session, company.workspace_id))
    return day if works(day) and not inbox.holds(session, _batch(company, day, now)) else None


def batch(session: Session, company: Company, *, now: datetime) -> tuple[Brought, ...]:
    """The answers that came before this working day, for each who asked; once a day.

    They are gathered when the day begins and leave at its hour: what is answered on the day comes with the next one's,
    so nobody can tell when it was. Whoever may not see the comment any more is told nothing.
    """
    day = batch_day(session, company, now=now)
    if day is None or not inbox.take(session, _batch(company, day, now)):
        return ()
    waiting = storage.untold(session, company.workspace_id)
    askers = roster.by_id(session, {one.asked_by for one in waiting})
    found: dict[str, list[Thread]] = {}
    for one in waiting:
        asker, thread = askers[one.asked_by], _thread(session, one)
        if not asker.absence and results.may_see(asker, thread.survey, thread.comment.cut):
            found.setdefault(asker.id, []).append(thread)
    told = [thread.comment.id for threads in found.values() for thread in threads]
    storage.told(session, told)
    return tuple(
        Brought(asker, tuple(_CHANCE.sample(threads, len(threads))), _hour(company, asker, day))
        for asker_id, threads in found.items()
        if (asker := askers[asker_id]).slack_id
    )


def _hour(company: Company, person: Member, day: date) -> datetime:
    return rituals.due(day, company.pulse_at, company.zone_of(person.zone))


def _batch(company: Company, day: date, now: datetime) -> Delivery:
    return Delivery(company.workspace_id, "replies", day.isoformat(), now)


def _thread(session: Session, exchange: Exchange) -> Thread:
    survey = surveys.get(session, exchange.survey_id)
    if survey is None:
        raise Refusal("no_such_comment")
    return Thread(survey, exchange.comment, exchange.question, exchange.answer)

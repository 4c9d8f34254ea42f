"""What became of an idea that was done: later praise that credits its author, and a major problem that it solved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import suggestions as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services import praise as praises
from bot.services.praise import post_at
from bot.services.suggestions import existing, mover, today
from storage import audit
from storage import credits as storage
from storage import points as ledger
from storage import suggestions as ideas
from storage.people import Member
from storage.points import Line
from storage.praise import Praise
from storage.suggestions import Suggestion

OFFERED = 25
"""Praises from which one is chosen."""


@dataclass(frozen=True)
class Credited:
    """A praise that came because of an idea, and the earliest time for words that leave."""

    praise: Praise
    suggestion: Suggestion
    linker: Member
    post_at: datetime


@dataclass(frozen=True)
class Solved:
    """A major problem that an idea solved: those who get points for it now, how many, and who confirmed
    it."""

    suggestion: Suggestion
    solvers: tuple[Member, ...]
    confirmer: Member
    post_at: datetime
    points: int


def credit(
    session: Session, company: Company, slack_id: str, praise_id: str, suggestion_id: str, *, now: datetime
) -> Credited:
    """Say that a praise came because of an idea that was done before.

    Leads, admins and the recorder of the praise may; nobody of their own idea. Raises Refusal for anybody else, for an
    idea that was not done by the day of the praise, for praise that is not accepted, and if it was said before.
    """
    person = people.actor(session, company, slack_id)
    suggestion, praise = _done(session, company, suggestion_id), praises.existing(session, praise_id)
    if suggestion.author_id == person.id:
        raise Refusal("idea_own_credit")
    if not _may_link(person, praise):
        raise Refusal("may_not_credit")
    if praise.state != "accepted":
        raise Refusal("no_such_praise")
    if praise.happened_on < suggestion.moved_on:
        raise Refusal("credit_too_early", field="praise")
    day = today(company, now)
    if not storage.link(session, company.workspace_id, praise_id, suggestion_id, by=person.id, today=day):
        raise Refusal("credit_known", field="praise")
    return Credited(praise, suggestion, person, post_at(session, company, now))


def creditable(session: Session, company: Company, slack_id: str, suggestion_id: str) -> tuple[Member, list[Praise]]:
    """The lead or admin who wants to link praise to an idea, and the praise from which they choose, newest first."""
    person, suggestion = people.lead(session, company, slack_id), _done(session, company, suggestion_id)
    if suggestion.author_id == person.id:
        raise Refusal("idea_own_credit")
    linked = set(storage.praises(session, suggestion_id))
    ids = storage.later(session, company.workspace_id, suggestion.moved_on, most=OFFERED + len(linked))
    found = [praises.existing(session, one) for one in ids if one not in linked][:OFFERED]
    return person, [praise for praise in found if praise.shown]


def behind(
    session: Session, company: Company, slack_id: str, praise_id: str
) -> tuple[Member, Praise, list[Suggestion]]:
    """Who wants to say which idea is behind a praise, the praise, and the ideas from which they choose: those that were
    done by its day, the latest first. Raises Refusal for whoever may not."""
    person, praise = people.actor(session, company, slack_id), praises.existing(session, praise_id)
    if not _may_link(person, praise):
        raise Refusal("may_not_credit")
    linked = set(storage.ideas(session, praise_id))
    ids = storage.done_by(session, company.workspace_id, praise.happened_on, most=OFFERED + len(linked))
    found = ideas.several(session, company.workspace_id, [one for one in ids if one not in linked])
    return person, praise, [one for one in found if one.author_id != person.id][:OFFERED]


def _may_link(person: Member, praise: Praise) -> bool:
    return person.leads or (praise.recorder is not None and praise.recorder.id == person.id)


def solved(
    session: Session, company: Company, slack_id: str, suggestion_id: str, solvers: Sequence[str], *, now: datetime
) -> Solved:
    """Confirm that an idea solved a major problem; each of the solvers gets points, once.

    A lead or an admin may, of an idea that is not theirs, and never for themselves. Raises Refusal for anybody else,
    and for people who take no part.
    """
    suggestion = _done(session, company, suggestion_id)
    person = mover(session, company, slack_id, suggestion)
    if not solvers:
        raise Refusal("people_missing", field="people")
    named = people.named(session, company, solvers)
    if len(named) > rules.MAX_SOLVERS:
        raise Refusal("too_many_people", field="people", most=rules.MAX_SOLVERS)
    for one in named:
        if one.absence:
            raise Refusal(f"praised_{one.absence}", field="people", person=one.slack_id)
        if one.id == person.id:
            raise Refusal("solver_self", field="people")
    day = today(company, now)
    ids = sorted(one.id for one in named)
    fresh = storage.solve(session, company.workspace_id, suggestion_id, ids, by=person.id, today=day)
    if not fresh:
        raise Refusal("solved_known", field="people")
    for solver in fresh:
        line = Line(f"solved:{suggestion_id}:{solver}", solver, "solved", company.solved_points, day, now)
        ledger.award(session, company.workspace_id, line)
    audit.note(session, company.workspace_id, by=person.id, act="idea_solved", subject=suggestion_id, now=now)
    winners = tuple(one for one in named if one.id in fresh)
    return Solved(suggestion, winners, person, post_at(session, company, now), company.solved_points)


def _done(session: Session, company: Company, suggestion_id: str) -> Suggestion:
    suggestion = existing(session, company, suggestion_id)
    if suggestion.state != "done":
        raise Refusal("idea_not_done")
    return suggestion

"""The bank as this company wants it: questions of its own, other words, what rests, and one-offs (product.md 4).

What is changed goes for rounds that open later: an open one settled its question. Trends hang on the id of a question,
so words are changed to translate or to mend, not to ask something else: that is a new question.

`by` is the Slack id of the admin who acts, "" for the command line.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import own_questions as rules
from bot.rules import periods, pulse
from bot.rules.company import Company
from bot.rules.own_questions import Draft, Words
from bot.rules.questions import Option, Question
from bot.rules.refusal import Refusal
from bot.rules.working_days import AHEAD
from bot.services import bank, people, working_days
from storage import audit, special_days, surveys
from storage import people as roster
from storage import questions as storage
from storage.people import Member
from storage.questions import Kept


@dataclass(frozen=True)
class Listed:
    """A question of the bank or of the company's own, as it is asked here; one that rests is asked only by itself."""

    question: Question
    is_own: bool
    rests: bool


@dataclass(frozen=True)
class Shelf:
    """Every question, those of the bank first, and which are chosen for coming dates."""

    listed: tuple[Listed, ...]
    one_offs: Mapping[date, Question]


@dataclass(frozen=True)
class Changed:
    """What became of a question; `day` if it was chosen for a date, or rests until the one that it is chosen for."""

    listed: Listed
    day: date | None = None


def every(session: Session, company: Company) -> tuple[Question, ...]:
    """The questions that take turns here."""
    return tuple(one.question for one in _known(session, company).values() if not one.rests)


def one_off(session: Session, company: Company, day: date) -> Question | None:
    """The question that was chosen for this date."""
    chosen = storage.one_offs(session, company.workspace_id, day).get(day)
    listed = _known(session, company).get(chosen) if chosen else None
    return listed.question if listed else None


def shelf(session: Session, company: Company, by: str, *, now: datetime) -> tuple[Shelf, Member | None]:
    """Every question, for an admin, who is given too. Raises Refusal for whoever is none."""
    admin, known = _admin(session, company, by), _known(session, company)
    today = periods.local_day(now, company.zone)
    chosen = storage.one_offs(session, company.workspace_id, today)
    coming = {day: known[one].question for day, one in chosen.items() if one in known}
    return Shelf(tuple(known.values()), coming), admin


def add(
    session: Session, company: Company, by: str, draft: Draft, day: date | None = None, *, now: datetime
) -> Changed:
    """Add a question; with a `day` it is asked on that date alone, else it takes turns with the others.

    Raises Refusal for whoever is no admin, for what cannot be asked, and for a date on which nothing is asked.
    """
    admin = _admin(session, company, by)
    question = rules.question(draft, f"{draft.driver}-own-{secrets.token_hex(3)}")
    rules.check_new(question.words, [one.question for one in _known(session, company).values()])
    _keep(session, company, admin, Kept(question, retired=day is not None), now)
    _note(session, company, admin, "question_added", question.id, now)
    if day:
        _choose(session, company, admin, day, question.id, now)
    return Changed(Listed(question, is_own=True, rests=day is not None), day)


def retire(session: Session, company: Company, by: str, question_id: str, *, now: datetime) -> Changed:
    """Let a question rest: it takes no turns any more. Raises Refusal for whoever is no admin, for a question that is
    not there, and for the last one that is left."""
    admin, listed = _admin(session, company, by), _one(session, company, question_id)
    if [one.id for one in every(session, company)] == [question_id]:
        raise Refusal("last_question")
    return _rest(session, company, admin, listed, True, now)


def restore(session: Session, company: Company, by: str, question_id: str, *, now: datetime) -> Changed:
    """Let a question take turns again. Raises Refusal as `retire`."""
    admin, listed = _admin(session, company, by), _one(session, company, question_id)
    return _rest(session, company, admin, listed, False, now)


def translatable(session: Session, company: Company, by: str, question_id: str) -> tuple[Listed, Member | None]:
    """A question whose words an admin wants to change, and the admin. Raises Refusal as `retire`."""
    admin = _admin(session, company, by)
    return _one(session, company, question_id), admin


def translate(
    session: Session, company: Company, by: str, question_id: str, words: Words, options: str = "", *, now: datetime
) -> Changed:
    """Put a question into these words; a language for which there are none keeps what it has.

    Raises Refusal as `retire`, for words that do not fit, and for those of another question.
    """
    admin, listed = _admin(session, company, by), _one(session, company, question_id)
    said, answers = rules.worded(words), rules.reworded(listed.question, options)
    others = [one.question for one in _known(session, company).values() if one.question.id != question_id]
    rules.check_new(said, others)
    own = _own_words(session, company, listed)
    kept = replace(own, words={**own.words, **said}, options=answers if options.strip() else own.options)
    _keep(session, company, admin, Kept(kept, listed.rests), now)
    _note(session, company, admin, "question_words", question_id, now)
    chosen = storage.one_offs(session, company.workspace_id, periods.local_day(now, company.zone)).items()
    day = next((day for day, one in chosen if one == question_id), None)
    return Changed(_one(session, company, question_id), day if listed.rests else None)


def schedule(session: Session, company: Company, by: str, day: date, question_id: str, *, now: datetime) -> Changed:
    """Ask this question on this date, whosever turn it is. Raises Refusal as `retire`, and for a date on which nothing
    is asked."""
    admin, listed = _admin(session, company, by), _one(session, company, question_id)
    _choose(session, company, admin, day, question_id, now)
    return Changed(listed, day)


def unschedule(session: Session, company: Company, by: str, day: date, *, now: datetime) -> Member | None:
    """Let a date have the question whose turn it is; gives the admin. Raises Refusal for whoever is none, and if
    nothing was chosen for it."""
    admin = _admin(session, company, by)
    chosen = storage.one_offs(session, company.workspace_id, day).get(day)
    if chosen is None:
        raise Refusal("nothing_scheduled", day=day)
    storage.strike(session, company.workspace_id, day)
    _note(session, company, admin, "question_day", chosen, now, before=day.isoformat())
    return admin


def _admin(session: Session, company: Company, by: str) -> Member | None:
    return people.admin(session, company, by) if by else None


def _known(session: Session, company: Company) -> dict[str, Listed]:
    """Every question by its id: the bank's in its order, then the company's own."""
    kept = storage.every(session, company.workspace_id)
    found = {one.id: _changed(one, kept.get(one.id)) for one in bank.questions()}
    own = {one: Listed(told.question, True, told.retired) for one, told in kept.items() if one not in found}
    return found | own


def _changed(question: Question, kept: Kept | None) -> Listed:
    """A question of the bank with the words that were changed."""
    if kept is None:
        return Listed(question, False, False)
    labels = {option.id: option.words for option in kept.question.options}
    options = tuple(Option(one.id, {**one.words, **labels.get(one.id, {})}) for one in question.options)
    words = {**question.words, **kept.question.words}
    return Listed(replace(question, words=words, options=options), False, kept.retired)


def _one(session: Session, company: Company, question_id: str) -> Listed:
    listed = _known(session, company).get(question_id)
    if listed is None:
        raise Refusal("no_such_question")
    return listed


def _rest(
    session: Session, company: Company, admin: Member | None, listed: Listed, rests: bool, now: datetime
) -> Changed:
    if listed.rests != rests:
        _keep(session, company, admin, Kept(_own_words(session, company, listed), rests), now)
        _note(session, company, admin, "question_retired" if rests else "question_restored", listed.question.id, now)
    return Changed(replace(listed, rests=rests))


def _own_words(session: Session, company: Company, listed: Listed) -> Question:
    """The question with the words that the company gave it: those of the bank are not copied, so that a later release
    can mend them."""
    kept = storage.every(session, company.workspace_id).get(listed.question.id)
    if kept:
        return kept.question
    return replace(listed.question, words={}, options=())


def _keep(session: Session, company: Company, admin: Member | None, kept: Kept, now: datetime) -> None:
    storage.keep(session, company.workspace_id, kept, by=admin.id if admin else None, now=now)


def _note(
    session: Session, company: Company, admin: Member | None, act: str, question_id: str, now: datetime, **days: str
) -> None:
    by = admin.id if admin else ""
    audit.note(session, company.workspace_id, by=by, act=act, subject=question_id, now=now, **days)


def _choose(
    session: Session, company: Company, admin: Member | None, day: date, question_id: str, now: datetime
) -> None:
    """Choose the question of a date. Raises Refusal unless a round will open on it."""
    today = periods.local_day(now, company.zone)
    if day < today:
        raise Refusal("day_past", day=day, field="day")
    if day > today + AHEAD:
        raise Refusal("day_too_far", day=day, field="day")
    last = surveys.latest(session, company.workspace_id, until=(now + pulse.AHEAD).date())
    if last and day <= last[0].local_date:
        raise Refusal("pulse_day_settled", day=day, field="day")
    works = working_days.calendar(company, special_days.every(session, company.workspace_id))
    seldom = pulse.is_seldom(len(roster.present(session, company.workspace_id)))
    following = next(pulse.dates(day, company.pulse_days, works, once_a_week=seldom), None)
    if following is None:
        raise Refusal("pulse_no_date", day=day, field="day")
    if following != day:
        raise Refusal("pulse_other_date", day=day, following=following, field="day")
    storage.schedule(session, company.workspace_id, day, question_id, by=admin.id if admin else None, now=now)
    _note(session, company, admin, "question_day", question_id, now, after=day.isoformat())

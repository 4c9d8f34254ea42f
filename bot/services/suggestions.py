"""Colleagues' ideas are sent, backed, and moved from state to state (product.md 3)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.rules import periods
from bot.rules import suggestions as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.suggestions import State
from bot.services import daily, people, similar, working_days
from bot.services.praise import post_at
from storage import audit, special_days
from storage import people as roster
from storage import points as ledger
from storage import suggestions as storage
from storage.people import Member
from storage.points import Line
from storage.suggestions import Moved, NewSuggestion, Suggestion


@dataclass(frozen=True)
class Draft:
    """An idea as somebody wrote it, nothing of it checked."""

    title: str
    what: str
    why: str = ""
    gains: str = "customer"
    wall: str = ""


@dataclass(frozen=True)
class Sent:
    """An idea that arrived, who is asked to answer it, and when they may hear of it."""

    suggestion: Suggestion
    reviewers: tuple[Member, ...]
    post_at: datetime


@dataclass(frozen=True)
class MovedOn:
    """An idea whose state changed, those who back it, and the points that its author got for it now, or that were
    `taken` back, if any; `place` counts its changes."""

    suggestion: Suggestion
    step: Moved
    place: int
    backers: tuple[Member, ...]
    awarded: int
    post_at: datetime
    taken: int = 0


def checked(draft: Draft, author: Member | None, *, team: str = "", arrived: bool = True) -> NewSuggestion:
    """What is stored of a draft. Raises Refusal with the field of the form for what the rules do not allow."""
    return NewSuggestion(
        title=rules.title(draft.title),
        what=rules.text(draft.what, field="what"),
        why=rules.text(draft.why, field="why", needed=False),
        gains=rules.gains(draft.gains),
        wall=rules.wall(draft.wall),
        team=author.team if author else team,
        author=author,
        arrived=arrived,
    )


def send(session: Session, company: Company, slack_id: str, draft: Draft, *, now: datetime) -> Sent:
    """A colleague sends an idea under their name. Raises Refusal as `checked` does, and for who takes no part."""
    author = people.actor(session, company, slack_id)
    return keep(session, company, checked(draft, author), now=now)


def keep(session: Session, company: Company, new: NewSuggestion, *, now: datetime) -> Sent:
    """Store an idea; from now on it is found, and answered."""
    suggestion_id = storage.add(session, company.workspace_id, new, today=today(company, now))
    suggestion = existing(session, company, suggestion_id)
    similar.learn(session, company, suggestion)
    return Sent(suggestion, reviewers(session, company, suggestion), post_at(session, company, now))


def today(company: Company, now: datetime) -> date:
    """The day of the company, which is all that an idea keeps of a time."""
    return periods.local_day(now, company.zone)


def existing(session: Session, company: Company, suggestion_id: str) -> Suggestion:
    """The idea with this id. Raises Refusal if there is none, or it has not arrived."""
    suggestion = storage.get(session, company.workspace_id, suggestion_id)
    if suggestion is None or not suggestion.arrived:
        raise Refusal("no_such_idea")
    return suggestion


def reviewers(session: Session, company: Company, suggestion: Suggestion, *, every: bool = False) -> tuple[Member, ...]:
    """Who is to answer an idea: the leads of its team, without any the admins; `every`: both. Never its author."""
    leads, admins = (roster.leaders(session, company.workspace_id, role) for role in ("lead", "admin"))
    team = suggestion.team.casefold()
    near = [one for one in leads if team and one.team.casefold() == team and one.id != suggestion.author_id]
    far = [one for one in admins if one.id != suggestion.author_id]
    return tuple([*near, *far] if every or not near else near)


def back(session: Session, company: Company, slack_id: str, suggestion_id: str, *, stands: bool) -> Suggestion:
    """A colleague backs an open idea, or no longer does. Raises Refusal for one's own, or one that is settled."""
    person = people.actor(session, company, slack_id)
    suggestion = existing(session, company, suggestion_id)
    if suggestion.author_id == person.id:
        raise Refusal("idea_own")
    if suggestion.state not in rules.OPEN:
        raise Refusal("idea_settled")
    storage.back(session, company.workspace_id, suggestion_id, person.id, stands=stands)
    return existing(session, company, suggestion_id)


def way(suggestion: Suggestion, becomes: str) -> State:
    """The state to which an idea may go from where it is. Raises Refusal if it may not."""
    state = rules.state(becomes)
    rules.check_way(suggestion.state, state)
    return state


def mover(session: Session, company: Company, slack_id: str, suggestion: Suggestion) -> Member:
    """The lead or admin who may move this idea. Raises Refusal for anybody else, and for one's own."""
    person = people.lead(session, company, slack_id)
    if not rules.may_move(person.id, suggestion.author_id, leads=person.leads):
        raise Refusal("idea_own_review")
    return person


def move(
    session: Session,
    company: Company,
    slack_id: str,
    suggestion_id: str,
    becomes: str,
    *,
    was: str,
    reason: str = "",
    now: datetime,
) -> MovedOn:
    """A lead or an admin moves an idea from the state in which they saw it to another.

    Its author gets points when it is accepted, and gives them back when it is declined after all. Raises Refusal for
    whoever may not, for a way that there is not, for declining without a reason, and if somebody moved it meanwhile.
    """
    suggestion = existing(session, company, suggestion_id)
    person = mover(session, company, slack_id, suggestion)
    if suggestion.state != was:
        raise Refusal("idea_moved")
    state = way(suggestion, becomes)
    said = rules.text(reason, field="reason", most=rules.MAX_REASON, needed=state == "declined")
    step = Moved(suggestion.state, state, person, said, today(company, now))
    place = storage.move(session, company.workspace_id, suggestion_id, step)
    if not place:
        raise Refusal("idea_moved")
    told = {"subject": suggestion_id, "before": suggestion.state, "after": state}
    audit.note(session, company.workspace_id, by=person.id, act="idea_moved", **told, now=now)
    moved = existing(session, company, suggestion_id)  # again: its author may have claimed it meanwhile
    awarded = award(session, company, moved, now=now) if state == "accepted" else 0
    taken = _take_back(session, company, moved, now=now) if state == "declined" else 0
    backers = tuple(one for one in storage.backers(session, suggestion_id) if one.id != moved.author_id)
    return MovedOn(moved, step, place, backers, awarded, post_at(session, company, now), taken)


def award(session: Session, company: Company, suggestion: Suggestion, *, now: datetime) -> int:
    """Give the author of an accepted idea the points for it, and say how many: 0 if it has no author, or they had
    them before."""
    standing, key = ledger.turn(session, company.workspace_id, f"idea:{suggestion.id}")
    if suggestion.author is None or standing:
        return 0
    worth = company.idea_points
    line = Line(key, suggestion.author.id, "idea", worth, today(company, now), now)
    return worth if ledger.award(session, company.workspace_id, line) else 0


def _take_back(session: Session, company: Company, suggestion: Suggestion, *, now: datetime) -> int:
    """Reverse what the author of an idea has for it, and say how many points: 0 if it is none. Whoever holds the idea,
    whose state has just changed, is alone with it."""
    standing, _ = ledger.turn(session, company.workspace_id, f"idea:{suggestion.id}")
    if suggestion.author is None or standing is None:
        return 0
    ledger.reverse(session, company.workspace_id, standing.key, now=now)
    return standing.amount


@dataclass(frozen=True)
class Late:
    """An idea without an answer, who is reminded of it, and when they may hear so."""

    suggestion: Suggestion
    reviewers: tuple[Member, ...]
    post_at: datetime


def overdue(session: Session, company: Company, *, now: datetime) -> tuple[Late, ...]:
    """The ideas that have waited five working days for an answer and of which somebody can be reminded now, at the hour
    of a working day. A look that needs no writer."""
    today = daily.due(session, company, now=now)
    if today is None:
        return ()
    works = working_days.calendar(company, special_days.every(session, company.workspace_id))
    until, late = rules.overdue_since(today, works), []
    for suggestion_id in storage.unanswered(session, company.workspace_id, rules.WAITING, until):
        suggestion = existing(session, company, suggestion_id)
        if asked := reviewers(session, company, suggestion, every=True):
            late.append(Late(suggestion, asked, post_at(session, company, now)))
    return tuple(late)


def remind(session: Session, company: Company, *, now: datetime) -> tuple[Late, ...]:
    """What is overdue, each reminded of once in each state it waits in."""
    late = overdue(session, company, now=now)
    for one in late:
        storage.reminded(session, one.suggestion.id, today(company, now))
    return late

"""What somebody sees of ideas: one with all that became of it, a list, and the queue of those who answer them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, get_args

from sqlmodel import Session

from bot.rules import suggestions as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.rules.suggestions import OPEN, STATES, WAITING, State
from bot.services import people, similar
from bot.services import praise as praises
from bot.services.suggestions import existing
from storage import credits, receipts
from storage import suggestions as storage
from storage.people import Member
from storage.praise import Praise
from storage.receipts import Remark
from storage.suggestions import Filter, Moved, Suggestion

Scope = Literal["open", "mine", "review", "done", "all"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
SHOWN = 8
AT_HOME = 3
FARTHEST = 1_000_000
_EVERY = Filter()
_NEAR = 0.05
"""Whoever searches may be shown what shares less with the words than what is offered unasked."""


@dataclass(frozen=True)
class Page:
    """One idea as this person sees it. `praises` came because of it, as far as channels show them; `remarks` are what
    was said with an author without a name, for those who may move it."""

    suggestion: Suggestion
    viewer: Member
    backs: bool
    steps: tuple[Moved, ...]
    solvers: tuple[Member, ...]
    praises: tuple[Praise, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def own(self) -> bool:
        return self.suggestion.author_id == self.viewer.id

    @property
    def moves(self) -> bool:
        """Whether this person may move it."""
        return rules.may_move(self.viewer.id, self.suggestion.author_id, leads=self.viewer.leads)


@dataclass(frozen=True)
class Listed:
    """Some of the ideas that were asked for, from number `first` on; `total` of them in all. `wanted` and `teams` are
    for the filters of the queue."""

    viewer: Member
    scope: Scope
    ideas: tuple[Suggestion, ...]
    total: int
    backed: frozenset[str]
    words: str = ""
    wanted: Filter = field(default_factory=Filter)
    teams: tuple[str, ...] = ()
    first: int = 0


def page(session: Session, company: Company, slack_id: str, suggestion_id: str) -> Page:
    """An idea and what became of it."""
    viewer = people.actor(session, company, slack_id)
    suggestion = existing(session, company, suggestion_id)
    linked = [praises.existing(session, one) for one in credits.praises(session, suggestion_id)]
    answers = rules.may_move(viewer.id, suggestion.author_id, leads=viewer.leads)
    return Page(
        suggestion=suggestion,
        viewer=viewer,
        backs=bool(storage.backed_by(session, viewer.id, [suggestion_id])),
        steps=storage.steps(session, suggestion_id),
        solvers=credits.solvers(session, suggestion_id),
        praises=tuple(one for one in linked if one.shown),
        remarks=receipts.remarks(session, suggestion_id) if answers else (),
    )


def listed(
    session: Session,
    company: Company,
    slack_id: str,
    scope: Scope,
    words: str = "",
    *,
    wanted: Filter = _EVERY,
    first: int = 0,
) -> Listed:
    """The newest ideas of this scope, or those most like the words; of the queue those that are `wanted`. Raises
    Refusal if the queue is none of theirs."""
    viewer = people.actor(session, company, slack_id)
    if scope == "review":
        return queue(session, company, slack_id, wanted, words=words, first=first)
    return _found(session, company, viewer, scope, _wanted(scope, viewer), words, first)


def queue(
    session: Session, company: Company, slack_id: str, wanted: Filter, *, words: str = "", first: int = 0
) -> Listed:
    """The ideas that wait for an answer, or whichever a lead or an admin filters, the oldest first: they have waited
    the longest. Raises Refusal for anybody else."""
    viewer = people.lead(session, company, slack_id)
    asked = wanted if wanted.states else replace(wanted, states=WAITING)
    found = _found(session, company, viewer, "review", asked, words, first)
    return replace(found, wanted=wanted, teams=storage.teams(session, company.workspace_id, STATES))


def _wanted(scope: Scope, viewer: Member) -> Filter:
    match scope:
        case "mine":
            return Filter(author_id=viewer.id)
        case "done":
            return Filter(states=("done",))
        case "all":
            return Filter(states=STATES)
        case _:
            return Filter(states=tuple(state for state in STATES if state in OPEN))


def _found(
    session: Session, company: Company, viewer: Member, scope: Scope, wanted: Filter, words: str, first: int
) -> Listed:
    """A page of them; the last one if so many have gone since that there is none behind `first`."""
    if words:
        near = similar.find(session, company, words, every=True, most=rules.MAX_FOUND, least=_NEAR)
        fit = [one for one in near if _fits(one, wanted)]
        ids, total = [one.id for one in fit[first : first + SHOWN]], len(fit)
    else:
        here, after, oldest = company.workspace_id, min(first, FARTHEST), scope == "review"
        ids, total = storage.list_ids(session, here, wanted, most=SHOWN, first=after, oldest=oldest)
    if first and not ids:
        return _found(session, company, viewer, scope, wanted, words, max(0, total - 1) // SHOWN * SHOWN)
    ideas = storage.several(session, company.workspace_id, ids)
    return Listed(viewer, scope, ideas, total, storage.backed_by(session, viewer.id, ids), words, first=first)


def _fits(suggestion: Suggestion, wanted: Filter) -> bool:
    team = suggestion.team.casefold()
    return (
        (not wanted.states or suggestion.state in wanted.states)
        and wanted.wall in ("", suggestion.wall)
        and wanted.team.casefold() in ("", team)
        and wanted.author_id in ("", suggestion.author_id)
    )


def scope_of(text: str) -> tuple[Scope, str]:
    """What `/ideas` was asked: a scope, and words to search for; words alone search all ideas."""
    first, _, rest = text.strip().partition(" ")
    for one in SCOPES:
        if first.casefold() == one:
            return one, rest.strip()[: rules.MAX_SOUGHT]
    return ("all", text.strip()[: rules.MAX_SOUGHT]) if text.strip() else ("open", "")


def scope(name: str) -> Scope:
    """The scope of this name. Raises Refusal if there is none."""
    for one in SCOPES:
        if one == name:
            return one
    raise Refusal("out_of_date")


def state_filter(name: str) -> tuple[State, ...]:
    """The states that a filter names; none for "". Raises Refusal for what is no state."""
    return (rules.state(name),) if name else ()


def at_home(session: Session, company: Company, member: Member, *, now: datetime) -> Listed:
    """The newest of somebody's own ideas."""
    return _some(session, company, member, "mine", _wanted("mine", member))


def to_answer(session: Session, company: Company, member: Member, *, now: datetime) -> Listed:
    """The oldest ideas that a lead or an admin may answer; none for anybody else."""
    if not member.leads:
        return Listed(member, "review", (), 0, frozenset())
    found = _some(session, company, member, "review", Filter(states=WAITING), more=AT_HOME)
    able = [one for one in found.ideas if rules.may_move(member.id, one.author_id, leads=True)]
    total = found.total - len(found.ideas) + len(able)
    return replace(found, ideas=tuple(able[:AT_HOME]), total=total)


def _some(session: Session, company: Company, viewer: Member, scope: Scope, wanted: Filter, *, more: int = 0) -> Listed:
    most, oldest = AT_HOME + more, scope == "review"
    ids, total = storage.list_ids(session, company.workspace_id, wanted, most=most, oldest=oldest)
    return Listed(viewer, scope, storage.several(session, company.workspace_id, ids), total, frozenset())

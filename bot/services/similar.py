"""Ideas that are like what somebody writes, whichever script they are in (product.md 3)."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import islice

from opencc import OpenCC
from sqlmodel import Session

from bot.rules import similar as rules
from bot.rules.company import Company
from bot.rules.suggestions import OPEN, STATES, State
from storage import similar as storage
from storage import suggestions
from storage.suggestions import Suggestion

SHOWN = 5
_TOGETHER = 20


def terms(*texts: str) -> tuple[str, ...]:
    """The search terms of these texts: as they stand in Simplified characters, and of Traditional ones in the words of
    the mainland too, so that 計程車 finds 出租车."""
    return rules.terms(*(folded for text in texts for folded in _folded(text)))


def _folded(text: str) -> tuple[str, ...]:
    if text.isascii():
        return (text,)
    simplified, mainland = (each.convert(text) for each in _converters())
    return (simplified,) if simplified == mainland else (simplified, mainland)


@cache
def _converters() -> tuple[OpenCC, OpenCC]:
    """OpenCC's dictionaries, character by character and with words; read when the first Chinese idea comes."""
    return OpenCC("t2s"), OpenCC("tw2sp")


def learn(session: Session, company: Company, suggestion: Suggestion) -> None:
    """Let an idea be found from now on."""
    found = terms(suggestion.title, suggestion.what, suggestion.why)[: rules.MOST_TERMS]
    storage.learn(session, company.workspace_id, suggestion.id, found)


def find(
    session: Session,
    company: Company,
    text: str,
    *,
    every: bool = False,
    without: Collection[str] = (),
    most: int = SHOWN,
    least: float = rules.LEAST,
) -> tuple[Suggestion, ...]:
    """The ideas that are most like this text, the most similar first: open ones, or `every` one; at most so many.

    The same on both engines: the terms are made and weighed by us, and of ideas that share as much their own decide.
    """
    asked = terms(text)[: rules.MOST_ASKED]
    counts = storage.counts(session, company.workspace_id, [*asked, storage.IN_ALL])
    ideas = counts.pop(storage.IN_ALL, 0)
    weighed = rules.weights(asked, counts, ideas)
    chosen = rules.telling(weighed, counts, ideas)
    near = storage.having(session, company.workspace_id, chosen, most=rules.CANDIDATES)
    unknown = len(asked) - len(weighed)
    scored = [(-rules.score(weighed, unknown, ideas, had), had, id_) for id_, had in near if id_ not in without]
    best = [id_ for score, _, id_ in sorted(scored) if -score >= least]
    return tuple(islice(_in(session, company, best, STATES if every else OPEN), most))


def _in(session: Session, company: Company, ids: Sequence[str], states: Collection[State]) -> Iterator[Suggestion]:
    """Those of these ideas that are in one of these states, a few at a time: nearly always the first are enough."""
    for first in range(0, len(ids), _TOGETHER):
        some = suggestions.several(session, company.workspace_id, ids[first : first + _TOGETHER])
        yield from (one for one in some if one.arrived and one.state in states)

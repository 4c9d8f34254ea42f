"""Ideas that are like what somebody writes, whichever script they are in (product.md 3)."""

from collections.abc import Collection
from functools import cache

from opencc import OpenCC
from sqlmodel import Session

from bot.rules import similar as rules
from bot.rules.company import Company
from bot.rules.suggestions import OPEN, STATES
from storage import similar as storage
from storage import suggestions
from storage.suggestions import Suggestion

SHOWN = 5


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
    states = STATES if every else tuple(OPEN)
    chosen = rules.telling(weighed, counts, ideas)
    near = storage.having(session, company.workspace_id, chosen, states, most=rules.CANDIDATES)
    unknown = len(asked) - len(weighed)
    scored = [(-rules.score(weighed, unknown, ideas, had), had, id_) for id_, had in near if id_ not in without]
    best = sorted(one for one in scored if -one[0] >= least)[:most]
    return suggestions.several(session, company.workspace_id, [id_ for *_, id_ in best])

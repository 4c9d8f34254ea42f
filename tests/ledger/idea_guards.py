"""Each guard of ideas, to be taken out: the shop must find that it is gone."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from bot.rules import suggestions as rules
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import credits, people, suggestions
from bot.services.suggestions import MovedOn
from storage import credits as credit_storage
from storage import suggestions as storage
from storage.people import Member
from storage.suggestions import Suggestion
from tests.ledger.replacing import Without, always, instead

_move, _text = suggestions.move, rules.text


def _from_anywhere(
    session: Session, company: Company, slack_id: str, suggestion_id: str, becomes: str, **told: Any
) -> MovedOn:
    """An answer that takes an idea as it is now, not as it was seen."""
    now_is = suggestions.existing(session, company, suggestion_id).state
    return _move(session, company, slack_id, suggestion_id, becomes, **{**told, "was": now_is})


def _whoever(session: Session, company: Company, slack_id: str, suggestion: Suggestion) -> Member:
    """Anybody moves an idea that is not theirs."""
    person = people.actor(session, company, slack_id)
    if not rules.may_move(person.id, suggestion.author_id, leads=True):
        raise Refusal("idea_own_review")
    return person


def _even_oneself(session: Session, company: Company, slack_id: str, suggestion_id: str, *, stands: bool) -> Suggestion:
    """A colleague backs an idea, whosever it is."""
    person = people.actor(session, company, slack_id)
    if suggestions.existing(session, company, suggestion_id).state not in rules.OPEN:
        raise Refusal("idea_settled")
    storage.back(session, company.workspace_id, suggestion_id, person.id, stands=stands)
    return suggestions.existing(session, company, suggestion_id)


def _no_words(words: str, **asked: Any) -> str:
    return _text(words, **{**asked, "needed": False})


GUARDS: Mapping[str, Without] = {
    "what is declined after all gives its points back": instead(suggestions, _take_back=lambda *_, **__: 0),
    "nobody reviews their own idea": instead(rules, may_move=lambda *_, leads: leads),
    "leads and admins alone move ideas": instead(suggestions, mover=_whoever),
    "an idea goes the ways there are": instead(rules, check_way=lambda *_: None),
    "the first answer stands": instead(suggestions, move=_from_anywhere),
    "declined with a reason": instead(rules, text=_no_words),
    "nobody backs their own idea": instead(suggestions, back=_even_oneself),
    "a settled idea is backed no more": instead(rules, OPEN=frozenset(rules.STATES)),
    "a solver has the points once": instead(credit_storage, insert=always),
    "leads and admins alone confirm solvers": instead(credits, mover=_whoever),
    "an idea that is done solved something": instead(credits, _done=suggestions.existing),
    "whoever has it recorded says which idea is behind it": instead(credits, _may_link=lambda *_: True),
    "a comment becomes one idea": instead(storage, of_praise=lambda *_: None),
    "reminded once": instead(storage, reminded=lambda *_: None),
}
"""By what each of them promises."""

"""A round closes: what may be shown is counted and kept, everything else is destroyed (product.md 4).

Every step can be repeated, and a round that was left in the middle goes on where its row says: "closing" takes no vote
any more; "closed" and "void" need only be tidied up. A round whose key is lost is void: nothing of it is ever read.
"""

import random
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rules import atoms, pulse, showing
from bot.rules.atoms import COMPANY, Cut
from bot.rules.company import Company
from bot.rules.showing import Figures
from bot.services.mixing import Contents
from storage import ballots, expiry, results, surveys
from storage.ballots import Boxes, Kept
from storage.results import Comment
from storage.surveys import Survey

KEY_PATIENCE = timedelta(hours=1)
"""How long after its end a round waits for its key to be seen."""
_CHANCE = random.SystemRandom()

Counts = Mapping[int, Counter[str]]
"""How often each value was answered in each segment."""


@dataclass(frozen=True)
class Outcome:
    """What may be shown of a round; nothing if too few answered. `answered` is how many did, 0 then."""

    figures: tuple[Figures, ...] = ()
    comments: tuple[Comment, ...] = ()
    answered: int = 0


def asked_key(survey_id: str, person_id: str, *, again: bool = False) -> str:
    """The key of the message that asks somebody. What stands before the # goes to Slack: the same for everybody."""
    return f"pulse:{survey_id}{':again' if again else ''}#{person_id}"


def due(session: Session, company: Company, *, now: datetime) -> Survey | None:
    """The round whose time is over, or that is closing: a look that needs no writer."""
    survey = surveys.current(session, company.workspace_id)
    return survey if survey and (survey.state == "closing" or _is_over(survey, now)) else None


def _is_over(survey: Survey, now: datetime) -> bool:
    return pulse.is_over(survey.opens_at, survey.closes_at, now)


def begin(session: Session, company: Company, survey_id: str, *, now: datetime) -> bool:
    """From now on no vote is taken; who would still be asked is not, and who was reminded is forgotten.

    False if the round is not closing after all: the clock was put back, or another process has closed it.
    """
    survey = surveys.get(session, survey_id)
    if survey is None or survey.state != "open" or not _is_over(survey, now):
        return survey is not None and survey.state == "closing"
    surveys.move(session, survey_id, "closing")
    expiry.drop(session, workspace_id=company.workspace_id, prefix=asked_key(survey_id, ""), unsent=True)
    expiry.drop(session, workspace_id=company.workspace_id, prefix=asked_key(survey_id, "", again=True), unsent=False)
    return True


def may_be_opened(session: Session, survey: Survey) -> bool:
    """Whether so many took part in a round that is closing that anything of it may be opened."""
    return ballots.how_many(session, survey.id, "answer") >= survey.least


def boxes(session: Session, survey: Survey, kept: Kept, after: str = "") -> Boxes:
    """What there is to be opened of a round that takes no vote any more, and is mixed no more, piece by piece."""
    return ballots.boxes(session, survey.id, kept, after)


def counted(survey: Survey, answers: Iterable[Contents], before: Counts | None = None) -> Counts:
    """These answers, together with those that were counted `before`; what is no answer to the question counts for
    nothing."""
    counts = {segment: Counter(of) for segment, of in (before or {}).items()}
    possible = set(survey.question.values)
    for one in answers:
        segment, value = one["segment"], str(one.get("value", ""))
        if segment in survey.asked_in and value in possible:
            counts.setdefault(segment, Counter())[value] += 1
    return counts


def is_lost(survey: Survey, *, since: datetime, now: datetime) -> bool:
    """Whether a round is given up whose key this process has not seen `since` then: a bot that was away over the end,
    or whose clock was moved, waits as long as any other."""
    return now - max(survey.closes_at, since) >= KEY_PATIENCE


def outcome(survey: Survey, counts: Counts, comments: Collection[Contents]) -> Outcome:
    """What may be shown of a round, given all its answers, counted, and what was in its comments. With hundreds of
    teams this takes a second, in which nobody waits: it needs no transaction."""
    told = shown(survey, counts)
    kept = commented(survey, comments, _answered(counts)) if told else ()
    return Outcome(told, kept, next((one.answered for one in told if one.cut == COMPANY), 0))


def close(session: Session, company: Company, survey_id: str, outcome: Outcome) -> Survey | None:
    """Keep what may be shown of a round. Gives the round as it was; None if another process closed it."""
    survey = surveys.get(session, survey_id)
    if survey is None or survey.state != "closing":
        return None
    results.keep(session, company.workspace_id, survey_id, outcome.figures, outcome.comments)
    surveys.move(session, survey_id, "closed", secret="", answered=outcome.answered)
    return survey


def give_up(session: Session, survey_id: str) -> bool:
    """A round whose key is lost is void; False if another process has settled it."""
    survey = surveys.get(session, survey_id)
    if survey is None or survey.state != "closing":
        return False
    surveys.move(session, survey_id, "void", secret="")
    return True


def shown(survey: Survey, counts: Counts) -> tuple[Figures, ...]:
    """What is shown of a round: of the groups of which nobody can be told apart, by the atom rule."""
    answered = _answered(counts)
    cuts = atoms.shown(survey.cuts, survey.asked_in, answered, survey.least)
    smallest = atoms.smallest(cuts, survey.asked_in, answered)
    return tuple(_figures(survey, cut, counts, smallest) for cut in cuts)


def _figures(survey: Survey, cut: Cut, counts: Counts, smallest: int) -> Figures:
    together: Counter[str] = sum((counts.get(segment, Counter()) for segment in cut.segments), Counter())
    drawn_from = atoms.total(cut, survey.people_in) if survey.population > survey.asked else 0
    asked = atoms.total(cut, survey.asked_in)
    return showing.figures(survey.question, cut.name, together, asked=asked, smallest=smallest, population=drawn_from)


def commented(survey: Survey, comments: Collection[Contents], answered: Mapping[int, int]) -> tuple[Comment, ...]:
    """The comments that are shown, each as that of the smallest group of whose kind every one holds enough answers; the
    others are never read. They come in random order.

    A copy of the database from while the round ran tells who wrote a comment. So those of a group are shown together
    with as many others as answers are, or as those of a larger group, or not at all.
    """
    cuts = atoms.shown(survey.cuts, survey.asked_in, answered, survey.least_comments)
    left, found = [content for content in comments if "words" in content], []
    for cut in sorted(cuts, key=lambda cut: len(cut.segments)):
        these = [content for content in left if content["segment"] in cut.segments]
        if len(these) >= survey.least:
            left = [content for content in left if content["segment"] not in cut.segments]
            found += [_comment(cut, one) for one in these]
    return tuple(_CHANCE.sample(found, len(found)))


def _comment(cut: Cut, content: Contents) -> Comment:
    return Comment(secrets.token_hex(16), cut.name, str(content["words"]), str(content.get("receipt", "")))


def _answered(counts: Counts) -> dict[int, int]:
    return {segment: of.total() for segment, of in counts.items()}


def destroy(session: Session, survey_id: str) -> bool:
    """Destroy a piece of what a round that is over has left; True if nothing is left. To be repeated until then."""
    return ballots.destroy(session, survey_id)


def unfinished(session: Session, company: Company) -> Survey | None:
    """A round that is over and has not been tidied up: a look that needs no writer."""
    return surveys.unfinished(session, company.workspace_id)


def is_over(session: Session, survey_id: str) -> bool:
    """Whether a round has closed or is void, so that its key opens nothing that anybody may read any more."""
    survey = surveys.get(session, survey_id)
    return survey is not None and survey.state in ("closed", "void")


def finish(session: Session, survey_id: str) -> None:
    """Note that nothing of it is left in any file."""
    surveys.scrubbed(session, survey_id)

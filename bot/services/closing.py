"""A round closes: what may be shown is counted and kept, everything else is destroyed (product.md 4).

Every step can be repeated, and a round that was left in the middle goes on where its row says: "closing" takes no vote
any more; "closed" and "void" need only be tidied up. A round whose key is lost is void: nothing of it is ever read.
"""

import random
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rules import atoms, showing
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


def asked_key(survey_id: str, person_id: str, *, again: bool = False) -> str:
    """The key of the message that asks somebody. What stands before the # goes to Slack: the same for everybody."""
    return f"pulse:{survey_id}{':again' if again else ''}#{person_id}"


def due(session: Session, company: Company, *, now: datetime) -> Survey | None:
    """The round whose time is over, or that is closing: a look that needs no writer."""
    survey = surveys.current(session, company.workspace_id)
    return survey if survey and (survey.state == "closing" or now >= survey.closes_at) else None


def begin(session: Session, company: Company, survey_id: str, *, now: datetime) -> None:
    """From now on no vote is taken; who would still be asked is not, and who was reminded is forgotten."""
    survey = surveys.get(session, survey_id)
    if survey is None or survey.state != "open" or now < survey.closes_at:
        return
    surveys.move(session, survey_id, "closing")
    expiry.drop(session, workspace_id=company.workspace_id, prefix=asked_key(survey_id, ""), unsent=True)
    expiry.drop(session, workspace_id=company.workspace_id, prefix=asked_key(survey_id, "", again=True), unsent=False)


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
        segment, value = int(one["segment"]), str(one["value"])
        if segment in survey.asked_in and value in possible:
            counts.setdefault(segment, Counter())[value] += 1
    return counts


def is_lost(survey: Survey, *, now: datetime) -> bool:
    """Whether a round whose key is not seen is given up."""
    return now - survey.closes_at >= KEY_PATIENCE


def close(
    session: Session, company: Company, survey_id: str, counts: Counts, comments: Collection[Contents]
) -> Survey | None:
    """Keep what may be shown of a round, given all its answers, counted, and what was in its comments.

    Gives the round as it was; None if another process closed it.
    """
    survey = surveys.get(session, survey_id)
    if survey is None or survey.state != "closing":
        return None
    told = shown(survey, counts)
    kept = commented(survey, comments, _answered(counts)) if told else ()
    results.keep(session, company.workspace_id, survey_id, told, kept)
    everybody = next((one.answered for one in told if one.cut == COMPANY), 0)
    surveys.move(session, survey_id, "closed", secret="", answered=everybody)
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
    left, found = list(comments), []
    for cut in sorted(cuts, key=lambda cut: len(cut.segments)):
        these = [content for content in left if content["segment"] in cut.segments]
        if len(these) >= survey.least:
            left = [content for content in left if content["segment"] not in cut.segments]
            found += [Comment(secrets.token_hex(16), cut.name, str(one["words"]), str(one["receipt"])) for one in these]
    return tuple(_CHANCE.sample(found, len(found)))


def _answered(counts: Counts) -> dict[int, int]:
    return {segment: of.total() for segment, of in counts.items()}


def destroy(session: Session, survey_id: str) -> bool:
    """Destroy a piece of what a round that is over has left; True if nothing is left. To be repeated until then."""
    return ballots.destroy(session, survey_id)


def unfinished(session: Session, company: Company) -> Survey | None:
    """A round that is over and has not been tidied up: a look that needs no writer."""
    return surveys.unfinished(session, company.workspace_id)


def finish(session: Session, survey_id: str) -> None:
    """Note that nothing of it is left in any file."""
    surveys.scrubbed(session, survey_id)

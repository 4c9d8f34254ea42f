"""An answer and a comment: sealed in the transaction that notes who took part, readable to nobody (product.md 4).

Whoever answers again changes nothing and hears the same: the first answer counts. There is no other guard against a
second delivery, and none is needed. Nothing here writes a log, and no row says when.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot import sealing
from bot.rules.company import Company
from bot.rules.pulse import is_open
from bot.rules.refusal import Refusal
from bot.rules.replies import of_round
from bot.services import people
from storage import ballots, invitations, surveys
from storage.ballots import Part
from storage.people import Member
from storage.surveys import Survey


@dataclass(frozen=True)
class Voter:
    """Somebody who may take part in a round, as one of a segment, behind a tag."""

    member: Member
    survey: Survey
    segment: int
    tag: str


def answer(session: Session, company: Company, slack_id: str, survey_id: str, value: str, *, now: datetime) -> Voter:
    """Answer with one of the question's values. Raises Refusal if the round is over or asks somebody else."""
    voter = may_take_part(session, company, slack_id, survey_id, now=now)
    if value not in voter.survey.question.values:
        raise Refusal("out_of_date")
    _put(session, company, voter, "answer", {"value": value}, sealing.ANSWER_BYTES)
    return voter


def comment(
    session: Session, company: Company, slack_id: str, survey_id: str, words: str, receipt: str, *, now: datetime
) -> Voter:
    """Add words, cleaned by `bot.rules.comments`, to one's answer; `receipt` is the digest of a code, "" without one.

    Raises Refusal as `answer` does, and if there is no answer yet.
    """
    voter = may_take_part(session, company, slack_id, survey_id, now=now)
    if not ballots.took_part(session, survey_id, "answer", [voter.tag]):
        raise Refusal("comment_before_answer")
    content = {"words": words, "receipt": of_round(receipt, survey_id)}
    _put(session, company, voter, "comment", content, sealing.COMMENT_BYTES)
    return voter


def may_take_part(session: Session, company: Company, slack_id: str, survey_id: str, *, now: datetime) -> Voter:
    """The person as one of those who are asked. Raises Refusal if the round is over or asks somebody else."""
    member = people.actor(session, company, slack_id)
    survey = surveys.get(session, survey_id)
    if survey is None or not is_open(survey.state, survey.closes_at, now):
        raise Refusal("pulse_closed")
    segment = invitations.segment_of(session, survey_id, member.id)
    if segment is None:
        raise Refusal("pulse_not_asked")
    return Voter(member, survey, segment, sealing.tag(survey.secret, member.id))


def _put(session: Session, company: Company, voter: Voter, part: Part, content: dict[str, str], size: int) -> None:
    box = sealing.seal(voter.survey.public_key, {"segment": voter.segment, **content}, size)
    ballots.put(session, company.workspace_id, voter.survey.id, part, voter.tag, box)

"""What is owed to Slack of answers to a round: the public one, and those that come back by a receipt code."""

from datetime import datetime

from sqlmodel import Session

from bot import views
from bot.rules.company import Company
from bot.services import channels, replies
from bot.services.praise import post_at
from bot.services.replies import Said
from bot.views.replies import MANY
from storage import outbox


def said(session: Session, company: Company, answer: Said, *, now: datetime) -> None:
    """Post what a lead answers in public, when it is not quiet."""
    outbox.post(
        session,
        workspace_id=company.workspace_id,
        key=f"pulse_said:{answer.survey.id}:{answer.cut}",
        subject=f"pulse_said:{answer.survey.id}:{answer.cut}",
        channel=answer.channel,
        message=views.replies.said(answer, channels.language(session, company, answer.channel)),
        now=now,
        not_before=post_at(session, company, now),
    )


def bring(session: Session, company: Company, *, now: datetime) -> int:
    """Owe the answers of a working day to those who asked, each person's in one message, or in as many as they fill;
    gives for how many people."""
    brought = replies.batch(session, company, now=now)
    for one in brought:
        for first in range(0, len(one.threads), MANY):
            key = f"pulse_replies:{one.at.date()}:{one.person.id}:{first}"
            outbox.post(
                session,
                workspace_id=company.workspace_id,
                key=key,
                subject=key,
                channel=one.person.slack_id,
                message=views.replies.batch(one.person, one.threads[first : first + MANY]),
                now=now,
                not_before=one.at,
            )
    return len(brought)

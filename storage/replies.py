"""Answers to what a round said: public ones, and questions back to comments. None of it knows whose a comment is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, update
from sqlmodel import Session

from storage import models
from storage.models import PublicAnswer, Reply
from storage.results import Comment
from storage.select import columns, table
from storage.upsert import insert

_COMMENTS, _REPLIES = table(models.Comment), table(Reply)


@dataclass(frozen=True)
class Exchange:
    """A comment of a round, the question that somebody asked back, and the answer; "" while there is none."""

    survey_id: str
    comment: Comment
    asked_by: str = ""
    question: str = ""
    answer: str = ""


_EXCHANGES = columns(
    _COMMENTS.c.survey_id,
    *(_COMMENTS.c[name] for name in ("id", "cut", "words", "receipt")),
    *(_REPLIES.c[name] for name in ("asked_by", "question", "answer")),
).outerjoin(_REPLIES, and_(_REPLIES.c.comment_id == _COMMENTS.c.id, _REPLIES.c.survey_id == _COMMENTS.c.survey_id))


def say(session: Session, workspace_id: str, answer: PublicAnswer) -> bool:
    """Keep a public answer; False, and nothing is stored, if that group of that round has one."""
    return insert(session, PublicAnswer, {**answer.model_dump(), "workspace_id": workspace_id})


def said(session: Session, survey_id: str, cut: str) -> str:
    """What this group of this round was answered in public; "" if nothing was."""
    answers = table(PublicAnswer)
    these = (answers.c.survey_id == survey_id, answers.c.cut == cut)
    return session.execute(columns(answers.c.words).where(*these)).scalar_one_or_none() or ""


def of_comment(session: Session, workspace_id: str, comment_id: str) -> Exchange | None:
    """The comment with this id, and what was asked back to it."""
    found = _exchanges(session, _COMMENTS.c.workspace_id == workspace_id, _COMMENTS.c.id == comment_id)
    return found[0] if found else None


def rounds(session: Session, workspace_id: str) -> tuple[str, ...]:
    """The ids of the rounds of which a comment with a code is shown."""
    these = (_COMMENTS.c.receipt != "", _COMMENTS.c.workspace_id == workspace_id)
    return tuple(session.execute(columns(_COMMENTS.c.survey_id).where(*these).distinct()).scalars())


def by_receipts(session: Session, workspace_id: str, receipts: Collection[str]) -> tuple[Exchange, ...]:
    """The comments whose code has one of these digests."""
    return _exchanges(
        session, _COMMENTS.c.workspace_id == workspace_id, _COMMENTS.c.receipt.in_([one for one in receipts if one])
    )


def untold(session: Session, workspace_id: str) -> tuple[Exchange, ...]:
    """The exchanges with an answer of which whoever asked has not been told, in the random order of their ids."""
    return _exchanges(
        session, _COMMENTS.c.workspace_id == workspace_id, _REPLIES.c.answer != "", _REPLIES.c.told.is_(False)
    )


def _exchanges(session: Session, *conditions: object) -> tuple[Exchange, ...]:
    rows = session.execute(_EXCHANGES.where(*conditions).order_by(_COMMENTS.c.id))
    return tuple(
        Exchange(survey_id, Comment(*comment), asked_by or "", question or "", answer or "")
        for survey_id, *comment, asked_by, question, answer in rows
    )


def ask(session: Session, workspace_id: str, exchange: Exchange) -> bool:
    """Keep the one question back to a comment; False, and nothing is stored, if there is one."""
    row = {
        "comment_id": exchange.comment.id,
        "workspace_id": workspace_id,
        "survey_id": exchange.survey_id,
        "asked_by": exchange.asked_by,
        "question": exchange.question,
    }
    return insert(session, Reply, row)


def answer(session: Session, comment_id: str, words: str) -> bool:
    """Keep the answer to the question back; False, and nothing changes, if there is one, or nothing was asked."""
    these = (_REPLIES.c.comment_id == comment_id, _REPLIES.c.answer == "")
    result: Any = session.execute(update(_REPLIES).where(*these).values(answer=words))
    return bool(result.rowcount)


def told(session: Session, comment_ids: Collection[str]) -> None:
    """Note that whoever asked was told of these answers."""
    session.execute(update(_REPLIES).where(_REPLIES.c.comment_id.in_(list(comment_ids))).values(told=True))

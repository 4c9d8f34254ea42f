"""Words of people that were kept long enough: found by when they were recorded, given or settled."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, update
from sqlmodel import Session

from bot.rules.erasing import ERASED
from bot.rules.rewards import UNDELIVERED, WAITING
from storage import models, traces
from storage.erasing import Touched, empty, empty_ideas, empty_praise
from storage.select import columns, table

_PRAISES, _KUDOS, _IDEAS = table(models.Praise), table(models.Kudos), table(models.Suggestion)
_STEPS, _REMARKS = table(models.Step), table(models.Remark)
_SURVEYS, _COMMENTS, _REPLIES = table(models.Survey), table(models.Comment), table(models.Reply)
_SAID = table(models.PublicAnswer)
_REQUESTS, _GRANTS, _PROJECTS = table(models.RewardRequest), table(models.Correction), table(models.Project)
_MESSAGES, _OUTBOX = table(models.Message), table(models.Outbox)
SETTLED = ("done", "declined")
"""States in which nobody works on an idea any more."""
_NOTHING = ("", ERASED)
_ANSWER: Any = _SAID.c.survey_id + ":" + _SAID.c.cut
"""What names a public answer, in its row and in its message."""


def _due(workspace_id: str, before: datetime, day: date) -> Iterator[tuple[str, Any, Any, Any]]:
    """What is due of each noun: its name, the column with its id, by what it is in order, and the rule."""
    for noun, rows, rule in (
        ("praise", _PRAISES, _old_praise(before)),
        ("kudos", _KUDOS, and_(_KUDOS.c.given_at < before, _KUDOS.c.reason.not_in(_NOTHING))),
        ("idea", _IDEAS, _old_idea(workspace_id, day)),
        ("comment", _COMMENTS, _old_comment(workspace_id, before)),
        *(("reward", rows, rule) for rows, rule in _old_rewards(before)),
    ):
        yield noun, rows.c.id, rows, and_(rows.c.workspace_id == workspace_id, rule)
    said = and_(_SAID.c.workspace_id == workspace_id, _SAID.c.said_on < day, _SAID.c.words.not_in(_NOTHING))
    yield "publicanswer", _ANSWER, _SAID, said
    sent = func.substr(_MESSAGES.c.subject, len(traces.BROUGHT) + 1, len("2026-01-01"))
    named = _MESSAGES.c.subject.startswith(traces.BROUGHT, autoescape=True)
    brought = and_(_MESSAGES.c.workspace_id == workspace_id, named, sent < day.isoformat())
    yield "brought", _MESSAGES.c.subject, _MESSAGES, brought


def _old_praise(before: datetime) -> Any:
    decided = func.coalesce(_PRAISES.c.decided_at, _PRAISES.c.recorded_at)
    return or_(
        and_(_PRAISES.c.state == "accepted", _PRAISES.c.accepted_at < before),
        and_(_PRAISES.c.state == "refused", decided < before),
        and_(_PRAISES.c.state == "waiting", _PRAISES.c.recorded_at < before),
    )


def _old_idea(workspace_id: str, day: date) -> Any:
    """Of one whose own words are gone, what others say of it afterwards is still to go."""
    moved = columns(_STEPS.c.suggestion_id).where(_STEPS.c.workspace_id == workspace_id, _STEPS.c.reason != "")
    said = columns(_REMARKS.c.suggestion_id).where(
        _REMARKS.c.workspace_id == workspace_id, _REMARKS.c.words.not_in(_NOTHING)
    )
    left = or_(_IDEAS.c.title != ERASED, _IDEAS.c.id.in_(moved), _IDEAS.c.id.in_(said))
    return and_(_IDEAS.c.state.in_(SETTLED), _IDEAS.c.moved_on < day, left)


def _old_comment(workspace_id: str, before: datetime) -> Any:
    """An answer to a question back may come when the comment is gone: it goes too, once whoever asked was told."""
    old = columns(_SURVEYS.c.id).where(_SURVEYS.c.workspace_id == workspace_id, _SURVEYS.c.closes_at < before)
    told = and_(_REPLIES.c.told, _REPLIES.c.answer.not_in(_NOTHING))
    replied = columns(_REPLIES.c.comment_id).where(
        _REPLIES.c.workspace_id == workspace_id, or_(_REPLIES.c.question != ERASED, told)
    )
    return and_(_COMMENTS.c.survey_id.in_(old), or_(_COMMENTS.c.words != ERASED, _COMMENTS.c.id.in_(replied)))


def _old_rewards(before: datetime) -> tuple[tuple[Any, Any], ...]:
    """Of what people ask for, give and decide with points: the notes and reasons of what nobody has to act on."""
    asked, given, ended = _REQUESTS.c, _GRANTS.c, _PROJECTS.c
    settled = func.coalesce(asked.delivered_at, asked.decided_at, asked.asked_at) < before
    noted = or_(asked.note.not_in(_NOTHING), asked.reason.not_in(_NOTHING))
    decided = func.coalesce(given.decided_at, given.asked_at) < before
    return (
        (_REQUESTS, and_(asked.state.not_in((WAITING, UNDELIVERED)), settled, noted)),
        (_GRANTS, and_(given.state != "waiting", decided, given.reason.not_in(_NOTHING))),
        (_PROJECTS, and_(ended.ended_at < before, ended.reason.not_in(_NOTHING))),
    )


def count(session: Session, workspace_id: str, before: datetime, day: date) -> dict[str, int]:
    """How much is due, by noun."""
    found: dict[str, int] = {}
    for noun, _, rows, rule in _due(workspace_id, before, day):
        asked = columns(func.count()).select_from(rows).where(rule)
        found[noun] = found.get(noun, 0) + session.execute(asked).scalar_one()
    return found


def some(session: Session, workspace_id: str, before: datetime, day: date, most: int) -> dict[str, list[str]]:
    """The ids of the first of what is due, by noun, `most` in all."""
    found: dict[str, list[str]] = {}
    for noun, column, _, rule in _due(workspace_id, before, day):
        left = most - sum(map(len, found.values()))
        asked = columns(column).where(rule).order_by(column).limit(left)
        found.setdefault(noun, []).extend(session.execute(asked).scalars() if left else ())
    return found


def replace(session: Session, workspace_id: str, ids: Mapping[str, Collection[str]], touched: Touched) -> None:
    """Nothing is left of the words of these; whom they are about, what they brought and where they stand stays. An idea
    that came from a praise has an age of its own. Files quote what was said of a round by its id, while its posts have
    an age of their own."""
    for praise_id in ids.get("praise", ()):
        empty_praise(session, workspace_id, praise_id, touched, ideas=False)
    given = and_(_KUDOS.c.id.in_(list(ids.get("kudos", ()))), _KUDOS.c.reason != "")
    empty(session, _KUDOS, given, touched, reason=ERASED)
    touched.of("kudos").update(ids.get("kudos", ()))
    if ideas := list(ids.get("idea", ())):
        empty_ideas(session, workspace_id, ideas, touched)
        empty(session, _STEPS, _STEPS.c.suggestion_id.in_(ideas), touched, reason="")
        empty(session, _REMARKS, _REMARKS.c.suggestion_id.in_(ideas), touched, words=ERASED)
    if comments := list(ids.get("comment", ())):
        empty(session, _COMMENTS, _COMMENTS.c.id.in_(comments), touched, words=ERASED)
        empty(session, _REPLIES, _REPLIES.c.comment_id.in_(comments), touched, question=ERASED)
        answered = and_(_REPLIES.c.comment_id.in_(comments), _REPLIES.c.answer != "")
        empty(session, _REPLIES, answered, touched, answer=ERASED)
        rounds = columns(_COMMENTS.c.survey_id).where(_COMMENTS.c.id.in_(comments)).distinct()
        touched.of("file").update(session.execute(rounds).scalars())
    _replace_rewards(session, list(ids.get("reward", ())), touched)
    if said := list(ids.get("publicanswer", ())):
        empty(session, _SAID, and_(_SAID.c.workspace_id == workspace_id, _ANSWER.in_(said)), touched, words=ERASED)
        touched.of("named").update(f"{traces.SAID}{one}" for one in said)
        touched.of("file").update(one.partition(":")[0] for one in said)
    for subject in ids.get("brought", ()):
        _bury(session, workspace_id, subject, touched)


def _replace_rewards(session: Session, ids: list[str], touched: Touched) -> None:
    for rows, name in ((_REQUESTS, "note"), (_REQUESTS, "reason"), (_GRANTS, "reason"), (_PROJECTS, "reason")):
        empty(session, rows, and_(rows.c.id.in_(ids), rows.c[name] != ""), touched, **{name: ERASED})
    touched.of("reward").update(ids)


def _bury(session: Session, workspace_id: str, subject: str, touched: Touched) -> None:
    """Let the message that brought answers go by a name that says that none is left in it: it is found once."""
    buried = traces.BURIED + subject.removeprefix(traces.BROUGHT)
    here = _MESSAGES.c.workspace_id == workspace_id, _MESSAGES.c.subject == subject
    renamed: Any = session.execute(update(_MESSAGES).where(*here).values(subject=buried))
    session.execute(delete(_OUTBOX).where(_OUTBOX.c.workspace_id == workspace_id, _OUTBOX.c.thread == subject))
    if renamed.rowcount:
        touched.note("message", renamed.rowcount)
        touched.of("named").add(buried)

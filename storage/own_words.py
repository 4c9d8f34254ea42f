"""Take what somebody wrote under their own name out of the rows, where that is asked for as well."""

from sqlmodel import Session, SQLModel

from bot.rules.erasing import ERASED
from storage import models
from storage.erasing import Touched, empty, empty_ideas
from storage.select import columns, table

_PRAISES, _IDEAS = table(models.Praise), table(models.Suggestion)
_WRITTEN: tuple[tuple[type[SQLModel], str, str], ...] = (
    (models.Kudos, "giver_id", "reason"),
    (models.Step, "moved_by", "reason"),
    (models.Remark, "said_by", "words"),
    (models.PublicAnswer, "person_id", "words"),
    (models.Reply, "asked_by", "question"),
    (models.RewardRequest, "person_id", "note"),
    (models.RewardRequest, "decided_by", "reason"),
    (models.Correction, "asked_by", "reason"),
    (models.Project, "ended_by", "reason"),
)
"""The tables with words of one person, the column that names them, and the one with their words."""


def empty_own(session: Session, workspace_id: str, person_id: str, touched: Touched) -> None:
    """Nothing is left of what somebody wrote under their name: reasons, notes, remarks, ideas, answers, questions."""
    ideas = session.execute(columns(_IDEAS.c.id).where(_IDEAS.c.author_id == person_id)).scalars().all()
    empty_ideas(session, workspace_id, ideas, touched)
    for model, named, words in _WRITTEN:
        rows = table(model)
        empty(session, rows, (rows.c[named] == person_id) & (rows.c[words] != ""), touched, **{words: ERASED})
    refused = (_PRAISES.c.decided_by == person_id) & (_PRAISES.c.state == "refused")
    empty(session, _PRAISES, refused, touched, reason=ERASED)

"""Ideas by their search terms (`bot.rules.similar`): what stands in the index, and which ideas have some of them.

The terms are made by us, so both engines find the same: SQLite by a table of FTS5 that splits at blanks and keeps no
text, PostgreSQL by a GIN index of the same terms as a tsvector. The index changes in the transaction of the idea.
"""

import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, delete, text
from sqlmodel import Session

from storage.models import IdeaTerm, IdeaText
from storage.prepared import Prepared
from storage.select import columns, table
from storage.upsert import add_up, insert

_TEXTS, _TERMS = table(IdeaText), table(IdeaTerm)
_COUNTS = Prepared(
    columns(_TERMS.c.term, _TERMS.c.ideas).where(
        _TERMS.c.workspace_id == bindparam("workspace_id"), _TERMS.c.term.in_(bindparam("terms", expanding=True))
    )
)
_FOUND = "SELECT i.suggestion_id, i.terms FROM ideatext i"
_HERE = "i.workspace_id = :workspace_id ORDER BY i.number LIMIT :most"
_LOOK = {
    "sqlite": text(
        f"{_FOUND} WHERE i.number IN (SELECT rowid FROM ideaindex WHERE ideaindex MATCH :asked) AND {_HERE}"
    ),
    "postgresql": text(
        f"{_FOUND} WHERE array_to_tsvector(string_to_array(i.terms, ' ')) @@ CAST(:asked AS tsquery) AND {_HERE}"
    ),
}
_GRAMMAR = {"sqlite": ('"', " AND ", " OR "), "postgresql": ("'", " & ", " | ")}
"""How each engine quotes a term, and says that both or either of two must be there."""
PUT = text("INSERT INTO ideaindex(rowid, terms) VALUES (:number, :terms)")
"""SQLite's table of the index takes the terms beside `IdeaText`; PostgreSQL's index is one of that table."""
_TAKE = text("INSERT INTO ideaindex(ideaindex, rowid, terms) VALUES ('delete', :number, :terms)")
_TIDY = text("INSERT INTO ideaindex(ideaindex) VALUES ('optimize')")
IN_ALL = ""
"""The term that stands in every idea."""


def learn(session: Session, workspace_id: str, suggestion_id: str, terms: Sequence[str]) -> None:
    """Let an idea be found by these terms; once."""
    number, said = secrets.randbits(62), " ".join(terms)
    row = {"suggestion_id": suggestion_id, "workspace_id": workspace_id, "number": number, "terms": said}
    if not insert(session, IdeaText, row):
        return
    _count(session, workspace_id, terms, 1)
    if _is_sqlite(session):
        session.execute(PUT, {"number": number, "terms": said})


def forget(session: Session, workspace_id: str, suggestion_ids: Iterable[str]) -> None:
    """Let these ideas be found no longer, and keep none of their terms in any page of the index."""
    here = _TEXTS.c.suggestion_id.in_(list(suggestion_ids)), _TEXTS.c.workspace_id == workspace_id
    rows = session.execute(columns(_TEXTS.c.number, _TEXTS.c.terms).where(*here)).all()
    for number, said in rows:
        _count(session, workspace_id, said.split(), -1)
        if _is_sqlite(session):
            session.execute(_TAKE, {"number": number, "terms": said})
    session.execute(delete(_TEXTS).where(*here))
    session.execute(delete(_TERMS).where(_TERMS.c.workspace_id == workspace_id, _TERMS.c.ideas <= 0))
    if rows and _is_sqlite(session):
        session.execute(_TIDY)  # what was taken out stays in older pages until they are merged


def _count(session: Session, workspace_id: str, terms: Sequence[str], by: int) -> None:
    rows = [{"workspace_id": workspace_id, "term": term, "ideas": by} for term in sorted({*terms, IN_ALL})]
    add_up(session, IdeaTerm, rows, keys=("workspace_id", "term"), sums=("ideas",))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def counts(session: Session, workspace_id: str, terms: Iterable[str]) -> dict[str, int]:
    """In how many ideas each of these terms stands; those that stand in none are left out."""
    rows = _COUNTS.rows(session, workspace_id=workspace_id, terms=list(terms))
    return {term: ideas for term, ideas in rows if ideas > 0}


def having(session: Session, workspace_id: str, groups: Iterable[Sequence[str]], *, most: int) -> list[tuple[str, str]]:
    """Ideas with all terms of one of these groups: their ids, and their terms with blanks between them. Of more than
    `most` ideas those are left out that chance says."""
    engine = session.get_bind().dialect.name
    quote, both, either = _GRAMMAR[engine]
    asked = either.join("(" + both.join(quote + term + quote for term in group) + ")" for group in groups)
    if not asked:
        return []
    values = {"asked": asked, "workspace_id": workspace_id, "most": most}
    return [(suggestion_id, said) for suggestion_id, said in session.execute(_LOOK[engine], values)]

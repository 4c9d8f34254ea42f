"""The schema's history, told by Alembic; `upgrade` brings a database to its newest chapter.

Alembic is imported only where there is something to change: a bot that starts on a current database holds 10 MB less
than on a new one.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import inspect, make_url, text

from storage.database import connect
from storage.postgresql import Unusable

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
OURS = {"alembic_version", "entry", "outbox", "praise"}
SEARCH = "ideaindex"
"""How the names begin of what the engines search with; it is no model (`storage.similar`)."""


def configuration(url: str) -> "Config":
    """Alembic's configuration for the database at `url`, without an ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", HERE.as_posix().replace("%", "%%"))
    config.attributes["url"] = url
    return config


def is_model(name: str | None, _kind: object, _parents: object) -> bool:
    """Whether Alembic finds this among the models."""
    return not (name or "").startswith(SEARCH)


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`, alone: whoever else starts now waits for the write lock.

    Raises Unusable for a database of another program, or of a newer Golden Ear: nothing is put into it.
    """
    newest = revisions()[-1]
    if standing(url) == newest and revision in ("head", newest):
        return
    from alembic import command

    command.upgrade(configuration(url), revision)


def revisions() -> tuple[str, ...]:
    """Every revision that this code knows, the oldest first: what the names of their files begin with."""
    return tuple(sorted(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*_*.py")))


def standing(url: str) -> str:
    """The revision of the database at `url`, "" if there is nothing in it; not even its settings are touched.

    Raises Unusable if it is none of ours, or newer than this code.
    """
    tables, revision = _postgresql(url) if url.startswith("postgresql") else _sqlite(url)
    if tables and not tables >= OURS:
        raise Unusable(f"{name(url)} holds tables of another program; give Golden Ear a database of its own")
    if tables and revision not in revisions():
        raise Unusable(f"{name(url)} has the schema {revision}, unknown to this version: a newer one wrote it")
    return revision


def _postgresql(url: str) -> tuple[set[str], str]:
    engine = connect(url, read_only=True)
    try:
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            found = connection.execute(text(_REVISION)).scalar() if tables >= OURS else None
    finally:
        engine.dispose()
    return tables, str(found or "")


def _sqlite(url: str) -> tuple[set[str], str]:
    path = Path(make_url(url).database or "")
    if not path.is_file():
        return set(), ""
    address = f"file:{quote(str(path.absolute()))}?mode=rw"  # neither makes a file nor changes how it keeps its journal
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=60)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            found = connection.execute(_REVISION).fetchone() if tables >= OURS else None
    except sqlite3.DatabaseError as error:
        raise Unusable(f"{path} cannot be opened: {error}") from error
    return tables, str(found[0]) if found else ""


_REVISION = "SELECT version_num FROM alembic_version"


def name(url: str) -> str:
    """The database as a message may name it: its file, or its name on the server."""
    return str(make_url(url).database)

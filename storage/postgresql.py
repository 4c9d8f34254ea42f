"""PostgreSQL: how a connection is set up, who writes now, and which failures pass.

A story may take it that it is alone, on this engine as on SQLite: every writing transaction begins by taking one
advisory lock, which ends with the transaction. Sums are read and written, duplicates looked for and looks of a post
drawn in many stories; one lock keeps what a dozen would, never makes a deadlock, and the queue for it is fair. It also
orders time: a story reads the clock under it, so no praise is committed behind a ritual that was decided later.
READ COMMITTED, because a snapshot must be taken after the lock: REPEATABLE READ would take it before the wait.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection
from sqlmodel import create_engine

T = TypeVar("T")

LOCK = int.from_bytes(b"goldear")
"""The number of the write lock. Advisory locks belong to one database of a server."""
WAIT_MS = 2500
"""How long a writer waits for another; below Slack's three seconds for an acknowledgement."""
IDLE_MS = 2000
"""When the server ends the transaction of a process that stands still (a suspended machine); below `WAIT_MS`, so that
those who wait for its lock get it."""
PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8, 0.8)
"""Between the tries of a transaction that the server gave up and that may be run again: a restart takes a second."""

_SETTINGS = (
    "TimeZone=UTC",
    "synchronous_commit=on",  # a server set to "off" would lose acknowledged rows when its power goes
    f"lock_timeout={WAIT_MS}",
)
_NETWORK = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = f"BEGIN; SELECT pg_advisory_xact_lock({LOCK})"  # one round trip

_UNDONE = ("40001", "40P01", "25P03")
"""SQLSTATEs with which the server says that it rolled the transaction back: a conflict, a deadlock, idle too long."""
_GONE = ("08", "57P")
"""How the SQLSTATEs begin of a server that goes or comes: connection lost, shutting down, starting up."""


class Unsure(SQLAlchemyError):
    """The connection was lost during the commit: nobody knows whether the story is stored, so nobody is told that it
    is, and it is not run again. Slack's next delivery finds its inbox row or does not."""


class Unusable(SQLAlchemyError):
    """A database that Golden Ear must not use. `orig` says why, as it does of other SQLAlchemy errors."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.orig = why


def connect(url: str, *, read_only: bool = False) -> Engine:
    """An engine for `url` whose connections are set up as the module says; `read_only` ones refuse to write."""
    engine = create_engine(
        url, hide_parameters=True, connect_args={**_NETWORK, "application_name": "golden-ear"}, pool_size=6
    )

    def begin(connection: PoolProxiedConnection) -> None:
        cursor: Any = connection.cursor()
        cursor.execute(_READ if read_only else _WRITE, prepare=False)

    disconnects = engine.dialect.is_disconnect

    def is_disconnect(error: Any, connection: Any, cursor: Any) -> bool:
        """Asked of every error before it is wrapped: what it quotes of rows, words of people, goes no further."""
        if primary := getattr(getattr(error, "diag", None), "message_primary", None):
            error.args = (primary,)
        return disconnects(error, connection, cursor)

    # The dialect's hooks, not the engine's events: an engine with events looks for listeners at every statement.
    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]
    engine.dialect.is_disconnect = is_disconnect  # type: ignore[assignment, method-assign]
    event.listen(engine, "connect", _prepare)
    if not read_only:  # who reads holds up nobody, and may take its time between two statements
        event.listen(engine, "connect", _limit)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.autocommit = True  # BEGIN is ours, above
    if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
        connection.close()
        raise Unusable(f"it keeps text as {encoding}; make a database with the encoding UTF8")
    connection.adapters.register_dumper(str, _dumper())
    connection.execute("; ".join(f"SET {setting}" for setting in _SETTINGS), prepare=False)


def _limit(connection: Any, _record: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout={IDLE_MS}", prepare=False)


@cache
def _dumper() -> type:
    """How text becomes a parameter: what PostgreSQL's text cannot hold, NUL and half a surrogate pair, is replaced.

    Slack's requests are refused if they hold such (`bot.intake`); its answers, and names in them, are not.
    """
    from psycopg.types.string import StrDumperUnknown

    class Dumper(StrDumperUnknown):
        def dump(self, obj: str) -> bytes:
            whole = obj.replace("\0", "\ufffd")
            try:
                return whole.encode()
            except UnicodeEncodeError:  # two halves side by side are a pair
                return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()

    return Dumper


def passes(error: BaseException) -> bool:
    """Whether an error before the commit says that the transaction has left nothing, and that another may do better.

    A wait for the write lock that was too long is none: whoever waits behind it would wait still longer.
    """
    if not isinstance(error, DBAPIError):
        return False
    state = _state(error)
    if state is None:  # the client's own words: it could not connect, or lost the connection
        return isinstance(error, OperationalError)
    return error.connection_invalidated or state in _UNDONE or state.startswith(_GONE)


def patiently(once_through: Callable[[], T], *, hurried: bool) -> T:
    """Try again, for a while, after what passes: nothing of it has stayed. `hurried`: once, it is known to be bad."""
    end = time.monotonic() + sum(PAUSES_S)
    for pause in () if hurried else PAUSES_S:
        try:
            return once_through()
        except Exception as error:
            if not passes(error) or time.monotonic() > end:
                raise
        time.sleep(pause)
    return once_through()


def judged(error: DBAPIError) -> SQLAlchemyError:
    """What to raise for a commit that failed: the error itself if it says that nothing was stored."""
    state = _state(error)
    lost = state is None or (error.connection_invalidated and state not in _UNDONE)
    return Unsure("the connection was lost during the commit") if lost else error


def _state(error: DBAPIError) -> str | None:
    """The SQLSTATE; None if the server gave none. SQLite's errors have "other"."""
    state: str | None = getattr(error.orig, "sqlstate", "other")
    return state

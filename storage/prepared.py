"""Statements that are put into words once for each dialect, and then run by the driver.

What SQLAlchemy does around a statement each time it is executed takes ten times as long as the statement. What every
praise runs is therefore a `Prepared`: SQLAlchemy compiles it when it is first asked, and its types translate values and
results as ever; only the way from there to the driver is shorter. It runs in the session's own transaction. Nothing
here is an object that a session tracks, and the engine's execution events hear nothing of it.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import visitors
from sqlmodel import Session

Values = Mapping[Any, Any]
_Processor = Callable[[Any], Any]

LONGEST, MOST = 64, 16_384
"""A list with more values than the first is filled up with its last value to the next power of two, which changes
nothing of what it asks: as many wordings as there are lengths would stay. One with more than the second is put into
words each time, for SQLite takes no more than 32,766 values."""
PIECE = 1000
"""Rows that the driver is given at once."""


class Prepared:
    """A statement whose parameters are `bindparam`s; an expanding one takes a list.

    `columns` are those that an INSERT or UPDATE fills. Errors are SQLAlchemy's, without the values.
    """

    def __init__(self, statement: Any, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self.columns = columns
        self.lists = _lists(statement)
        self._spelt: dict[tuple[object, ...], _Spelt] = {}

    def rows(self, session: Session, /, **values: Any) -> list[Any]:
        """All rows, as tuples with names."""
        spelt, cursor = self._executed(session, values)
        return spelt.rows(cursor)

    def first(self, session: Session, /, **values: Any) -> Any:
        """The first row, None if there is none."""
        return next(iter(self.rows(session, **values)), None)

    def run(self, session: Session, values: Values) -> int:
        """How many rows it changed."""
        _, cursor = self._executed(session, values)
        return int(cursor.rowcount)

    def run_all(self, session: Session, rows: Sequence[Values]) -> None:
        """Run it for each of these rows, however many; without lists. In pieces: while the values of fifty thousand
        are translated, PostgreSQL would take the transaction for one that nobody goes on with."""
        connection = _connection(session)
        spelt = self.spell(connection.dialect, {})
        for first in range(0, len(rows), PIECE):
            _cursor(connection, spelt.sql, spelt.arguments_of_all(rows[first : first + PIECE]), many=True)

    def spell(self, dialect: Dialect, values: Values) -> "_Spelt":
        """The statement in the words of a dialect, with places for the lists in `values`."""
        lengths = tuple([_places(len(values[name])) for name in self.lists])
        spelt = self._spelt.get((dialect.name, lengths))
        if spelt is None:
            spelt = _Spelt(self.statement, self.columns, dialect, dict(zip(self.lists, lengths, strict=True)))
            if max(lengths, default=0) <= MOST:
                self._spelt[dialect.name, lengths] = spelt
        return spelt

    def _executed(self, session: Session, values: Values) -> tuple["_Spelt", Any]:
        connection = _connection(session)
        spelt = self.spell(connection.dialect, values)
        return spelt, _cursor(connection, spelt.sql, spelt.arguments(values))


def _places(values: int) -> int:
    """How many places a list of so many values is given."""
    return 1 << (values - 1).bit_length() if LONGEST < values <= MOST else values


def command(session: Session, sql: str) -> None:
    """Run a statement that takes nothing and finds nothing, in words that both engines know."""
    _cursor(_connection(session), sql, ())


class _Place(NamedTuple):
    """Stands for a value that will be given: the parameter's name, and where in its list."""

    name: str
    at: int | None = None


class _Spelt:
    """A statement as a driver takes it, and how its values and results are translated."""

    def __init__(
        self, statement: Any, columns: Sequence[str] | None, dialect: Dialect, lengths: Mapping[str, int]
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        asked = {
            name: [_Place(name, at) for at in range(lengths[name])] if bind.expanding else _Place(name)
            for name, bind in compiled.binds.items()
            if bind.required
        }
        state = compiled.construct_expanded_state(asked)
        whose = {part: name for name, parts in state.parameter_expansion.items() for part in parts}
        self.sql = state.statement
        self._lists = lengths
        self._named = not compiled.positional  # the driver wants its values by name
        self._names = list(state.positiontup if compiled.positional else state.parameters)
        self._binds: list[tuple[str | _Place, _Processor | None]] = []
        self._fixed: dict[str, Any] = {}
        for name in self._names:
            kind = compiled.binds[whose.get(name, name)].type.dialect_impl(dialect)
            value = state.parameters[name]
            if not isinstance(value, _Place):
                self._fixed[name] = value
            place = value if name in whose and isinstance(value, _Place) else name
            self._binds.append((place, kind.bind_processor(dialect)))
        results = getattr(statement, "exported_columns", ())
        self._row = _row([column.key for column in results])
        self._types = [column.type.dialect_impl(dialect) for column in results]
        self._dialect = dialect
        self._results: list[tuple[int, _Processor]] | None = None

    def arguments(self, values: Values) -> Any:
        """`values` as the driver takes them."""
        if self._fixed or self._lists:
            listed = {
                _Place(name, at): one
                for name, length in self._lists.items()
                for at, one in enumerate(_filled(values[name], length))
            }
            values = {**self._fixed, **values, **listed}
        found = [process(values[name]) if process else values[name] for name, process in self._binds]
        return dict(zip(self._names, found, strict=True)) if self._named else found

    def arguments_of_all(self, rows: Sequence[Values]) -> list[Any]:
        """The same of many rows, column by column: a value that comes again is translated once."""
        found = []
        for name, process in self._binds:
            fixed = name in self._fixed  # no list is among many rows, so every place has a name
            column = [self._fixed[str(name)]] * len(rows) if fixed else [row[name] for row in rows]
            if process:
                told = {value: process(value) for value in set(column)}
                column = [told[value] for value in column]
            found.append(column)
        together = zip(*found, strict=True)
        return [dict(zip(self._names, row, strict=True)) for row in together] if self._named else list(together)

    def rows(self, cursor: Any) -> list[Any]:
        """What the driver found, translated."""
        if self._results is None:
            kinds = [told[1] for told in cursor.description]  # the driver's own types, which some translations need
            found = [
                type_.result_processor(self._dialect, kind) for type_, kind in zip(self._types, kinds, strict=True)
            ]
            self._results = [(at, process) for at, process in enumerate(found) if process]
        rows = cursor.fetchall()
        if self._results:
            rows = [list(row) for row in rows]
            for row in rows:
                for at, process in self._results:
                    row[at] = process(row[at])
        return list(map(self._row._make, rows))


def _filled(values: Sequence[Any], length: int) -> Sequence[Any]:
    return [*values, *[values[-1]] * (length - len(values))] if values else []


def _row(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)


def _connection(session: Session) -> Any:
    """The connection of the session's transaction, which it begins if need be. It is asked of the session once for each
    transaction, for that takes as long as SQLite over a row; a nested one sets its savepoint when it is asked."""
    inside, kept = session.get_nested_transaction() or session.get_transaction(), session.info.get("connection")
    if inside and kept and kept[0] is inside and not kept[1].closed:
        return kept[1]
    connection = session.connection()
    session.info["connection"] = session.get_nested_transaction() or session.get_transaction(), connection
    return connection


def _cursor(connection: Any, sql: str, arguments: Any, *, many: bool = False) -> Any:
    """The driver's cursor after a statement; `many`: for each of the arguments."""
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(sql, arguments)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _translated(error, sql, connection) from error
    return cursor


def _translated(error: Exception, sql: str, connection: Any) -> BaseException:
    """The driver's error as SQLAlchemy would raise it; if the connection broke, it and those that wait are given up."""
    dialect = connection.dialect
    broken = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if broken:
        connection.invalidate(error)
        connection.engine.dispose()
    return DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, connection_invalidated=broken,
        dialect=dialect,
    )  # fmt: skip


def _lists(statement: Any) -> list[str]:
    """The names of the parameters that take lists."""
    found = (part for part in visitors.iterate(statement) if isinstance(part, BindParameter))
    return sorted({bind.key for bind in found if bind.expanding and bind.required})

"""Statements that are put into words once for each dialect, and then run by the driver.

What SQLAlchemy does around a statement each time it is executed takes ten times as long as the statement. What every
praise runs is therefore a `Prepared`: SQLAlchemy compiles it when it is first asked, and its types translate values and
results as ever; only the way from there to the driver is shorter. It runs in the session's own transaction. Nothing
here is an object that a session tracks, and the engine's execution events hear nothing of it.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, Date, DateTime, Dialect
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
REMEMBERED = 64
"""How many days and moments are kept as the driver takes them."""


class Prepared:
    """A statement whose parameters are `bindparam`s; an expanding one takes a list.

    `columns` are those that an INSERT or UPDATE fills; one of many rows says in `many` for each parameter which row's
    value it is, and of which column, and takes the rows. Errors are SQLAlchemy's, without the values.
    """

    def __init__(
        self,
        statement: Any,
        columns: Sequence[str] | None = None,
        *,
        many: Mapping[str, tuple[int, str]] | None = None,
    ) -> None:
        self.statement = statement
        self.columns = columns
        self.many = many or {}
        self.lists = _lists(statement)
        self._spelt: dict[tuple[object, ...], _Spelt] = {}

    def rows(self, session: Session, /, **values: Any) -> list[Any]:
        """All rows, as tuples with names."""
        spelt, cursor = self._executed(session, values)
        return spelt.rows(cursor)

    def first(self, session: Session, /, **values: Any) -> Any:
        """The first row, None if there is none."""
        return next(iter(self.rows(session, **values)), None)

    def run(self, session: Session, values: Values | Sequence[Values]) -> int:
        """How many rows it changed; a statement of `many` takes them all."""
        _, cursor = self._executed(session, values)
        return int(cursor.rowcount)

    def run_all(self, session: Session, rows: Sequence[Any]) -> int:
        """Run it for each of these rows, however many, and give how many rows it changed; without lists. In pieces:
        while the values of fifty thousand are translated, PostgreSQL would take the transaction for one that nobody
        goes on with."""
        hand, changed = _hand(session), 0
        spelt = self.spell(hand.connection.dialect, {})
        for first in range(0, len(rows), PIECE):
            _execute(hand, spelt.sql, [spelt.arguments(row) for row in rows[first : first + PIECE]], many=True)
            changed += int(hand.cursor.rowcount)
        return changed

    def spell(self, dialect: Dialect, values: Any) -> "_Spelt":
        """The statement in the words of a dialect, with places for the lists in `values`."""
        lengths = tuple([_places(len(values[name])) for name in self.lists]) if self.lists else ()
        spelt = self._spelt.get((dialect.name, lengths))
        if spelt is None:
            spelt = _Spelt(self, dialect, dict(zip(self.lists, lengths, strict=True)))
            if max(lengths, default=0) <= MOST:
                self._spelt[dialect.name, lengths] = spelt
        return spelt

    def _executed(self, session: Session, values: Any) -> tuple["_Spelt", Any]:
        hand = _hand(session)
        spelt = self.spell(hand.connection.dialect, values)
        _execute(hand, spelt.sql, spelt.arguments(values))
        return spelt, hand.cursor


def _places(values: int) -> int:
    """How many places a list of so many values is given."""
    return 1 << (values - 1).bit_length() if LONGEST < values <= MOST else values


def command(session: Session, sql: str) -> None:
    """Run a statement that takes nothing and finds nothing, in words that both engines know."""
    _execute(_hand(session), sql, ())


class _Place(NamedTuple):
    """Stands for a value that will be given: the parameter's name and where in its list, or the row and its column."""

    name: str | int
    at: int | str | None = None


class _Spelt:
    """A statement as a driver takes it, and how its values and results are translated."""

    def __init__(self, prepared: Prepared, dialect: Dialect, lengths: Mapping[str, int]) -> None:
        compiled = prepared.statement.compile(dialect=dialect, column_keys=prepared.columns)
        many = prepared.many
        asked = {
            name: [_Place(name, at) for at in range(lengths[name])]
            if bind.expanding
            else _Place(*many.get(name, (name,)))
            for name, bind in compiled.binds.items()
            if bind.required
        }
        state = compiled.construct_expanded_state(asked)
        whose = {part: name for name, parts in state.parameter_expansion.items() for part in parts}
        self.sql = state.statement
        self._long = {name: length for name, length in lengths.items() if length > LONGEST}
        self._named = not compiled.positional  # the driver wants its values by name
        self._names = list(state.positiontup if compiled.positional else state.parameters)
        self._places: list[Any] = []
        """What stands at each place: a value that is always the same, or None until it is given."""
        self._given: list[tuple[int, Any, Any, _Processor | None]] = []
        for place, name in enumerate(self._names):
            process = _bind(compiled.binds[whose.get(name, name)].type, dialect)
            value = state.parameters[name]
            fixed = not isinstance(value, _Place)
            self._places.append(process(value) if fixed and process else value if fixed else None)
            if not fixed:
                self._given.append((place, value.name, value.at, process))
        results = getattr(prepared.statement, "exported_columns", ())
        self._row = _row([column.key for column in results])
        self._types = [column.type.dialect_impl(dialect) for column in results]
        self._dialect = dialect
        self._results: list[tuple[int, _Processor]] | None = None

    def arguments(self, values: Any) -> Any:
        """`values` as the driver takes them."""
        if self._long:
            values = {**values, **{name: _filled(values[name], length) for name, length in self._long.items()}}
        found = self._places.copy()
        for place, name, at, process in self._given:
            value = values[name] if at is None else values[name][at]
            found[place] = process(value) if process else value
        return dict(zip(self._names, found, strict=True)) if self._named else found

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
    return [*values, *[values[-1]] * (length - len(values))]


def _row(names: Sequence[str]) -> Any:
    return namedtuple("Row", names, rename=True)


def _bind(kind: Any, dialect: Dialect) -> _Processor | None:
    """How values of a type are translated for the driver."""
    process: _Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None or not isinstance(getattr(kind, "impl", kind), Date | DateTime):
        return process
    return _remembering.setdefault((type(kind), dialect.name), _remembered(process))


def _remembered(process: _Processor) -> _Processor:
    """A praise says the same moment in a dozen places, and to translate it takes half as long as to store it."""
    kept = lru_cache(REMEMBERED)(process)
    # Of one zone beside UTC the two moments that its clocks show twice in autumn would count as the same.
    return lambda value: kept(value) if getattr(value, "tzinfo", UTC) is UTC else process(value)


_remembering: dict[tuple[type, str], _Processor] = {}


class _Hand(NamedTuple):
    """What runs statements in a transaction: SQLAlchemy's connection, and one cursor of the driver for them all."""

    inside: Any
    connection: Any
    cursor: Any


def _hand(session: Session) -> _Hand:
    """The hand of the session's transaction, which it begins if need be. It is asked of the session once for each
    transaction, for that takes as long as SQLite over a row; a nested one sets its savepoint when it is asked."""
    inside, kept = session.get_nested_transaction() or session.get_transaction(), session.info.get("hand")
    if inside and kept and kept.inside is inside and not kept.connection.closed:
        return cast(_Hand, kept)
    connection = session.connection()
    inside = session.get_nested_transaction() or session.get_transaction()
    hand = session.info["hand"] = _Hand(inside, connection, connection.connection.cursor())
    return hand


def _execute(hand: _Hand, sql: str, arguments: Any, *, many: bool = False) -> None:
    """Run a statement; `many`: for each of the arguments. What it found, the cursor has until the next one."""
    try:
        (hand.cursor.executemany if many else hand.cursor.execute)(sql, arguments)
    except hand.connection.dialect.loaded_dbapi.Error as error:
        raise _translated(error, sql, hand.connection) from error


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

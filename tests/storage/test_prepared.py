"""What is prepared finds and changes what SQLAlchemy's own execution would, and says it in either dialect."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Dialect, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session

from storage import channels, claims, inbox, leaderboards, messages, outbox, people, points, praise, upsert
from storage.models import Channel, Message, SpecialDay
from storage.prepared import LONGEST, Prepared
from storage.select import columns, table
from tests.office import TEAM, Office

MODULES = (channels, claims, inbox, leaderboards, messages, outbox, people, points, praise, upsert)
PREPARED = {
    f"{module.__name__}.{name}": each
    for module in MODULES
    for name, each in vars(module).items()
    if isinstance(each, Prepared)
}
CHANNELS, DAYS, MESSAGES = table(Channel), table(SpecialDay), table(Message)
NOON = datetime(2026, 11, 2, 12, 0, 0, 123456, tzinfo=UTC)
OPEN = {"is_member": True, "checked_at": NOON, "invitation_offered_at": None}
ROW = {"workspace_id": TEAM, "slack_id": "C1", "locale": "zh-TW", **OPEN}
IN_CHANNELS = Prepared(columns(*CHANNELS.c).where(CHANNELS.c.slack_id.in_(bindparam("ids", expanding=True))))


@pytest.fixture
def session(office: Office) -> Any:
    with Session(office.database.engine) as session, session.begin():
        session.execute(insert(CHANNELS), [ROW, {**ROW, "slack_id": "C2", "invitation_offered_at": NOON}])
        yield session


def same(session: Session, prepared: Prepared, **values: Any) -> list[Any]:
    """The rows that both ways find, type for type."""
    rows = prepared.rows(session, **values)
    theirs = [tuple(row) for row in session.execute(prepared.statement, values)]
    assert list(map(tuple, rows)) == theirs
    assert [list(map(type, row)) for row in rows] == [list(map(type, row)) for row in theirs]
    return rows


def test_times_truths_and_nothing_come_back_as_sqlalchemy_gives_them(session: Session) -> None:
    first, second = same(session, IN_CHANNELS, ids=["C1", "C2"])

    assert (first.checked_at, first.is_member, first.invitation_offered_at) == (NOON, True, None)
    assert second.invitation_offered_at.tzinfo is UTC


@pytest.mark.parametrize("count", [0, 1, 2, 3, LONGEST, LONGEST + 1])
def test_a_list_may_be_of_any_length(session: Session, count: int) -> None:
    assert len(same(session, IN_CHANNELS, ids=[f"C{number}" for number in range(count)])) == min(2, max(0, count - 1))


def test_constants_and_several_lists_keep_their_places(session: Session) -> None:
    asked = (
        columns(CHANNELS.c.slack_id, CHANNELS.c.checked_at)
        .where(
            CHANNELS.c.checked_at <= bindparam("until"),
            CHANNELS.c.locale.in_(("zh-TW", "en-US")),
            CHANNELS.c.slack_id.in_(bindparam("ids", expanding=True)),
            CHANNELS.c.slack_id.not_in(bindparam("others", expanding=True)),
            CHANNELS.c.is_member == bindparam("is_member"),
        )
        .order_by(CHANNELS.c.slack_id)
        .limit(bindparam("most"))
    )
    east = NOON.astimezone(timezone(timedelta(hours=8)))
    given: dict[str, Any] = {"ids": ["C1", "C2", "C3"], "others": ["C1"], "until": east, "is_member": True, "most": 5}

    assert [row.slack_id for row in same(session, Prepared(asked), **given)] == ["C2"]


def test_a_row_that_is_inserted_or_changed_reads_as_written(session: Session) -> None:
    prepared = Prepared(insert(DAYS).values(works=False), ("workspace_id", "day", "set_at"))
    for day in range(1, 4):
        assert prepared.run(session, {"workspace_id": TEAM, "day": date(2026, 1, day), "set_at": NOON}) == 1
    change = Prepared(update(DAYS).where(DAYS.c.day >= bindparam("since")), ("works",))

    assert change.run(session, {"since": date(2026, 1, 2), "works": True}) == 2
    assert change.run(session, {"since": date(2027, 1, 1), "works": True}) == 0
    rows = same(session, Prepared(columns(*DAYS.c).order_by(DAYS.c.day)))
    assert [(row.day, row.works, row.set_at) for row in rows] == [
        (date(2026, 1, day), day > 1, NOON) for day in range(1, 4)
    ]


def test_many_rows_are_inserted_as_each_of_them_would_be(session: Session) -> None:
    given = ("workspace_id", "day", "set_at")
    prepared = Prepared(insert(DAYS).values(works=False), given)
    east = NOON.astimezone(timezone(timedelta(hours=8)))
    when = (NOON, NOON, east, NOON + timedelta(days=1))
    prepared.run_all(
        session, [dict(zip(given, (TEAM, date(2026, 1, day), at), strict=True)) for day, at in enumerate(when, 1)]
    )

    rows = same(session, Prepared(columns(*DAYS.c).order_by(DAYS.c.day)))
    assert [(row.day.day, row.works, row.set_at) for row in rows] == [
        (day, False, at) for day, at in enumerate(when, 1)
    ]


def test_what_an_insert_returns_is_translated_too(session: Session) -> None:
    adding = insert(DAYS).values(works=False).returning(DAYS.c.set_at, DAYS.c.works)
    row = {"workspace_id": TEAM, "day": date(2026, 1, 1), "set_at": NOON}

    returned = Prepared(adding, tuple(row)).first(session, **row)
    assert (returned.set_at, returned.works) == (NOON, False) and returned.set_at.tzinfo is UTC


def test_an_hour_that_the_clocks_show_twice_is_two_hours(session: Session) -> None:
    prepared = Prepared(insert(DAYS).values(works=False), ("workspace_id", "day", "set_at"))
    first = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    for day, moment in ((1, first), (2, first.replace(fold=1))):
        prepared.run(session, {"workspace_id": TEAM, "day": date(2026, 1, day), "set_at": moment})

    rows = same(session, Prepared(columns(DAYS.c.set_at).order_by(DAYS.c.day)))
    assert [row.set_at.hour for row in rows] == [0, 1]


def test_it_runs_in_the_transaction_of_the_session(office: Office) -> None:
    prepared = Prepared(insert(CHANNELS), tuple(ROW))
    with Session(office.database.engine) as session:
        prepared.run(session, ROW)
        session.rollback()
        assert same(session, IN_CHANNELS, ids=["C1"]) == []


def test_it_runs_in_the_nested_transaction_of_the_session_too(session: Session) -> None:
    prepared = Prepared(insert(CHANNELS), tuple(ROW))
    prepared.run(session, {**ROW, "slack_id": "C3"})
    with session.begin_nested() as outer:
        prepared.run(session, {**ROW, "slack_id": "C4"})
        with session.begin_nested() as inner:
            prepared.run(session, {**ROW, "slack_id": "C5"})
            inner.rollback()
        prepared.run(session, {**ROW, "slack_id": "C6"})
        assert len(same(session, IN_CHANNELS, ids=["C3", "C4", "C5", "C6"])) == 3
        outer.rollback()
    assert [row.slack_id for row in same(session, IN_CHANNELS, ids=["C3", "C4", "C5", "C6"])] == ["C3"]


def test_errors_are_sqlalchemys_and_hold_no_words(session: Session) -> None:
    prepared = Prepared(insert(CHANNELS), tuple(ROW))

    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        prepared.run(session, {**ROW, "locale": "a secret"})
    assert "a secret" not in str(caught.value)
    with pytest.raises((ValueError, StatementError), match="timezone"):
        prepared.run(session, {**ROW, "checked_at": NOON.replace(tzinfo=None)})


@pytest.mark.parametrize("name", PREPARED)
@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.psycopg.dialect()], ids=lambda each: each.name)
def test_what_storage_prepares_is_said_as_sqlalchemy_says_it(name: str, dialect: Dialect) -> None:
    prepared = PREPARED[name]
    lists = {name: ["one", "two"] for name in prepared.lists}
    compiled = prepared.statement.compile(dialect=dialect, column_keys=prepared.columns)
    state = compiled.construct_expanded_state(
        {bind.key: lists.get(bind.key) for bind in compiled.binds.values() if bind.required}
    )

    assert prepared.spell(dialect, lists).sql == state.statement

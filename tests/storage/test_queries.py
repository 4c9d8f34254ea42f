"""Nothing in SQL that PostgreSQL would refuse: what a day's work asks SQLite is also said in its dialect."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import ClauseElement, Engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import Session, SQLModel

from bot.services import (
    applause,
    confirmations,
    kudos,
    leaderboards,
    people,
    points,
    reactions,
    rituals,
    special_days,
    timetable,
)
from storage import inbox, messages, models, own_data, past, praise
from storage.prepared import Prepared
from storage.upsert import add_up, insert, upsert
from tests.office import TEAM, Office, mentions
from tests.storage.test_leaderboards import plans

DIALECT = postgresql.dialect()


@pytest.fixture
def asked(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ClauseElement]]:
    """Every statement that is executed while the test runs."""
    statements: list[ClauseElement] = []
    spell = Prepared.spell

    def note_prepared(self: Prepared, *rest: Any) -> Any:
        statements.append(self.statement)
        return spell(self, *rest)

    monkeypatch.setattr(Prepared, "spell", note_prepared)

    def note(_connection: object, clause: Any, *_rest: object) -> None:
        if isinstance(clause, ClauseElement):
            statements.append(clause)

    engines: list[Engine] = [office.database.engine]
    for engine in engines:
        event.listen(engine, "before_execute", note)
    yield statements
    for engine in engines:
        event.remove(engine, "before_execute", note)


def test_a_duplicate_is_looked_for_in_both_indexes(office: Office) -> None:
    day = office.now.date()
    asked = {"people": ["a"], "fingerprints": ["b", "c"], "words": "b", "first": day, "last": day}
    spelt = praise._DUPLICATES.spell(office.database.engine.dialect, asked)

    def explain(session: Session) -> str:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            return str(
                connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {spelt.sql}", tuple(spelt.arguments(asked))).all()
            )
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # which an empty table invites
        return str(connection.exec_driver_sql(f"EXPLAIN {spelt.sql}", spelt.arguments(asked)).all())

    plan = office.run(explain)
    assert "ix_praised_person_id_fingerprint" in plan and "ix_praised_person_id_whole" in plan
    assert "SCAN praised" not in plan and "Seq Scan on praised" not in plan


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # PostgreSQL's plan depends on what its table holds
def test_a_persons_own_totals_are_found_by_the_person(office: Office) -> None:
    asked = {"workspace_id": TEAM, "person": "p1", "board": "points"}
    spelt = past._BEST.spell(office.database.engine.dialect, asked)

    def explain(session: Session) -> str:
        for number in range(3000):
            who, week = f"p{number % 50}", date(2020, 1, 6) + timedelta(weeks=number // 50)
            session.add(
                models.Total(workspace_id=TEAM, person_id=who, board="points", period="week", starts_on=week, amount=1)
            )
        session.flush()
        return str(
            session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {spelt.sql}", tuple(spelt.arguments(asked))).all()
        )

    assert "ix_total_person_id" in office.run(explain)


def test_what_is_held_of_somebody_is_found_among_the_totals_of_all(office: Office) -> None:
    engine = office.database.engine
    with Session(engine) as session:
        steps = plans(engine, lambda: own_data.held(session, TEAM, "p1", "UP1"))
    if engine.dialect.name == "sqlite":
        assert "SEARCH total USING INDEX ix_total_person_id (person_id=?)" in steps
    else:
        at = next(place for place, step in enumerate(steps) if "pk_total" in step)
        assert "workspace_id" in steps[at + 1] and "person_id" in steps[at + 1]  # the condition of that index


def live_a_day(office: Office) -> None:
    """Do everything once."""
    office.keep_ritual()
    praised = office.praise("ann", "bo", "So kind!").praise.id
    waiting = office.praise("ann", "ann", "Myself!").praise.id
    office.do(confirmations.decide, "ULEE", waiting, accepted=True)
    office.do(applause.hear, praised, "UCY", "tada", stands=True, event_ts="1.0")
    office.do(applause.read_again, praised, [("UDI", "tada")])
    given = office.do(kudos.give, "UANN", mentions("bo"), reason="for all", channel="CSHOP")
    office.do(kudos.join, "UCY", given.id)
    message = office.run(messages.identify, workspace_id=TEAM, channel="CSHOP", ts="1.0")
    for ts in (1, 2):
        facts = {"stands": ts == 1, "event_ts": f"{ts}.0", "channel": "CSHOP"}
        office.do(reactions.react, "UDI", "UBO", message, **facts)
    office.do(leaderboards.standing, "UANN", "points", "all")
    office.do(points.statement, "UANN")
    office.do(people.hide_rank, "UANN", hide=True)
    office.run(inbox.forget_old, now=office.now)
    office.later(days=8)
    office.do(confirmations.remind)
    office.do(timetable.keep, "late", timetable.Wish(channel="CLATE", at="14:00", team="Desk"))
    office.do(special_days.mark_by_admin, "UADA", office.now.date(), works=True)
    office.do(special_days.coming, "en")
    office.do(special_days.mark_by_admin, "UADA", office.now.date(), works=None)
    office.do(rituals.preview, "UADA")
    office.later(hours=24)
    office.mornings()
    office.do(timetable.retire, "late")


def test_each_statement_of_a_day_can_be_said_to_postgresql(office: Office, asked: list[ClauseElement]) -> None:
    live_a_day(office)

    compiled = [str(each.compile(dialect=DIALECT)) for each in asked if not isinstance(each, Insert)]
    assert len(compiled) > 50
    assert any("FOR UPDATE" in sql for sql in compiled)


@pytest.mark.parametrize("table", SQLModel.metadata.tables, ids=str)
def test_a_row_is_inserted_changed_or_added_up_on_either_engine(table: str) -> None:
    model = next(each for each in vars(models).values() if getattr(each, "__tablename__", "") == table)
    said: list[str] = []

    def execute(statement: ClauseElement, _rows: object) -> SimpleNamespace:
        said.append(str(statement.compile(dialect=DIALECT)))
        return SimpleNamespace(rowcount=1)

    def note(sql: str, _arguments: object) -> None:
        said.append(sql)

    cursor = SimpleNamespace(execute=note, rowcount=1)
    connection = SimpleNamespace(connection=SimpleNamespace(cursor=lambda: cursor), dialect=DIALECT, closed=False)
    bind, transaction = SimpleNamespace(dialect=DIALECT), object()
    session: Any = SimpleNamespace(
        info={},
        connection=lambda: connection,
        get_nested_transaction=lambda: None,
        get_transaction=lambda: transaction,
        get_bind=lambda: bind,
        execute=execute,
    )
    row, keys = {**dict.fromkeys(SQLModel.metadata.tables[table].c.keys()), "workspace_id": TEAM}, ("workspace_id",)
    assert insert(session, model, row)
    upsert(session, model, row, keys=keys, workspace_id="T2")
    add_up(session, model, [row], keys=keys, sums=keys)

    assert said[0].endswith("ON CONFLICT DO NOTHING")
    assert "ON CONFLICT (workspace_id) DO UPDATE SET workspace_id = " in said[1]
    assert f"DO UPDATE SET workspace_id = ({table}.workspace_id || excluded.workspace_id)" in said[2]

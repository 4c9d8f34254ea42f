"""The ledger, the accounts and the totals."""

from datetime import date, datetime

from sqlalchemy import DDL, CheckConstraint, Index, UniqueConstraint, event, text
from sqlmodel import Field, SQLModel


class Account(SQLModel, table=True):
    """A person's balance; the database itself refuses a negative part."""

    __table_args__ = (
        CheckConstraint("spendable >= 0", name="spendable"),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("debt >= 0", name="debt"),
    )
    person_id: str = Field(primary_key=True)
    workspace_id: str
    spendable: int = 0
    held: int = 0
    debt: int = 0


class Entry(SQLModel, table=True):
    """A line of the ledger: append-only, triggers refuse to change or delete it."""

    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_entry_person_id_id", "person_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    key: str
    person_id: str
    deed: str
    amount: int
    reverses: str | None = None
    counts_on: date
    entered_at: datetime


class Total(SQLModel, table=True):
    """What a person earned on one board in one period, kept at write time so that boards never sum the ledger.

    On SQLite the lines of a board stand side by side, in the order of the key: who asks for a board reads them, one for
    each person, and a praise changes its ten lines where they stand. To keep an index by amount as well took a tenth of
    a praise's time, for each line is taken out of it and put elsewhere. PostgreSQL keeps no table in order and would
    look for each line in another place: it has that index, and there the key begins with workspace and person. One
    that begins as the index does was taken in its place for boards of all time, which took twice as long.
    """

    __table_args__ = (
        Index(
            "ix_total_board", "workspace_id", "board", "period", "starts_on", "amount", "events", "person_id",
            sqlite_where=text("0"),  # empty
        ),
        Index("ix_total_person_id", "person_id", "board", "period", postgresql_where=text("false")),  # empty
        {"sqlite_with_rowid": False},
    )  # fmt: skip
    workspace_id: str = Field(primary_key=True)
    board: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    starts_on: date = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    amount: int = 0
    events: int = 0


_KEY = "ALTER TABLE total DROP CONSTRAINT pk_total, ADD CONSTRAINT pk_total PRIMARY KEY"
event.listen(
    SQLModel.metadata.tables["total"],
    "after_create",
    DDL(f"{_KEY} (workspace_id, person_id, board, period, starts_on)").execute_if(dialect="postgresql"),  # type: ignore[no-untyped-call]
)

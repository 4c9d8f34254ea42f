"""Totals in the order of boards; on SQLite no index by amount, which each praise had to change in ten places."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = ("workspace_id", "board", "period", "starts_on", "person_id")
BOARD = ("workspace_id", "board", "period", "starts_on", "amount", "events", "person_id")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _in_order()
    person = ["person_id", "board", "period"]
    op.create_index("ix_total_person_id", "total", person, unique=False, postgresql_where=sa.text("false"))


def _in_order() -> None:
    """SQLite keeps a table in the order of its key if it is made so; PostgreSQL never does."""
    op.create_table(
        "total_in_order",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("board", AutoString(), nullable=False),
        sa.Column("period", AutoString(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_total")),
        sqlite_with_rowid=False,
    )
    columns = ", ".join((*KEY, "amount", "events"))
    op.execute(f"INSERT INTO total_in_order ({columns}) SELECT {columns} FROM total ORDER BY {', '.join(KEY)}")
    op.drop_table("total")  # with its index, and what the planner was told of them
    op.rename_table("total_in_order", "total")
    op.create_index("ix_total_board", "total", [*BOARD], unique=False, sqlite_where=sa.text("0"))

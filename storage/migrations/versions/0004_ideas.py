"""Ideas: their states, backers, credits and solvers, and the index that finds similar ones.

Ideas and their texts have no order of rows on SQLite (WITHOUT ROWID).
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("title", AutoString(), nullable=False),
        sa.Column("what", AutoString(), nullable=False),
        sa.Column("why", AutoString(), nullable=False),
        sa.Column("gains", AutoString(), nullable=False),
        sa.Column("wall", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("team", AutoString(), nullable=False),
        sa.Column("author_id", AutoString(), nullable=True),
        sa.Column("praise_id", AutoString(), nullable=True),
        sa.Column("arrived", sa.Boolean(), nullable=False),
        sa.Column("receipt", AutoString(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_suggestion_author_id_person")),
        sa.ForeignKeyConstraint(["praise_id"], ["praise.id"], name=op.f("fk_suggestion_praise_id_praise")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("praise_id", name=op.f("uq_suggestion_praise_id")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_suggestion_workspace_id_state_sent_on", "suggestion", ["workspace_id", "state", "sent_on"])
    op.create_index("ix_suggestion_author_id", "suggestion", ["author_id"])
    op.create_index(
        "ix_suggestion_receipt", "suggestion", ["receipt"],
        sqlite_where=sa.text("receipt != ''"), postgresql_where=sa.text("receipt != ''"),
    )  # fmt: skip
    op.create_table(
        "backing",
        sa.Column("suggestion_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_backing_person_id_person")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_backing_suggestion_id_suggestion")),
        sa.PrimaryKeyConstraint("suggestion_id", "person_id", name=op.f("pk_backing")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "step",
        sa.Column("suggestion_id", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("was", AutoString(), nullable=False),
        sa.Column("became", AutoString(), nullable=False),
        sa.Column("moved_by", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["moved_by"], ["person.id"], name=op.f("fk_step_moved_by_person")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_step_suggestion_id_suggestion")),
        sa.PrimaryKeyConstraint("suggestion_id", "place", name=op.f("pk_step")),
    )
    op.create_table(
        "credit",
        sa.Column("praise_id", AutoString(), nullable=False),
        sa.Column("suggestion_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("linked_by", AutoString(), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["linked_by"], ["person.id"], name=op.f("fk_credit_linked_by_person")),
        sa.ForeignKeyConstraint(["praise_id"], ["praise.id"], name=op.f("fk_credit_praise_id_praise")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_credit_suggestion_id_suggestion")),
        sa.PrimaryKeyConstraint("praise_id", "suggestion_id", name=op.f("pk_credit")),
    )
    op.create_table(
        "solver",
        sa.Column("suggestion_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("confirmed_by", AutoString(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_solver_confirmed_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_solver_person_id_person")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_solver_suggestion_id_suggestion")),
        sa.PrimaryKeyConstraint("suggestion_id", "person_id", name=op.f("pk_solver")),
    )
    op.create_table(
        "ideatext",
        sa.Column("suggestion_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("terms", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_ideatext_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("suggestion_id", name=op.f("pk_ideatext")),
        sa.UniqueConstraint("number", name=op.f("uq_ideatext_number")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ideaterm",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("term", AutoString(), nullable=False),
        sa.Column("ideas", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "term", name=op.f("pk_ideaterm")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ideaindex ON ideatext USING gin (array_to_tsvector(string_to_array(terms, ' ')))")
    else:  # the terms are ours, and any sign that is not ASCII is part of one
        op.execute("CREATE VIRTUAL TABLE ideaindex USING fts5(terms, content='', detail=none, tokenize='ascii')")

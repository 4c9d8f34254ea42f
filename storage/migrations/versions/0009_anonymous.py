"""Ideas without a name: letters that wait sealed, what is said about them, and of which there is news."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "postbox",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("public_key", AutoString(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postbox")),
    )
    op.create_index(
        "ix_postbox_open", "postbox", ["workspace_id"], unique=True,
        sqlite_where=sa.text("NOT closed"), postgresql_where=sa.text("NOT closed"),
    )  # fmt: skip
    op.create_table(
        "letter",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("postbox_id", AutoString(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_letter_postbox_id", "letter", ["postbox_id"])
    op.create_table(
        "remark",
        sa.Column("suggestion_id", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("said_by", AutoString(), nullable=True),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_remark_said_by_person")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestion.id"], name=op.f("fk_remark_suggestion_id_suggestion")),
        sa.PrimaryKeyConstraint("suggestion_id", "place", name=op.f("pk_remark")),
    )
    op.add_column("suggestion", sa.Column("news", sa.Boolean(), nullable=False, server_default=sa.false()))

"""Every way in: people without an account, handing on, helpers, picks, single dates, signed intake."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("email", "handle", "team", "listed"):
        op.add_column("person", sa.Column(name, AutoString(), nullable=False, server_default=""))
    for name in ("listed", "email", "handle"):
        op.create_index(f"ix_person_workspace_id_{name}", "person", ["workspace_id", name])
    op.create_index(
        "ix_person_unranked", "person", ["workspace_id", "id"],
        sqlite_where=sa.text("hides_rank = 1 OR is_gone = 1"), postgresql_where=sa.text("hides_rank OR is_gone"),
    )  # fmt: skip
    op.add_column("praise", sa.Column("rest", AutoString(), nullable=False, server_default=""))
    op.add_column("praise", sa.Column("picked_by", AutoString(), nullable=True))
    op.add_column("praise", sa.Column("picked_at", UTCDateTime(), nullable=True))
    op.drop_column("praise", "featured_on")  # a praise may open days of several rituals: the occurrences know
    op.add_column("occurrence", sa.Column("is_older", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("occurrence", sa.Column("others", AutoString(), nullable=True))
    op.add_column("occurrence", sa.Column("more", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("praised", sa.Column("whole", AutoString(), nullable=False, server_default=""))
    op.create_index(
        "ix_praised_person_id_whole", "praised", ["person_id", "whole"],
        sqlite_where=sa.text("whole <> ''"), postgresql_where=sa.text("whole <> ''"),
    )  # fmt: skip
    op.add_column("ritual", sa.Column("retired_at", UTCDateTime(), nullable=True))
    op.add_column("outbox", sa.Column("suspect", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("ts", AutoString(), nullable=False, server_default=""))
    op.create_index(
        "ix_outbox_suspect", "outbox", ["lease_until"],
        sqlite_where=sa.text("suspect = 1"), postgresql_where=sa.text("suspect"),
    )  # fmt: skip
    op.create_table(
        "handover",
        sa.Column("praise_id", AutoString(), nullable=False),
        sa.Column("from_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("to_id", AutoString(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("handed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["praise_id"], ["praise.id"], name=op.f("fk_handover_praise_id_praise")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_handover_from_id_person")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_handover_to_id_person")),
        sa.PrimaryKeyConstraint("praise_id", "from_id", name=op.f("pk_handover")),
    )
    op.create_table(
        "helper",
        sa.Column("praise_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("named_by", AutoString(), nullable=False),
        sa.Column("named_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["praise_id"], ["praise.id"], name=op.f("fk_helper_praise_id_praise")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_helper_person_id_person")),
        sa.ForeignKeyConstraint(["named_by"], ["person.id"], name=op.f("fk_helper_named_by_person")),
        sa.PrimaryKeyConstraint("praise_id", "person_id", name=op.f("pk_helper")),
    )
    op.create_table(
        "aside",
        sa.Column("praise_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("set_aside_by", AutoString(), nullable=False),
        sa.Column("set_aside_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["praise_id"], ["praise.id"], name=op.f("fk_aside_praise_id_praise")),
        sa.ForeignKeyConstraint(["set_aside_by"], ["person.id"], name=op.f("fk_aside_set_aside_by_person")),
        sa.PrimaryKeyConstraint("praise_id", name=op.f("pk_aside")),
    )
    op.create_table(
        "specialday",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("set_by", AutoString(), nullable=True),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_specialday_set_by_person")),
        sa.PrimaryKeyConstraint("workspace_id", "day", name=op.f("pk_specialday")),
    )
    op.create_table(
        "intakekey",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("praise_id", AutoString(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_intakekey")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER entry_is_not_emptied BEFORE TRUNCATE ON entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION entry_is_final()"
        )

"""The micro pulse: rounds, the sealed ballot pool, results, wishes, nudges; and what is gathered for a person's day.

The pool's tables have no order of rows: WITHOUT ROWID on SQLite, partitions that come and go with a survey on
PostgreSQL.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "id", name=op.f("pk_answer")),
        postgresql_partition_by="LIST (survey_id)",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("cut", AutoString(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("receipt", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_comment_id", "comment", ["id"], unique=False)
    op.create_index(
        "ix_comment_receipt",
        "comment",
        ["receipt"],
        unique=False,
        sqlite_where=sa.text("receipt != ''"),
        postgresql_where=sa.text("receipt != ''"),
    )
    op.create_table(
        "daytold",
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_daytold_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_daytold")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "envelope",
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("part", AutoString(), nullable=False),
        sa.Column("tag", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "part", "tag", name=op.f("pk_envelope")),
        postgresql_partition_by="LIST (survey_id)",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gathered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("message", AutoString(), nullable=False),
        sa.Column("leaves_at", UTCDateTime(), nullable=False),
        sa.Column("zone", AutoString(), nullable=False),
        sa.Column("bundle", AutoString(), nullable=False),
        sa.Column("came_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gathered_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathered")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_gathered_workspace_id_key")),
    )
    for name, column, of in (
        ("waiting", "person_id", "bundle = ''"),
        ("bundle", "bundle", "bundle != ''"),
        ("subject", "subject", "subject != ''"),
    ):
        op.create_index(
            f"ix_gathered_{name}",
            "gathered",
            ["workspace_id", column],
            unique=False,
            sqlite_where=sa.text(of),
            postgresql_where=sa.text(of),
        )
    op.create_table(
        "participation",
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("part", AutoString(), nullable=False),
        sa.Column("tag", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "part", "tag", name=op.f("pk_participation")),
        postgresql_partition_by="LIST (survey_id)",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("question", AutoString(), nullable=False),
        sa.Column("driver", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("direction", AutoString(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("options", AutoString(), nullable=False),
        sa.Column("opens_at", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("least_comments", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("cuts", AutoString(), nullable=False),
        sa.Column("public_key", AutoString(), nullable=False),
        sa.Column("secret", AutoString(), nullable=False),
        sa.Column("scrubbed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("workspace_id", "local_date", name=op.f("uq_survey_workspace_id_local_date")),
    )
    op.create_index(
        "ix_survey_under_way",
        "survey",
        ["workspace_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'closing')"),
        postgresql_where=sa.text("state IN ('open', 'closing')"),
    )
    op.create_table(
        "invitation",
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ask_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("again_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_invitation_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_invitation")),
    )
    op.create_index("ix_invitation_again", "invitation", ["survey_id", "again_at"], unique=False)
    op.create_index("ix_invitation_due", "invitation", ["survey_id", "state", "ask_at", "place"], unique=False)
    op.create_table(
        "nudge",
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nudge_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_nudge")),
    )
    op.create_table(
        "oneoff",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("question", AutoString(), nullable=False),
        sa.Column("set_by", AutoString(), nullable=True),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_oneoff_set_by_person")),
        sa.PrimaryKeyConstraint("workspace_id", "local_date", name=op.f("pk_oneoff")),
    )
    op.create_table(
        "ownquestion",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("driver", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("direction", AutoString(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("options", AutoString(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("changed_by", AutoString(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_ownquestion_changed_by_person")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_ownquestion")),
    )
    op.create_table(
        "publicanswer",
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("cut", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_publicanswer_person_id_person")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_publicanswer_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "cut", name=op.f("pk_publicanswer")),
    )
    op.create_table(
        "pulsewish",
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("reminds", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulsewish_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pulsewish")),
    )
    op.create_table(
        "reply",
        sa.Column("comment_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("asked_by", AutoString(), nullable=False),
        sa.Column("question", AutoString(), nullable=False),
        sa.Column("answer", AutoString(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_reply_asked_by_person")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_reply_survey_id_survey")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_survey_id"), "reply", ["survey_id"], unique=False)
    op.create_table(
        "result",
        sa.Column("survey_id", AutoString(), nullable=False),
        sa.Column("cut", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("figures", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_result_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "cut", name=op.f("pk_result")),
    )

"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("spendable", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("debt", sa.Integer(), nullable=False),
        sa.CheckConstraint("debt >= 0", name=op.f("ck_account_debt")),
        sa.CheckConstraint("held >= 0", name=op.f("ck_account_held")),
        sa.CheckConstraint("spendable >= 0", name=op.f("ck_account_spendable")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
    )
    op.create_table(
        "channel",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("slack_id", AutoString(), nullable=False),
        sa.Column("locale", AutoString(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=False),
        sa.Column("invitation_offered_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "slack_id", name=op.f("pk_channel")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("deed", AutoString(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reverses", AutoString(), nullable=True),
        sa.Column("counts_on", sa.Date(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_entry_workspace_id_key")),
    )
    op.create_index("ix_entry_person_id_id", "entry", ["person_id", "id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "key", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("ts", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("workspace_id", "channel", "ts", name=op.f("uq_message_workspace_id_channel_ts")),
        sa.UniqueConstraint("workspace_id", "subject", name=op.f("uq_message_workspace_id_subject")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("method", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("thread", AutoString(), nullable=False),
        sa.Column("payload", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("not_after", UTCDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", AutoString(), nullable=False),
        sa.Column("lease_until", sa.Float(), nullable=False),
        sa.Column("unsure_since", sa.Float(), nullable=False),
        sa.Column("error", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_outbox_workspace_id_key")),
    )
    op.create_index("ix_outbox_due", "outbox", ["workspace_id", "state", "method", "not_before", "id"], unique=False)
    op.create_index("ix_outbox_workspace_id_subject", "outbox", ["workspace_id", "subject"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("slack_id", AutoString(), nullable=True),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("locale", AutoString(), nullable=False),
        sa.Column("zone", AutoString(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("is_stranger", sa.Boolean(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("is_slack_admin", sa.Boolean(), nullable=False),
        sa.Column("appointed", AutoString(), nullable=False),
        sa.Column("keeps_private", sa.Boolean(), nullable=False),
        sa.Column("hides_rank", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.Integer(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("workspace_id", "slack_id", name=op.f("uq_person_workspace_id_slack_id")),
    )
    op.create_index("ix_person_workspace_id_appointed", "person", ["workspace_id", "appointed"], unique=False)
    op.create_table(
        "praise",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("customer", AutoString(), nullable=False),
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("link", AutoString(), nullable=False),
        sa.Column("recorder_id", AutoString(), nullable=True),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", AutoString(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("reminded_at", UTCDateTime(), nullable=True),
        sa.Column("featured_on", sa.Date(), nullable=True),
        sa.Column("applause", sa.Integer(), nullable=False),
        sa.Column("applause_read_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_praise")),
    )
    op.create_index(
        "ix_praise_workspace_id_state_accepted_at", "praise", ["workspace_id", "state", "accepted_at"], unique=False
    )
    op.create_table(
        "ritual",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("team", AutoString(), nullable=False),
        sa.Column("at", AutoString(), nullable=False),
        sa.Column("zone", AutoString(), nullable=False),
        sa.Column("workdays", AutoString(), nullable=False),
        sa.Column("holidays", AutoString(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ritual")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_ritual_workspace_id_name")),
    )
    op.create_table(
        "total",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("board", AutoString(), nullable=False),
        sa.Column("period", AutoString(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "board", "period", "starts_on", name=op.f("pk_total")),
    )
    op.create_index(
        "ix_total_board",
        "total",
        ["workspace_id", "board", "period", "starts_on", "amount", "events", "person_id"],
        unique=False,
    )
    op.create_table(
        "applause",
        sa.Column("praise_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("emoji", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("event_ts", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_applause_person_id_person")),
        sa.ForeignKeyConstraint(["praise_id"], ["praise.id"], name=op.f("fk_applause_praise_id_praise")),
        sa.PrimaryKeyConstraint("praise_id", "person_id", "emoji", name=op.f("pk_applause")),
    )
    op.create_table(
        "kudos",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("giver_id", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("value", AutoString(), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("joined_id", AutoString(), nullable=True),
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_kudos_giver_id_person")),
        sa.ForeignKeyConstraint(["joined_id"], ["kudos.id"], name=op.f("fk_kudos_joined_id_kudos")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kudos")),
    )
    op.create_index(op.f("ix_kudos_joined_id"), "kudos", ["joined_id"], unique=False)
    op.create_table(
        "occurrence",
        sa.Column("ritual_id", AutoString(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("praise_id", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["ritual_id"], ["ritual.id"], name=op.f("fk_occurrence_ritual_id_ritual")),
        sa.PrimaryKeyConstraint("ritual_id", "local_date", name=op.f("pk_occurrence")),
    )
    op.create_table(
        "praised",
        sa.Column("praise_id", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorder_id", AutoString(), nullable=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_praised_person_id_person")),
        sa.ForeignKeyConstraint(["praise_id"], ["praise.id"], name=op.f("fk_praised_praise_id_praise")),
        sa.PrimaryKeyConstraint("praise_id", "person_id", name=op.f("pk_praised")),
    )
    op.create_index("ix_praised_person_id_fingerprint", "praised", ["person_id", "fingerprint"], unique=False)
    op.create_index(
        "ix_praised_person_id_recorder_id", "praised", ["person_id", "recorder_id", "recorded_at"], unique=False
    )
    op.create_table(
        "reaction",
        sa.Column("message_id", AutoString(), nullable=False),
        sa.Column("emoji", AutoString(), nullable=False),
        sa.Column("person_id", AutoString(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("event_ts", AutoString(), nullable=False),
        sa.Column("kudos_id", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_reaction_message_id_message")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reaction_person_id_person")),
        sa.PrimaryKeyConstraint("message_id", "emoji", "person_id", name=op.f("pk_reaction")),
    )
    op.create_table(
        "kudosgift",
        sa.Column("kudos_id", AutoString(), nullable=False),
        sa.Column("receiver_id", AutoString(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("giver_id", AutoString(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("allowance", AutoString(), nullable=False),
        sa.Column("giver_day", sa.Date(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("counts_on", sa.Date(), nullable=False),
        sa.Column("entry_key", AutoString(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_kudosgift_giver_id_person")),
        sa.ForeignKeyConstraint(["kudos_id"], ["kudos.id"], name=op.f("fk_kudosgift_kudos_id_kudos")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_kudosgift_receiver_id_person")),
        sa.PrimaryKeyConstraint("kudos_id", "receiver_id", name=op.f("pk_kudosgift")),
    )
    op.create_index("ix_kudosgift_giver_id_giver_day", "kudosgift", ["giver_id", "giver_day"], unique=False)
    op.create_index("ix_kudosgift_giver_id_week", "kudosgift", ["giver_id", "week"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION entry_is_final() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER entry_is_final BEFORE UPDATE OR DELETE ON entry "
            "FOR EACH ROW EXECUTE FUNCTION entry_is_final()"
        )
    else:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER entry_refuses_{act.lower()} BEFORE {act} ON entry "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )

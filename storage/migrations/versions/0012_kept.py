"""Which files stand in Slack, and whose ids they hold, so that they can be taken away."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sentfile",
        sa.Column("workspace_id", AutoString(), nullable=False),
        sa.Column("file_id", AutoString(), nullable=False),
        sa.Column("holds", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "file_id", name=op.f("pk_sentfile")),
    )

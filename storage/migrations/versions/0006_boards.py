"""Boards of teams and the economy's health: indexes of those whom they count, and of those who take no part."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ABSENT = ("is_bot", "is_gone", "is_stranger", "is_guest")
SHUT_OUT = (*ABSENT, "hides_rank")


def upgrade() -> None:
    op.create_index(
        "ix_person_ranked", "person", ["workspace_id", "team", "id"],
        sqlite_where=sa.text(" AND ".join(["team != ''", *(f"{flag} = 0" for flag in SHUT_OUT)])),
        postgresql_where=sa.text(" AND ".join(["team != ''", *(f"NOT {flag}" for flag in SHUT_OUT)])),
    )  # fmt: skip
    op.create_index(
        "ix_person_absent", "person", ["workspace_id", "id"],
        sqlite_where=sa.text(" OR ".join(f"{flag} = 1" for flag in ABSENT)),
        postgresql_where=sa.text(" OR ".join(ABSENT)),
    )  # fmt: skip

"""Roles by a user group, and guests who take part."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("grouped", AutoString(), nullable=False, server_default=""))
    op.add_column("person", sa.Column("visits", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE person SET visits = is_guest")

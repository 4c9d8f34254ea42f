"""Rewards: the catalogue, requests, projects of the innovation fund, and points that admins enter by hand."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rewards()
    _fund()
    _corrections()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, AutoString(), nullable=False)


def _person(name: str, table: str, *, nullable: bool = False) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    key = op.f(f"fk_{table}_{name}_person")
    return sa.Column(name, AutoString(), nullable=nullable), sa.ForeignKeyConstraint([name], ["person.id"], name=key)


def _rewards() -> None:
    op.create_table(
        "reward",
        *map(_text, ("id", "workspace_id", "kind", "name", "about")),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_reward_price")),
        sa.CheckConstraint("stock >= 0", name=op.f("ck_reward_stock")),
        sa.CheckConstraint("budget >= 0", name=op.f("ck_reward_budget")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward")),
    )
    op.create_index("ix_reward_workspace_id_offered", "reward", ["workspace_id", "offered"])
    op.create_table(
        "rewardrequest",
        *map(_text, ("id", "workspace_id", "reward_id")),
        *_person("person_id", "rewardrequest"),
        sa.Column("price", sa.Integer(), nullable=False),
        *map(_text, ("note", "state")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *_person("decided_by", "rewardrequest", nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        _text("reason"),
        *_person("delivered_by", "rewardrequest", nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["reward_id"], ["reward.id"], name=op.f("fk_rewardrequest_reward_id_reward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rewardrequest")),
    )
    op.create_index(
        "ix_rewardrequest_workspace_id_state_asked_at", "rewardrequest", ["workspace_id", "state", "asked_at"]
    )
    op.create_index("ix_rewardrequest_person_id_asked_at", "rewardrequest", ["person_id", "asked_at"])


def _fund() -> None:
    op.create_table(
        "project",
        *map(_text, ("id", "workspace_id", "name", "about")),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        _text("state"),
        *_person("opened_by", "project"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        _text("reason"),
        *_person("ended_by", "project", nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("goal > 0", name=op.f("ck_project_goal")),
        sa.CheckConstraint("given >= 0 AND given <= goal", name=op.f("ck_project_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index("ix_project_workspace_id_state", "project", ["workspace_id", "state"])
    op.create_table(
        "contribution",
        *map(_text, ("id", "workspace_id", "project_id")),
        *_person("person_id", "contribution"),
        sa.Column("amount", sa.Integer(), nullable=False),
        _text("state"),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_contribution_amount")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_contribution_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index("ix_contribution_project_id_state_person_id", "contribution", ["project_id", "state", "person_id"])
    op.create_index("ix_contribution_person_id", "contribution", ["person_id"])


def _corrections() -> None:
    op.create_table(
        "correction",
        *map(_text, ("id", "workspace_id")),
        *_person("person_id", "correction"),
        _text("kind"),
        sa.Column("amount", sa.Integer(), nullable=False),
        *map(_text, ("reason", "state")),
        *_person("asked_by", "correction"),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        *_person("decided_by", "correction", nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_workspace_id_state", "correction", ["workspace_id", "state"])
    op.create_index("ix_correction_person_id", "correction", ["person_id"])

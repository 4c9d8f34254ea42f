"""The catalogue of rewards, what people ask for, the projects of the innovation fund, and what admins enter by hand."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from storage.models.ids import new_id


class Reward(SQLModel, table=True):
    """A reward of the catalogue. `stock` is how many are left and `budget` how many points may still be spent on it,
    None without a limit; the database itself refuses a negative one."""

    __table_args__ = (
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("stock >= 0", name="stock"),
        CheckConstraint("budget >= 0", name="budget"),
        Index("ix_reward_workspace_id_offered", "workspace_id", "offered"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    kind: str
    name: str
    about: str = ""
    price: int
    stock: int | None = None
    budget: int | None = None
    offered: bool = True
    made_at: datetime


class RewardRequest(SQLModel, table=True):
    """That somebody asked for a reward, at its price at the time, and what became of it."""

    __table_args__ = (
        Index("ix_rewardrequest_workspace_id_state_asked_at", "workspace_id", "state", "asked_at"),
        Index("ix_rewardrequest_person_id_asked_at", "person_id", "asked_at"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    reward_id: str = Field(foreign_key="reward.id")
    person_id: str = Field(foreign_key="person.id")
    price: int
    note: str = ""
    state: str
    asked_at: datetime
    decided_by: str | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    reason: str = ""
    delivered_by: str | None = Field(default=None, foreign_key="person.id")
    delivered_at: datetime | None = None


class Project(SQLModel, table=True):
    """A project of the innovation fund; `given` is what was promised to it so far."""

    __table_args__ = (
        CheckConstraint("goal > 0", name="goal"),
        CheckConstraint("given >= 0 AND given <= goal", name="given"),
        Index("ix_project_workspace_id_state", "workspace_id", "state"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    name: str
    about: str = ""
    goal: int
    given: int = 0
    state: str
    opened_by: str = Field(foreign_key="person.id")
    opened_at: datetime
    reason: str = ""
    ended_by: str | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None


class Contribution(SQLModel, table=True):
    """Points that somebody gave to a project: put by until it has its goal or is closed."""

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_contribution_project_id_state_person_id", "project_id", "state", "person_id"),
        Index("ix_contribution_person_id", "person_id"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    project_id: str = Field(foreign_key="project.id")
    person_id: str = Field(foreign_key="person.id")
    amount: int
    state: str
    given_at: datetime


class Correction(SQLModel, table=True):
    """Points that an admin enters by hand, with a reason: given or taken (`kind` "grant"), or settled with somebody who
    left ("paid" or "void"). One that waits for a second admin is not entered yet."""

    __table_args__ = (
        Index("ix_correction_workspace_id_state", "workspace_id", "state"),
        Index("ix_correction_person_id", "person_id"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    workspace_id: str
    person_id: str = Field(foreign_key="person.id")
    kind: str
    amount: int
    reason: str
    state: str
    asked_by: str = Field(foreign_key="person.id")
    asked_at: datetime
    decided_by: str | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None

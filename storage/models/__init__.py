"""Every table. Rows stay in storage: queries give frozen dataclasses.

Each table carries the workspace's id (Slack's team id). Ids of ours are 32 hexadecimal characters and random, so that
a row that outlives a person says nothing about them; those of praise and kudos begin with their moment. Times are
aware UTC. Validation is a rule, not a model.
"""

from storage.models.ids import dated_id, new_id  # isort: skip  (first: it names the constraints of all tables)
from storage.models.kudos import Kudos, KudosGift, Reaction
from storage.models.letters import Letter, Postbox, Remark
from storage.models.people import Channel, Person
from storage.models.points import Account, Entry, Total
from storage.models.praise import Applause, Aside, Handover, Helper, Occurrence, Praise, Praised, Ritual, SpecialDay
from storage.models.pulse import (
    Answer,
    Comment,
    Envelope,
    Invitation,
    Nudge,
    OneOff,
    OwnQuestion,
    Participation,
    PublicAnswer,
    PulseWish,
    Reply,
    Result,
    Survey,
)
from storage.models.rewards import Contribution, Correction, Project, Reward, RewardRequest
from storage.models.rights import Erased, Erasure
from storage.models.settings import Audit, Setting
from storage.models.suggestions import Backing, Credit, IdeaTerm, IdeaText, Solver, Step, Suggestion
from storage.models.transport import DayTold, Gathered, Inbox, IntakeKey, Message, Outbox, SentFile

__all__ = [
    "Account",
    "Answer",
    "Applause",
    "Aside",
    "Audit",
    "Backing",
    "Channel",
    "Comment",
    "Contribution",
    "Correction",
    "Credit",
    "DayTold",
    "Entry",
    "Envelope",
    "Erased",
    "Erasure",
    "Gathered",
    "Handover",
    "Helper",
    "IdeaTerm",
    "IdeaText",
    "Inbox",
    "IntakeKey",
    "Invitation",
    "Kudos",
    "KudosGift",
    "Letter",
    "Message",
    "Nudge",
    "Occurrence",
    "OneOff",
    "Outbox",
    "OwnQuestion",
    "Participation",
    "Person",
    "Postbox",
    "Praise",
    "Praised",
    "Project",
    "PublicAnswer",
    "PulseWish",
    "Reaction",
    "Remark",
    "Reply",
    "Result",
    "Reward",
    "RewardRequest",
    "Ritual",
    "SentFile",
    "Setting",
    "Solver",
    "SpecialDay",
    "Step",
    "Suggestion",
    "Survey",
    "Total",
    "dated_id",
    "new_id",
]

"""How each column that can hold text is treated when somebody is erased; a test fails for a column that is not here.

`storage.erasing` goes by this table. A new table, or column, is entered here with the migration that makes it.
"""

from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Float, Integer
from sqlmodel import SQLModel


class Treated(Enum):
    """What erasing does with a column."""

    KEPT = "ids and keys of ours, states, kinds, numbers and days as text: they say nothing of anybody"
    COMPANY = "what admins and operators call teams, rituals, rewards and questions: theirs to change"
    PLACE = "where a message or a channel is in Slack: needed to change the message that stands there"
    WORDS = "words of people: names are struck out, all of it where a praise or a person's own words are erased"
    JSON = "a message as JSON: the same in each of its texts, and mentions become plain words"
    OWN = "of a person alone: emptied, or the whole row is deleted"
    DIGEST = "a digest of words: replaced where the words were"
    TERMS = "search terms of an idea: forgotten, and learnt anew from what is left of it"
    SEALED = "sealed for nobody but a key that is destroyed: cannot be read, and ends with the round or the idea"
    CODE = "a digest of a code that only its owner has: joins to nobody"


_K, _C, _P, _W, _J = Treated.KEPT, Treated.COMPANY, Treated.PLACE, Treated.WORDS, Treated.JSON
_O, _D, _T, _S, _R = Treated.OWN, Treated.DIGEST, Treated.TERMS, Treated.SEALED, Treated.CODE

COLUMNS: dict[str, dict[str, Treated]] = {
    "person": dict.fromkeys(
        ("slack_id", "name", "locale", "zone", "appointed", "email", "handle", "team", "listed", "grouped",
         "team_group"), _O
    ),
    "channel": {"slack_id": _P, "locale": _K},
    "account": {}, "entry": {"key": _K, "deed": _K, "reverses": _K}, "total": {"board": _K, "period": _K},
    "kudos": {"reason": _W, "value": _C, "origin": _K, "channel": _P},
    "kudosgift": {"allowance": _K, "entry_key": _K},
    "reaction": {"emoji": _K, "event_ts": _P},
    "message": {"channel": _P, "ts": _P, "subject": _K},
    "praise": {
        "words": _W, "customer": _W, "source": _K, "link": _W, "decided_by": _K, "picked_by": _K, "state": _K,
        "reason": _W, "rest": _W,
    },
    "praised": {"fingerprint": _D, "whole": _D},
    "handover": {}, "helper": {"named_by": _K}, "aside": {"words": _W, "set_aside_by": _K},
    "applause": {"emoji": _K, "event_ts": _P},
    "ritual": {"name": _C, "channel": _P, "team": _C, "at": _C, "zone": _C, "workdays": _C, "holidays": _C},
    "specialday": {"set_by": _K}, "occurrence": {"state": _K, "others": _K},
    "survey": {
        "state": _K, "question": _K, "driver": _K, "kind": _K, "direction": _K, "words": _C, "options": _C, "cuts": _C,
        "public_key": _K, "secret": _S,
    },
    "invitation": {"state": _K}, "participation": {"part": _K, "tag": _S},
    "envelope": {"part": _K, "tag": _S, "box": _S}, "answer": {"box": _S}, "result": {"cut": _C, "figures": _K},
    "comment": {"cut": _C, "words": _W, "receipt": _R},
    "reply": {"asked_by": _K, "question": _W, "answer": _W},
    "publicanswer": {"cut": _C, "words": _W, "channel": _P},
    "ownquestion": {"driver": _K, "kind": _K, "direction": _K, "words": _C, "options": _C, "changed_by": _K},
    "oneoff": {"question": _K, "set_by": _K}, "pulsewish": {}, "nudge": {},
    "suggestion": {
        "title": _W, "what": _W, "why": _W, "gains": _K, "wall": _K, "state": _K, "team": _C, "receipt": _R,
        "address": _S,
    },
    "backing": {}, "step": {"was": _K, "became": _K, "moved_by": _K, "reason": _W}, "credit": {"linked_by": _K},
    "solver": {"confirmed_by": _K}, "ideatext": {"terms": _T}, "ideaterm": {"term": _T},
    "inbox": {"kind": _K, "key": _O}, "intakekey": {"key": _C, "digest": _D},
    "outbox": {
        "key": _K, "method": _K, "channel": _O, "subject": _K, "thread": _K, "payload": _J, "state": _K, "owner": _K,
        "ts": _P, "error": _K,
    },
    "sentfile": {"file_id": _P, "holds": _K},
    "reward": {"kind": _K, "name": _C, "about": _C},
    "rewardrequest": {"note": _W, "state": _K, "decided_by": _K, "reason": _W, "delivered_by": _K},
    "project": {"name": _C, "about": _C, "state": _K, "opened_by": _K, "reason": _W, "ended_by": _K},
    "contribution": {"state": _K},
    "correction": {"kind": _K, "reason": _W, "state": _K, "asked_by": _K, "decided_by": _K},
    "remark": {"said_by": _K, "words": _W}, "letter": {"box": _S}, "postbox": {"public_key": _K},
    "daytold": {}, "gathered": {"key": _K, "subject": _K, "message": _J, "zone": _O, "bundle": _K},
    "setting": {"name": _K, "value": _W, "set_by": _K},
    "audit": {"by": _K, "act": _K, "subject": _K, "before": _W, "after": _W},
    "erased": {"digest": _K}, "erasure": {"kind": _K, "done_by": _K},
}  # fmt: skip
"""By table; `id`, names that end in `_id`, and what no text can stand in are left out."""


def is_free(column: Any) -> bool:
    """Whether a column can hold text or bytes, or what nobody thought of, and is no id of ours."""
    if isinstance(getattr(column.type, "impl", column.type), Boolean | Date | DateTime | Float | Integer):
        return False
    if (column.table.name, column.name) in _NAMED_BY_SLACK:
        return True
    return column.name != "id" and not column.name.endswith("_id")


_NAMED_BY_SLACK = {("person", "slack_id"), ("channel", "slack_id"), ("sentfile", "file_id")}
"""Ids that are not ours."""


def unclassified() -> list[str]:
    """The columns of the models that nobody has classified, and what is classified and is none."""
    there = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.c
        if is_free(column)
    }
    known = {f"{table}.{column}" for table, columns in COLUMNS.items() for column in columns}
    return sorted(there ^ known)


def treated(table: str, *kinds: Treated) -> tuple[str, ...]:
    """The columns of a table that are treated so."""
    return tuple(name for name, kind in COLUMNS.get(table, {}).items() if kind in kinds)

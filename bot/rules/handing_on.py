"""Who may hand a praise on to whom: *it was not me* (product.md 1)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(days=30)
"""How long after it was accepted a praise can be handed on."""
TURNS = 2
"""The praised person hands it on, and the one who gets it may do so once more."""


@dataclass(frozen=True)
class Handover:
    """A praise went from one person to another; `turn` counts from the one to whom it was given at first."""

    from_id: str
    to_id: str
    turn: int


def turn(handovers: Sequence[Handover], giver: str) -> int:
    """The turn that handing on by `giver` would be; beyond `TURNS` it is one too many."""
    return 1 + max((one.turn for one in handovers if one.to_id == giver), default=0)


def is_late(accepted_at: datetime, now: datetime) -> bool:
    """Whether the time for handing on is over."""
    return now - accepted_at > WINDOW


def obstacle(
    receiver: str, *, giver: str, praised: Collection[str], recorder: str, handovers: Sequence[Handover]
) -> str | None:
    """Why this person cannot be the right one, as the code of a refusal; None if they can.

    The recorder cannot: that would be praise recorded by oneself, which only a lead lets stand.
    """
    if receiver == giver:
        return "handing_on_self"
    if receiver in praised:
        return "handing_on_praised"
    if any(one.from_id == receiver for one in handovers):
        return "handing_on_back"
    return "handing_on_recorder" if receiver == recorder else None

"""What `/healthz` tells, and the word for "not yet"."""

from dataclasses import dataclass
from typing import Literal


class NotReady(Exception):
    """The bot cannot take deliveries yet (Slack was not reached at start); Slack is to ask again."""


@dataclass(frozen=True)
class Health:
    """The state of the bot for whoever watches it.

    `status`: ok, starting (Slack not reached yet) or failing; only ok is answered with 200.
    `database`: ok or failing. `clock`: the bot's present, ISO 8601. `outbox_age_s`: seconds since the oldest
    message that is due and unsent became due, 0 when nothing waits.
    """

    status: Literal["ok", "starting", "failing"]
    database: Literal["ok", "failing"]
    clock: str
    outbox_age_s: float

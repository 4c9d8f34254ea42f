"""What listeners and jobs share: their dependencies, and the key under which each delivery is remembered."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.clock import Clock
from bot.delivery import Delivery as Sender
from bot.delivery.homes import Homes
from bot.rules.company import Company
from bot.sealing import Keys
from bot.services import standing
from storage import people as roster
from storage.database import Database
from storage.inbox import Delivery
from storage.people import Member

Payload = dict[str, Any]


@dataclass
class Outage:
    """What is remembered for days on which the database cannot be asked: its `admins`, and of an outage its name and
    those who were told of it."""

    admins: tuple[Member, ...] = ()
    name: str = ""
    told: list[Member] = field(default_factory=list)


class Misses:
    """Names that Slack knows nobody by: who repeats one is answered for a minute without asking again, so that a
    program's wrong address does not use up what a method allows."""

    LAST_S, MOST = 60.0, 1000

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def note(self, name: str) -> None:
        """Slack was asked just now; beyond `MOST` the oldest are forgotten."""
        self._since.pop(name.casefold(), None)
        self._since[name.casefold()] = monotonic()
        if len(self._since) > self.MOST:
            del self._since[next(iter(self._since))]

    def __contains__(self, name: str) -> bool:
        return monotonic() - self._since.get(name.casefold(), -inf) < self.LAST_S


@dataclass(frozen=True)
class Group:
    """A user group of Slack's: its id, its name and its handle."""

    id: str
    name: str
    handle: str


@dataclass
class Groups:
    """The user groups of the workspace as Slack last told them, and until when that need not be asked again; `followed`
    are those by which people last got roles and teams, by id."""

    known: tuple[Group, ...] = ()
    until: float = 0.0
    followed: tuple[str, ...] | None = None


@dataclass(eq=False)
class Desk:
    """The dependencies of a listener or job; Bolt hands it over by the argument name `desk`.

    `company` is as the settings stand, and another one when they change (`go_by`): ask the desk for it, and keep none.
    `defaults` is the company by the environment alone, `changed` are the texts that stand over it.
    `met` holds the Slack ids of people whom the roster is known to have, so that most deliveries need no look-up;
    `missed` are names of nobody. `keys` open what is sealed in pulse rounds, and `sealed` says how many envelopes this
    process left in the pool of a round when it last opened some, `unseen` since when it has looked for the key of a
    round that is over. `groups` are offered where an admin chooses one. `homes` are the Home tabs of those
    who look at them.
    """

    database: Database
    delivery: Sender
    client: AsyncWebClient
    clock: Clock
    company: Company
    keys: Keys = field(default_factory=lambda: Keys(Path("golden-ear.keys")))
    sealed: dict[str, int] = field(default_factory=dict)
    unseen: dict[str, datetime] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    missed: Misses = field(default_factory=Misses)
    outage: Outage = field(default_factory=Outage)
    groups: Groups = field(default_factory=Groups)
    homes: Homes = field(default_factory=lambda: Homes(AsyncWebClient(retry_handlers=[])))
    defaults: Company = field(init=False)
    changed: Mapping[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.defaults = self.company

    def go_by(self, texts: Mapping[str, str]) -> None:
        """From now on go by what admins changed: these texts, over the settings of the environment."""
        if texts != self.changed:
            self.company = standing.in_force(self.defaults, texts)
        self.changed = texts

    @property
    def idea_keys(self) -> Keys:
        """The keys of postboxes and of return addresses (`bot.services.letters`)."""
        return Keys(self.keys.folder / "ideas")

    async def language_of(self, slack_id: str) -> str:
        """The language of what this person alone sees; English for somebody unknown."""

        def look(session: Session) -> str:
            member = roster.by_slack(session, self.company.workspace_id, [slack_id]).get(slack_id)
            return member.language if member else "en"

        return await self.database.read(look)

    def event(self, body: Payload, now: datetime) -> Delivery:
        """An event, by its id: Slack repeats it until it is acknowledged."""
        return Delivery(self.company.workspace_id, "event", body["event_id"], now)

    def command(self, command: Payload, now: datetime) -> Delivery:
        """A command that writes: by its trigger id, and by person and text because people repeat commands."""
        said = "\x00".join((command["user_id"], command["command"], command.get("text") or ""))
        echo = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        return Delivery(self.company.workspace_id, "command", command["trigger_id"], now, echo)

    def press(self, body: Payload, now: datetime, *, again: bool = False) -> Delivery:
        """A button, by the person and what was minted into its value; one meant to be pressed `again`, by its press."""
        action = body["actions"][0]
        nonce = action["action_ts"] if again else action["value"]
        return Delivery(self.company.workspace_id, "press", f"{body['user']['id']}:{action['action_id']}:{nonce}", now)

    def form(self, body: Payload, nonce: str, now: datetime) -> Delivery:
        """A form, by the person and the nonce that it was opened with."""
        return Delivery(self.company.workspace_id, "form", f"{body['user']['id']}:{nonce}", now)


def mint() -> str:
    """A nonce for a form or button about to be drawn; made in memory, so that drawing waits for no writer."""
    return secrets.token_hex(16)

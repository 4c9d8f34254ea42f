"""Who looks at the page: one of the staff, at one place, with the page in a language of the reader's choice."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.workspace import staff
from bot.workspace.channels import Channel
from bot.workspace.page.words import KNOWN, LOCALES, Words
from bot.workspace.shapes import Json
from bot.workspace.state import Workspace

HOME = "home"
"""The place that is no conversation: the app's Home."""
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Reader:
    """A person of the workspace who looks at a place: a channel's id, or HOME.

    `tool` is the panel that is open beside it, and `seek` what is sought in the inspector, as a query. `thread` is the
    ts of the message whose thread is open, `since` how far this person had read when they came, `oldest` the ts of the
    first message that their browser holds, and `latest` that of the last, if it is not the newest. Each may be empty.
    """

    workspace: Workspace
    user: Json
    place: str
    words: Words
    tool: str = ""
    seek: str = ""
    thread: str = ""
    since: str = ""
    oldest: str = ""
    latest: str = ""

    @property
    def id(self) -> str:
        """The Slack id of the person who looks."""
        return str(self.user["id"])

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this person reads times."""
        return ZoneInfo(str(self.user["tz"]))

    @property
    def locale(self) -> str:
        """How days and times are written: as this person's locale has it if the page is in their language."""
        own = str(self.user["locale"])
        return own.replace("-", "_") if spoken(own) == self.words.language else LOCALES[self.words.language]

    @property
    def room(self) -> Channel | None:
        """The conversation that is looked at; None in Home."""
        return self.workspace.channels.get(self.place)

    def t(self, msgid: str, /, **values: str) -> str:
        """A sentence of the page in the reader's language."""
        return self.words.t(msgid, **values)

    def moment(self, ts: str | float) -> datetime:
        """A Slack timestamp in this person's zone."""
        return datetime.fromtimestamp(float(ts), self.zone)

    def name(self, user_id: str) -> str:
        """How Slack shows somebody: by their real name, the app by its own; the id of somebody unknown."""
        user = self.workspace.people.get(user_id)
        return str(user["real_name"]) if user else user_id

    def title(self, room: Channel) -> str:
        """How a conversation is called: a direct message by the other person in it."""
        return self.name(room.partner(self.id)) if room.kind == "im" else room.name

    @property
    def rooms(self) -> list[Channel]:
        """The channels that this person is in or may look into, in the order in which they were made."""
        return [one for one in self.workspace.channels if one.kind != "im" and may_look(self.user, one)]

    @property
    def talks(self) -> list[Channel]:
        """The direct messages of this person with colleagues, where there are any, the newest first."""
        mine = [one for one in self.workspace.channels if one.kind == "im" and one.has(self.id)]
        held = {one.id: self.workspace.messages.newest(one.id) for one in mine if not one.has(staff.BOT_USER_ID)}
        talks = [one for one in mine if held.get(one.id) or one.id == self.place != self.app_room.id]
        return sorted(talks, key=lambda one: held.get(one.id) or "", reverse=True)

    @property
    def app_room(self) -> Channel:
        """The direct messages between this person and the app."""
        return self.workspace.channels.direct(staff.BOT_USER_ID, self.id)


def may_look(user: Json, room: Channel) -> bool:
    """True if Slack shows this conversation to that person: guests see only those that they are in."""
    return room.has(str(user["id"])) or (room.kind == "channel" and not user["is_restricted"])


def may_act(user: Json) -> bool:
    """True if one may act as this user: somebody of flesh and blood who has not left."""
    return not user["deleted"] and not user["is_bot"] and user["id"] != SLACKBOT


def spoken(locale: str) -> str:
    """Which language of the page a Slack locale such as zh-HK is; English if none."""
    return KNOWN.get(locale, "en")

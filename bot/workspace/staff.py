"""The invented hotel: its people, teams and channels. Nobody here exists."""

from dataclasses import dataclass

TEAM_ID = "T0GEHOTEL1"
TEAM_NAME = "Harbour House Hotel"
TEAM_DOMAIN = "harbour-house"
APP_ID = "A0GEAPP001"
BOT_ID = "B0GEBOT001"
BOT_USER_ID = "U0GEBOT001"
BOT_HANDLE = "goldenear"

PRAISE_CHANNEL = "C0PRAISE01"
GENERAL_CHANNEL = "C0GENERAL1"
PRIVATE_CHANNEL = "C0KITCHEN1"
OTHER_CHANNEL = "C0RANDOM01"


@dataclass(frozen=True)
class Person:
    """One invented colleague; the Slack id is `U0` + the handle in capitals, filled with noughts to ten."""

    handle: str
    name: str
    locale: str
    zone: str
    team: str = ""
    title: str = ""
    role: str = "member"  # member, owner, guest, bot

    @property
    def id(self) -> str:
        return f"U0{self.handle.upper():0<8}"

    @property
    def email(self) -> str:
        return f"{self.handle}@example.com"


HERE = "Asia/Hong_Kong"

STAFF = (
    Person("sam", "Sam Okafor", "en-GB", HERE, "Reception", "General manager", "owner"),
    Person("mei", "陳美儀", "zh-HK", HERE, "Reception", "Head of reception"),
    Person("aiko", "Aiko Tanaka", "en-US", "Asia/Tokyo", "Reception", "Concierge"),
    Person("noah", "Noah Lindqvist", "en-US", HERE, "Reception", "Night desk"),
    Person("rosa", "Rosa María Guadalupe de la Vega y Fernández-Montemayor", "en-GB", HERE, "Service", "Housekeeping"),
    Person("ling", "林玲", "zh-TW", "Asia/Taipei", "Service", "Breakfast room"),
    Person("jun", "王俊", "zh-CN", "Asia/Shanghai", "Service", "Porter"),
    Person("priya", "Priya Venkatanarasimharajuvaripeta", "en-GB", "Europe/London", "Service", "Guest relations"),
    Person("tomas", "Tomáš Dvořák", "en-GB", HERE, "Kitchen", "Head chef"),
    Person("chen", "陈思远", "zh-CN", HERE, "Kitchen", "Sous chef"),
    Person("hao", "歐陽浩然", "zh-TW", "Asia/Taipei", "Kitchen", "Pastry"),
    Person("yun", "雲", "zh-HK", HERE, "Kitchen", "Kitchen porter"),
)

OTHERS = (
    Person("olu", "Olu Visiting", "en-GB", HERE, role="guest"),
    Person("rotabot", "Rota Bot", "en-US", HERE, role="bot"),
)

LEADS = ("mei", "tomas")
OWNER = "sam"
GUEST = "olu"
OTHER_BOT = "rotabot"

TEAMS = {"Reception": "S0RECEPTN1", "Service": "S0SERVICE1", "Kitchen": "S0KITCHEN1"}


@dataclass(frozen=True)
class Room:
    """One channel at the beginning; `members` empty means all staff."""

    id: str
    name: str
    locale: str
    private: bool = False
    general: bool = False
    bot: bool = True
    members: tuple[str, ...] = ()
    visitors: tuple[str, ...] = ()


ROOMS = (
    Room(PRAISE_CHANNEL, "praise", "en-GB", visitors=("olu", "rotabot")),
    Room(GENERAL_CHANNEL, "general", "en-GB", general=True, visitors=("rotabot",)),
    Room(PRIVATE_CHANNEL, "kitchen-office", "zh-CN", private=True, members=("tomas", "chen", "hao", "yun")),
    Room(OTHER_CHANNEL, "random", "en-US", bot=False),
)

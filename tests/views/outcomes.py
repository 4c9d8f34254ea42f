"""Outcomes for views to draw: ordinary, empty and extreme ones."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules.company import Company
from storage.people import Member
from storage.praise import Praise
from storage.rituals import Ritual

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)
LOCALES = {"en": "en-US", "zh-Hant": "zh-TW", "zh-Hans": "zh-CN"}
HOSTILE = (
    "<!channel> <!everyone|x> @everyone @here <@U999> <#C999|general> <http://evil.example|click> &lt;!here&gt; "
    "*bold* _under_ ~gone~ `code` :tada: > quote\n• \u202eright to left\u2069\u2067 {giver} {0} %s \\"
)


def member(number: int, name: str = "", **more: Any) -> Member:
    told: dict[str, Any] = {
        "id": f"{number:032x}",
        "slack_id": f"U{number:04}",
        "name": name or f"Person {number}",
        "locale": "en-US",
        "zone": "Asia/Taipei",
        "is_bot": False,
        "is_guest": False,
        "is_stranger": False,
        "is_gone": False,
        "is_slack_admin": False,
        "appointed": "",
        "keeps_private": False,
        "hides_rank": False,
    }
    return Member(**{**told, **more})


@dataclass(frozen=True)
class Case:
    """What varies between ordinary, empty and extreme outcomes. `free` is what somebody typed."""

    name: str
    free: str
    crowd: int
    number: int

    def people(self, language: str) -> tuple[Member, ...]:
        return tuple(
            member(
                number,
                self.free if number % 3 == 0 else "",
                locale=LOCALES[language],
                slack_id="" if self.crowd > 2 and number % 5 == 4 else f"U{number:04}",
                keeps_private=self.crowd > 2 and number % 4 == 3,
                appointed=("", "lead", "admin")[number % 3],
            )
            for number in range(1, self.crowd + 1)
        )

    def praise(self, language: str, **more: Any) -> Praise:
        people = self.people(language)
        told: dict[str, Any] = {
            "id": "f" * 32,
            "words": self.free or "She stayed after closing to find my ring.",
            "customer": self.free[:80],
            "source": "phone",
            "happened_on": DAY,
            "link": "https://reviews.example/1?a=<b>&c=d" if self.number else "",
            "checked": bool(self.number),
            "state": "accepted",
            "reason": "",
            "recorded_at": NOW,
            "applause": self.number,
            "recorder": people[0] if self.number else None,
            "decider": people[-1] if self.number else None,
            "people": people,
            "applause_read_at": None,
        }
        return Praise(**{**told, **more})


ORDINARY = Case("ordinary", "Anna took the time to explain every single step to me.", 2, 3)
EMPTY = Case("empty", "", 1, 0)
HUGE = Case("huge", "好" * 3000, 20, 10**9)
NASTY = Case("nasty", (HOSTILE * 20)[:3000], 20, 2)
CASES = (ORDINARY, EMPTY, HUGE, NASTY)
COMPANY = Company("T1", "C0001", ZoneInfo("Asia/Taipei"), values=("care", "*speed*"))
RITUAL = Ritual("1" * 32, "default", "C0001", "09:00", "Asia/Taipei", frozenset(range(5)), "TW", NOW)

"""The settings in force for one workspace, as rules and services need them."""

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from bot.rules import zones
from bot.rules.quiet import QuietHours


@dataclass(frozen=True)
class Company:
    """One workspace and how it wants things done; `language` is None where channel posts follow the channel,
    `pulse_sample` 0 where everybody is asked."""

    workspace_id: str
    praise_channel: str
    zone: ZoneInfo
    language: str | None = None
    quiet: QuietHours | None = None
    ritual_at: time = time(9)
    workdays: frozenset[int] = frozenset(range(5))
    holidays: str = ""
    values: tuple[str, ...] = ()
    kudos_emoji: str = "star"
    admins: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    pulse: bool = True
    pulse_days: frozenset[int] = frozenset({1, 3})
    pulse_at: time = time(10)
    pulse_sample: int = 0
    support_contacts: tuple[str, ...] = ()

    def zone_of(self, name: str) -> ZoneInfo:
        """Where the days of somebody begin whose own zone has this name: in the company's if it is empty, or if this
        machine does not know it (any more): one person's new zone must not keep a round from all others."""
        return zones.known(name) or self.zone

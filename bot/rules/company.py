"""The settings in force for one workspace, as rules and services need them."""

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from bot.rules import zones
from bot.rules.kudos import Terms
from bot.rules.quiet import QuietHours


@dataclass(frozen=True)
class Company:
    """One workspace and how it wants things done; `language` is None where channel posts follow the channel,
    `pulse_sample` 0 where everybody is asked; `leads_group` is the Slack user group whose members are leads beside
    `leads`, `team_groups` are those that are teams, `keep_months` 0 where words are kept for ever. The points are those
    of what is done from now on: the ledger holds what was given before."""

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
    leads_group: str = ""
    team_groups: tuple[str, ...] = ()
    guests: bool = False
    pulse: bool = True
    pulse_days: frozenset[int] = frozenset({1, 3})
    pulse_at: time = time(10)
    pulse_sample: int = 0
    support_contacts: tuple[str, ...] = ()
    keep_months: int = 0
    praise_points: int = 10
    help_points: int = 1
    idea_points: int = 20
    solved_points: int = 100
    kudos_points: int = Terms.points
    lead_kudos_points: int = Terms.lead_points
    kudos_daily: int = Terms.daily
    lead_kudos_weekly: int = Terms.weekly

    @property
    def kudos(self) -> Terms:
        """What may be given to colleagues."""
        return Terms(self.kudos_daily, self.lead_kudos_weekly, self.kudos_points, self.lead_kudos_points)

    def zone_of(self, name: str) -> ZoneInfo:
        """Where the days of somebody begin whose own zone has this name: in the company's if it is empty, or if this
        machine does not know it (any more): one person's new zone must not keep a round from all others."""
        return zones.known(name) or self.zone

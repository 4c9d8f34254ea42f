"""What is written in the settings: right each, and perhaps not meant."""

import stat
from collections.abc import Iterator
from pathlib import Path

from bot import config, parsing
from bot.commands.doctor.finding import Finding, error, ok, warning
from bot.config import Settings

FIXED = ("UTC", "UCT", "GMT", "Universal", "Zulu", "Greenwich", "EST", "MST", "HST")
"""Zones that no shop stands in: they never change their clocks."""


def env_file(path: Path) -> Iterator[Finding]:
    """Lines that set nothing, and who may read the tokens."""
    if not path.exists():
        yield ok("settings", f"all from the environment, there is no {path}")
        return
    for line in config.unknown(path):
        yield warning("settings", str(line), f"correct the name in {path}, or take the line out")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield warning("settings", f"{path} holds tokens and others on this machine may read it", f"chmod 600 {path}")
    else:
        yield ok("settings", f"{path} is for its owner alone")


def meaning(settings: Settings) -> Iterator[Finding]:
    """Settings that say something else than they seem to."""
    zone = settings.timezone.key
    if zone in FIXED or zone.startswith("Etc/"):
        yield warning(
            "time zone",
            f"TIMEZONE is {zone}: the day opens at {settings.ritual_time:%H:%M} there, which knows no summer time",
            "set TIMEZONE to the shop's own zone, such as Asia/Taipei or America/Chicago",
        )
    else:
        yield ok("time zone", f"{zone}, the day opens at {settings.ritual_time:%H:%M}")
    if settings.slack_api_url.startswith("http://") and not parsing.is_loopback(settings.slack_api_url):
        yield error(
            "Slack's address",
            "SLACK_API_URL sends the tokens over the network unencrypted",
            "use https://, or leave it out",
        )
    if settings.clock_file:
        yield warning(
            "clock", "CLOCK_FILE moves the bot's clock, this is a rehearsal", "take CLOCK_FILE out for real work"
        )
    if settings.intake_secret:
        yield ok("intake", "POST /intake/praise takes signed praise of other programs (INTAKE_SECRET is set)")
    else:
        yield ok("intake", "closed, INTAKE_SECRET is not set")

"""This machine: whether a bot is up and answers, the disk, and the calendar that is installed."""

import json
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import aiohttp

from bot.commands.doctor.finding import Finding, error, ok, warning
from bot.config import Settings
from bot.rules.company import Company
from bot.services import working_days

SCARCE, LITTLE = 100_000_000, 1_000_000_000
"""Bytes of free disk: below the first nothing can be relied on, below the second it is time to look."""
LONG_WAL = 256_000_000
FAR = timedelta(days=60)
ON_A_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone"}
)
"""File systems on which SQLite's locks and shared memory do not hold."""


async def running(settings: Settings) -> Finding:
    """Whether a bot answers where the settings say."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    url = f"http://{host}:{settings.port}/healthz"
    try:
        timeout = aiohttp.ClientTimeout(total=6)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            told = json.loads(await answer.text())
            status = str(told["status"])
    except aiohttp.ClientConnectionError:
        door = "" if settings.socket_mode else "; Slack's requests must reach it as https://…/slack/events"
        return warning("bot", f"nobody answers on {settings.host}:{settings.port}", f"start it: golden-ear run{door}")
    except (TimeoutError, aiohttp.ClientError, ValueError, KeyError, TypeError):
        return error("bot", f"something else answers on {settings.host}:{settings.port}", "choose another PORT")
    if status == "ok":
        return ok(
            "bot", f"up on {settings.host}:{settings.port}, the oldest message waits {told.get('outbox_age_s')} s"
        )
    return error("bot", f"up on {settings.host}:{settings.port}, and it says {status}", "its log says why")


def disk(database: Path) -> Iterator[Finding]:
    """The folder and the file of a SQLite database: room, rights, the file system, the write-ahead log."""
    folder = database.absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        seen = "is not there" if not folder.is_dir() else "may not be written by this user"
        yield error("disk", f"{folder} {seen}", "make it, owned by the user that runs the bot")
        return
    yield _room(folder)
    if kind := network(folder):
        yield error(
            "disk",
            f"the database is on {kind}, over a network: SQLite loses data there",
            "use a local disk, or PostgreSQL",
        )
    if database.exists() and stat.S_IMODE(database.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        yield warning(
            "disk", f"others on this machine may read {database}, people's words and all", f"chmod 600 {database}"
        )
    wal = Path(f"{database}-wal")
    if wal.exists() and wal.stat().st_size > LONG_WAL:
        seen = f"the write-ahead log has grown to {wal.stat().st_size / 1e6:,.0f} MB"
        yield warning("disk", seen, "something reads the database without end: end it, then restart the bot")


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    seen, advice = f"{free / 1e9:,.1f} GB free in {folder}", "make room: without it nothing is stored or acknowledged"
    if free < SCARCE:
        return error("disk", seen, advice)
    return warning("disk", seen, advice) if free < LITTLE else ok("disk", seen)


def network(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of network file system that a folder is on; "" if it is on none, or nobody knows."""
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    places = {parts[1].replace("\\040", " "): parts[2] for parts in lines if len(parts) > 2}
    above = [str(place) for place in (folder, *folder.parents) if str(place) in places]
    kind = places[above[0]] if above else ""
    return kind if kind in ON_A_NETWORK else ""


def calendar(company: Company, today: date, about: str = "calendar") -> Finding:
    """How far ahead the calendar of holidays knows anything."""
    until = working_days.reach(company, today)
    if until is None:
        return ok(about, "no holidays are kept (HOLIDAYS is empty)")
    seen = f"{company.holidays} is known until {until}"
    if until >= today + FAR:
        return ok(about, seen)
    advice = "upgrade the package holidays (pip install -U holidays); until then: golden-ear dates free|working DATE"
    return warning(about, seen, advice)

"""Home: what drawing it takes for a person with ten thousand entries; and a storm of changes before many viewers, in
front of the local workspace with Slack's own limits."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.clock import Clock
from bot.delivery import Delivery, homes
from bot.delivery.homes import Homes
from bot.desk import Desk, home
from bot.rules.company import Company
from bot.workspace import Control, Running, Settings, serve
from storage import models, people, points
from storage.database import Database, open_database
from storage.people import Profile
from storage.points import Line
from storage.select import table
from tests.bench import engines, figures
from tests.bench.engines import Engine
from tests.bench.findings import Finding

TEAM, VIEWER = "T0GEHOTEL1", "U0VIEWER"
MOST_MS = 100
_OTHERS, _IDEAS = 1000, 200
_WARM = 5
_TOGETHER = 1000
PATIENCE_S = 900.0


def measure(folder: Path, on: Sequence[Engine], entries: int, times: int) -> Iterator[str | Finding]:
    """A table of drawing Home, its queries and its view, `times` times."""
    rows = []
    for engine in on:
        with engines.database(engine, folder, f"home-{entries}") as (_, url):
            database = open_database(url)
            began = perf_counter()
            _fill(database, entries)
            yield f"<!-- {engine.name}: {entries:,} entries made in {perf_counter() - began:.0f} s -->\n"
            taken, size = _drawn(database, times)
            database.close()
        rows.append([engine.name, f"{entries:,}", *figures.halves(taken), f"{size:,}"])
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            found = figures.percentile(taken, share)
            figure = f"Home of an admin with {entries:,} entries, drawn, {name} ms, {engine.name}"
            yield Finding(figure, f"< {MOST_MS}", figures.ms(found), found * 1000 < MOST_MS)
    yield figures.table(("Home, queries and view", "entries", "p50 ms", "p99 ms", "bytes"), rows) + "\n"


def _drawn(database: Database, times: int) -> tuple[list[float], int]:
    """Seconds of each drawing, and how long the view is."""
    desk, taken, size = _desk(database, "http://127.0.0.1:1/"), [], 0
    for number in range(-_WARM, times):
        began = perf_counter()
        view = database.read_now(lambda session: home.draw(session, desk, VIEWER))
        told = json.dumps(view)
        if number >= 0:
            taken.append(perf_counter() - began)
        size = len(told)
        assert view and "Word " in told
    return taken, size


def _desk(database: Database, url: str, token: str = "xoxb-1") -> Desk:
    client, clock = AsyncWebClient(token, base_url=url, retry_handlers=[]), Clock()
    company = Company(workspace_id=TEAM, praise_channel="C0PRAISE01", zone=ZoneInfo("UTC"), pulse=True)
    return Desk(database, Delivery(client, database, clock, TEAM, 4), client, clock, company, homes=Homes(client))


# ---- ten thousand entries --------------------------------------------------------------------------------------------


def _fill(database: Database, entries: int) -> None:
    """A person of whom half the entries are praise with its words, ideas of theirs, and others who have as much."""
    now = datetime.now(UTC)
    names = [VIEWER, *(f"U0{number:07}" for number in range(_OTHERS))]
    profiles = [Profile(slack_id=name, name=name, is_slack_admin=name == VIEWER) for name in names]
    database.write_now(lambda session: people.enrol(session, TEAM, profiles, now=now))
    known = database.read_now(lambda session: people.by_slack(session, TEAM, names))
    ids = [known[name].id for name in names]
    for first in range(0, entries, _TOGETHER):
        numbers = range(first, min(first + _TOGETHER, entries))
        database.write_now(lambda session, numbers=numbers: _entries(session, ids, numbers, now))  # type: ignore[misc]
    database.write_now(lambda session: _ideas(session, ids, now))
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("VACUUM ANALYZE")  # type: ignore[union-attr]


def _entries(session: Session, ids: Sequence[str], numbers: range, now: datetime) -> None:
    """For each number an entry of the viewer, and a praise of the viewer or of somebody else in turn."""
    praises, praised = [], []
    for number in numbers:
        at, whose = (
            now - timedelta(minutes=10 * (numbers.stop + 1) - number),
            ids[0 if number % 2 else number % len(ids)],
        )
        id_ = f"{number:032x}"
        same = {"workspace_id": TEAM, "happened_on": at.date(), "recorded_at": at}
        told = {"customer": "Ms Lin", "source": "chat", "link": "", "checked": True, "imported": False, "rest": ""}
        state = {"state": "accepted", "reason": "", "accepted_at": at, "applause": number % 7, "recorder_id": ids[1]}
        praises.append({"id": id_, "words": f"Word {number} " * 20, **same, **told, **state})
        print_ = {"fingerprint": id_, "whole": "", "place": 0, "recorder_id": ids[1]}
        praised.append({"praise_id": id_, "person_id": whose, **same, **print_})
        deed, amount = ("praise", 10) if number % 2 else ("kudos", 1)
        line = Line(f"{deed}:{id_}:{ids[0]}", ids[0], deed, amount, at.date(), at)  # type: ignore[arg-type]
        points.enter(session, TEAM, line)
    session.execute(table(models.Praise).insert(), praises)
    session.execute(table(models.Praised).insert(), praised)


def _ideas(session: Session, ids: Sequence[str], now: datetime) -> None:
    day = now.date()
    same: dict[str, Any] = {"workspace_id": TEAM, "what": "It would help.", "gains": "both", "why": "", "wall": "",
                            "team": "", "arrived": True, "receipt": "", "sent_on": day, "moved_on": day}  # fmt: skip
    states = ("new", "review", "accepted", "done")
    rows = [
        {"id": models.new_id(), "title": f"Idea {n}", "state": states[n % 4], "author_id": ids[n % 5 and n], **same}
        for n in range(_IDEAS)
    ]
    session.execute(table(models.Suggestion).insert(), rows)


# ---- a storm ---------------------------------------------------------------------------------------------------------


def storm(folder: Path, on: Sequence[Engine], changes: int, viewers: int) -> Iterator[str | Finding]:
    """So many changes, one after the other, while so many people look."""
    rows = []
    for engine in on:
        with engines.database(engine, folder, "publish") as (_, url):
            database = open_database(url)
            told = asyncio.run(_storm(database, changes, viewers))
            database.close()
        rows.append([engine.name, f"{changes:,}", f"{viewers}", *map(str, told)])
        opened, made, refused, seconds = told[0], told[1], told[2], told[4]
        figure = f"views.publish refused in a storm of {changes:,} changes before {viewers} viewers, {engine.name}"
        yield Finding(figure, "0", str(refused), refused == 0)
        yield Finding(f"calls for it, {engine.name}", f"<= {2 * viewers}", str(made), made <= 2 * viewers)
        yield Finding(f"seconds until all see the newest, {engine.name}", "", f"{seconds}")
        assert opened >= viewers
    head = ("storm", "changes", "viewers", "calls to open", "calls after", "refused", "storm s", "all newest after s")
    yield figures.table(head, rows) + "\n"


async def _storm(database: Database, changes: int, viewers: int) -> tuple[int, int, int, float, float]:
    """Calls until everybody had opened Home, calls after that, calls refused; seconds of the storm, and from its end
    until each Home was the newest. Ends the bench if one never is."""
    names = [f"U0LOOKS{number:03}" for number in range(viewers)]
    async with serve(Settings(quiet=True)) as slack, Control(slack.url) as control:
        for name in names:
            slack.program.acts.add_user(name.lower(), {"id": name})
        await control.limit_rates()
        ready = slack.ready()
        desk = _desk(database, ready["api_url"], ready["bot_token"])
        ids = await _enrolled(desk, names)
        async with _publishing(desk, database):
            for name in names:
                desk.homes.opened(name)
            await _until_all_see(slack, names, dict.fromkeys(names, 0))
            opened, began = _calls(slack), perf_counter()
            earned = dict.fromkeys(names, 0)
            for number in range(changes):
                await _change(desk, ids[names[number % viewers]], number)
                earned[names[number % viewers]] += 1
            ended = perf_counter()
            await _until_all_see(slack, names, earned)
            refused = slack.program.web_api.rates.refused[homes.PUBLISH]
            return opened, _calls(slack) - opened, refused, round(ended - began, 1), round(perf_counter() - ended, 1)


async def _enrolled(desk: Desk, names: Sequence[str]) -> dict[str, str]:
    profiles = [Profile(slack_id=name, name=name) for name in names]
    await desk.database.write(lambda session: people.enrol(session, TEAM, profiles, now=desk.clock.now()))
    known = await desk.database.read(lambda session: people.by_slack(session, TEAM, names))
    return {name: member.id for name, member in known.items()}


@contextlib.asynccontextmanager
async def _publishing(desk: Desk, database: Database) -> AsyncIterator[None]:
    database.committed = desk.homes.changed
    running = asyncio.create_task(desk.homes.run(partial(home.drawn, desk)))
    try:
        yield
    finally:
        database.committed = lambda: None
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _change(desk: Desk, person_id: str, number: int) -> None:
    now = desk.clock.now()
    line = Line(f"kudos:{number:032x}:{person_id}", person_id, "kudos", 1, now.date(), now)
    await desk.database.write(lambda session: points.enter(session, TEAM, line))


def _calls(slack: Running) -> int:
    return slack.program.web_api.counts.get(homes.PUBLISH, 0)


async def _until_all_see(slack: Running, names: Sequence[str], earned: dict[str, int]) -> None:
    """Wait until each Home says how many points its person has."""
    async with asyncio.timeout(PATIENCE_S):
        while late := [name for name in names if not _sees(slack, name, earned[name])]:  # noqa: ASYNC110
            await asyncio.sleep(0.05 if len(late) < len(names) else 0.5)


def _sees(slack: Running, name: str, amount: int) -> bool:
    view = slack.workspace.views.home(name)
    unit = "point" if amount == 1 else "points"
    return view is not None and f"You have {amount:,} {unit}." in str(view["blocks"])

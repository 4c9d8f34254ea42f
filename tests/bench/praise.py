"""Praise under load: how soon it is acknowledged and how much is stored, beside a listener that does nothing."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import engines, figures, processes, stored
from tests.bench.engines import Engine
from tests.bench.findings import Finding
from tests.bench.processes import Running
from tests.bench.sending import Load, Rounds

CONNECTIONS = (1, 8, 16, 64)
PEER_A_SECOND = 531
"""What the best live peer stores at 8 connections (README)."""
_HEAD = ("stored by", "connections", "praises stored a second", "acknowledged p50 ms", "p99 ms", "CPU ms each")


def measure(folder: Path, on: Sequence[Engine], rounds: int, seconds: float) -> Iterator[str | Finding]:
    """The table: each engine, then the empty listener, at each number of connections."""
    rows: list[list[str]] = []
    for engine in on:
        found, said = _stored(folder, engine, rounds, seconds)
        rows += _rows(engine.name, found)
        yield from said
    with processes.empty_listener(folder) as empty:
        load = Load()
        load.warm(empty)
        rows += _rows("nothing: the empty listener", _went_through(load, empty, rounds, seconds / 2))
    yield figures.table(_HEAD, rows) + "\n"


def _stored(folder: Path, engine: Engine, rounds: int, seconds: float) -> tuple[dict[int, Rounds], list[str | Finding]]:
    """What came of an engine, and what is to be said of it."""
    with (
        engines.database(engine, folder, "praise") as (at, url),
        processes.slack() as slack,
        processes.bot(at, slack, url) as bot,
    ):
        after_start, load = bot.resident_mb, Load()
        load.warm(bot)
        found = _went_through(load, bot, rounds, seconds)
        after_load, there = bot.resident_mb, stored.counted(url)
    if there.praises != load.sent:
        raise SystemExit(f"{load.sent} praises were acknowledged, {there.praises} are stored and accepted")
    rate, cpu, aimed = found[8].rate, figures.ms(found[8].cpu_each_s), engine.name == "SQLite"
    aim, met = (f"> {PEER_A_SECOND}", rate > PEER_A_SECOND) if aimed else ("", None)
    return found, [
        f"{engine.name}: all {there.praises:,} acknowledged praises are in the database, accepted and with their "
        f"points. Meanwhile the bot posted {there.sent:,} messages at its own pace; {there.waiting:,} wait their turn. "
        f"It held {after_start:.0f} MB after start, {after_load:.0f} MB afterwards.\n",
        Finding(f"praises stored a second, 8 connections, {engine.name}", aim, f"{rate:,.0f}", met),
        Finding(f"CPU ms a praise, 8 connections, {engine.name}", "", cpu),
    ]


def _went_through(load: Load, target: Running, rounds: int, seconds: float) -> dict[int, Rounds]:
    """Each round goes through all numbers of connections."""
    found = {connections: Rounds() for connections in CONNECTIONS}
    for _ in range(rounds):
        for connections in CONNECTIONS:
            load.run(target, connections, seconds, found[connections])
    return found


def _rows(name: str, found: dict[int, Rounds]) -> list[list[str]]:
    return [[name, str(connections), *found[connections].cells()] for connections in CONNECTIONS]

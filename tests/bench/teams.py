"""Boards of teams, one's own past and the health of thanking over a large ledger: what the database takes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import text
from sqlmodel import Session

from bot.services import economy, leaderboards, past, people, teams
from storage.database import Database
from tests.bench import engines, figures, ledger, signed
from tests.bench.boards import company
from tests.bench.engines import Engine
from tests.bench.findings import Finding

TEAM_OF = 50
"""People in a team."""
MOST_MS = 100
_WARM = 3
Asked = Callable[[Session, str], object]


def measure(
    folder: Path, on: Sequence[Engine], entries: int, crowds: Sequence[int], times: int
) -> Iterator[str | Finding]:
    """Each question asked `times` times of so many entries, by people of companies of these sizes."""
    rows = []
    for engine in on:
        for persons in crowds:
            with engines.database(engine, folder, f"teams-{persons}") as (_, url):
                began = perf_counter()
                ledger.fill(url, entries=entries, persons=persons, today=datetime.now(UTC).date())
                database = Database(url)
                database.write_now(_gather)
                yield f"<!-- {engine.name}: {entries:,} entries of {persons:,} in {perf_counter() - began:.0f} s -->\n"
                for name, asked in _questions().items():
                    taken = _timed(database, asked, persons, times)
                    rows.append([engine.name, f"{persons:,}", name, *figures.halves(taken)])
                    if persons == min(crowds) and name.startswith("/leaderboard month points team"):
                        median = figures.percentile(taken, 0.5)
                        figure = (
                            f"the board of teams at {entries:,} entries of {persons:,} people, p50 ms, {engine.name}"
                        )
                        yield Finding(figure, f"< {MOST_MS}", figures.ms(median), median * 1000 < MOST_MS)
                database.close()
    yield figures.table((f"{entries:,} entries", "people", "asked", "p50 ms", "p99 ms"), rows) + "\n"


def _gather(session: Session) -> None:
    """Put everybody into a team, and let one in fifty lead it."""
    number = "CAST(SUBSTR(name, 8) AS INTEGER)"
    session.execute(text(f"UPDATE person SET team = 'Team ' || ({number} / {TEAM_OF})"))
    session.execute(text(f"UPDATE person SET appointed = 'lead' WHERE {number} % {TEAM_OF} = 0"))


def _questions() -> dict[str, Asked]:
    ours, now = company(), datetime.now(UTC)
    return {
        "/leaderboard month points team": lambda session, who: teams.standing(
            session, ours, who, "points", "month", now=now
        ),
        "/leaderboard all points team": lambda session, who: teams.standing(
            session, ours, who, "points", "all", now=now
        ),
        "/leaderboard month points mine": lambda session, who: teams.colleagues(
            session, ours, who, "points", "month", now=now
        ),
        "one's own past": lambda session, who: past.of(
            session, ours, people.actor(session, ours, who), "points", now=now
        ),
        "/leaderboard export": lambda session, who: leaderboards.everybody(
            session, ours, "", "points", "month", now=now
        ),
        "/golden-ear economy, and Home": lambda session, who: economy.health(session, ours, now=now),
        "/golden-ear economy of a lead": lambda session, who: economy.overview(session, ours, who, now=now),
    }


def _timed(database: Database, asked: Asked, persons: int, times: int) -> list[float]:
    taken = []
    for number in range(-_WARM, times):
        viewer = signed.user(number * TEAM_OF * 7 % persons)  # leads, of teams all over
        began = perf_counter()
        database.read_now(lambda session, viewer=viewer: asked(session, viewer))  # type: ignore[misc]
        if number >= 0:
            taken.append(perf_counter() - began)
    return taken

"""The fault matrix: every fault at every call of the Web API that the bot makes, and at both transports.

`python -m tests.faults.matrix` takes the bot as it is, with its own patience; `--brisk` shortens distances and
patience, as `make test` does. Each column is one hotel with a bot; its faults come one after the other.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import delivery, schedule
from bot.delivery import Delivery, answers, sender
from bot.jobs import people
from storage import twins
from tests.faults import columns, deliveries
from tests.faults.columns import Column
from tests.faults.trial import Trial, at_work, hearing
from tests.workspace.slack_shapes import judged

CALLS = (
    "429",
    "ratelimited",
    "500",
    "503",
    "reset_before",
    "reset_after",
    "timeout",
    "slow",
    "truncated",
    "wrong_type",
)
GONE = ("404", "410")
"""Faults that only a response_url has."""
AT_ONCE, BRISK_AT_ONCE = 12, 8
"""Hotels in one process: what is patient mostly waits."""


@dataclass(frozen=True)
class Cell:
    """One result; `wrong` is empty if all is as it must be, `line` is what the bot said of it."""

    fault: str
    column: str
    transport: str
    wrong: str
    line: str = ""


async def run(chosen: Sequence[tuple[Column, str, Sequence[str]]], folder: Path, *, brisk: bool) -> list[Cell]:
    """Try each column over its transport with its faults; gives the cells."""
    room = asyncio.Semaphore(BRISK_AT_ONCE if brisk else AT_ONCE)
    places = [folder / str(number) for number in range(len(chosen))]
    for place in places:
        place.mkdir()

    async def one(number: int, column: Column, transport: str, faults: Sequence[str]) -> list[Cell]:
        async with room:
            return await _column(column, transport, faults, places[number], brisk)

    with hearing(), endless_day():
        done = await asyncio.gather(*(one(number, *each) for number, each in enumerate(chosen)))
    return [cell for cells in done for cell in cells]


async def _column(column: Column, transport: str, faults: Sequence[str], folder: Path, brisk: bool) -> list[Cell]:
    cells = []
    try:
        async with at_work(f"{column.name} {transport}", folder, transport) as house:
            for fault in faults:
                cells.append(await _cell(Trial(house, fault, BRISK if brisk else {}), column, transport))
            strange = list(judged(await house.people.traffic(10_000)))
            cells += [Cell("keys", column.name, transport, "; ".join(strange[:3]))] if strange else []
    except Exception as error:
        cells.append(Cell("all", column.name, transport, f"{type(error).__name__}: {error}"))
    return cells


async def _cell(trial: Trial, column: Column, transport: str) -> Cell:
    wrong, line, begin = [], "", time.monotonic()
    try:
        await column.story(trial)
    except Exception as error:
        wrong.append(f"{type(error).__name__}: {str(error)[:300]}")
        await trial.people.clear_faults()
    wrong += trial.tracebacks()
    says = column.says or deliveries.says(trial.kind, column.name, transport)
    if says and trial.kind not in column.unfelt:
        line = await trial.line(says) or ""
        wrong += [] if line else [f"the log does not say {says!r}"]
    took = time.monotonic() - begin
    print(f"{column.name:31}{trial.kind:30}{transport:8}{took:6.1f} s {'!' * bool(wrong)}", file=sys.stderr, flush=True)
    return Cell(trial.kind, column.name, transport, "; ".join(wrong), line)


BRISK = {"slow": 3.5, "timeout": 20.0, "429": 0.5}


@contextmanager
def hurried() -> Iterator[None]:
    """Shorter distances between tries, and less patience with an answer that does not come."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Delivery.__init__.__kwdefaults__ or {}, "distances", (0.3, 0.5, 1.0))
        patch.setattr(sender, "CALL_S", 4.0)
        patch.setattr(answers, "TIMEOUT_S", 4.0)
        patch.setattr("bot.connection.ANSWER_S", 4.0)
        patch.setattr("bot.connection.STEADY_S", 0.5)
        patch.setattr("bot.jobs.applause.READ_S", 4.0)
        patch.setattr(people, "READ_S", 4.0)
        patch.setattr(people, "AGAIN_S", (0.3, 0.5))
        patch.setattr(twins, "SETTLED_S", 1.0)
        patch.setattr(delivery, "POLL_S", 0.2)
        patch.setattr(schedule, "REHEARSAL_S", 0.5)
        yield


@contextmanager
def endless_day() -> Iterator[None]:
    """All trials of a hotel are on one day, and each looks for messages of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.rules.nudges.AT_ONCE", 10_000)
        yield


def everything() -> list[tuple[Column, str, Sequence[str]]]:
    """Every column over each of its transports, with every fault."""
    above = [
        (column, transport, CALLS + GONE if column.name == "response_url" else CALLS)
        for column in columns.COLUMNS
        for transport in column.transports
    ]
    return above + [
        (column, transport, [kind for kind in deliveries.DELIVERIES if transport == "socket" or kind[:4] != "disc"])
        for column in deliveries.COLUMNS
        for transport in column.transports
    ]


def once() -> list[tuple[Column, str, Sequence[str]]]:
    """Every fault at every call once: the transports take turns, except where they are what is tried."""
    chosen: list[tuple[Column, str, Sequence[str]]] = []
    for column, transport, faults in everything():
        ending = [fault for fault in faults if fault in deliveries.DISCONNECTS]
        rest = [fault for fault in faults if fault not in ending]
        if len(column.transports) == 2:
            rest = rest[column.transports.index(transport) :: 2]
        chosen.append((column, transport, [*rest, *ending]))
    return chosen


def table(cells: Sequence[Cell]) -> str:
    """Faults down, calls across by number, with a key; a cell says how many of its transports were well."""
    names = list(dict.fromkeys(cell.column for cell in cells))
    lines = [f"{number:3}  {name}" for number, name in enumerate(names, 1)]
    lines += ["", " " * 31 + "".join(f"{number:>4}" for number in range(1, len(names) + 1))]
    for fault in dict.fromkeys(cell.fault for cell in cells):
        row = ""
        for name in names:
            here = [cell for cell in cells if (cell.fault, cell.column) == (fault, name)]
            well = "".join(sorted({cell.transport[0] for cell in here if not cell.wrong}))
            bad = "!" * any(cell.wrong for cell in here)
            row += f"{bad + well if here else '·':>4}"
        lines.append(f"{fault:31}{row}")
    return "\n".join([*lines, "", "h: well over HTTP, s: well over Socket Mode, !: not well, ·: cannot happen"])


def main() -> None:
    """Run the whole matrix, print it, and end with status 1 if a cell is not well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brisk", action="store_true", help="shorter distances and patience")
    parser.add_argument("--only", default="", help="only columns whose name holds this")
    parser.add_argument("--lines", action="store_true", help="also print what the bot said, cell by cell")
    given = parser.parse_args()
    begin = time.monotonic()
    chosen = [each for each in everything() if given.only in each[0].name]
    with tempfile.TemporaryDirectory() as folder, hurried() if given.brisk else tempfile.TemporaryDirectory():
        cells = asyncio.run(run(chosen, Path(folder), brisk=given.brisk))
    print(table(cells))
    bad = [cell for cell in cells if cell.wrong]
    for cell in cells if given.lines else bad:
        print(f"{cell.column} | {cell.fault} | {cell.transport}: {cell.wrong or cell.line}")
    print(f"{len(cells)} cells, {len(bad)} not well, {time.monotonic() - begin:.0f} s")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()

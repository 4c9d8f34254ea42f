"""golden-ear export leaderboard: what people earned, as a file for a spreadsheet."""

import os
from pathlib import Path
from typing import Annotated, get_args

import typer

from bot.commands import FAILED, WRONG, end
from bot.rules.periods import PERIODS
from bot.rules.points import Board

export = typer.Typer(help="Write what the database holds to a file.", no_args_is_help=True)
BOARDS = get_args(Board)


@export.callback()
def _write() -> None:
    """Keeps `leaderboard` a command of its own although it is the only one."""


@export.command()
def leaderboard(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.csv", help="The new file. It is never overwritten.")],
    period: Annotated[str, typer.Option(help=f"The current one of: {', '.join(PERIODS)}.")] = "month",
    board: Annotated[str, typer.Option(help=f"One of: {', '.join(BOARDS)}.")] = "points",
) -> None:
    """Write everybody on a board to FILE: CSV in UTF-8, readable for its owner alone. It names people."""
    from bot.commands.company import at_work
    from bot.services import leaderboards
    from bot.views import lists

    if period not in PERIODS or board not in BOARDS:
        end(WRONG, f"choose a period from {', '.join(PERIODS)} and a board from {', '.join(BOARDS)}.")
    with at_work() as work:
        listed = work.database.read_now(
            lambda session: leaderboards.everybody(session, work.company, "", board, period, now=work.clock.now())  # type: ignore[arg-type]
        )
    try:
        _write_new(out, lists.leaderboard(listed, "en").content)
    except FileExistsError:
        end(FAILED, f"{out} is there already and is not overwritten. Give another name.")
    except OSError as error:
        end(FAILED, f"nothing was written: {error.strerror or error}")
    typer.echo(f"{out} holds {len(listed.holdings)} people: {board}, the {period} from {listed.starts_on} on.")


def _write_new(path: Path, content: bytes) -> None:
    """Raises FileExistsError, OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)

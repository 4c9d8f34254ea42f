"""golden-ear export leaderboard: what people earned, as a file for a spreadsheet."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from bot.commands import FAILED, WRONG, end
from bot.rules.periods import PERIODS
from bot.rules.points import Board

if TYPE_CHECKING:
    from sqlmodel import Session

    from bot.services.leaderboards import List

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
    from storage import audit

    if period not in PERIODS or board not in BOARDS:
        end(WRONG, f"choose a period from {', '.join(PERIODS)} and a board from {', '.join(BOARDS)}.")
    if out.exists():
        end(FAILED, f"{out} is there already and is not overwritten. Give another name.")
    with at_work() as work:

        def story(session: "Session") -> "List":
            now, here = work.clock.now(), work.company.workspace_id
            audit.note(session, here, by="", act="exported", after=f"{period} {board}", now=now)
            return leaderboards.everybody(session, work.company, "", board, period, now=now)  # type: ignore[arg-type]

        listed = work.database.write_now(story)
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

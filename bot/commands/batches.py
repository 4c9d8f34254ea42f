"""A CSV file taken into the database batch by batch: each is one transaction, so a kill costs one at most."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import Session

from bot.commands import FAILED, WRONG, cause, database_url, emptied, end, setting
from bot.commands.progress import Progress
from bot.commands.rows import Refused, Row, Table, WrongHeader, is_marked, opened, refused_path

if TYPE_CHECKING:
    from bot.rules.company import Company
    from storage.database import Database

T = TypeVar("T")

BATCH = 250
"""Rows in one transaction: a bot that runs meanwhile waits for it, and its own acknowledgements are due in 3 s."""
BREATH = 0.25
"""Between two batches as much of the time that the first one took is left to the bot."""
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Outcome:
    """What became of a row: one word for the summary, or why it was refused; `subject` is whom it is about."""

    became: str = "refused"
    reason: str = ""
    awarded: int = 0
    subject: str = ""


Story = Callable[[Session, "Company", Sequence[Mapping[str, str]]], list[Outcome]]


def take(
    file: Path,
    columns: Sequence[str],
    story: Story,
    words: Sequence[str],
    *,
    committed: Callable[[list[str]], object] = list,
) -> None:
    """Run the story over the rows of a file, batch by batch; print what became of them (`words` in their order).

    `committed` is given the subjects of each batch that is safe. Ends the command: status 1 if rows were refused, 2 if
    the file has not these columns.
    """
    database = database_at_hand()
    try:
        with opened(file) as text:
            table = Table(text, columns)
            refused = Refused(refused_path(file), table, mark=is_marked(file))
            company = company_in(database)
            with Progress(file.stat().st_size, lambda: os.lseek(text.fileno(), 0, os.SEEK_CUR)) as progress:
                for outcomes in _batches(database, company, table, story, refused):
                    committed([one.subject for one in outcomes if one.subject])
                    progress.add(Counter(one.became for one in outcomes), sum(one.awarded for one in outcomes))
            refused.close()
    except WrongHeader as error:
        end(WRONG, f"{file} was not imported: {error}")
    except OSError as error:
        end(FAILED, f"the import ended: {error}. What was imported stays; run it again.")
    except SQLAlchemyError as error:
        end(FAILED, f"the import ended, the database fails: {cause(error)}. What was imported stays; run it again.")
    finally:
        database.close()
    typer.echo(progress.summary(words))
    if refused.kept:
        typer.echo(f"The refused rows of an import before this one are kept in {refused.kept}.")
    if refused.count:
        end(FAILED, f"The refused rows are in {refused.path}, each with its line and the reason: mend and import that.")


def _batches(
    database: "Database", company: "Company", table: Table, story: Story, refused: Refused
) -> Iterator[list[Outcome]]:
    rows = iter(table)
    while batch := list(islice(rows, BATCH)):
        began = time.monotonic()
        fine = [table.named(row) for row in batch if not row.reason]
        brought = iter(_patiently(lambda: database.write_now(lambda session: story(session, company, fine))))  # noqa: B023
        outcomes = [Outcome(reason=row.reason) if row.reason else next(brought) for row in batch]
        _refuse(refused, batch, outcomes)
        yield outcomes
        time.sleep((time.monotonic() - began) * BREATH)


def _refuse(refused: Refused, rows: Sequence[Row], outcomes: Sequence[Outcome]) -> None:
    for row, one in zip(rows, outcomes, strict=True):
        if one.reason:
            refused.add(row, one.reason)


def _patiently(act: Callable[[], T]) -> T:
    """Try again while somebody else holds the database."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return act()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def database_at_hand() -> "Database":
    """The database of DATABASE_URL with the newest schema; ends the command if there is none."""
    from storage.database import open_database

    url = database_url()
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:") and not path.is_file():
        end(FAILED, f"there is no database at {path}: start the bot once (golden-ear run), to learn who is who")
    try:
        return open_database(url)
    except SQLAlchemyError as error:
        end(FAILED, f"the database cannot be opened: {cause(error)}")


def company_in(database: "Database") -> "Company":
    """The one workspace in the database, as its settings stand: what was changed in Slack over the environment; ends
    the command if nobody is known yet."""
    from bot.services import settings
    from storage import people

    found = database.read_now(people.workspaces)
    if not found:
        end(FAILED, "nobody is known yet: start the bot once (golden-ear run), so that it learns from Slack who is who")
    if len(found) > 1:
        end(FAILED, "the database is of several workspaces, and nothing says which one is meant")
    defaults = _by_environment(found[0])
    return database.read_now(lambda session: settings.stands(session, defaults))


def _by_environment(workspace_id: str) -> "Company":
    """The company without Slack's changes, and with no channel if none is named; ends the command at a wrong text."""
    from bot.config import Settings
    from bot.rules.company import Company
    from bot.rules.quiet import QuietHours
    from bot.services import standing

    hours = None if emptied("QUIET_HOURS") else Settings.quiet_hours
    unsaid = Company(workspace_id, "", Settings.timezone, quiet=QuietHours(*hours) if hours else None)
    parts = standing.PARTS.items()
    given = {part.field: setting(name, part.read, getattr(unsaid, part.field)) for name, part in parts}
    return replace(unsaid, **given)

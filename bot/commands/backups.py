"""golden-ear backup, restore: a copy of the database while the bot runs, and the way back."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.commands import FAILED, WRONG, cause, database_url, end


def backup(file: Annotated[Path, typer.Argument(help="The new file. It is never overwritten.")]) -> None:
    """Copy the database to FILE, whole and checked, while the bot runs."""
    from storage import backup as copies
    from storage import condition

    database = _file()
    try:
        made = copies.back_up(database, file)
    except FileNotFoundError as error:
        end(FAILED, f"there is no database at {database}" if not database.exists() else _trouble(error))
    except FileExistsError:
        end(FAILED, f"{file} is there already and is not overwritten. Give another name, such as one with the date.")
    except copies.Unfit as error:
        end(FAILED, f"no backup was made, the database {error}. `golden-ear db check` says more.")
    except OSError as error:
        end(FAILED, f"no backup was made: {_trouble(error)}")
    condition.copied(database)
    typer.echo(f"{file} holds the database, checked: {_size(made.size)} in {made.seconds:.1f} s.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `golden-ear backup` made.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a database; it is kept beside the new one.")] = False,
) -> None:
    """Put a backup in the place of the database, checked and with the newest schema. Stop the bot first."""
    from storage import backup as copies

    database = _file(f"restore {file}")
    try:
        done = copies.restore(file, database, replace=force)
    except FileNotFoundError as error:
        end(FAILED, f"there is no file {file}" if not file.exists() else _trouble(error))
    except FileExistsError:
        end(FAILED, f"there is a database at {database}. Say --force to replace it; it is kept under another name.")
    except copies.InUse:
        end(
            FAILED, f"the database at {database} is in use. Stop the bot and whatever else has it open, then try again."
        )
    except copies.Unfit as error:
        end(FAILED, f"nothing was restored, {file} {error}.")
    except OSError as error:
        end(FAILED, f"nothing was restored: {_trouble(error)}")
    except SQLAlchemyError as error:
        end(FAILED, f"nothing was restored, the backup cannot be upgraded: {cause(error)}")
    if done.kept:
        typer.echo(
            f"The replaced database is kept as {done.kept}. Delete it when you are sure: it holds people's words."
        )
    typer.echo(f"{database} is as it was when {file} was made (its schema was {done.revision}). Start the bot.")


def _file(what: str = "backup") -> Path:
    """The SQLite file of DATABASE_URL; ends with advice if the database is elsewhere."""
    url = database_url()
    if not url.startswith("sqlite:///"):
        end(WRONG, _elsewhere(url, what))
    return Path(url.removeprefix("sqlite:///"))


def _elsewhere(url: str, what: str) -> str:
    """How PostgreSQL is backed up and restored, with everything of the address but the password."""
    place = make_url(url)
    asked = {name: value for name, value in place.query.items() if isinstance(value, str)}  # a socket is named there
    parts = {
        "host": place.host or asked.get("host"),
        "port": place.port or asked.get("port"),
        "username": place.username or asked.get("user"),
    }
    options = "".join(f" --{name}={value}" for name, value in parts.items() if value)
    name = place.database or "golden_ear"
    return (
        f"golden-ear {what.split()[0]} is for SQLite; DATABASE_URL is PostgreSQL, which has tools of its own "
        "(they ask for the password, or read it from ~/.pgpass):\n"
        f"  pg_dump{options} --format=custom --no-owner --file=FILE {name}\n"
        f"  pg_restore{options} --clean --if-exists --no-owner --single-transaction --dbname={name} FILE\n"
        "After pg_restore, with the bot stopped: golden-ear db upgrade, then golden-ear db check."
    )


def _trouble(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"

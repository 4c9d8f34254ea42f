"""The command line: golden-ear run, try, db upgrade, db check.

Exit status: 0 done, 1 failed, 2 wrong settings, wrong arguments or a refused token.
"""

import os
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot import __version__

OK, FAILED, WRONG = 0, 1, 2

app = typer.Typer(
    name="golden-ear",
    help="Golden Ear brings a customer's own words to the employee who earned them, at once and every morning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(db, name="db")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"golden-ear {__version__}")
        raise typer.Exit


@app.callback()
def golden_ear(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Takes the options that stand before a command."""


@app.command()
def run() -> None:
    """Run the bot against Slack until it is told to end (SIGTERM, Ctrl-C)."""
    import uvloop

    from bot import config, connection, logs, running

    try:
        settings = config.load(os.environ)
    except config.SettingsError as error:
        _end(WRONG, str(error))
    logs.set_up(settings.log_level)
    for name in [name for name in os.environ if name.startswith("SLACK_")]:
        del os.environ[name]  # Bolt reads them too, and no child process needs them
    try:
        uvloop.run(running.run(settings))
    except connection.TokenRefused as error:
        _end(WRONG, str(error))
    except OSError as error:
        _end(FAILED, f"golden-ear cannot run: {error.strerror or error}")
    except SQLAlchemyError as error:
        _end(FAILED, f"golden-ear cannot run, its database fails: {_cause(error)}")


@app.command("try")
def try_(
    once: Annotated[bool, typer.Option("--once", help="End after the story; status 0 if all arrived.")] = False,
    story: Annotated[str, typer.Option(help="Which story is played.")] = "morning",
    http: Annotated[bool, typer.Option("--http/--socket", help="How the bot is reached.")] = False,
) -> None:
    """Play a day and a morning with invented staff, without a Slack account; stays up until Ctrl-C."""
    from bot.workspace import rehearsal
    from bot.workspace.stories import STORIES

    if story not in STORIES:
        _end(WRONG, f"there is no story {story!r}. Choose from: {', '.join(STORIES)}")
    bot = Path(__file__).parent
    plan = rehearsal.Plan(
        command=(sys.executable, "-m", "bot", "run"),
        environment=_without_settings(bot.parent),
        manifest=bot / "manifest.json",
        samples=bot / "content" / "praise.toml",
        story=story,
        http=http,
        once=once,
    )
    raise typer.Exit(rehearsal.rehearse(plan))


def _without_settings(home: Path) -> dict[str, str]:
    """The environment for a rehearsal: none of the owner's settings, and this code where Python looks first."""
    from bot.config import Settings

    settings = {field.name.upper() for field in fields(Settings)}
    path = os.pathsep.join(filter(None, (str(home), os.environ.get("PYTHONPATH"))))
    return {name: text for name, text in os.environ.items() if name.upper() not in settings} | {"PYTHONPATH": path}


@db.command()
def upgrade() -> None:
    """Bring the database of DATABASE_URL to the newest schema (`run` does this by itself)."""
    from storage import migrations

    try:
        migrations.upgrade(_database_url())
    except SQLAlchemyError as error:
        _end(FAILED, f"the database cannot be upgraded: {_cause(error)}")
    typer.echo("The database has the newest schema.")


@db.command()
def check() -> None:
    """Check that the database is whole: totals and balances are the sum of the entries, nothing is stuck."""
    from storage import integrity, outbox
    from storage.database import Database

    url = _database_url()
    path = Path(url.removeprefix("sqlite:///"))
    if not path.is_file():
        _end(FAILED, f"there is no database at {path}")
    database = Database(url)
    try:
        found = database.read_now(lambda session: list(integrity.problems(session, real_now=time.time())))
        for letter in database.read_now(outbox.dead_letters):
            typer.echo(f"Given up, Slack said {letter.error}: {letter.key} to {letter.channel}, due {letter.due_at}")
    except SQLAlchemyError as error:
        found = [f"the database cannot be read: {_cause(error)}"]
    finally:
        database.close()
    for problem in found:
        typer.echo(problem, err=True)
    if found:
        raise typer.Exit(FAILED)
    typer.echo("All is well: the file is whole, totals and balances equal their entries, nothing is stuck.")


def _database_url() -> str:
    """DATABASE_URL from the environment or `.env`: all that a look at the database needs."""
    from dotenv import dotenv_values

    from bot import parsing
    from bot.config import Settings

    text = os.environ.get("DATABASE_URL") or dotenv_values(".env").get("DATABASE_URL") or Settings.database_url
    try:
        return parsing.database_url(text)
    except parsing.Wrong as error:
        _end(WRONG, f"DATABASE_URL {error.wrong}. Write instead: {error.instead}.")


def _cause(error: SQLAlchemyError) -> str:
    """What the database itself said, without the statement."""
    return str(getattr(error, "orig", None) or type(error).__name__)


def _end(status: int, words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(status)


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()

"""The command line: golden-ear run, try, doctor, and what `bot.commands` has.

Exit status: 0 done, 1 failed, 2 wrong settings, wrong arguments or a refused token.
"""

import logging
import os
import sys
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot import __version__
from bot.commands import FAILED, WRONG, cause, end
from bot.commands.backups import backup, restore
from bot.commands.dates import dates
from bot.commands.db import db
from bot.commands.doctor import doctor
from bot.commands.erasing import erase
from bot.commands.exporting import export
from bot.commands.importing import import_
from bot.commands.own_data import my_data
from bot.commands.people import people
from bot.commands.pulse import pulse
from bot.commands.rituals import ritual
from bot.commands.settings import settings as settings_

log = logging.getLogger("bot")

app = typer.Typer(
    name="golden-ear",
    help="Golden Ear brings a customer's own words to the employee who earned them, at once and every morning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(db, name="db")
app.add_typer(import_, name="import")
app.add_typer(people, name="people")
app.add_typer(ritual, name="ritual")
app.add_typer(dates, name="dates")
app.add_typer(pulse, name="pulse")
app.add_typer(settings_, name="settings")
app.add_typer(erase, name="erase")
app.add_typer(export, name="export")
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command()(my_data)


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
    from bot.environment import SettingsError

    try:
        settings = config.load(os.environ)
    except SettingsError as error:
        end(WRONG, str(error))
    logs.set_up(settings.log_level, secrets=settings.secrets)
    for line in config.unknown():
        log.warning("%s", line)
    for name in [name for name in os.environ if name.startswith(("SLACK_", "INTAKE_"))]:
        del os.environ[name]  # Bolt reads them too, and no child process needs them
    try:
        uvloop.run(running.run(settings))
    except connection.TokenRefused as error:
        end(WRONG, str(error))
    except OSError as error:
        end(FAILED, f"golden-ear cannot run: {error.strerror or error}")
    except SQLAlchemyError as error:
        end(FAILED, f"golden-ear cannot run, its database fails: {cause(error)}")


@app.command("try")
def try_(
    once: Annotated[bool, typer.Option("--once", help="Play a story here, then end; status 0 if all arrived.")] = False,
    story: Annotated[str, typer.Option(help="Play this story: in the page, or with --once here.")] = "",
    http: Annotated[bool, typer.Option("--http/--socket", help="How the bot is reached.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the page; 0: 8765 if it is free.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")] = True,
    keep: Annotated[Path | None, typer.Option(help="Keep what happens in this file, and go on from it.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Print what the bot says here as well.")] = False,
    lang: Annotated[str, typer.Option(help="Of what --once prints: en, zh-Hant, zh-Hans; else as LANG has it.")] = "",
) -> None:
    """Try everything in the browser, with invented staff and no Slack account; up until Ctrl-C."""
    from bot.workspace import rehearsal
    from bot.workspace.page.words import LANGUAGES, of_terminal
    from bot.workspace.stories import STORIES

    if story and story not in STORIES:
        end(WRONG, f"there is no story {story!r}. Choose from: {', '.join(STORIES)}")
    if keep and once:
        end(WRONG, "--keep keeps what is done in the page, and --once opens none")
    if lang and (not once or lang not in LANGUAGES):
        end(WRONG, f"--lang is for --once, and one of {', '.join(LANGUAGES)}; the page has its own choice")
    bot = Path(__file__).parent
    plan = rehearsal.Plan(
        command=(sys.executable, "-m", "bot", "run"),
        environment=_without_settings(bot.parent),
        manifest=bot / "manifest.json",
        samples=bot / "content" / "praise.toml",
        story=story,
        http=http,
        once=once,
        port=port,
        browser=browser and sys.stdout.isatty(),
        watch=watch,
        keep=keep.absolute() if keep else None,
        language=(lang or of_terminal(os.environ)) if once else "en",
    )
    raise typer.Exit(rehearsal.rehearse(plan))


def _without_settings(home: Path) -> dict[str, str]:
    """The environment for a rehearsal: none of the owner's settings, and this code where Python looks first."""
    from bot.config import Settings

    settings = {field.name.upper() for field in fields(Settings)}
    path = os.pathsep.join(filter(None, (str(home), os.environ.get("PYTHONPATH"))))
    return {name: text for name, text in os.environ.items() if name.upper() not in settings} | {"PYTHONPATH": path}


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()

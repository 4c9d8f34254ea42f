"""golden-ear settings list, reset: what stands, where it comes from, and the way back to the environment.

So a mistake that was made in Slack can be mended without Slack. A bot that runs notices within seconds.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import WRONG, end

if TYPE_CHECKING:
    from bot.rules.company import Company
    from storage.settings import Kept

settings = typer.Typer(help="See what stands, and undo what was changed in Slack.", no_args_is_help=True)


@settings.command("list")
def list_() -> None:
    """Show every setting that can be changed in Slack: what stands, and where it comes from."""
    from bot.commands.company import at_work
    from bot.services import standing
    from storage import people
    from storage import settings as storage

    with at_work() as work:
        kept = work.database.read_now(lambda session: storage.every(session, work.company.workspace_id))
        setters = {one.set_by for one in kept.values()}
        known = work.database.read_now(lambda session: people.by_id(session, setters))
    names = {person_id: member.name for person_id, member in known.items()}
    defaults = _by_environment()
    for name in standing.PARTS:
        if name in kept:
            beside = standing.text(defaults, name) if standing.PARTS[name].beside else ""
            _tell_changed(name, kept[name], names, f"; beside {beside} from {_source(name)}" if beside else "")
        else:
            _tell(name, standing.text(defaults, name), _source(name))
    for name in sorted(kept.keys() - standing.PARTS.keys()):
        _tell(name, kept[name].value, "the database; this version has no such setting and ignores it")


@settings.command()
def reset(name: Annotated[str, typer.Argument(help="Such as PRAISE_CHANNEL.")]) -> None:
    """Let a setting be again as the environment or .env has it."""
    from bot.commands.company import at_work
    from bot.services import settings as service

    name = name.upper()
    with at_work() as work:
        stood = work.database.write_now(
            lambda session: service.reset(session, work.company, name, now=work.clock.now())
        )
    typer.echo(f"{name} is {stood!r} no more, but as the environment has it. A bot that runs notices within 15 s.")


def _by_environment() -> "Company":
    """The company without Slack's changes; ends the command if the environment is wrong."""
    from bot import config
    from bot.environment import SettingsError
    from bot.running import company_of

    unsaid = {"SLACK_BOT_TOKEN": "xoxb-unsaid", "SLACK_SIGNING_SECRET": "unsaid"}  # nothing is asked of Slack here
    try:
        return company_of(config.load({**unsaid, **os.environ}), "")
    except SettingsError as error:
        end(WRONG, str(error))


def _source(name: str) -> str:
    """Where a setting stands that nobody changed in Slack."""
    from dotenv import dotenv_values

    if os.environ.get(name):
        return "the environment"
    return ".env" if dotenv_values(".env").get(name) else "the default"


def _tell_changed(name: str, kept: "Kept", names: Mapping[str, str], more: str) -> None:
    from bot import parsing
    from bot.services import standing

    wrong = ""
    try:
        standing.read(name, kept.value)
    except parsing.Wrong as error:
        wrong = f"; it {error.wrong}, so that of the environment stands"
    by = names.get(kept.set_by, "somebody")
    _tell(name, kept.value, f"Slack, by {by} on {kept.set_at:%Y-%m-%d %H:%M} UTC{more}{wrong}")


def _tell(name: str, text: str, source: str) -> None:
    typer.echo(f"{name}={text}  (from {source})")

"""golden-ear pulse …: the micro pulse, looked at and looked after."""

import typer

from bot.commands.proving import prove

pulse = typer.Typer(help="Look after the micro pulse.", no_args_is_help=True)
pulse.command()(prove)


@pulse.callback()
def noun() -> None:
    """Look after the micro pulse."""

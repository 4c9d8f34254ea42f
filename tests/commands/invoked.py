"""The command line in this process: quick, where it need not be a program of its own."""

import asyncio

from typer.testing import CliRunner

from bot.__main__ import app


def invoked(*arguments: str, **environ: str) -> tuple[int, str]:
    """The exit status of `golden-ear …` with these settings, and all that it said."""
    done = CliRunner().invoke(app, list(arguments), env=environ)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


async def invoke(*arguments: str, **environ: str) -> tuple[int, str]:
    """The same beside an event loop."""
    return await asyncio.to_thread(invoked, *arguments, **environ)

"""Commands of the command line, one module a noun; here is what they share.

Exit status: 0 done, 1 failed, 2 wrong settings, wrong arguments or a refused token. Messages are for operators, in
English.
"""

import os
from collections.abc import Callable
from typing import NoReturn, TypeVar

import typer
from sqlalchemy.exc import SQLAlchemyError

T = TypeVar("T")

OK, FAILED, WRONG = 0, 1, 2


def end(status: int, words: str) -> NoReturn:
    """End the command with this exit status, and say why."""
    typer.echo(words, err=True)
    raise typer.Exit(status)


def database_url() -> str:
    """DATABASE_URL from the environment or `.env`: all that a look at the database needs."""
    from bot import parsing
    from bot.config import Settings

    return setting("DATABASE_URL", parsing.database_url, Settings.database_url)


def setting(name: str, parse: Callable[[str], T], default: T) -> T:
    """One setting from the environment or `.env`, for commands that need no more of them."""
    from dotenv import dotenv_values

    from bot import parsing

    text = os.environ.get(name) or dotenv_values(".env").get(name) or ""
    try:
        return parse(text.strip()) if text.strip() else default
    except parsing.Wrong as error:
        end(WRONG, f"{name} {error.wrong}. Write instead: {error.instead}.")


def emptied(name: str) -> bool:
    """Whether a setting is there with nothing after the equals sign."""
    from dotenv import dotenv_values

    text = os.environ.get(name, dotenv_values(".env").get(name))
    return text is not None and not text.strip()


def cause(error: SQLAlchemyError) -> str:
    """What the database itself said, without the statement."""
    return str(getattr(error, "orig", None) or type(error).__name__)

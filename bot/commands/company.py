"""What a command about the company works with: its database beside a bot that may be running, and the bot's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot import parsing
from bot.clock import Clock
from bot.commands import FAILED, WRONG, cause, end, setting
from bot.commands.batches import company_in, database_at_hand
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from storage.database import Database


@dataclass(frozen=True)
class Work:
    """The company, and where it keeps everything."""

    company: Company
    database: Database
    clock: Clock


@contextmanager
def at_work() -> Iterator[Work]:
    """Open the database of the settings.

    Ends the command if no bot ever worked with it, it fails, or what is asked is refused.
    """
    from bot.views import refusals

    clock = Clock(setting("CLOCK_FILE", parsing.path, None))
    database = database_at_hand()
    try:
        yield Work(company_in(database), database, clock)
    except Refusal as refusal:
        end(WRONG, refusals.words(refusal, "en"))
    except SQLAlchemyError as error:
        end(FAILED, f"the database fails: {cause(error)}")
    finally:
        database.close()

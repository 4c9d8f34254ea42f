"""golden-ear people join: somebody without a Slack account has one now."""

from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.commands import FAILED, cause, end
from bot.commands.batches import company_in, database_at_hand

people = typer.Typer(help="Look after the list of people.", no_args_is_help=True)


@people.callback()
def _look_after() -> None:
    """Keeps `join` a command of its own although it is the only one."""


@people.command()
def join(
    name: Annotated[str, typer.Argument(help="The name or e-mail address on the list of people.")],
    slack_id: Annotated[str, typer.Argument(help="Their Slack member id, such as U0123ABCDEF.")],
) -> None:
    """Give the praise and points of somebody without a Slack account to the account that they have now."""
    from bot import views
    from bot.clock import Clock
    from bot.services import people_list

    database = database_at_hand()
    try:
        company, now = company_in(database), Clock().now()
        done = database.write_now(lambda session: people_list.join(session, company, name, slack_id, now=now))
    except people_list.Unclear as unclear:
        end(FAILED, f"nothing was changed: {views.people_list.sentence(unclear)}")
    except SQLAlchemyError as error:
        end(FAILED, f"nothing was changed, the database fails: {cause(error)}")
    finally:
        database.close()
    if done is None:
        typer.echo("This was done before; nothing was changed.")
    else:
        typer.echo(f"{done.listed.name} is {done.member.name} ({slack_id}) now: praise and points are theirs.")
        if done.left:
            typer.echo(
                f"{done.left} of it stays with the name {done.listed.name} alone: {done.member.name} recorded it, and "
                "praise that somebody recorded of themselves needs a lead."
            )

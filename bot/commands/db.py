"""golden-ear db upgrade, db check: look after the database."""

import time

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.commands import FAILED, cause, database_url, end

db = typer.Typer(help="Look after the database.", no_args_is_help=True)


@db.command()
def upgrade() -> None:
    """Bring the database of DATABASE_URL to the newest schema (`run` does this by itself)."""
    from storage import migrations

    try:
        migrations.upgrade(database_url())
    except SQLAlchemyError as error:
        end(FAILED, f"the database cannot be upgraded: {cause(error)}")
    typer.echo("The database has the newest schema.")


@db.command()
def check() -> None:
    """Check that the database is whole: totals and balances are the sum of the entries, nothing is stuck."""
    from storage import integrity, migrations, stopped
    from storage.database import Database

    url = database_url()
    try:
        revision = migrations.standing(url)
    except SQLAlchemyError as error:
        end(FAILED, f"the database cannot be read: {cause(error)}")
    if revision != migrations.revisions()[-1]:
        older = f"has the older schema {revision}" if revision else "is no database of Golden Ear yet"
        end(FAILED, f"{migrations.name(url)} {older}; golden-ear db upgrade makes it the newest")
    database = Database(url)
    try:
        found = database.read_now(lambda session: list(integrity.problems(session, real_now=time.time())))
        for letter in database.read_now(stopped.dead_letters):
            typer.echo(f"Given up, Slack said {letter.error}: {letter.key} to {letter.channel}, due {letter.due_at}")
    except SQLAlchemyError as error:
        found = [f"the database cannot be read: {cause(error)}"]
    finally:
        database.close()
    for problem in found:
        typer.echo(problem, err=True)
    if found:
        raise typer.Exit(FAILED)
    typer.echo("All is well: the database is whole, totals and balances equal their entries, nothing is stuck.")

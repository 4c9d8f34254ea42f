"""golden-ear dates list, free, working, ordinary: single dates that are no days like others, for all rituals."""

from typing import Annotated

import typer

from bot.commands import WRONG, end
from bot.rules import days

dates = typer.Typer(help="Set single dates free or working, for all rituals.", no_args_is_help=True)

Date = Annotated[str, typer.Argument(metavar="DATE", help="Year, month and day, such as 2026-12-24.")]


@dates.command("list")
def list_() -> None:
    """Show the dates that were set, and the coming holidays and swap days."""
    from bot.commands.company import at_work
    from bot.services import special_days

    with at_work() as work:
        coming = work.database.read_now(
            lambda session: special_days.coming(session, work.company, "en", now=work.clock.now())
        )
    for one in coming.singles:
        what = "working" if one.works else "free"
        typer.echo(f"{one.day:%a %Y-%m-%d}  {what}, set by {one.set_by or 'the command line'} on {one.set_at:%Y-%m-%d}")
    for code, marked in coming.calendars.items():
        for day, name in sorted(marked.items()):
            typer.echo(f"{day:%a %Y-%m-%d}  {code}: {name or 'a working day, in exchange for a day off'}")
    if not coming.singles and not any(coming.calendars.values()):
        typer.echo(f"No single date is set, and no calendar marks a day up to {coming.until}.")


@dates.command()
def free(day: Date) -> None:
    """Nobody works on DATE, whatever weekdays and calendar say: no ritual opens it."""
    _mark(day, works=False)


@dates.command()
def working(day: Date) -> None:
    """DATE is a working day, whatever weekdays and calendar say: every ritual opens it."""
    _mark(day, works=True)


@dates.command()
def ordinary(day: Date) -> None:
    """Take back what was set for DATE: weekdays and calendar decide."""
    _mark(day, works=None)


def _mark(text: str, *, works: bool | None) -> None:
    from bot.commands.company import at_work
    from bot.services import special_days

    day = days.read(text.strip())
    if day is None:
        end(WRONG, "that is not a date. Write instead: year, month and day, such as 2026-12-24.")
    with at_work() as work:
        marked = work.database.write_now(
            lambda session: special_days.mark(session, work.company, day, works=works, by=None, now=work.clock.now())
        )
    opens = ", ".join(one.name for one in marked.opens)
    typer.echo(f"{day:%a %Y-%m-%d}: {f'these rituals open: {opens}' if opens else 'no ritual opens'}.")
    if marked.settled:
        names = ", ".join(one.name for one in marked.settled)
        typer.echo(f"Settled before for that date, and left as it is: {names}.", err=True)

"""golden-ear ritual list, set, remove: more mornings than that of the settings, for shifts and sites.

The bot reads the rituals at each tick, so all of this works while it runs.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands import WRONG, end

if TYPE_CHECKING:
    from bot.services.timetable import Kept

T = TypeVar("T")

ritual = typer.Typer(help="Keep more morning rituals than that of the settings.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A word of your choice, such as night or kyoto.")]


@ritual.command("list")
def list_() -> None:
    """Show every ritual and its next morning."""
    from bot.commands.company import at_work
    from bot.services import timetable
    from storage import rituals as storage

    with at_work() as work:
        kept = work.database.read_now(
            lambda session: [
                timetable.told(session, work.company, one, now=work.clock.now())
                for one in storage.every(session, work.company.workspace_id)
            ]
        )
    for one in kept:
        _tell(one)


@ritual.command("set")
def set_(
    name: Name,
    channel: Annotated[str | None, typer.Option(help="The channel's id, C…; a new ritual needs one.")] = None,
    at: Annotated[str | None, typer.Option(help="HH:MM by the clock of its zone.")] = None,
    zone: Annotated[str | None, typer.Option(help="An IANA name, such as Asia/Tokyo.")] = None,
    days: Annotated[str | None, typer.Option(help="Of mon,tue,wed,thu,fri,sat,sun.")] = None,
    holidays: Annotated[
        str | None, typer.Option(help="A country such as TW or region such as DE-BY; '' for none.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="Only praise of this team's people; '' for everybody.")] = None,
) -> None:
    """Make a ritual, change one, or begin one anew that was removed.

    What is not given stays as it is; in a new ritual it is as in that of the settings.
    """
    from bot import parsing
    from bot.commands.company import at_work
    from bot.services import timetable

    _named(name)
    wish = timetable.Wish(
        channel=_read("--channel", parsing.channel_id, channel),
        at=_read("--at", lambda text: parsing.clock_time(text).strftime("%H:%M"), at),
        zone=_read("--zone", lambda text: parsing.zone(text).key, zone),
        workdays=_read("--days", parsing.workdays, days),
        holidays=_read("--holidays", lambda text: parsing.holiday_country(text) if text else "", holidays),
        team=team.strip() if team is not None else None,
    )
    with at_work() as work:
        kept = work.database.write_now(
            lambda session: timetable.keep(session, work.company, name, wish, now=work.clock.now())
        )
    _tell(kept)


@ritual.command()
def remove(name: Name) -> None:
    """End a ritual; what it posted stays, and `set` begins it anew."""
    from bot.commands.company import at_work
    from bot.services import timetable

    with at_work() as work:
        gone = work.database.write_now(
            lambda session: timetable.retire(session, work.company, name, now=work.clock.now())
        )
    typer.echo(f"The ritual {gone.name} is removed. `golden-ear ritual set {gone.name}` begins it anew as it was.")


def _named(name: str) -> None:
    from bot.rules.rituals import is_name

    if not is_name(name):
        end(WRONG, "that is no name for a ritual. Write instead: one word, such as night or kyoto.")


def _read(option: str, parse: Callable[[str], T], text: str | None) -> T | None:
    """The value of an option; None if it was not given. Ends the command if it is wrong."""
    from bot import parsing

    try:
        return None if text is None else parse(text.strip())
    except parsing.Wrong as error:
        end(WRONG, f"{option} {error.wrong}. Write instead: {error.instead}.")


def _tell(kept: "Kept") -> None:
    """One line about a ritual, and a warning where nobody is of its team or its zone is not known here."""
    from bot.parsing import DAYS

    one = kept.ritual
    days = ",".join(DAYS[day] for day in sorted(one.workdays))
    extra = [f"holidays {one.holidays}"] * bool(one.holidays) + [f"team {one.team}"] * bool(one.team)
    opens = f"next {kept.opens:%a %Y-%m-%d %H:%M}" if kept.opens else "no next morning"
    typer.echo("  ".join([one.name, f"{one.at} {one.zone}", days, *extra, one.channel, opens]))
    if not kept.is_team_known:
        typer.echo(f"Nobody in the roster is of the team {one.team}, so {one.name} has nothing to open with.", err=True)
    if not kept.is_zone_known:
        typer.echo(f"This machine does not know the zone {one.zone}, so {one.name} waits. Install tzdata.", err=True)

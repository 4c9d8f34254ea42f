"""golden-ear import praise, import people: CSV files (docs/importing.md), in batches that survive a kill."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlmodel import Session

from bot.commands.batches import Outcome, take

if TYPE_CHECKING:  # what a command needs it imports itself: the others start sooner
    from bot.rules.company import Company
    from bot.services.telling import Telling

PRAISE = ("happened_on", "people", "words", "customer", "source", "link")
PEOPLE = ("name", "email", "slack_id", "team", "role")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

import_ = typer.Typer(help="Bring praise of former days, or the list of people.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(metavar="FILE.csv", exists=True, dir_okay=False, help="CSV in UTF-8.")]


@import_.command()
def praise(
    file: File,
    award: Annotated[bool, typer.Option("--award", help="Give the points too, each once for ever.")] = False,
) -> None:
    """Store praise of former days. It is not posted and never new; a second run adds nothing."""
    from bot import views
    from bot.clock import Clock
    from bot.services import history
    from storage.models import new_id

    clock, run = Clock(), new_id()

    def story(session: Session, company: "Company", rows: Sequence[Mapping[str, str]]) -> list[Outcome]:
        told = [_telling(row) for row in rows]
        fine = [one for one in told if not isinstance(one, str)]
        brought = iter(history.bring(session, company, fine, award=award, now=clock.now(), run=run))
        return [Outcome(reason=one) if isinstance(one, str) else outcome(next(brought)) for one in told]

    def outcome(one: history.Brought) -> Outcome:
        if one.unfit:
            return Outcome(reason=_told(views.intake.reasons(one.unfit)))
        return Outcome("added" if one.added else "known already", awarded=one.awarded)

    take(file, PRAISE, story, ("added", "known already"))


@import_.command()
def people(file: File) -> None:
    """Set teams and roles, and write down people without a Slack account; a second run changes nothing."""
    from bot import views
    from bot.clock import Clock
    from bot.services import people_list
    from bot.services.people_list import Listing
    from storage.models import new_id

    clock, before, run = Clock(), set[str](), new_id()

    def story(session: Session, company: "Company", rows: Sequence[Mapping[str, str]]) -> list[Outcome]:
        listings = [Listing(**{name: row[name] for name in PEOPLE}) for row in rows]
        entered = people_list.enter(session, company, listings, before=before, now=clock.now(), run=run)
        return [outcome(one) for one in entered]

    def outcome(one: people_list.Entered) -> Outcome:
        if one.unclear:
            return Outcome(reason=_told(views.people_list.reason(one.unclear)))
        return Outcome("added" if one.added else "changed" if one.changed else "as before", subject=one.person_id)

    take(file, PEOPLE, story, ("added", "changed", "as before"), committed=before.update)


def _telling(row: Mapping[str, str]) -> "Telling | str":
    """What a row tells, or why it has no day."""
    from bot.rules.praise import DEFAULT_SOURCE
    from bot.services.telling import Telling

    text = row["happened_on"].strip()
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        return "happened_on: must be the day it happened, such as 2026-03-31"
    return Telling(
        people=tuple(dict.fromkeys(row["people"].split())),
        words=row["words"],
        customer=row["customer"],
        source=row["source"].strip() or DEFAULT_SOURCE,
        happened_on=day,
        link=row["link"],
    )


def _told(reasons: Mapping[str, str]) -> str:
    return "; ".join(f"{field}: {reason}" for field, reason in reasons.items())

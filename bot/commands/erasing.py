"""golden-ear erase person, customer, praise, readmit: take somebody or something out of everything; the points stay.

All of this works while the bot runs, which then changes what stands in Slack.
"""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import FAILED, database_url, end, setting

if TYPE_CHECKING:
    from bot.commands.company import Work
    from bot.desk.erasing import Done
    from bot.sealing import Keys
    from bot.services.erasing import Aim

erase = typer.Typer(
    help="Erase a person, a customer's name or a praise everywhere; the points stay.", no_args_is_help=True
)
PATIENCE_S = 10.0
"""How long the files are tried to be cleaned here; then the running bot does it."""

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be changed.")]
Names = Annotated[list[str] | None, typer.Option("--name", help="Another spelling to strike out of texts; again.")]


@erase.command()
def person(
    who: Annotated[str, typer.Argument(metavar="WHO", help="A Slack id, e-mail address, @handle, or name.")],
    name: Names = None,
    words: Annotated[bool, typer.Option("--words", help="What they wrote as well: ideas, reasons, answers.")] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Erase a person: name, address, Slack id, wishes; they stand as "a former colleague" where points need them."""
    _erase("person", who, tuple(name or ()), words=words, yes=yes, dry_run=dry_run)


@erase.command()
def customer(
    who: Annotated[str, typer.Argument(metavar="NAME", help="The customer's name as it was recorded.")],
    name: Names = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Erase a customer's name; their praise stays, from a guest."""
    _erase("customer", who, tuple(name or ()), yes=yes, dry_run=dry_run)


@erase.command()
def praise(
    which: Annotated[str, typer.Argument(metavar="PRAISE", help="Its id, or the link to its post.")],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Erase all that a customer said in a praise; the points for it stay."""
    _erase("praise", which, (), yes=yes, dry_run=dry_run)


@erase.command()
def readmit(slack_id: Annotated[str, typer.Argument(help="A Slack member id, such as U0123ABCDEF.")]) -> None:
    """Let somebody who was erased be written down again, as somebody new, when Slack next tells of them."""
    from bot.commands.company import at_work
    from bot.services import erasing as service

    with at_work() as work:
        digest, now = _keys().digest(slack_id), work.clock.now()
        done = work.database.write_now(lambda session: service.readmit(session, work.company, digest, now=now))
    typer.echo("They can be written down again." if done else "Nobody with this id was erased; nothing was changed.")


def _erase(kind: str, who: str, spellings: tuple[str, ...], *, words: bool = False, yes: bool, dry_run: bool) -> None:
    from bot.commands.company import at_work
    from bot.services import erasing as service

    with at_work() as work:
        if kind == "person" and _was_erased(work, who):
            typer.echo("They were erased before; nothing was changed.")
            return
        aim = work.database.read_now(
            lambda session: service.aim(session, work.company, kind, who, spellings=spellings, words=words)
        )
        _tell("would be changed", _run(work, aim, rehearse=True))
        if dry_run:
            return
        if not yes and not typer.confirm("This cannot be taken back. Erase for good?"):
            end(FAILED, "nothing was changed")
        _tell("were changed", _run(work, aim, rehearse=False))
        _clean(work)


def _was_erased(work: "Work", who: str) -> bool:
    from storage import erasures

    digest = _keys().digest(who)
    here = work.company.workspace_id
    return bool(digest) and bool(work.database.read_now(lambda session: erasures.barred(session, here, [digest])))


def _run(work: "Work", aim: "Aim", *, rehearse: bool) -> "Done":
    from bot.desk import erasing

    slack_id = aim.person.slack_id if aim.person else ""
    try:
        digest = _keys().digest(slack_id, make=not rehearse) if slack_id else ""
    except OSError as error:
        end(FAILED, f"nothing was changed: the secret in KEYS_DIR cannot be made: {error}")
    try:
        return work.database.write_now(
            lambda session: erasing.erase(
                session, work.company, aim.order, digest=digest, by=None, rehearse=rehearse, now=work.clock.now()
            )
        )
    except erasing.Rehearsed as rehearsed:
        return rehearsed.done


def _tell(what: str, done: "Done") -> None:
    rows = ", ".join(f"{count} of {name}" for name, count in sorted(done.rows.items())) or "none"
    typer.echo(f"Rows that {what}: {rows}.")
    typer.echo(f"Messages in Slack that {what}: {done.messages}.")
    if done.lost:
        typer.echo(f"Messages that cannot be changed any more, for nobody knows where they stand: {done.lost}.")


def _clean(work: "Work") -> None:
    """Leave nothing in the files, unless others are in the way for too long."""
    from storage import erasures

    deadline = time.monotonic() + PATIENCE_S
    while not work.database.scrub_now(vacuum=True):
        if time.monotonic() > deadline:
            typer.echo("The running bot cleans the files of the database as soon as nobody is in the way.")
            return
        time.sleep(0.2)
    here = work.company.workspace_id
    found = work.database.read_now(lambda session: erasures.unscrubbed(session, here))
    work.database.write_now(lambda session: erasures.scrubbed(session, [one.id for one in found]))
    typer.echo("Nothing of it is left in the files of the database. Backups, exports and logs are yours to look after.")


def _keys() -> "Keys":
    from bot import config, parsing
    from bot.sealing import Keys

    return Keys(config.keys_folder(setting("KEYS_DIR", parsing.path, None), database_url()))

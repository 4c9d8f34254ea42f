"""golden-ear my-data: everything that is held of a person, for operators who answer in the bot's stead."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import FAILED, end


def my_data(
    who: Annotated[str, typer.Argument(metavar="PERSON", help="A Slack id, e-mail address, @handle, or name.")],
    out: Annotated[Path, typer.Option(help="The folder for both files.", file_okay=False)] = Path(),
) -> None:
    """Write everything that is held of PERSON to a JSON and a CSV file, readable for you alone."""
    from bot import views
    from bot.commands.company import at_work
    from bot.services import erasing, my_data

    with at_work() as work:
        person = work.database.read_now(lambda session: erasing.aim(session, work.company, "person", who)).person
        if person is None:
            end(FAILED, "nobody was meant")
        data = work.database.read_now(lambda session: my_data.of(session, work.company, person, now=work.clock.now()))
    files = {"json": views.my_data.as_json(data, person.language), "csv": views.my_data.as_csv(data)}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for ending, content in files.items():
            path = out / f"{views.my_data.NAME}.{ending}"
            path.touch(mode=0o600, exist_ok=False)
            path.write_bytes(content)
            typer.echo(f"Written: {path}")
    except OSError as error:
        end(FAILED, f"the files cannot be written: {error}")

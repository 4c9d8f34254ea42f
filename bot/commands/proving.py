"""golden-ear pulse prove: what is stored of rounds, for everybody who wants to see that it is as promised."""

import typer

from bot.commands import FAILED, database_url, setting


def prove() -> None:
    """Print what is stored of the running and of the last round, table by table, and check that it is as promised.

    Nothing is opened and nothing is changed. Status 1 if anything is not as docs/anonymity.md promises.
    """
    from bot import config, parsing
    from bot.commands.company import at_work
    from bot.sealing import Keys
    from bot.services import proving
    from bot.views import proof

    keys = Keys(config.keys_folder(setting("KEYS_DIR", parsing.path, None), database_url()))
    with at_work() as work:
        proofs = work.database.read_now(lambda session: proving.look(session, work.company, keys))
    for one in proofs:
        for line in proof.page(one):
            typer.echo(line)
    typer.echo(proof.verdict(proofs) if proofs else proof.NONE)
    if not all(check.holds for one in proofs for check in one.checks):
        raise typer.Exit(FAILED)

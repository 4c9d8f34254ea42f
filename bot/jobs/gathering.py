"""What was gathered for people leaves when it is time where they are."""

from bot.desk import Desk, gathering
from storage import gathering as storage

AT_ONCE = 20
"""People in one transaction: whoever praises meanwhile waits for no more."""


async def bring(desk: Desk) -> None:
    """Owe everybody what was gathered for them and leaves now."""
    company = desk.company
    while await desk.database.read(
        lambda session: storage.ripe(session, company.workspace_id, now=desk.clock.now(), limit=1)
    ):
        await desk.database.write(
            lambda session: gathering.bring(session, company, now=desk.clock.now(), limit=AT_ONCE)
        )

"""After an erasure nothing is left in the files of the database either."""

import logging

from sqlmodel import Session

from bot.desk import Desk
from storage import erasures

log = logging.getLogger(__name__)


async def finish(desk: Desk) -> None:
    """Clean the files after what was erased; tried again while somebody is in the way."""
    found = await desk.database.read(lambda session: erasures.unscrubbed(session, desk.company.workspace_id))
    if not found or not await desk.database.scrub(vacuum=True):
        return

    def story(session: Session) -> None:
        erasures.scrubbed(session, [one.id for one in found])

    await desk.database.write(story)
    log.info("erasures=%d nothing of them is left in the files of the database", len(found))

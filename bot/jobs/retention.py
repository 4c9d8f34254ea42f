"""Words that were kept as long as an admin said are replaced, a thousand a day at the most."""

import logging
from functools import partial

from sqlmodel import Session

from bot.desk import Desk, erasing
from bot.services import retention as service
from bot.services.retention import Due, Ids
from storage import erasures

log = logging.getLogger(__name__)


async def replace(desk: Desk) -> None:
    """Look for what is due without holding up anybody, and replace it batch by batch."""
    due = await desk.database.read(lambda session: service.due(session, desk.defaults, now=desk.clock.now()))
    if due is None:
        return
    batches = list(service.batches(due.ids))
    rows = messages = 0
    for place, ids in enumerate(batches):
        done = await desk.database.write(partial(_replace, desk, due, ids, place == 0))
        if done is None:
            log.info("the limit for words was changed; this run ends")
            return
        rows, messages = rows + sum(done.rows.values()), messages + done.messages
    log.info("words before=%s are kept no longer rows=%d messages=%d", due.day, rows, messages)


def _replace(desk: Desk, due: Due, ids: Ids, first: bool, session: Session) -> erasing.Done | None:
    now = desk.clock.now()
    erasures.take_time(session)
    erased = service.replace(session, desk.defaults, due, ids, first=first, now=now)
    return erasing.follow(session, desk.company, erased, now=now) if erased else None

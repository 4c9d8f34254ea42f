"""Words that were kept as long as an admin said are replaced, a thousand a day at the most."""

import logging
from functools import partial

from sqlmodel import Session

from bot.desk import Desk, erasing
from bot.desk.erasing import Done, Look
from bot.services import retention as service
from bot.services.retention import Due, Ids
from storage import erasures

log = logging.getLogger(__name__)


async def replace(desk: Desk) -> None:
    """Once a day, whichever process is there: look for what is due without holding up anybody, and replace it batch by
    batch."""
    found = await desk.database.read(partial(_look, desk))
    if found is None or not await desk.database.write(partial(_begin, desk)):
        return
    due, known = found
    rows = messages = 0
    for ids in service.batches(due.ids):
        done = await desk.database.write(partial(_replace, desk, due, ids, known, rows == 0, messages))
        if done is None:
            log.info("the limit for words was changed; this run ends")
            return
        rows, messages = rows + sum(done.rows.values()), messages + done.messages
    log.info("words before=%s are kept no longer rows=%d messages=%d", due.day, rows, messages)


def _look(desk: Desk, session: Session) -> tuple[Due, Look] | None:
    due = service.due(session, desk.defaults, now=desk.clock.now())
    return (due, erasing.look(session, desk.company, due.ids)) if due else None


def _begin(desk: Desk, session: Session) -> bool:
    return service.begin(session, desk.defaults, now=desk.clock.now())


def _replace(desk: Desk, due: Due, ids: Ids, known: Look, first: bool, behind: int, session: Session) -> Done | None:
    now = desk.clock.now()
    erasures.take_time(session)
    erased = service.replace(session, desk.defaults, due, ids, first=first, now=now)
    if erased is None:
        return None
    if not erased.rows:
        return Done({}, 0, 0)
    return erasing.follow(session, desk.company, erased, now=now, known=known, behind=behind)

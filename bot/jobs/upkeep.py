"""Housekeeping: what the settings say, leads who have not answered, rows whose time is over."""

import asyncio
import logging
from datetime import timedelta
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.desk import Desk, announcing
from bot.desk import settings as reading
from bot.desk.channels import enter
from bot.rules import periods
from bot.services import confirmations, timetable
from storage import expiry, gathering, inbox, invitations, letters, nudges, surveys, trouble
from storage.inbox import Delivery

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
HELD_S, AGAIN_S = 60.0, 1.0
"""How long a start waits while another holds the database, a long import or what a killed process left behind; and
between two tries."""


async def remind_leads(desk: Desk) -> None:
    """Remind, once, of praise that has waited a week for a lead."""
    now = desk.clock.now()

    def story(session: Session) -> None:
        for late in confirmations.remind(session, desk.company, now=now):
            announcing.confirmation(session, desk.company, late, now=now, again=True)

    await desk.database.write(story)


async def forget(desk: Desk) -> None:
    """Once a day, whichever process is there: drop what was delivered, sent or asked more than 30 days ago, and keys of
    rounds that never were."""
    now, workspace_id = desk.clock.now(), desk.company.workspace_id
    day = Delivery(workspace_id, "forget", periods.local_day(now, desk.company.zone).isoformat(), now)
    if await desk.database.read(lambda session: inbox.holds(session, day)):
        return

    def story(session: Session) -> str | None:
        if not inbox.take(session, day):
            return None
        inbox.forget_old(session, now=now)
        gathering.forget(session, now - KEPT)
        expiry.forget_old(session, now=now)
        invitations.forget(session, workspace_id, (now - KEPT).date())
        nudges.forget(session, (now - KEPT).date())
        letters.forget(session, (now - KEPT).date())
        under_way = surveys.current(session, workspace_id)
        return under_way.id if under_way else ""

    under_way = await desk.database.write(story)
    if under_way is not None:
        await asyncio.to_thread(desk.keys.forget_old, KEPT.total_seconds(), but=[under_way])


async def settle_in(desk: Desk) -> None:
    """Go by the settings that stand, keep the ritual and the roles as they say; be in the channels of praise and of the
    rituals, and know their languages. Raises SQLAlchemyError if the database does not take it, or is held by another
    for a minute."""
    await _keep_settings(desk)
    for channel in await desk.database.read(lambda session: timetable.channels(session, desk.company)):
        await enter(desk, channel)
    for ritual in await desk.database.read(lambda session: timetable.lost(session, desk.company)):
        log.warning(
            "ritual=%s waits: this machine does not know its zone %s; install tzdata, or set another zone",
            ritual.name,
            ritual.zone,
        )


async def _keep_settings(desk: Desk) -> None:
    end = monotonic() + HELD_S
    while True:
        try:
            return await reading.settle(desk)
        except SQLAlchemyError as error:
            found = trouble.seen(error)
            if not found or found.kind != "locked" or monotonic() > end:
                raise
            log.warning("another holds the database: %s; the start goes on when it lets go", found)
        await asyncio.sleep(AGAIN_S)

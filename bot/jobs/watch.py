"""Watch whether the database takes what is written; if it does not for a while tell the admins, and when it does again.

The alarm goes past the outbox, which is in that database. What is needed for it is remembered while all is well.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import views
from bot.desk import Desk, mint
from bot.jobs import applause
from storage import outbox, people, trouble
from storage.trouble import Trouble

log = logging.getLogger(__name__)

QUIET_S = 10.0
"""After so long without a write one is tried."""
PATIENCE_S = 20.0
"""An outage that is shorter is over before anybody could do something."""


async def look(desk: Desk) -> None:
    """Try a write if there was none lately; tell of an outage that lasts, once to each admin, and of its end."""
    fitness = desk.database.fitness
    if fitness.trouble or monotonic() - fitness.written_at > QUIET_S:
        await _try(desk)
    if (found := fitness.trouble) is None:
        await _well(desk)
    elif found.age_s > PATIENCE_S:
        await _alarm(desk, found)


async def _try(desk: Desk) -> None:
    now, workspace_id = desk.clock.now(), desk.company.workspace_id
    try:
        await desk.database.write(lambda session: trouble.probe(session, workspace_id=workspace_id, now=now))
    except Exception as error:
        if not (found := trouble.seen(error)):
            raise
        log.error("the database takes nothing: %s; nothing is acknowledged, and it is tried again in seconds", found)


async def _alarm(desk: Desk, found: Trouble) -> None:
    outage = desk.outage
    with suppress(SQLAlchemyError):  # most such databases can be read; if not, those are told who were known before
        await _remember(desk)
    since = desk.clock.now() - timedelta(seconds=found.age_s)
    outage.name = outage.name or mint()
    for admin in outage.admins:
        if admin.slack_id in {one.slack_id for one in outage.told}:
            continue
        if await desk.delivery.alarm(admin.slack_id, views.alarms.failing(admin, found.kind, since)):
            outage.told.append(admin)
            log.warning("an admin was told that the database fails: %s", found.kind)


async def _well(desk: Desk) -> None:
    """Owe the all-clear to those who were told, and remember who the admins are."""
    outage, company = desk.outage, desk.company

    def story(session: Session) -> None:
        for admin in outage.told:
            outbox.post(
                session,
                workspace_id=company.workspace_id,
                key=f"well:{outage.name}:{admin.slack_id}",
                channel=admin.slack_id,
                message=views.alarms.well(admin),
                now=desk.clock.now(),
            )

    if outage.told:
        await desk.database.write(story)
        await applause.after_outage(desk)  # Slack repeats an event for some minutes only
        outage.told.clear()
        log.info("the database takes everything again; those who were told of it hear so")
    outage.name = ""
    await _remember(desk)


async def _remember(desk: Desk) -> None:
    """Know who the admins are."""
    workspace_id = desk.company.workspace_id
    admins = await desk.database.read(lambda session: people.leaders(session, workspace_id, "admin"))
    if len(admins) != len(desk.outage.admins):
        log.info("if the database fails, %d admins are told", len(admins))
    desk.outage.admins = admins

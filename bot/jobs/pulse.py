"""The micro pulse runs: rounds open, ask, are mixed and close. What is due stands in the rows, and every step can be
repeated: a process that was killed in the middle, or another one, goes on from there."""

import asyncio
import logging

from sqlmodel import Session

from bot.desk import Desk, pulsing
from bot.sealing import Key, Lost
from bot.services import asking, closing, mixing, results, rounds
from bot.services.closing import Sealed
from bot.services.mixing import Contents
from storage import waiting
from storage.ballots import Envelopes
from storage.surveys import Survey

log = logging.getLogger(__name__)

AHEAD_S = 4
"""Questions are owed for so many seconds of sending: whatever else is owed waits behind no more."""
VIEWERS = 20
"""To how many leads and admins one transaction owes results."""
SCRUBS, SCRUB_S = 50, 0.1


async def open_rounds(desk: Desk) -> None:
    """Decide the date that is due: settle whom it asks and what it promises. The key is on the disk before the round
    is in the database, or answers could be sealed for nobody."""
    now = desk.clock.now()
    plan = await desk.database.read(lambda session: rounds.plan(session, desk.company, now=now))
    if plan is None:
        return
    try:
        public = await asyncio.to_thread(desk.keys.create, plan.survey.id) if plan.opens else ""
    except OSError as error:
        log.error("keys cannot be kept in %s: %s; no pulse round opens until then", desk.keys.folder, error.strerror)
        return
    opened = await desk.database.write(lambda session: rounds.open_one(session, desk.company, plan, public))
    if not opened:
        await asyncio.to_thread(desk.keys.destroy, plan.survey.id)
        return
    log.info("pulse date=%s state=%s asked=%d", plan.survey.local_date, plan.survey.state, plan.survey.asked)


async def ask(desk: Desk) -> None:
    """Owe the next questions, reminders and bad news, as many as leave within a few seconds."""
    company = desk.company
    if not await desk.database.read(lambda session: asking.is_due(session, company, now=desk.clock.now())):
        return

    def story(session: Session) -> int:
        now = desk.clock.now()
        room = max(1, int(AHEAD_S * desk.delivery.rate)) - waiting.leaving(session, company.workspace_id, now)
        return pulsing.ask(session, company, room=room, rate=desk.delivery.rate, now=now)

    await desk.database.write(story)


async def mix(desk: Desk) -> None:
    """Open answers of the round among others, where its key is seen."""
    now = desk.clock.now()
    pool = await desk.database.read(lambda session: mixing.pool(session, desk.company, left=desk.sealed, now=now))
    if pool is None:
        return
    survey = pool.survey
    try:
        key = await _key(desk, survey)
    except Lost:
        log.error("the key of the pulse round of %s is not its key; put the right file back", survey.local_date)
        return
    if key is None:
        return
    contents = await asyncio.to_thread(mixing.opened, key, pool.envelopes)
    left = len(pool.envelopes)
    for batch in mixing.batches(survey, contents):
        if await desk.database.write(lambda session: mixing.write_down(session, desk.company, survey, batch)):  # noqa: B023
            left -= len(batch.tags)
    desk.sealed.clear()
    desk.sealed[survey.id] = left


async def close(desk: Desk) -> None:
    """Close the round whose time is over, and leave nothing of those that are."""
    now = desk.clock.now()
    if due := await desk.database.read(lambda session: closing.due(session, desk.company, now=now)):
        await _close(desk, due)
    if over := await desk.database.read(lambda session: closing.unfinished(session, desk.company)):
        await _finish(desk, over)


async def _close(desk: Desk, survey: Survey) -> None:
    company, now = desk.company, desk.clock.now()
    if not await desk.database.write(lambda session: closing.begin(session, company, survey.id, now=now)):
        return
    sealed = await desk.database.read(lambda session: closing.sealed(session, survey))
    try:
        key = await _key(desk, survey)
        since = desk.unseen.setdefault(survey.id, now) if key is None else now
        lost = key is None and bool(sealed.answers) and closing.is_lost(survey, since=since, now=now)
    except Lost:
        key, lost = None, bool(sealed.answers)
    if lost:
        await desk.database.write(lambda session: closing.give_up(session, survey.id))
        log.error("the key of the pulse round of %s is lost: it is void, and destroyed unread", survey.local_date)
    elif key is None and sealed.answers:
        log.warning("the key of the pulse round of %s is not seen here; it closes where it is", survey.local_date)
    else:
        answers, comments = await _opened(key, sealed)
        if await desk.database.write(lambda session: closing.close(session, company, survey.id, answers, comments)):
            log.info("pulse date=%s closed", survey.local_date)


async def _opened(key: Key | None, sealed: Sealed) -> tuple[list[Contents], list[Contents]]:
    """What was in the envelopes of the answers and of the comments."""

    async def contents(envelopes: Envelopes) -> list[Contents]:
        return list((await asyncio.to_thread(mixing.opened, key, envelopes)).values()) if key else []

    return await contents(sealed.answers), await contents(sealed.comments)


async def _finish(desk: Desk, survey: Survey) -> None:
    """Tell the results of a round that is over; destroy what is left of it: key, rows, what files still hold."""
    await asyncio.to_thread(desk.keys.destroy, survey.id)
    if survey.state == "closed":
        await _tell(desk, survey)
    while not await desk.database.write(lambda session: closing.destroy(session, survey.id)):
        pass
    for _ in range(SCRUBS):
        if await desk.database.scrub():
            await desk.database.write(lambda session: closing.finish(session, survey.id))
            return
        await asyncio.sleep(SCRUB_S)
    log.warning("what is left of a pulse round could not be wiped out of the files: somebody reads; tried again soon")


async def _tell(desk: Desk, survey: Survey) -> None:
    viewers = await desk.database.read(lambda session: results.viewers(session, desk.company))
    for first in range(0, len(viewers), VIEWERS):
        some = viewers[first : first + VIEWERS]
        await desk.database.write(
            lambda session: pulsing.tell_results(session, desk.company, survey, some, now=desk.clock.now())  # noqa: B023
        )


async def _key(desk: Desk, survey: Survey) -> Key | None:
    return await asyncio.to_thread(desk.keys.find, survey.id, survey.public_key)

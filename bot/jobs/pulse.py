"""The micro pulse runs: rounds open, ask, are mixed and close. What is due stands in the rows, and every step can be
repeated: a process that was killed in the middle, or another one, goes on from there."""

import asyncio
import logging
from collections.abc import AsyncIterator
from time import time

from sqlmodel import Session

from bot.desk import Desk, pulsing
from bot.sealing import Key, Lost
from bot.services import asking, closing, mixing, results, rounds
from bot.services.closing import Counts
from bot.services.mixing import Contents, Tags
from storage import waiting
from storage.ballots import Kept
from storage.surveys import Survey

log = logging.getLogger(__name__)

AHEAD_S = 4
"""Questions are owed for so many seconds of sending: whatever else is owed waits behind no more."""
VIEWERS = 20
"""To how many leads and admins one transaction owes results."""
SCRUBS, MIXED_SCRUBS, SCRUB_S = 50, 5, 0.1
MIXED_AND_SEALED: tuple[Kept, ...] = ("mixed", "answer")
"""Where the answers of a round are."""


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
        await _tell_no_keys(desk, plan.survey, error)
        return
    opened = await desk.database.write(lambda session: rounds.open_one(session, desk.company, plan, public))
    if not opened:
        await asyncio.to_thread(desk.keys.destroy, plan.survey.id)
        return
    log.info("pulse date=%s state=%s asked=%d", plan.survey.local_date, plan.survey.state, plan.survey.asked)


async def _tell_no_keys(desk: Desk, survey: Survey, error: OSError) -> None:
    """Once: it is tried again at every tick."""

    def story(session: Session) -> bool:
        return pulsing.tell_no_keys(session, desk.company, survey.local_date, now=desk.clock.now())

    if await desk.database.write(story):
        log.error(
            "keys cannot be kept in %s: %s; the pulse round of %s opens as soon as they can",
            desk.keys.folder,
            error.strerror,
            survey.local_date,
        )


async def ask(desk: Desk) -> None:
    """Owe the next questions, reminders and bad news, as many as leave within a few seconds."""
    company = desk.company
    if not await desk.database.read(lambda session: asking.is_due(session, company, now=desk.clock.now())):
        return

    def story(session: Session) -> int:
        now = desk.clock.now()
        room = max(1, int(AHEAD_S * desk.delivery.rate)) - waiting.leaving(session, company.workspace_id, now, time())
        return pulsing.ask(session, company, room=room, rate=desk.delivery.rate, now=now)

    await desk.database.write(story)


async def mix(desk: Desk) -> None:
    """Mix answers of the round among others, where its key is seen. Answers are opened and sealed again outside of any
    transaction, in a thread."""
    now = desk.clock.now()
    pool = await desk.database.read(lambda session: mixing.pool(session, desk.company, left=desk.sealed, now=now))
    if pool is None:
        return
    survey = pool.survey
    desk.sealed.clear()
    desk.sealed[survey.id] = pool.sealed
    try:
        key = await _key(desk, survey)
    except Lost:
        log.error("the key of the pulse round of %s is not its key; put the right file back", survey.local_date)
        return
    if key is None:
        return
    mixed = sum([await _mixed(desk, key, survey, tags) for tags in pool.drawn])
    if mixed:
        await _wiped(desk, MIXED_SCRUBS)  # else the write-ahead log has their envelopes beside the key
    desk.sealed[survey.id] -= mixed


async def _mixed(desk: Desk, key: Key, survey: Survey, tags: Tags) -> int:
    """How many of the answers behind these tags were mixed: all that can be opened, or none."""
    envelopes = await desk.database.read(lambda session: mixing.envelopes(session, survey, tags))
    batch = await asyncio.to_thread(mixing.batch, key, survey, envelopes)
    if batch is None:
        return 0
    done = await desk.database.write(lambda session: mixing.put_back(session, desk.company, survey, batch))
    return len(batch.tags) if done else 0


async def close(desk: Desk) -> None:
    """Close the round whose time is over, and leave nothing of those that are."""
    now = desk.clock.now()
    if due := await desk.database.read(lambda session: closing.due(session, desk.company, now=now)):
        await _close(desk, due)
    if over := await desk.database.read(lambda session: closing.unfinished(session, desk.company)):
        await _finish(desk, over)
    for survey_id in await asyncio.to_thread(desk.keys.ids):  # another process may have finished it, without this key
        if await desk.database.read(lambda session: closing.is_over(session, survey_id)):  # noqa: B023
            await asyncio.to_thread(desk.keys.destroy, survey_id)


async def _close(desk: Desk, survey: Survey) -> None:
    company, now = desk.company, desk.clock.now()
    if not await desk.database.write(lambda session: closing.begin(session, company, survey.id, now=now)):
        return
    opens = await desk.database.read(lambda session: closing.may_be_opened(session, survey))
    try:
        key = await _key(desk, survey)
        since = desk.unseen.setdefault(survey.id, now) if key is None else now
        lost = key is None and opens and closing.is_lost(survey, since=since, now=now)
    except Lost:
        key, lost = None, opens
    if lost:
        await desk.database.write(lambda session: closing.give_up(session, survey.id))
        log.error("the key of the pulse round of %s is lost: it is void, and destroyed unread", survey.local_date)
    elif key is None and opens:
        log.warning("the key of the pulse round of %s is not seen here; it closes where it is", survey.local_date)
    else:
        counts, comments = await _read(desk, key, survey) if key and opens else ({}, [])
        outcome = await asyncio.to_thread(closing.outcome, survey, counts, comments)
        if await desk.database.write(lambda session: closing.close(session, company, survey.id, outcome)):
            log.info("pulse date=%s closed", survey.local_date)


async def _read(desk: Desk, key: Key, survey: Survey) -> tuple[Counts, list[Contents]]:
    """All answers, counted, and all comments."""
    counts: Counts = {}
    for kept in MIXED_AND_SEALED:
        async for contents in _opened(desk, key, survey, kept):
            counts = closing.counted(survey, contents, counts)
    return counts, [one async for contents in _opened(desk, key, survey, "comment") for one in contents]


async def _opened(desk: Desk, key: Key, survey: Survey, kept: Kept) -> AsyncIterator[list[Contents]]:
    """What is in the boxes of one kind, piece by piece: those of fifty thousand people are never in memory at once."""
    after = ""
    while boxes := await desk.database.read(lambda session: closing.boxes(session, survey, kept, after)):  # noqa: B023
        yield list((await asyncio.to_thread(mixing.opened, key, boxes)).values())
        after, _ = boxes[-1]


async def _finish(desk: Desk, survey: Survey) -> None:
    """Tell the results of a round that is over; destroy what is left of it: key, rows, what files still hold."""
    if survey.state == "closed":
        await _tell(desk, survey)
    await asyncio.to_thread(desk.keys.destroy, survey.id)
    while not await desk.database.write(lambda session: closing.destroy(session, survey.id)):
        pass
    if not await _wiped(desk, SCRUBS):
        log.warning("a pulse round that is over could not be wiped out of the files: somebody reads; tried again soon")
        return
    await desk.database.write(lambda session: closing.finish(session, survey.id))


async def _wiped(desk: Desk, tries: int) -> bool:
    """Whether nothing of what was deleted is left in any file."""
    for _ in range(tries):
        if await desk.database.scrub():
            return True
        await asyncio.sleep(SCRUB_S)
    return False


async def _tell(desk: Desk, survey: Survey) -> None:
    viewers = await desk.database.read(lambda session: results.viewers(session, desk.company))
    for first in range(0, len(viewers), VIEWERS):
        some = viewers[first : first + VIEWERS]
        told = await desk.database.read(lambda session: pulsing.results_of(session, desk.company, survey, some))  # noqa: B023
        await desk.database.write(
            lambda session: pulsing.tell_results(session, desk.company, survey, told, now=desk.clock.now())  # noqa: B023
        )


async def _key(desk: Desk, survey: Survey) -> Key | None:
    return await asyncio.to_thread(desk.keys.find, survey.id, survey.public_key)

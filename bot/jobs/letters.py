"""Ideas without a name and words of their authors come in the morning; those who left an address hear of news.

What is due stands in the rows, and every step can be repeated: a process that was killed in the middle, or another one,
goes on from there. A key is on the disk before anything is sealed for it, and is destroyed when all is opened.
"""

import asyncio
import logging
import random
from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import Session

from bot import sealing, views
from bot.desk import Desk, lettering
from bot.sealing import Key, Lost
from bot.services import letters, notices
from bot.services.letters import Brought, Turn
from storage import letters as storage
from storage import receipts
from storage.letters import Postbox
from storage.models import new_id

log = logging.getLogger(__name__)

SCRUBS, SCRUB_S = 50, 0.1
UNKNOWN_S = 86_400
"""A key that nothing is sealed for is kept so long: another process may be about to store what is."""
PATIENCE = timedelta(minutes=10)
"""So long a key may be out of sight, for the folder is on another machine for instance, before another postbox is
opened."""
_CHANCE = random.SystemRandom()


async def bring(desk: Desk) -> None:
    """See that there is a postbox; when a working day begins, open what came before it."""
    company = desk.company
    current = await desk.database.read(lambda session: storage.current(session, company.workspace_id))
    lost = current.id if current and not await _key(desk, current) and _is_lost(desk, current) else ""
    if due := await desk.database.read(lambda session: letters.turn(session, company, lost=lost, now=desk.clock.now())):
        await _turn(desk, due)
    for postbox in await desk.database.read(lambda session: letters.ripe(session, company, now=desk.clock.now())):
        await _open(desk, postbox)


async def _turn(desk: Desk, due: Turn) -> None:
    """The key is on the disk before the postbox is in the database, or letters could be sealed for nobody."""
    new = None
    if due.fresh:
        postbox_id = new_id()
        try:
            new = Postbox(postbox_id, await asyncio.to_thread(desk.idea_keys.create, postbox_id))
        except OSError as error:
            folder, why = desk.idea_keys.folder, error.strerror
            log.error("keys cannot be kept in %s: %s; until they can, no idea comes without a name", folder, why)
            return
    story = letters.take_turn
    opened = await desk.database.write(lambda session: story(session, desk.company, due, new, now=desk.clock.now()))
    if new and not opened:
        await asyncio.to_thread(desk.idea_keys.destroy, new.id)
    if due.day:
        await _tidy(desk)


async def _open(desk: Desk, postbox: Postbox) -> None:
    """Open the letters of a closed postbox, outside of any transaction, and let them become rows; then nobody can."""
    key = await _key(desk, postbox)
    if key is None:
        return await _give_up(desk, postbox)
    boxes = await desk.database.read(lambda session: storage.boxes(session, postbox.id))
    contents = await asyncio.to_thread(letters.opened, key, boxes)
    addresses = await asyncio.to_thread(letters.addressed, desk.idea_keys, contents)

    def story(session: Session) -> Brought | None:
        now = desk.clock.now()
        morning = letters.bring(session, desk.company, postbox, contents, addresses, now=now)
        if morning:
            lettering.brought(session, desk.company, morning, now=now)
        return morning

    if await desk.database.write(story) is None:
        await _forget(desk, addresses.values())
    await asyncio.to_thread(desk.idea_keys.destroy, postbox.id)
    await _wiped(desk)


async def _give_up(desk: Desk, postbox: Postbox) -> None:
    """Wait no longer for a key that is lost for good."""
    company, since = desk.company, desk.unseen[postbox.id]
    lost = letters.is_lost
    if await desk.database.read(lambda session: lost(session, company, postbox, since=since, now=desk.clock.now())):
        await desk.database.write(lambda session: letters.give_up(session, company, postbox, now=desk.clock.now()))
        desk.unseen.pop(postbox.id, None)
        log.warning("ideas without a name are given up: the key that opens them is lost")


async def _key(desk: Desk, postbox: Postbox) -> Key | None:
    try:
        key = await asyncio.to_thread(desk.idea_keys.find, postbox.id, postbox.public_key)
    except Lost:
        key = None
    if key is not None:
        desk.unseen.pop(postbox.id, None)
    elif postbox.id not in desk.unseen:  # said once
        desk.unseen[postbox.id] = desk.clock.now()
        log.warning("a key of ideas without a name is not in %s; what it opens waits for it", desk.idea_keys.folder)
    return key


def _is_lost(desk: Desk, postbox: Postbox) -> bool:
    return desk.clock.now() - desk.unseen[postbox.id] >= PATIENCE


async def _wiped(desk: Desk) -> None:
    """Leave the boxes that were opened in no file: a copy of the key would open them."""
    for _ in range(SCRUBS):
        if await desk.database.scrub():
            return
        await asyncio.sleep(SCRUB_S)
    log.warning("letters that were opened could not be wiped out of the write-ahead log: somebody reads")


async def _tidy(desk: Desk) -> None:
    """Destroy keys for which nothing is sealed: of a process that was killed before it stored what was."""

    def known(session: Session) -> list[str]:
        here = desk.company.workspace_id
        postboxes = [storage.current(session, here), *storage.full(session, here)]
        addresses = receipts.addressed(session, here)
        return [one.id for one in postboxes if one] + [sealing.key_of(one.address) for one in addresses]

    await asyncio.to_thread(desk.idea_keys.forget_old, UNKNOWN_S, but=await desk.database.read(known))


# --- notices --------------------------------------------------------------------------------------------------------


async def notify(desk: Desk) -> None:
    """At the minute of a working day: if there is news of any idea with a return address, tell all who left one.

    At most once a day and not by the outbox, whose rows would say who they are. What failed is news the next day too.
    """
    company = desk.company
    if not await desk.database.read(lambda session: notices.due(session, company, now=desk.clock.now())):
        return
    every = await desk.database.write(lambda session: notices.take(session, company, now=desk.clock.now()))
    told = not any(one.news for one in every) or await _tell(desk, [one.address for one in every])
    gone = await desk.database.write(
        lambda session: notices.ended(session, company, every, told=told, now=desk.clock.now())
    )
    if gone:
        await _forget(desk, gone)
        await _wiped(desk)


async def _tell(desk: Desk, addresses: list[bytes]) -> bool:
    """Whether everybody was told who can be."""
    ids = [await asyncio.to_thread(sealing.addressee, desk.idea_keys, address) for address in addresses]
    people = list(await desk.database.read(lambda session: notices.people(session, filter(None, ids))))
    _CHANCE.shuffle(people)
    sent = [await desk.delivery.alarm(one.slack_id, views.letters.notice(one.language)) for one in people]
    return all(sent)


async def _forget(desk: Desk, addresses: Iterable[bytes]) -> None:
    for address in addresses:
        await asyncio.to_thread(desk.idea_keys.destroy, sealing.key_of(address))

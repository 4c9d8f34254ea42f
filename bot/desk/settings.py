"""The settings that stand, and this process: it goes by its own changes at once, by those of others soon."""

import logging
from collections.abc import Mapping

from sqlmodel import Session

from bot.desk import Desk
from bot.services import settings as service
from bot.services import standing
from storage import settings as storage

log = logging.getLogger(__name__)


async def settle(desk: Desk) -> None:
    """Go by what stands, and keep the ritual and the roles as it says."""

    def story(session: Session) -> Mapping[str, str]:
        texts = storage.texts(session, desk.defaults.workspace_id)
        service.settle(session, standing.in_force(desk.defaults, texts), now=desk.clock.now())
        return texts

    desk.go_by(await desk.database.write(story))


async def follow(desk: Desk) -> None:
    """Settle again if somebody else changed a setting: another process, or the command line."""
    before = desk.changed
    texts = await desk.database.read(lambda session: storage.texts(session, desk.defaults.workspace_id))
    if texts != before and desk.changed is before:  # else this process changed one meanwhile, and what was read is old
        await settle(desk)
        log.info("settings were changed elsewhere; %d stand over those of the environment", len(texts))

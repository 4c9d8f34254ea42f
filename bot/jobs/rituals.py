"""Open the day: the ritual's post is owed in the transaction that decides the date."""

import logging

from sqlmodel import Session

from bot import views
from bot.desk import Desk
from bot.jobs import applause
from bot.services import channels
from bot.services import rituals as service
from bot.services.rituals import Morning, Silence, Skipped
from storage import outbox

log = logging.getLogger(__name__)


async def open_day(desk: Desk) -> None:
    """Read the applause again where a ritual is near, then decide every date that is due."""
    await applause.before_rituals(desk)

    def story(session: Session) -> tuple[Morning | Silence | Skipped, ...]:
        now = desk.clock.now()  # read under the write lock: what was recorded before it is in, all else is tomorrow's
        outcomes = (
            *service.give_up(session, desk.company, now=now),
            *service.open_due(session, desk.company, now=now),
        )
        for outcome in outcomes:
            if isinstance(outcome, Morning):
                _post(session, desk, outcome)
            elif isinstance(outcome, Skipped):
                _warn(session, desk, outcome)
        return outcomes

    if await desk.database.read(lambda session: service.is_due(session, desk.company, now=desk.clock.now())):
        for outcome in await desk.database.write(story):
            log.info("ritual=%s outcome=%s", outcome.ritual.name, type(outcome).__name__.lower())


def _post(session: Session, desk: Desk, morning: Morning) -> None:
    channel = morning.ritual.channel
    subject = service.subject(morning.ritual, morning.local_date)
    outbox.post(
        session,
        workspace_id=desk.company.workspace_id,
        key=subject,
        subject=subject,
        channel=channel,
        message=views.rituals.morning(morning, channels.language(session, desk.company, channel)),
        now=desk.clock.now(),
        not_after=service.latest(morning.ritual, morning.local_date),
    )


def _warn(session: Session, desk: Desk, skipped: Skipped) -> None:
    for admin in skipped.admins:
        outbox.post(
            session,
            workspace_id=desk.company.workspace_id,
            key=f"skipped:{skipped.ritual.id}:{skipped.local_dates[-1]}:{admin.id}",
            channel=admin.slack_id,
            message=views.rituals.skipped(skipped, admin.language),
            now=desk.clock.now(),
        )

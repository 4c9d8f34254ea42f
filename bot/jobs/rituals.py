"""Open the day: the ritual's post is owed in the transaction that decides the date."""

import logging
from collections.abc import Sequence

from sqlmodel import Session

from bot import figures, views
from bot.desk import Desk
from bot.desk.channels import enter
from bot.jobs import applause
from bot.services import channels, timetable
from bot.services import rituals as service
from bot.services.rituals import Morning, Silence, Skipped
from storage import outbox, trouble

log = logging.getLogger(__name__)


async def open_day(desk: Desk) -> None:
    """Read the applause again where a ritual is near or due, then decide every date that was due before the reading,
    ritual by ritual: one that fails is tried again with the next tick and stops no other."""
    for channel in await desk.database.read(lambda session: timetable.unseen(session, desk.company)):
        await enter(desk, channel)  # a ritual that is new: its post is in the language of its channel
    due = await desk.database.read(lambda session: service.due(session, desk.company, now=desk.clock.now()))
    await applause.before_rituals(desk)  # what becomes due meanwhile has its applause read by the next tick
    await _give_up(desk)
    for ritual in due:
        try:
            await _open(desk, ritual.name)
        except Exception as error:
            if trouble.seen(error):
                raise  # the others would fare no better
            figures.JOB_FAILURES.labels("rituals.open_day").inc()
            log.exception("ritual=%s could not be opened and is tried again with the next tick", ritual.name)


async def _give_up(desk: Desk) -> None:
    """Admins hear of posts that could not leave in time."""

    def story(session: Session) -> tuple[Skipped, ...]:
        skipped = service.give_up(session, desk.company, now=desk.clock.now())
        for one in skipped:
            _warn(session, desk, one)
        return skipped

    if await desk.database.read(lambda session: service.is_late(session, desk.company, now=desk.clock.now())):
        _log(await desk.database.write(story))


async def _open(desk: Desk, name: str) -> None:
    def story(session: Session) -> tuple[Morning | Silence | Skipped, ...]:
        now = desk.clock.now()  # read under the write lock: what was recorded before it is in, all else is tomorrow's
        outcomes = service.open_due(session, desk.company, name, now=now)
        for outcome in outcomes:
            if isinstance(outcome, Morning):
                _post(session, desk, outcome)
            elif isinstance(outcome, Skipped):
                _warn(session, desk, outcome)
        return outcomes

    _log(await desk.database.write(story))


def _log(outcomes: Sequence[Morning | Silence | Skipped]) -> None:
    for outcome in outcomes:
        became = type(outcome).__name__.lower()
        figures.RITUALS.labels(became).inc()
        log.info("ritual=%s outcome=%s", outcome.ritual.name, became)


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

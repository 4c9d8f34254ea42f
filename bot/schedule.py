"""WHEN: the timetable on one page. APScheduler only ticks; the database decides what is due (architecture, 6)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import figures
from bot.desk import Desk
from bot.jobs import (
    applause,
    erasing,
    gathering,
    letters,
    people,
    pulse,
    replies,
    retention,
    rewards,
    rituals,
    settings,
    suggestions,
    twins,
    upkeep,
    watch,
)
from storage import trouble

log = logging.getLogger(__name__)

MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Job:
    """A job and the seconds between its runs; `at_start` also runs it once as soon as the bot is up."""

    run: Callable[[Desk], Awaitable[None]]
    every_s: int
    at_start: bool = True


TIMETABLE = (
    Job(watch.look, 5),
    Job(settings.look, 5),
    Job(rituals.open_day, 15),
    Job(applause.of_unread_posts, 15),
    Job(twins.sweep, 15),
    Job(pulse.open_rounds, 15),
    Job(pulse.ask, 2),
    Job(pulse.mix, 5),
    Job(pulse.close, 15),
    Job(replies.bring, 15),
    Job(gathering.bring, 15),
    Job(erasing.finish, 15),
    Job(letters.bring, 15),
    Job(letters.notify, 15),
    Job(suggestions.remind, 15),
    Job(upkeep.remind_leads, HOUR),
    Job(suggestions.bring, DAY),
    Job(rewards.tend, 15),
    Job(upkeep.settle_in, HOUR, at_start=False),
    Job(upkeep.forget, HOUR),
    Job(retention.replace, HOUR),
    Job(people.sync, DAY),
    Job(people.follow_groups, HOUR, at_start=False),
    Job(settings.greet, HOUR),
)

REHEARSAL_S = 1
"""A moved clock is noticed this soon."""


def build(desk: Desk, *, rehearsal: bool) -> AsyncIOScheduler:
    """A scheduler that ticks by the timetable, not started yet.

    Late ticks run all the same, and late ones of a job become one. In a rehearsal, where the clock is moved by hand,
    the ritual ticks every second.
    """
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in TIMETABLE:
        seconds = min(job.every_s, REHEARSAL_S) if rehearsal and job.every_s < MINUTE else job.every_s
        first = {"next_run_time": datetime.now(UTC)} if job.at_start else {}
        scheduler.add_job(_guarded, "interval", args=(job, desk), seconds=seconds, id=name(job), **first)
    return scheduler


async def end(scheduler: AsyncIOScheduler) -> None:
    """Tick no more, and interrupt what runs; a job that has not begun is let begin, for APScheduler would log an error
    with a traceback for one that is interrupted before that."""
    scheduler.pause()
    await asyncio.sleep(0)
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0)


def name(job: Job) -> str:
    """How logs call a job: its module and function."""
    return f"{job.run.__module__.removeprefix('bot.jobs.')}.{job.run.__name__}"


async def _guarded(job: Job, desk: Desk) -> None:
    try:
        await job.run(desk)
    except asyncio.CancelledError:
        log.info("job=%s was interrupted by the end of the bot and runs again after the next start", name(job))
    except Exception as error:
        figures.JOB_FAILURES.labels(name(job)).inc()
        log.error(
            "job=%s failed and runs again in %d s: %s", name(job), job.every_s, trouble.told(error),
            exc_info=trouble.trace(error),
        )  # fmt: skip

"""The micro pulse: whether keys can be kept, whether the key of the open round is here, and why nobody is asked."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.commands.doctor.finding import Finding, error, ok, warning
from bot.config import Settings
from bot.rules.pulse import LEAST, OFFERED_FROM, is_open
from bot.rules.quiet import QuietHours
from bot.sealing import Keys, Lost
from storage import letters as sealed
from storage import migrations, people, surveys
from storage.database import Database
from storage.letters import Postbox
from storage.people import Member


def look(settings: Settings, workspace_id: str, now: datetime) -> Iterator[Finding]:
    """All that can be said of the pulse; of rounds if the database can tell."""
    if not settings.pulse:
        yield ok("pulse", "switched off by PULSE")
        return
    keys = Keys(settings.keys_folder)
    if why := keys.usable():
        yield error("pulse", f"keys in {keys.folder}: {why}", "mend that, or set KEYS_DIR to a folder of the bot alone")
    else:
        yield ok("pulse", f"keys are kept in {keys.folder}; no backup may hold that folder")
    if settings.quiet_hours and QuietHours(*settings.quiet_hours).hold(settings.pulse_time):
        seen = f"PULSE_TIME {settings.pulse_time:%H:%M} lies in QUIET_HOURS, and people are asked all the same"
        yield warning("pulse", seen, "move one of the two")
    yield from _rounds(settings, keys, workspace_id, now)


def _rounds(settings: Settings, keys: Keys, workspace_id: str, now: datetime) -> Iterator[Finding]:
    try:
        if not workspace_id or migrations.standing(settings.database_url) != migrations.revisions()[-1]:
            return
        with closing(Database(settings.database_url)) as database:
            yield from database.read_now(lambda session: list(_standing(session, keys, workspace_id, now)))
    except SQLAlchemyError:  # `stored` says why
        return


def _standing(session: Session, keys: Keys, workspace_id: str, now: datetime) -> Iterator[Finding]:
    rounds, here = surveys.latest(session, workspace_id), people.present(session, workspace_id)
    if not rounds and 0 < len(here) < OFFERED_FROM:
        yield _few()
    yield from _teamless(here)
    for last in rounds:
        if last.state in surveys.UNDER_WAY:
            yield _key(keys, last, now)
        elif last.state == "few":
            yield _few()
        elif last.state == "void":
            seen = f"the key of the round of {last.local_date} was lost: it was destroyed unread"
            yield warning(
                "pulse", seen, "keep the folder of KEYS_DIR on a disk that stays, and let all replicas share it"
            )


def letters(settings: Settings, workspace_id: str) -> Iterator[Finding]:
    """Whether what was sent without a name can be opened."""
    keys = Keys(settings.keys_folder / "ideas")
    try:
        if not workspace_id or migrations.standing(settings.database_url) != migrations.revisions()[-1]:
            return
        with closing(Database(settings.database_url)) as database:
            full = database.read_now(lambda session: _sealed(session, workspace_id))
    except SQLAlchemyError:  # `stored` says why
        return
    shut = sum(count for postbox, count in full if count and not _opens(keys, postbox))
    if shut:
        yield error(
            "letters",
            f"{shut} sent without a name cannot be opened: their key is not in {keys.folder}",
            "put the folder of KEYS_DIR back; if it is gone for good, so is what they say: ask for it again",
        )


def _sealed(session: Session, workspace_id: str) -> list[tuple[Postbox, int]]:
    current = sealed.current(session, workspace_id)
    every = (*([current] if current else []), *sealed.full(session, workspace_id))
    return [(postbox, sealed.waiting(session, postbox.id)) for postbox in every]


def _opens(keys: Keys, postbox: Postbox) -> bool:
    try:
        return keys.find(postbox.id, postbox.public_key) is not None
    except Lost:
        return False


def _few() -> Finding:
    seen = f"nobody is asked: fewer than {OFFERED_FROM} people would be, and no answer could ever be shown"
    return warning("pulse", seen, "nothing, or set PULSE=off")


def _teamless(here: Sequence[Member]) -> Iterator[Finding]:
    """A few people without a team could be computed from the figures of all teams: so those of one stay hidden."""
    alone = sum(not one.team for one in here)
    if 0 < alone < min(LEAST, len(here)):
        seen = f"{alone} without a team, fewer than {LEAST}: so the figures of one team at least stay hidden"
        yield warning("pulse", seen, "give everybody a team: golden-ear import people FILE.csv")


def _key(keys: Keys, survey: surveys.Survey, now: datetime) -> Finding:
    asked = f"a round is open since {survey.local_date}, {survey.asked} are asked"
    if not is_open(survey.state, survey.closes_at, now):
        asked = f"the round of {survey.local_date} is over and is being closed"
    try:
        if keys.find(survey.id, survey.public_key):
            return ok("pulse", asked)
        seen = "its key is not seen here"
    except Lost:
        seen = "the file of its key is not its key"
    return error("pulse", f"{asked}, and {seen}", "put the folder of KEYS_DIR back, or the round will be void")

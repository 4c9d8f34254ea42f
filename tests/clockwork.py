"""A company whose people live in many zones, its pulse run by the real jobs, and a clock that is moved.

What leaves the outbox is taken by a postman who notes when: the sender's own way is tried in tests/delivery and
tests/whole, and would wait in real time.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_

from bot.desk import Desk
from bot.jobs import pulse
from bot.sealing import Keys
from storage import models, outbox, people, surveys
from storage.people import Profile
from storage.select import columns, table
from storage.surveys import Survey
from tests.jobs.test_open_day import Hands
from tests.office import TEAM, Office, slack_id

_OUTBOX, _INVITED = table(models.Outbox), table(models.Invitation)
_MAIL = columns(_OUTBOX.c.id, _OUTBOX.c.key).where(
    _OUTBOX.c.state == outbox.DUE,
    _OUTBOX.c.not_before <= bindparam("now"),
    or_(_OUTBOX.c.not_after.is_(None), _OUTBOX.c.not_after > bindparam("now")),
)
_SENT = _OUTBOX.update().where(_OUTBOX.c.id.in_(bindparam("ids", expanding=True))).values(state=outbox.SENT)
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)


def wall_clock(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first instant at which the clocks of `zone` show `at` on `day`; where they leave it out, as much later as
    they leap. Found by looking at the clocks, not by the rule of the product."""
    wanted = datetime.combine(day, at)
    around = [datetime.combine(day, at, UTC) + timedelta(days=days) for days in (-1, 0, 1)]
    offsets = {moment.astimezone(zone).utcoffset() or timedelta() for moment in around}
    for leap in (timedelta(), max(offsets) - min(offsets)):
        shown = [(wanted - offset).replace(tzinfo=UTC) + leap for offset in offsets]
        if hits := [one for one in shown if one.astimezone(zone).replace(tzinfo=None) == wanted + leap]:
            return min(hits)
    raise AssertionError(f"{zone} never shows {wanted}")


@dataclass(frozen=True)
class Question:
    """A question as it left: of which round, to whom, in which zone they were then, and when."""

    survey_id: str
    person: str
    zone: str
    at: datetime
    again: bool = False


class World:
    """People in zones, one process of the bot or several, and all that left."""

    def __init__(self, office: Office, folder: Path, zones: Mapping[str, str], processes: int = 1) -> None:
        self.office, self.keys = office, Keys(folder / "keys")
        self.zones = dict(zones)
        self.move(zones)
        office.keep_ritual()
        self.questions: list[Question] = []
        self.others: list[str] = []
        self.desks: list[Desk] = []
        self.restart(processes)

    def move(self, zones: Mapping[str, str]) -> None:
        """Let these people be in these zones from now on; who is not known joins."""
        self.zones.update(zones)
        profiles = [Profile(slack_id(name), name, zone=zone) for name, zone in zones.items()]
        self.office.run(people.enrol, TEAM, profiles, now=self.office.now)
        present = self.office.run(people.present, TEAM)
        self._names = {member.id: member.name for member in present}

    def restart(self, processes: int = 1) -> None:
        """Other processes of the bot go on from what is stored; they have the settings of now."""
        delivery, client = cast(Any, SimpleNamespace(rate=1000.0)), cast(Any, None)
        hands = Hands(self.office)
        self.desks = [
            Desk(self.office.database, delivery, client, hands, self.office.company, self.keys)
            for _ in range(processes)
        ]

    async def tick(self, now: datetime | None = None) -> None:
        """The jobs run once, at this moment, and what may leave does."""
        self.office.now = now or self.office.now
        for desk in self.desks:
            await pulse.close(desk)
            await pulse.open_rounds(desk)
            await pulse.ask(desk)
        self.deliver()

    async def until(self, end: datetime, step: timedelta = QUARTER) -> None:
        """Run on, with a tick at every full step and at the end."""
        while self.office.now < end:
            start = datetime(2000, 1, 1, tzinfo=UTC)
            await self.tick(min(end, start + ((self.office.now - start) // step + 1) * step))

    def deliver(self) -> None:
        """Whatever may leave the outbox now has left."""
        leaving = self.office.database.read_now(lambda session: session.execute(_MAIL, {"now": self.office.now}).all())
        if leaving:
            self.office.run(lambda session: session.execute(_SENT, {"ids": [row.id for row in leaving]}))
            self._note([row.key for row in leaving])

    def _note(self, keys: Sequence[str]) -> None:
        for key in keys:
            what, _, person_id = key.partition("#")
            kind, survey_id, *again = what.split(":")
            if kind == "pulse":
                name = self._names[person_id]
                self.questions.append(Question(survey_id, name, self.zones[name], self.office.now, bool(again)))
            else:
                self.others.append(key)

    # ---- seeing ----------------------------------------------------------------------------------------------------

    def rounds(self) -> list[Survey]:
        """Every date that was decided, the first one first."""
        return list(reversed(self.office.run(surveys.latest, TEAM, limit=100)))

    def asked(self, survey: Survey) -> list[Question]:
        return [one for one in self.questions if one.survey_id == survey.id and not one.again]

    def invited(self, survey: Survey) -> dict[str, str]:
        """Where everybody stands whom a round is to ask, by name."""
        those = columns(_INVITED.c.person_id, _INVITED.c.state).where(_INVITED.c.survey_id == survey.id)
        rows = self.office.run(lambda session: session.execute(those).all())
        return {self._names[person_id]: state for person_id, state in rows}

    def is_sound(self) -> None:
        """What holds whatever the clock does."""
        rounds = {one.id: one for one in self.rounds()}
        assert sum(one.state in surveys.UNDER_WAY for one in rounds.values()) <= 1, "two rounds are open"
        times = Counter((one.survey_id, one.person, one.again) for one in self.questions)
        assert not times or max(times.values()) == 1, "somebody was asked twice"
        for one in self.questions:
            survey = rounds[one.survey_id]
            assert one.at < survey.closes_at, "a question came after the end"
            assert one.at.astimezone(ZoneInfo(one.zone)).date() >= survey.local_date, "a question came before its date"

"""The job that opens the day."""

from datetime import datetime
from typing import Any, cast

import pytest

from bot.clock import Clock
from bot.desk import Desk
from bot.jobs import applause, rituals
from bot.services import rituals as service
from storage.models import Channel, Occurrence
from storage.select import columns
from storage.upsert import insert
from tests.office import TEAM, Office


class Hands(Clock):
    """A clock that shows the office's time."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    def now(self) -> datetime:
        return self.office.now


def decided(office: Office) -> list[str]:
    return office.run(lambda session: list(session.execute(columns(Occurrence.state)).scalars()))


async def test_a_clock_that_jumps_while_applause_is_read_opens_no_day_uncounted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.at(2026, 3, 3, 8)
    office.keep_ritual()
    seen = {"workspace_id": TEAM, "slack_id": office.company.praise_channel, "locale": "", "is_member": True}
    office.run(insert, Channel, {**seen, "checked_at": office.now})
    office.praise("ann", "bo", "So kind!")
    desk = Desk(office.database, cast(Any, None), cast(Any, None), Hands(office), office.company)
    read: list[int] = []

    async def reading(desk: Desk) -> None:
        read.append(len(office.do(service.awaited, ahead=applause.AHEAD)))
        office.at(2026, 3, 3, 9)

    monkeypatch.setattr(applause, "before_rituals", reading)

    await rituals.open_day(desk)
    assert (read, decided(office)) == ([0], [])
    await rituals.open_day(desk)
    assert (read, decided(office)) == ([0, 1], ["posted"])

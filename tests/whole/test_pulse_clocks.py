"""A round of the micro pulse over restarts and a clock that jumps, before the real outbox and Slack's stand-in."""

from pathlib import Path

from bot.workspace import staff
from storage import models
from storage.database import Database
from tests.whole.house import House, bot_in, until, workspace
from tests.whole.rounds import STAFF, round_of

LONDON = [one.handle for one in staff.STAFF if one.zone == "Europe/London"]


async def questions(house: House, user: str) -> int:
    """How often the question stands in the DM of somebody."""
    return sum("pulse_later" in str(message["blocks"]) for message in await house.people.dms(user))


async def test_over_restarts_and_a_clock_that_jumps_everybody_is_asked_once_and_nobody_at_night(
    tmp_path: Path, database: Database
) -> None:
    pulse = {"PULSE": "on", "KEYS_DIR": str(tmp_path / "keys")}
    async with workspace(tmp_path, "2026-11-23T10:00:00+08:00") as (slack, people):
        async with bot_in(slack, people, database, "http", **pulse) as house:
            await house.clock("2026-11-24 12:00:01")  # two hours late for all who are here
            asked = len(STAFF) - len(LONDON)
            await until(lambda: house.count(models.Invitation, models.Invitation.state == "owed") == asked)
            await house.settled()
        await people.set_clock("2026-11-25T13:30:00+08:00")  # half past five in the morning in London
        async with bot_in(slack, people, database, "socket", **pulse) as house:
            await until(lambda: house.count(models.Invitation, models.Invitation.ask_at > house.bot.clock.now()) > 0)
            await house.clock("2026-11-25 12:30:00")
            await house.settled()
            assert await questions(house, LONDON[0]) == 0
            await house.clock("2026-11-25 18:00:01")  # ten o'clock there, on the next day
            await house.dm(LONDON[0], action_id="pulse_later")
            await house.settled()
            assert [await questions(house, user) for user in STAFF] == [1] * len(STAFF)
            assert house.count(models.Survey) == 1 and round_of(house)["local_date"].isoformat() == "2026-11-24"

"""People as Slack describes them, written down while others write, too."""

import asyncio
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.clock import Clock
from bot.delivery import Delivery
from bot.desk import Desk
from bot.desk.people import enrol, profile_of
from bot.sealing import Keys
from bot.services import settings
from storage import erasures, people
from tests.office import TEAM, Office

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def desk_of(office: Office, keys: Path) -> Desk:
    """A desk of a process that has heard nothing of other processes since it started."""
    client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:1/", retry_handlers=[])
    clock = Clock()
    delivery = Delivery(client, office.database, clock, TEAM, 4)
    return Desk(office.database, delivery, client, clock, office.company, Keys(keys))


def user(name: str, **more: Any) -> dict[str, Any]:
    return {"id": f"U{name.upper()}", "name": name, "team_id": TEAM, "profile": {"display_name": name.title()}, **more}


async def test_who_is_no_lead_any_more_gets_no_rights_back_from_what_slack_said_before(
    office: Office, tmp_path: Path
) -> None:
    office.do(settings.change, "UADA", {"LEADS": "ULEE,ULOU"})
    desk = desk_of(office, tmp_path)
    desk.go_by({"LEADS": "ULEE,ULOU"})
    said = profile_of(user("lee"), desk.company)
    office.do(settings.change, "UADA", {"LEADS": "ULOU,UBO"})  # in another process
    await enrol(desk, [said, profile_of(user("bo"), desk.company)])
    assert [office.member(name).appointed for name in ("lee", "lou", "bo")] == ["", "lead", "lead"]


async def test_who_is_erased_while_slacks_word_of_them_waits_is_not_written_down_again(
    office: Office, tmp_path: Path
) -> None:
    desk, free = desk_of(office, tmp_path / "keys"), Event()

    def first_erasure(session: Session) -> None:
        free.wait(120)
        erasures.bar(session, TEAM, Keys(tmp_path / "keys").digest("UEVE", make=True), today=office.now.date())

    erasing = asyncio.create_task(office.database.write(first_erasure))
    await asyncio.sleep(0)  # it is the first in the queue
    enrolling = asyncio.create_task(enrol(desk, [profile_of(user(name), desk.company) for name in ("eve", "fay")]))
    await asyncio.sleep(0)
    free.set()
    await asyncio.gather(erasing, enrolling)
    assert office.run(people.by_slack, TEAM, ["UEVE", "UFAY"]).keys() == {"UFAY"}

"""People as Slack describes them, written down while others write, too."""

from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery import Delivery
from bot.desk import Desk
from bot.desk.people import enrol, profile_of
from bot.sealing import Keys
from bot.services import settings
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

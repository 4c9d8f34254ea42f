"""Slack's user groups as a process reads them: whose members lead, and which are teams."""

import contextlib
from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery import Delivery
from bot.desk import Desk, groups
from bot.rules.refusal import Unavailable
from bot.sealing import Keys
from bot.services.settings import WrongSettings
from bot.workspace import Control, Running, read_manifest, serve, staff
from bot.workspace import Settings as WorkspaceSettings
from storage import people
from storage.people import Profile
from tests.office import TEAM, Office
from tests.whole.house import ROOT

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
MANIFEST = read_manifest(ROOT / "bot" / "manifest.json")
RECEPTION, KITCHEN = staff.TEAMS["Reception"], staff.TEAMS["Kitchen"]


@contextlib.asynccontextmanager
async def slack_of(folder: Path, without: Collection[str] = ()) -> AsyncIterator[tuple[Running, Control]]:
    manifest = replace(MANIFEST, scopes=MANIFEST.scopes - set(without))
    chosen = WorkspaceSettings(manifest=manifest, clock_file=folder / "clock", quiet=True)
    async with serve(chosen) as slack, Control(slack.url) as control:
        yield slack, control


def desk_of(office: Office, slack: Running, keys: Path) -> Desk:
    """A desk of a process that knows all staff."""
    everybody = [Profile(slack_id=one.id, name=one.name) for one in staff.STAFF]
    office.run(people.enrol, TEAM, everybody, now=office.now)
    ready = slack.ready()
    client = AsyncWebClient(ready["bot_token"], base_url=ready["api_url"], retry_handlers=[])
    clock = Clock()
    return Desk(
        office.database, Delivery(client, office.database, clock, TEAM, 4), client, clock, office.company, Keys(keys)
    )


def staff_of(office: Office, team: str) -> set[str]:
    return {one.slack_id for one in office.run(people.of_team, TEAM, [team])}


def here(team: str) -> set[str]:
    return {one.id for one in staff.STAFF if one.team == team}


async def test_chosen_groups_are_followed_once_and_again_when_others_are_chosen(office: Office, tmp_path: Path) -> None:
    office.settle(team_groups=(RECEPTION,), leads_group=KITCHEN)
    async with slack_of(tmp_path) as (slack, control):
        desk = desk_of(office, slack, tmp_path)
        await groups.follow_chosen(desk)
        assert staff_of(office, "Reception") == here("Reception") and staff_of(office, "Kitchen") == set()
        leads = {one.slack_id for one in office.run(people.leaders, TEAM, "lead")}
        assert here("Kitchen") <= leads
        await control.fault("500", "usergroups.list", count=0)
        await groups.follow_chosen(desk)
        assert [fault["hits"] for fault in await control.faults()] == [0], "nothing else was chosen, nothing is asked"
        await control.clear_faults()
        desk.defaults = desk.company = replace(desk.company, team_groups=(RECEPTION, KITCHEN))
        await groups.follow_chosen(desk)
        assert staff_of(office, "Kitchen") == here("Kitchen")


async def test_what_slack_does_not_answer_or_has_switched_off_changes_nothing(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office.settle(team_groups=(RECEPTION, KITCHEN))
    async with slack_of(tmp_path) as (slack, control):
        desk = desk_of(office, slack, tmp_path)
        await groups.follow(desk)
        for group in slack.workspace.usergroups:
            group["users"] = [] if group["id"] == RECEPTION else group["users"]
            group["date_delete"] = 1 if group["id"] == KITCHEN else 0
        await control.fault("500", "usergroups.list")
        await groups.follow(desk)
        assert staff_of(office, "Reception") == here("Reception")
        await groups.follow(desk)
        assert staff_of(office, "Reception") == set() and staff_of(office, "Kitchen") == here("Kitchen")
        assert f"gone or switched off: {KITCHEN}" in caplog.text


async def test_only_a_group_that_is_not_there_is_told_as_one(office: Office, tmp_path: Path) -> None:
    async with slack_of(tmp_path) as (slack, control):
        desk = desk_of(office, slack, tmp_path)
        with pytest.raises(WrongSettings):
            await groups.members_of(desk, "S0NOWHERE")
        await control.fault("500", "usergroups.users.list")
        with pytest.raises(Unavailable, match="slack_unreachable"):
            await groups.members_of(desk, RECEPTION)
    async with slack_of(tmp_path, without=["usergroups:read"]) as (slack, _):
        with pytest.raises(Unavailable, match="groups_hidden"):
            await groups.members_of(desk_of(office, slack, tmp_path), RECEPTION)

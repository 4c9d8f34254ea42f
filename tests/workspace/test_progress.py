"""The ticks of the guide: by what was really done, whatever else goes over the wire."""

import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running, seven, staff
from tests.workspace.conftest import Listener

PRAISE = staff.PRAISE_CHANNEL
POST = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": seven.PRAISE_MENU, "text": {"type": "plain_text", "text": "Idea"}, "value": "1"}
    ],
}


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_submission"},
        {"type": "view_submission", "view": "x"},
        {"type": "block_actions", "actions": [1, None]},
        {"type": "block_actions", "actions": 7},
        {"event": 3},
        {"event": {"type": "reaction_added"}},
    ],
)
async def test_what_nobody_can_read_shows_nothing_and_stops_nobody(
    slack: Running, people: Control, listener: Listener, payload: dict
) -> None:
    for kind in ("interactive", "events_api"):
        await people.send(kind, payload)
    assert slack.workspace.progress.done == []


async def test_a_praise_in_a_thread_is_none_of_the_steps(slack: Running, client: AsyncWebClient) -> None:
    first = str((await client.chat_postMessage(channel=PRAISE, text="plain"))["ts"])
    await client.chat_postMessage(channel=PRAISE, text="x", blocks=[POST], thread_ts=first)
    assert slack.workspace.progress.done == []
    await client.chat_postMessage(channel=PRAISE, text="x", blocks=json.dumps([POST]))
    assert slack.workspace.progress.done == ["praise"]


@pytest.mark.parametrize(("scene", "broken"), [("", False), (seven.SCENE, True)])
async def test_slack_was_broken_only_by_the_day_that_the_guide_means(
    slack: Running, client: AsyncWebClient, scene: str, broken: bool
) -> None:
    slack.workspace.faults.add(kind="500", where="chat.postMessage", count=1, scene=scene)
    await refused_by_fault(client)
    await client.chat_postMessage(channel=PRAISE, text="x", blocks=[POST])
    assert ("break" in slack.workspace.progress.done) is broken


async def refused_by_fault(client: AsyncWebClient) -> None:
    """Post something that Slack breaks down on."""
    with pytest.raises(Exception, match="500"):
        await client.chat_postMessage(channel=PRAISE, text="lost")

"""Every key that the workspace sends is one of Slack's, and what a bot reads is there.

The key names are facts taken from Slack's documentation (docs.slack.dev) and from the payloads in the tests of
slackapi/bolt-python and slackapi/python-slack-sdk.
"""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control
from tests.workspace.conftest import Listener, button, field_of, modal
from tests.workspace.test_deliveries import Connect, one_event

MAY, MUST = 0, 1
KEYS = {
    "envelope": ("envelope_id payload type accepts_response_payload", "retry_attempt retry_reason"),
    "hello": ("type num_connections debug_info connection_info", ""),
    "event_callback": (
        "token team_id api_app_id event type event_id event_time authorizations is_ext_shared_channel event_context",
        "enterprise_id authed_users",
    ),
    "authorization": ("enterprise_id team_id user_id is_bot is_enterprise_install", ""),
    "message": (
        "type text user ts team channel event_ts channel_type",
        "client_msg_id blocks bot_id bot_profile thread_ts app_id metadata",
    ),
    "reaction": ("type user item reaction item_user event_ts", ""),
    "user_event": ("type user cache_ts event_ts", ""),
    "member": ("type user channel channel_type team event_ts", "inviter"),
    "command": (
        "token team_id team_domain channel_id channel_name user_id user_name command text api_app_id response_url "
        "trigger_id is_enterprise_install",
        "enterprise_id enterprise_name",
    ),
    "block_actions": (
        "type user api_app_id token container trigger_id team actions",
        "channel message response_url enterprise is_enterprise_install state view",
    ),
    "action": ("action_id block_id type action_ts", "text value style url selected_option selected_user"),
    "view_submission": (
        "type team user api_app_id token trigger_id view response_urls",
        "enterprise is_enterprise_install",
    ),
    "view": (
        "id team_id type blocks private_metadata callback_id state hash title clear_on_close notify_on_close close "
        "submit previous_view_id root_view_id app_id external_id app_installed_team_id bot_id",
        "",
    ),
    "posted": ("ok channel ts message", ""),
    "posted_message": ("type user text ts bot_id app_id team bot_profile", "blocks thread_ts metadata edited"),
}


def fits(name: str, body: dict) -> None:
    must, may = (set(words.split()) for words in KEYS[name])
    assert must - set(body) == set(), f"{name} lacks {must - set(body)}"
    assert set(body) - must - may == set(), f"{name} has {set(body) - must - may}"


async def payload(people: Control) -> dict:
    """Give the payload of the newest delivery."""
    return [one for one in await people.traffic() if one["way"] == "to_app"][-1]["payload"]


async def test_envelopes_and_events_have_slacks_keys(people: Control, connect: Connect) -> None:
    socket = await connect()
    fits("hello", socket.hello)
    await one_event(people)
    envelope = await socket.next()
    await socket.ack(envelope)
    fits("envelope", envelope)
    fits("event_callback", envelope["payload"])
    fits("authorization", envelope["payload"]["authorizations"][0])
    fits("user_event", envelope["payload"]["event"])


async def test_happenings_have_slacks_keys(people: Control, listener: Listener) -> None:
    ts = await people.say("mei", "#praise", "hello")
    await people.wait({"event": "message"})
    fits("message", (await payload(people))["event"])
    await people.react("sam", "#praise", ts, "star")
    await people.wait({"event": "reaction_added"})
    fits("reaction", (await payload(people))["event"])
    await people.invite("goldenear", "#random", by="sam")
    await people.wait({"event": "member_joined_channel"})
    fits("member", (await payload(people))["event"])


async def test_acts_have_slacks_keys(client: AsyncWebClient, people: Control, listener: Listener) -> None:
    await people.command("sam", "#general", "/praise")
    command = await payload(people)
    fits("command", command)
    shown = field_of({"type": "plain_text_input"})
    opened = await client.views_open(trigger_id=command["trigger_id"], view=modal(shown))
    fits("view", opened["view"])
    await people.submit("sam", opened["view"]["id"], {"words": "x"})
    submitted = await payload(people)
    fits("view_submission", submitted)
    fits("view", submitted["view"])
    blocks = [{"type": "actions", "elements": [button()]}]
    posted = await client.chat_postMessage(channel="C0PRAISE01", text="x", blocks=blocks)
    fits("posted", posted.data)  # type: ignore[arg-type]
    fits("posted_message", posted["message"])
    await people.click("sam", "#praise", posted["ts"], "go")
    clicked = await payload(people)
    fits("block_actions", clicked)
    fits("action", clicked["actions"][0])


USER = (
    "id team_id name deleted color real_name tz tz_label tz_offset profile is_admin is_owner is_primary_owner "
    "is_restricted is_ultra_restricted is_bot is_app_user updated"
)


@pytest.mark.parametrize("handle", ["U0SAM00000", "U0OLU00000", "U0ROTABOT0", "USLACKBOT"])
async def test_a_user_has_what_a_bot_reads(client: AsyncWebClient, handle: str) -> None:
    user = (await client.users_info(user=handle))["user"]
    assert set(user) == set(USER.split())
    assert {"real_name", "display_name", "team"} <= set(user["profile"])
    assert user["tz_offset"] == (28_800 if user["tz"] == "Asia/Hong_Kong" else user["tz_offset"])

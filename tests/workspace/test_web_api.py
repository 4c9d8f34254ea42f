"""The Web API's door, asked by Slack's own client."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Manifest, Running, Settings, serve
from tests.workspace.conftest import client_of

GENERAL = "C0GENERAL1"
RANDOM = "C0RANDOM01"


async def refused(call: object) -> dict:
    """Await a call that must be refused; give the body."""
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]
    return caught.value.response.data


async def test_the_bot_learns_who_it_is(client: AsyncWebClient) -> None:
    told = await client.auth_test()
    assert (told["user_id"], told["bot_id"], told["team_id"]) == ("U0GEBOT001", "B0GEBOT001", "T0GEHOTEL1")
    assert "chat:write" in told.headers["x-oauth-scopes"]


async def test_a_missing_or_wrong_token_is_refused(slack: Running) -> None:
    settings = slack.workspace.settings
    assert (await refused(client_of(slack, "").auth_test()))["error"] == "not_authed"
    assert (await refused(client_of(slack, "xoxb-other").auth_test()))["error"] == "invalid_auth"
    assert (await refused(client_of(slack, settings.app_token).auth_test()))["error"] == "not_allowed_token_type"
    asked = client_of(slack).apps_connections_open(app_token=settings.bot_token)
    assert (await refused(asked))["error"] == "not_allowed_token_type"


async def test_an_unknown_method_is_refused(client: AsyncWebClient) -> None:
    assert (await refused(client.api_call("chat.shout")))["error"] == "unknown_method"


async def test_a_scope_that_the_manifest_does_not_ask_for_is_missing() -> None:
    settings = Settings(manifest=Manifest(scopes=frozenset({"users:read"})), quiet=True)
    async with serve(settings) as slack:
        client = client_of(slack)
        body = await refused(client.chat_postMessage(channel=GENERAL, text="x"))
        assert body == {"ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "users:read"}
        assert (await refused(client.conversations_list(types="private_channel")))["needed"] == "groups:read"
        assert "email" not in (await client.users_info(user="U0MEI00000"))["user"]["profile"]


async def test_arguments_come_as_query_form_or_json(slack: Running) -> None:
    url, token = slack.api_url + "users.info", slack.workspace.settings.bot_token
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session:
        ways = (
            session.get(url, params={"user": "U0MEI00000"}, headers=headers),
            session.post(url, data={"user": "U0MEI00000"}, headers=headers),
            session.post(url, json={"user": "U0MEI00000"}, headers=headers),
            session.post(url, data={"user": "U0MEI00000", "token": token}),
        )
        for way in ways:
            async with way as reply:
                assert (await reply.json())["user"]["name"] == "mei"
        async with session.post(
            slack.api_url + "auth.test", headers={**headers, "Content-Type": "application/json"}
        ) as r:
            assert (await r.json())["ok"]


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"[1]", "application/json", "json_not_object"),
        (b"x=1", "text/plain", "invalid_post_type"),
        (b"x=\xff\xfe", "application/x-www-form-urlencoded", "invalid_form_data"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(slack: Running, body: bytes, kind: str, error: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(slack.api_url + "auth.test", data=body, headers={"Content-Type": kind}) as reply,
    ):
        assert (reply.status, (await reply.json())["error"]) == (200, error)


async def test_missing_arguments_are_named(client: AsyncWebClient) -> None:
    body = await refused(client.api_call("users.info"))
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


async def test_users_come_page_by_page_each_once(client: AsyncWebClient) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = await client.users_list(limit=5, cursor=cursor, include_locale=True)
        seen += [user["name"] for user in page["members"]]
        assert all(user["locale"] for user in page["members"])
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 16
    assert {"slackbot", "goldenear", "olu", "rotabot", "mei"} <= set(seen)
    assert (await refused(client.users_list(cursor="bad")))["error"] == "invalid_cursor"


async def test_locale_is_given_only_when_asked_for(client: AsyncWebClient) -> None:
    assert "locale" not in (await client.users_info(user="U0LING0000"))["user"]
    assert (await client.users_info(user="U0LING0000", include_locale=True))["user"]["locale"] == "zh-TW"
    assert "locale" not in (await client.conversations_info(channel=GENERAL))["channel"]
    told = (await client.conversations_info(channel=GENERAL, include_locale=True, include_num_members=True))["channel"]
    assert (told["locale"], told["is_member"], told["num_members"]) == ("en-GB", True, 14)


async def test_conversations_are_found_joined_and_opened(client: AsyncWebClient) -> None:
    listed = await client.conversations_list(types="public_channel,private_channel", limit=2)
    assert len(listed["channels"]) == 2 and listed["response_metadata"]["next_cursor"]
    assert not (await client.conversations_info(channel=RANDOM))["channel"]["is_member"]
    assert (await client.conversations_join(channel=RANDOM))["channel"]["is_member"]
    assert (await client.conversations_join(channel=RANDOM))["warning"] == "already_in_channel"
    assert "U0GEBOT001" in (await client.conversations_members(channel=RANDOM, limit=200))["members"]
    opened = await client.conversations_open(users="U0MEI00000")
    assert opened["channel"]["id"] == "D0MEI00000"


async def test_what_cannot_be_found_joined_or_opened_is_refused(client: AsyncWebClient) -> None:
    assert (await refused(client.conversations_info(channel="C0NOWHERE1")))["error"] == "channel_not_found"
    joined = await refused(client.conversations_join(channel="C0KITCHEN1"))
    assert joined["error"] == "method_not_supported_for_channel_type"
    assert (await refused(client.conversations_open(users="U0NOBODY00")))["error"] == "user_not_found"
    assert (await refused(client.conversations_open(users="U0ROTABOT0")))["error"] == "cannot_dm_bot"
    assert (await refused(client.conversations_members(channel="C0NOWHERE1")))["error"] == "channel_not_found"
    assert (await refused(client.users_info(user="U0NOBODY00")))["error"] == "user_not_found"


async def test_user_groups_hold_the_three_teams(client: AsyncWebClient) -> None:
    groups = (await client.usergroups_list(include_users=True))["usergroups"]
    assert {group["name"]: len(group["users"]) for group in groups} == {"Reception": 4, "Service": 4, "Kitchen": 4}
    assert "users" not in (await client.usergroups_list())["usergroups"][0]
    listed = await client.usergroups_users_list(usergroup=groups[0]["id"])
    assert listed["users"] == groups[0]["users"]
    assert (await refused(client.usergroups_users_list(usergroup="S0NONE")))["error"] == "no_such_subteam"


async def test_the_team_is_described(client: AsyncWebClient) -> None:
    assert (await client.team_info())["team"]["domain"] == "harbour-house"

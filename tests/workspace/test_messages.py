"""Posting, changing, reading: what Slack takes and what it refuses."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control
from tests.workspace.conftest import section
from tests.workspace.test_web_api import refused

PRAISE = "C0PRAISE01"
RANDOM = "C0RANDOM01"


async def test_a_message_is_posted_with_blocks_and_metadata(client: AsyncWebClient, people: Control) -> None:
    metadata = {"event_type": "golden_ear", "event_payload": {"key": "k1"}}
    posted = await client.chat_postMessage(channel=PRAISE, text="hello", blocks=[section()], metadata=metadata)
    (seen,) = await people.messages("#praise")
    assert seen["ts"] == posted["ts"] and seen["by_app"] and seen["metadata"] == metadata
    assert seen["blocks"][0]["block_id"]
    assert (await client.conversations_history(channel=PRAISE))["messages"][0].get("metadata") is None
    found = await client.conversations_history(channel=PRAISE, include_all_metadata=True)
    assert found["messages"][0]["metadata"] == metadata


async def test_posting_to_a_person_opens_the_direct_message(client: AsyncWebClient, people: Control) -> None:
    posted = await client.chat_postMessage(channel="U0MEI00000", text="for you")
    assert posted["channel"] == "D0MEI00000"
    assert [one["text"] for one in await people.dms("mei")] == ["for you"]


async def test_slack_builds_the_text_that_is_left_out(client: AsyncWebClient) -> None:
    posted = await client.api_call("chat.postMessage", json={"channel": PRAISE, "blocks": [section("only blocks")]})
    assert posted["message"]["text"] == "only blocks"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": PRAISE, "text": " "}, "no_text"),
        ({"channel": "C0NOWHERE1", "text": "x"}, "channel_not_found"),
        ({"channel": RANDOM, "text": "x"}, "not_in_channel"),
        ({"channel": "U0ROTABOT0", "text": "x"}, "cannot_dm_bot"),
        ({"channel": PRAISE, "text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"channel": PRAISE, "text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"channel": PRAISE, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": PRAISE, "text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format"),
        ({"channel": PRAISE, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x"}, "invalid_arguments"),
    ],
)
async def test_a_bad_message_is_refused(client: AsyncWebClient, people: Control, arguments: dict, error: str) -> None:
    assert (await refused(client.api_call("chat.postMessage", json=arguments)))["error"] == error
    assert await people.messages("#praise") == []


async def test_a_private_channel_is_unknown_to_a_bot_outside_it(client: AsyncWebClient, people: Control) -> None:
    await people.remove("goldenear", "kitchen-office")
    body = await refused(client.chat_postMessage(channel="C0KITCHEN1", text="x"))
    assert body["error"] == "channel_not_found"


async def test_text_over_forty_thousand_is_cut_not_refused(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=PRAISE, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000


async def test_an_update_with_text_alone_removes_the_blocks(client: AsyncWebClient, people: Control) -> None:
    posted = await client.chat_postMessage(channel=PRAISE, text="a", blocks=[section()])
    changed = await client.chat_update(channel=PRAISE, ts=posted["ts"], text="b")
    assert changed["text"] == "b" and "blocks" not in changed["message"] and changed["message"]["edited"]
    again = await client.chat_update(channel=PRAISE, ts=posted["ts"], text="c", blocks=[section("d")])
    assert again["message"]["blocks"][0]["text"]["text"] == "d"
    assert [one["text"] for one in await people.messages("praise")] == ["c"]


async def test_an_update_keeps_metadata_unless_it_is_given(client: AsyncWebClient, people: Control) -> None:
    metadata = {"event_type": "t", "event_payload": {}}
    posted = await client.chat_postMessage(channel=PRAISE, text="a", metadata=metadata)
    await client.chat_update(channel=PRAISE, ts=posted["ts"], text="b")
    assert (await people.messages("praise"))[0]["metadata"] == metadata


async def test_only_own_messages_may_be_updated(client: AsyncWebClient, people: Control) -> None:
    ts = await people.say("mei", "#praise", "mine")
    assert (await refused(client.chat_update(channel=PRAISE, ts=ts, text="x")))["error"] == "cant_update_message"
    assert (await refused(client.chat_update(channel=PRAISE, ts="1.000001", text="x")))["error"] == "message_not_found"
    posted = await client.chat_postMessage(channel="U0MEI00000", text="x")
    by_person = client.chat_update(channel="U0MEI00000", ts=posted["ts"], text="y")
    assert (await refused(by_person))["error"] == "channel_not_found"
    too_long = client.chat_update(channel="D0MEI00000", ts=posted["ts"], text="y" * 4_001)
    assert (await refused(too_long))["error"] == "msg_too_long"


async def test_an_ephemeral_reaches_members_only(client: AsyncWebClient, people: Control) -> None:
    await client.chat_postEphemeral(channel=PRAISE, user="U0MEI00000", text="psst")
    assert [one["text"] for one in await people.ephemerals("mei")] == ["psst"]
    assert await people.ephemerals("sam") == []
    outside = client.chat_postEphemeral(channel="C0KITCHEN1", user="U0MEI00000", text="psst")
    assert (await refused(outside))["error"] == "user_not_in_channel"


async def test_history_is_newest_first_within_its_bounds(client: AsyncWebClient, people: Control) -> None:
    stamps = [await people.say("mei", "#praise", f"m{number}") for number in range(5)]
    await people.say("sam", "#praise", "in the thread", thread_ts=stamps[0])

    async def texts(**bounds: object) -> list[str]:
        found = await client.conversations_history(channel=PRAISE, **bounds)  # type: ignore[arg-type]
        return [one["text"] for one in found["messages"]]

    assert await texts() == ["m4", "m3", "m2", "m1", "m0"]
    assert await texts(oldest=stamps[1], latest=stamps[3]) == ["m2"]
    assert await texts(oldest=stamps[1], latest=stamps[3], inclusive=True) == ["m3", "m2", "m1"]
    assert await texts(oldest=stamps[2], inclusive=True, limit=1) == ["m4"]
    first = await client.conversations_history(channel=PRAISE, limit=2)
    assert first["has_more"]
    assert await texts(limit=2, cursor=first["response_metadata"]["next_cursor"]) == ["m2", "m1"]
    assert (await refused(client.conversations_history(channel=PRAISE, limit=1000)))["error"] == "invalid_limit"
    assert (await refused(client.conversations_history(channel=PRAISE, oldest="x")))["error"] == "invalid_ts_oldest"
    assert (await refused(client.conversations_history(channel=RANDOM)))["error"] == "not_in_channel"


async def test_a_thread_begins_with_its_parent(client: AsyncWebClient, people: Control) -> None:
    ts = await people.say("mei", "#praise", "parent")
    await client.chat_postMessage(channel=PRAISE, text="reply", thread_ts=ts)
    thread = await client.conversations_replies(channel=PRAISE, ts=ts)
    assert [one["text"] for one in thread["messages"]] == ["parent", "reply"]
    assert thread["messages"][0]["reply_count"] == 1
    missing = client.conversations_replies(channel=PRAISE, ts="1.000001")
    assert (await refused(missing))["error"] == "thread_not_found"


async def test_reactions_are_read_in_full_when_asked(client: AsyncWebClient, people: Control) -> None:
    ts = await people.say("mei", "#praise", "nice")
    for who in ("sam", "aiko", "rosa", "jun"):
        await people.react(who, "#praise", ts, "star")
    short = (await client.reactions_get(channel=PRAISE, timestamp=ts))["message"]["reactions"][0]
    full = (await client.reactions_get(channel=PRAISE, timestamp=ts, full=True))["message"]["reactions"][0]
    assert (short["count"], len(short["users"]), len(full["users"])) == (4, 3, 4)
    assert (await refused(client.reactions_get(channel=PRAISE)))["error"] == "no_item_specified"
    assert (await refused(client.reactions_get(channel=PRAISE, timestamp="9")))["error"] == "bad_timestamp"
    assert (await client.reactions_add(channel=PRAISE, timestamp=ts, name="tada"))["ok"]
    again = client.reactions_add(channel=PRAISE, timestamp=ts, name="tada")
    assert (await refused(again))["error"] == "already_reacted"


@pytest.mark.parametrize(
    ("message", "ping"),
    [
        ({"text": "hey <!channel>"}, "<!channel>"),
        ({"text": "hey <!here|here>"}, "<!here|here>"),
        ({"text": "hey @everyone", "link_names": True}, "@everyone"),
        ({"text": "hey @everyone", "parse": "full"}, "@everyone"),
        ({"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "@here"}}]}, "@here"),
        ({"text": "x", "blocks": [section("<!subteam^S0KITCHEN1>")]}, "<!subteam^S0KITCHEN1>"),
        ({"text": "x", "blocks": [{"type": "markdown", "text": "<!everyone>"}]}, "<!everyone>"),
        ({"text": "hey @everyone &lt;!channel&gt;"}, None),
        ({"text": "x", "blocks": [section("@everyone a@here.com")]}, None),
        ({"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<!here>"}}]}, None),
    ],
)
async def test_every_broadcast_is_noticed(
    client: AsyncWebClient, people: Control, message: dict, ping: str | None
) -> None:
    await client.chat_postMessage(channel=PRAISE, **message)
    assert [one["ping"] for one in await people.pings()] == ([ping] if ping else [])

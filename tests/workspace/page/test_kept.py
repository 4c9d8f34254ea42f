"""What is kept of drawings and said in passing tells nobody what they may not see, nor yesterday what is today."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running, staff
from bot.workspace.page.spoken import excerpt
from bot.workspace.state import Workspace
from tests.workspace.page.readers import reader
from tests.workspace.page.watching import browser

PRAISE = staff.PRAISE_CHANNEL


async def drawn(slack: Running, who: str, ts: str) -> str:
    """A message as somebody has it who comes now."""
    async with browser(slack) as one:
        await one.look(who)
        return one.lists["messages"][f"m-{ts}"]


def test_in_a_few_words_a_private_channel_has_no_name_for_others() -> None:
    workspace = Workspace()
    room = workspace.channels.new("secret", private=True, locale="en-US", members=[workspace.user_id("mei")])
    words = f"See <#{room.id}|secret> &amp; <#{staff.GENERAL_CHANNEL}> :clap: &lt;b&gt; <https://example.com|here>"
    assert excerpt(reader("mei", workspace=workspace), words) == "See #secret & #general 👏 <b> here"
    assert excerpt(reader("sam", workspace=workspace), words) == "See a private channel & #general 👏 <b> here"


def test_in_a_few_words_groups_and_days_are_said_as_they_are_drawn() -> None:
    group = reader().workspace.usergroups[0]
    words = f"<!subteam^{group['id']}> <!here> <@U0MEI00000> <!date^1795361400^{{date_num}}|once>"
    said = excerpt(reader(), words)
    assert said.startswith(f"@{group['handle']} @here @陳美儀 ") and "date^" not in said and "2026" in said


async def test_each_chooses_among_the_rooms_that_they_see(
    slack: Running, people: Control, client: AsyncWebClient
) -> None:
    for kind in ("conversations_select", "channels_select"):
        select = {"type": kind, "action_id": "room", "placeholder": {"type": "plain_text", "text": "Where?"}}
        block = {"type": "section", "text": {"type": "mrkdwn", "text": "Where?"}, "accessory": select}
        ts = str((await client.chat_postMessage(channel=PRAISE, text="x", blocks=[block]))["ts"])
        first = await drawn(slack, "tomas", ts)
        assert "kitchen-office" not in await drawn(slack, "sam", ts), kind
        assert "kitchen-office" in first or kind == "channels_select"


async def test_what_a_reply_in_the_room_answers_is_drawn_for_each_and_as_it_is_now(
    slack: Running, client: AsyncWebClient
) -> None:
    first = f"See <#{staff.PRIVATE_CHANNEL}>"
    ts = str((await client.chat_postMessage(channel=PRAISE, text=first))["ts"])
    said = await client.chat_postMessage(channel=PRAISE, text="Done", thread_ts=ts, reply_broadcast=True)
    reply = str(said["ts"])
    async with browser(slack) as sam:
        await sam.look("sam")
        before = sam.lists["messages"][f"m-{reply}"]
        assert "kitchen-office" in await drawn(slack, "tomas", reply)
        assert "kitchen-office" not in before and "kitchen-office" not in await drawn(slack, "sam", reply)
        await client.chat_update(channel=PRAISE, ts=ts, text="See the rota")
        await sam.until(lambda: "See the rota" in sam.lists["messages"][f"m-{reply}"])
        await client.chat_delete(channel=PRAISE, ts=ts)
        await sam.until(lambda: "See the rota" not in sam.lists["messages"][f"m-{reply}"])
    assert "See the rota" not in await drawn(slack, "sam", reply)


async def test_a_new_day_forgets_how_the_days_were_called(
    slack: Running, people: Control, client: AsyncWebClient
) -> None:
    await people.set_clock("2026-11-24T12:00:00+08:00")
    now = int(slack.workspace.clock.now())
    ts = str((await client.chat_postMessage(channel=PRAISE, text=f"<!date^{now}^{{date_pretty}}|x>"))["ts"])
    async with browser(slack) as sam:
        await sam.look("sam")
        assert "today" in sam.lists["messages"][f"m-{ts}"].lower()
        slack.workspace.clock._moved = lambda: None  # the hours pass by themselves
        slack.workspace.clock.move(86_400)
    assert "yesterday" in (await drawn(slack, "sam", ts)).lower()


async def test_how_long_ago_something_was_is_drawn_anew(slack: Running, client: AsyncWebClient) -> None:
    now = int(slack.workspace.clock.now())
    ts = str((await client.chat_postMessage(channel=PRAISE, text=f"<!date^{now}^{{ago}}|x>"))["ts"])
    before = await drawn(slack, "sam", ts)
    slack.workspace.clock._moved = lambda: None
    slack.workspace.clock.move(60)
    assert await drawn(slack, "sam", ts) != before

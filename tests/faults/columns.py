"""What the fault matrix tries: for each call that the bot makes, an act that needs it, and what must be seen after it.

An act that is refused is repeated once, as people do. Each story asserts what is to be seen: a channel post and a DM
exactly once, an ephemeral and an answer by response_url once if Slack accepted it, and otherwise never.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.jobs import people as roster
from bot.workspace import staff
from storage import models, twins
from tests.faults.acts import (
    applauded_once,
    id_of,
    one_line,
    one_post_one_dm,
    praise,
    stranger,
    thanked_by_reaction,
    typed,
)
from tests.faults.shown import answer, form, pushed, redrawn, whisper
from tests.faults.trial import Trial
from tests.whole.crm import crm_of
from tests.whole.house import bot_in

Story = Callable[[Trial], Awaitable[None]]
AGAIN = r"next try in [\d.]+ s"
ONCE = r"it is not tried again"


@dataclass(frozen=True)
class Column:
    """One call and the act that needs it; `says` is what the log says where the fault is felt."""

    name: str
    story: Story
    says: str
    transports: tuple[str, ...] = ("http", "socket")
    unfelt: tuple[str, ...] = ("slow",)  # the bot can wait; and of a response_url it wants nothing but the status


# ---- posts and direct messages --------------------------------------------------------------------------------------


async def channel_post(trial: Trial) -> None:
    await trial.fault("chat.postMessage", contains=f'"channel": "{staff.PRAISE_CHANNEL}"')
    await praise(trial)
    await one_post_one_dm(trial)


async def direct_message(trial: Trial) -> None:
    await trial.fault("chat.postMessage", contains=f'"channel": "{id_of(trial.receiver)}"')
    await praise(trial)
    await one_post_one_dm(trial)


async def update(trial: Trial) -> None:
    await praise(trial)
    assert await trial.seen(trial.posts) == 1
    await trial.fault("chat.update")
    post = await trial.house.posted(trial.words)
    await trial.people.react(trial.third, "#praise", post["ts"], "tada")
    await applauded_once(trial)


async def look_up(trial: Trial, channel: str, method: str, **more: Any) -> None:
    """An answer is lost; when the bot looks whether its message arrived, that fails too."""
    await trial.people.fault("reset_after", "chat.postMessage", contains=f'"channel": "{channel}"')
    await trial.fault(method, **more)
    await praise(trial)
    await one_post_one_dm(trial)


async def history(trial: Trial) -> None:
    await look_up(trial, staff.PRAISE_CHANNEL, "conversations.history")


async def opening(trial: Trial) -> None:
    await look_up(trial, id_of(trial.receiver), "conversations.open")


async def thread(trial: Trial) -> None:
    """Somebody is thanked by a reaction; the line goes into the thread of the message."""
    await trial.fault("conversations.replies")
    await one_line(trial, await thanked_by_reaction(trial))


async def thread_look_up(trial: Trial) -> None:
    await trial.people.fault("reset_after", "chat.postMessage", contains='"thread_ts"')
    await trial.fault("conversations.replies", contains="include_all_metadata")
    await one_line(trial, await thanked_by_reaction(trial))


async def joining(trial: Trial) -> None:
    """The bot was taken out of the channel, and nobody told it."""
    room = trial.house.slack.workspace.channel("#praise")
    room.members.remove(staff.BOT_USER_ID)
    await trial.fault("conversations.join")
    await praise(trial)
    await one_post_one_dm(trial)


async def twin(trial: Trial) -> None:
    """A post stands twice, for a sender had stood still; the sweep takes the second copy away."""
    await praise(trial)
    assert await trial.seen(trial.posts) == 1
    post = await trial.house.posted(trial.words)
    (row,) = trial.house.rows(models.Outbox, models.Outbox.ts == post["ts"])
    metadata = {"event_type": "golden_ear", "event_payload": {"key": row["key"]}}
    workspace = trial.house.slack.workspace
    workspace.say_as_app(workspace.channel("#praise"), trial.words, None, {"metadata": metadata})
    await trial.house.database.write(lambda session: twins.suspect(session, row["id"], since=time.time(), until=1.0))
    await trial.fault("chat.delete")

    async def alone() -> int:
        assert trial.house.bot.desk is not None
        await trial.house.bot.desk.delivery.sweep()
        return await trial.posts() == 1

    assert await trial.seen(alone)
    await one_post_one_dm(trial)


# ---- what the bot asks ----------------------------------------------------------------------------------------------


async def channel_info(trial: Trial) -> None:
    """A channel that the bot knows, but has not looked at for a while."""
    await trial.people.move_clock(660)
    await trial.fault("conversations.info")
    await typed(trial, f"/kudos @{trial.receiver} for {trial.words}", id_of(trial.receiver))
    seen = await trial.seen(lambda: trial.posts("#general")), await trial.seen(trial.dms(trial.receiver))
    assert seen == (1, 1)
    assert await trial.struck()


async def user_info(trial: Trial) -> None:
    handle = await stranger(trial)
    await trial.fault("users.info")
    await praise(trial, handle)
    await one_post_one_dm(trial, handle)


async def user_by_email(trial: Trial) -> None:
    """Another program names somebody by address; it repeats under the same key, as it is told to."""
    handle = await stranger(trial)
    await trial.fault("users.lookupByEmail")
    async with crm_of(trial.house.url) as crm:
        for _ in range(2):
            key = trial.words.replace(" ", "-")
            status, _ = await crm.tell(key, people=[f"{handle}@example.com"], words=trial.words)
    assert status in (200, 201)
    await one_post_one_dm(trial, handle)


async def members(trial: Trial) -> None:
    handle = await stranger(trial)
    await trial.fault("users.list")
    assert trial.house.bot.desk is not None
    await roster.sync(trial.house.bot.desk)
    await praise(trial, handle)
    await one_post_one_dm(trial, handle)


async def reactions(trial: Trial) -> None:
    """The applause of a new post is read; a reaction that nobody told the bot of is found by it, in the end."""
    await trial.fault("reactions.get", count=0)
    await praise(trial)
    post = await trial.house.posted(trial.words)
    trial.house.slack.workspace.messages.react(staff.PRAISE_CHANNEL, post["ts"], "tada", id_of(trial.third))
    assert await trial.seen(trial.posts) == 1
    await trial.seen(trial.hits)
    assert await trial.struck()
    await applauded_once(trial)


# ---- at the start, and when the connection is lost ------------------------------------------------------------------


async def starting(trial: Trial, method: str, transport: str) -> None:
    """A second start of the bot, on the same database, while that call fails."""
    house = trial.house
    await house.bot.stop()
    await trial.fault(method)
    async with bot_in(house.slack, house.people, house.database, transport) as again:
        trial.house = again
        await praise(trial)
        await one_post_one_dm(trial)
    trial.house = house


async def identity(trial: Trial) -> None:
    await starting(trial, "auth.test", "http")


async def first_connection(trial: Trial) -> None:
    await starting(trial, "apps.connections.open", "socket")


async def next_connection(trial: Trial) -> None:
    await trial.fault("apps.connections.open")
    await trial.people.cut()
    await trial.seen(trial.hits)
    await trial.people.wait({"connections": 1}, 60.0)
    await one_line(trial, await thanked_by_reaction(trial))


COLUMNS = (
    Column("auth.test", identity, r"trying again in [\d.]+ s", ("http",)),
    Column("apps.connections.open", first_connection, r"trying again in [\d.]+ s", ("socket",)),
    Column("apps.connections.open, later", next_connection, r"trying again in [\d.]+ s", ("socket",)),
    Column("chat.postMessage to a channel", channel_post, AGAIN),
    Column("chat.postMessage to a person", direct_message, AGAIN),
    Column("chat.update", update, AGAIN),
    Column("chat.delete", twin, r"next look in [\d.]+ s"),
    Column("chat.postEphemeral", whisper, ONCE),
    Column("response_url", answer, ONCE, unfelt=("slow", "wrong_type")),
    Column("views.open", form, r"the person is told and can ask for it again", unfelt=()),
    Column("views.update", redrawn, r"what was asked for is done", unfelt=()),
    Column("views.push", pushed, ONCE, unfelt=()),
    Column("conversations.info", channel_info, r"what was known of the channel stays", unfelt=()),
    Column("conversations.join", joining, AGAIN),
    Column("conversations.open", opening, AGAIN),
    Column("conversations.history", history, AGAIN),
    Column("conversations.replies", thread, r"it is answered as one that begins a thread", unfelt=()),
    Column("conversations.replies, look-up", thread_look_up, AGAIN),
    Column("reactions.get", reactions, r"until it is read again"),
    Column("users.info", user_info, r"the person is asked to try again", unfelt=()),
    Column("users.list", members, r"trying again in [\d.]+ s"),
    Column("users.lookupByEmail", user_by_email, r"it can be tried again", unfelt=()),
)

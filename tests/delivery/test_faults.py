"""Every message owed is seen exactly once, whatever Slack and the network do to it."""

from itertools import pairwise
from time import time

import pytest

from bot.delivery import sender
from storage import claims, messages, outbox
from storage.database import Database
from tests.delivery.bench import ROOM, TEAM, all_sent, delivering, now, owe, rows, until
from tests.delivery.faulty import Fault, FaultySlack, refused

WAYS_TO_FAIL = {
    "a rate limit with Retry-After": Fault(status=429, headers={"Retry-After": "0.3"}, body={"ok": False}),
    "a server error before it was taken": Fault(status=500, body="oops"),
    "a server error after it was taken": Fault(accept=True, status=503, body="oops"),
    "a reset before it was taken": Fault(reset=True),
    "a reset after it was taken": Fault(accept=True, reset=True),
    "an answer too late": Fault(accept=True, hang=1.5),
    "an answer cut short": Fault(accept=True, body='{"ok": tr'),
    "an answer that is no object": Fault(accept=True, body="[]"),
    "an internal error after it was taken": Fault(accept=True, body={"ok": False, "error": "internal_error"}),
    "a channel that can be joined": refused("not_in_channel"),
    "a token that is mended": refused("invalid_auth"),
}


@pytest.mark.parametrize("channel", [ROOM, "U1"])
@pytest.mark.parametrize("fault", WAYS_TO_FAIL.values(), ids=list(WAYS_TO_FAIL))
async def test_one_message_is_seen_after(
    fault: Fault, channel: str, url: str, slack: FaultySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault.hang:
        monkeypatch.setattr(sender, "CALL_S", 0.5)
    slack.faults["chat.postMessage"] = [fault]
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: owe(session, "k", channel))
        await all_sent(database)
        assert slack.keys() == ["k"]
        known = database.read_now(lambda session: messages.by_subject(session, workspace_id=TEAM, subject="k"))
        assert known is not None
        assert (known.channel, known.ts) == (slack.posts[0]["channel"], slack.posts[0]["ts"])
        assert rows(database, "state, payload, error") == [("sent", "", "")]


async def test_a_limit_in_the_body_holds_the_method_and_loses_nothing(
    url: str, slack: FaultySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.call.DEFAULT_HOLD_S", 0.5)
    slack.faults["chat.postMessage"] = [refused("ratelimited"), refused("rate_limited")]
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: owe(session, "k"))
        await all_sent(database)
    assert slack.keys() == ["k"]
    moments = [at for at, _, _ in slack.calls]
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(moments))


async def test_a_message_goes_out_safe_and_findable(url: str, slack: FaultySlack) -> None:
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: owe(session, "k"))
        await all_sent(database)
    sent = slack.calls[0][2]
    assert sent["metadata"] == {"event_type": "golden_ear", "event_payload": {"key": "k"}}
    assert [sent[name] for name in ("link_names", "parse", "unfurl_links", "unfurl_media")] == [
        False, "none", False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("thread", ["", "ts:1.2"])
@pytest.mark.parametrize("had_arrived", [True, False])
async def test_after_a_crash_the_message_is_looked_for_before_it_is_sent(
    had_arrived: bool, thread: str, url: str, slack: FaultySlack
) -> None:
    database = Database(url)
    database.write_now(lambda session: owe(session, "k", thread=thread))
    died_at = time() - 20
    database.write_now(
        lambda session: claims.claim(
            session, workspace_id=TEAM, method=outbox.POST, owner="dead", now=now(), real_now=died_at, limit=1
        )
    )
    database.close()
    place = {"thread_ts": "1.2"} if thread else {}
    if had_arrived:
        slack.post({"channel": ROOM, "metadata": {"event_type": "golden_ear", "event_payload": {"key": "k"}}, **place})
    slack.post({"channel": ROOM, "metadata": {"event_type": "golden_ear", "event_payload": {"key": "x"}}, **place})
    async with delivering(url, slack) as (_, database):
        await all_sent(database)
    assert slack.keys().count("k") == 1
    assert slack.count("chat.postMessage") == (0 if had_arrived else 1)


async def test_what_cannot_be_looked_up_is_not_sent_blindly(url: str, slack: FaultySlack) -> None:
    slack.faults["chat.postMessage"] = [Fault(accept=True, reset=True)]
    slack.faults["conversations.history"] = [Fault(status=500), refused("missing_scope"), refused("ratelimited")]
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: owe(session, "k"))
        await until(lambda: slack.count("conversations.history") == 3)
        assert slack.count("chat.postMessage") == 1
        assert rows(database, "state, error")[0][0] != "dead"


async def test_two_senders_on_one_file_send_each_message_once(url: str, slack: FaultySlack) -> None:
    async with delivering(url, slack) as (_, one), delivering(url, slack):
        await one.write(lambda session: [owe(session, f"k{number}", f"C{number}") for number in range(20)])
        await all_sent(one)
    assert sorted(slack.keys()) == sorted(f"k{number}" for number in range(20))
    assert slack.count("conversations.history") == 0


async def test_after_a_stop_in_the_middle_everything_arrives_once(url: str, slack: FaultySlack) -> None:
    slack.faults["chat.postMessage"] = [Fault(accept=True, hang=0.2)] * 8
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: [owe(session, f"k{number}", f"C{number}") for number in range(8)])
        await until(lambda: len(slack.posts) > 1)
    async with delivering(url, slack) as (_, database):
        await all_sent(database)
    assert sorted(slack.keys()) == sorted(f"k{number}" for number in range(8))

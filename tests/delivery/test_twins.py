"""A sender that stood still may send what another has sent meanwhile: of the two copies one stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time
from typing import Any

import pytest

from bot.clock import Clock
from bot.delivery.look_up import earliest, metadata
from storage import claims, messages, outbox, twins
from storage.claims import Claimed
from storage.database import Database
from tests.delivery.bench import ROOM, TEAM, all_sent, delivering, now, owe, rows, until
from tests.delivery.faulty import Fault, FaultySlack, refused


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """No need to wait for senders that are not there."""
    monkeypatch.setattr(twins, "SETTLED_S", 0.0)
    monkeypatch.setattr(twins, "TAKEN_S", 0.1)


def frozen(database_url: str, channel: str = ROOM, thread: str = "") -> Claimed:
    """The row of a sender that has stood still since its lease ended."""
    database = Database(database_url)
    database.write_now(lambda session: owe(session, "k", channel, thread=thread))
    (row,) = database.write_now(
        lambda session: claims.claim(
            session, workspace_id=TEAM, method=outbox.POST, owner="frozen", now=now(),
            real_now=time() - claims.LEASE - 1, limit=1,
        )
    )  # fmt: skip
    database.close()
    return row


def thaw(slack: FaultySlack, row: Claimed) -> str:
    """What that sender had on its way arrives; gives the timestamp."""
    place = {"thread_ts": row.thread_ts} if row.thread_ts else {}
    return str(slack.post({"channel": row.channel, "text": "twin", "metadata": metadata("k"), **place})["ts"])


async def lease_over(database: Database) -> None:
    """The lease of the second sender is over too."""
    await database.write(lambda session: session.connection().exec_driver_sql("UPDATE outbox SET lease_until = 1"))


@pytest.mark.parametrize(("channel", "thread"), [(ROOM, ""), ("U1", ""), (ROOM, "ts:1.2")])
async def test_the_sweep_deletes_the_copy_that_is_not_recorded(
    channel: str, thread: str, database_url: str, slack: FaultySlack, caplog: pytest.LogCaptureFixture
) -> None:
    row = frozen(database_url, channel, thread)
    async with delivering(database_url, slack) as (delivery, database):
        await all_sent(database)
        kept = slack.posts[0]["ts"]
        thaw(slack, row)
        slack.post({"channel": "C1", "text": "somebody else's"})
        await delivery.sweep()
        assert len(slack.posts) == 3, "somebody may have it still"
        await lease_over(database)
        await delivery.sweep()
        assert [post["ts"] for post in slack.posts if post["text"] != "somebody else's"] == [kept]
        assert "k stood twice" in caplog.text
        calls = len(slack.calls)
        await delivery.sweep()
        assert len(slack.calls) == calls, "it was swept"


async def test_the_sweep_finds_a_copy_that_came_first(database_url: str, slack: FaultySlack) -> None:
    row = frozen(database_url)
    slack.faults["conversations.history"] = [Fault(body={"ok": True, "messages": []})]  # not shown yet
    thaw(slack, row)
    async with delivering(database_url, slack) as (delivery, database):
        await all_sent(database)
        assert slack.texts() == ["twin", "hello"]
        await lease_over(database)
        await delivery.sweep()
    assert slack.texts() == ["hello"]


def test_where_the_clock_moves_a_copy_is_looked_for_since_it_was_due(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    moving, due, tried = Clock(file), datetime.now(UTC) - timedelta(hours=4), time()
    for offset in ("25200", "0"):  # moved on since it was sent, or back to the real time
        file.write_text(offset)
        assert earliest(moving, due, tried) == due.timestamp()
    assert earliest(Clock(), due, tried) == tried


async def test_a_sender_that_comes_second_deletes_its_own_copy(database_url: str, slack: FaultySlack) -> None:
    database = Database(database_url)
    row: list[Claimed] = []

    def overtake(_arguments: object) -> None:
        """While the sender's call is under way another records the post."""
        database.write_now(lambda session: claims.mark_sent(session, row[0], channel=ROOM, ts=first, now=now()))

    row.append(frozen(database_url))
    first = thaw(slack, row[0])
    slack.faults["conversations.history"] = [Fault(body={"ok": True, "messages": []})]
    posting = slack.post
    slack.post = lambda arguments: (overtake(arguments), posting(arguments))[1]  # type: ignore[func-returns-value,method-assign]
    async with delivering(database_url, slack) as (delivery, other):
        await until(lambda: slack.count("chat.delete") == 1)
        assert slack.texts() == ["twin"]
        known = other.read_now(lambda session: messages.by_subject(session, workspace_id=TEAM, subject="k"))
        assert known and known.ts == first
        await lease_over(other)
        await delivery.sweep()
        assert slack.texts() == ["twin"] and rows(other, "state, suspect") == [("sent", False)]
    database.close()


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429, headers={"Retry-After": "0.2"}, body={"ok": False, "error": "ratelimited"}),
        Fault(status=500, body="oops"),
        Fault(body='{"ok": tr'),
    ],
    ids=["limited", "broken", "cut short"],
)
@pytest.mark.parametrize("method", ["conversations.history", "chat.delete"])
async def test_a_sweep_that_fails_is_done_again(
    method: str, fault: Fault, database_url: str, slack: FaultySlack
) -> None:
    row = frozen(database_url)
    async with delivering(database_url, slack) as (delivery, database):
        await all_sent(database)
        thaw(slack, row)
        await lease_over(database)
        slack.faults[method] = [fault]
        await delivery.sweep()
        assert len(slack.posts) == 2
        assert rows(database, "suspect") == [(True,)]
        await until(lambda: _due(database), 30)
        await delivery.sweep()
    assert slack.texts() == ["hello"]


async def test_where_nobody_can_look_it_is_let_be(database_url: str, slack: FaultySlack) -> None:
    frozen(database_url, "U1")
    async with delivering(database_url, slack) as (delivery, database):
        await all_sent(database)
        await lease_over(database)
        slack.faults["conversations.open"] = [refused("user_disabled")]
        await delivery.sweep()
        assert rows(database, "suspect") == [(False,)]


async def test_a_copy_that_somebody_deleted_by_hand_leaves_the_other(database_url: str, slack: FaultySlack) -> None:
    row = frozen(database_url)
    async with delivering(database_url, slack) as (delivery, database):
        await all_sent(database)
        thaw(slack, row)
        del slack.posts[0]
        await lease_over(database)
        await delivery.sweep()
    assert slack.texts() == ["twin"]


def _due(database: Database) -> Any:
    return database.read_now(lambda session: twins.any_due(session, workspace_id=TEAM, real_now=time()))

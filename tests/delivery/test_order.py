"""What waits for what: updates, threads, dead letters, moments and the pace."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.delivery import pace
from storage import outbox, stopped
from tests.delivery.bench import ROOM, TEAM, all_sent, change, delivering, now, owe, standing, until
from tests.delivery.faulty import Fault, FaultySlack, refused


async def test_only_the_newest_update_is_sent(url: str, slack: FaultySlack) -> None:
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: owe(session, "k"))
        await all_sent(database)
        slack.faults["chat.update"] = [Fault(accept=True, hang=0.3)]
        await database.write(lambda session: change(session, "k", "one"))
        await until(lambda: slack.count("chat.update") == 1)  # on its way while newer ones come
        await database.write(lambda session: [change(session, "k", words) for words in ("two", "three", "four")])
        await all_sent(database)
        assert slack.texts() == ["four"]
        assert slack.count("chat.update") == 2
        assert not await database.write(lambda session: change(session, "nobody's", "five"))


async def test_an_update_is_repeated_until_it_arrives_and_forgotten_when_the_post_is_gone(
    url: str, slack: FaultySlack
) -> None:
    slack.faults["chat.update"] = [Fault(reset=True), Fault(accept=True, status=500), refused("message_not_found")]
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: owe(session, "k"))
        await all_sent(database)
        await database.write(lambda session: change(session, "k", "new"))
        await all_sent(database)
        assert (slack.texts(), slack.count("chat.update")) == (["new"], 3)
        assert standing(database) == outbox.Figures(0.0, 0, 0)


async def test_an_answer_in_a_thread_waits_for_its_post(url: str, slack: FaultySlack) -> None:
    slack.faults["chat.postMessage"] = [Fault(status=500)]

    def story(session: Session) -> None:
        owe(session, "parent", "U1", "parent")
        owe(session, "child", "U1", "child", thread="parent")

    async with delivering(url, slack) as (_, database):
        await database.write(story)
        await all_sent(database)
    assert slack.texts() == ["parent", "child"]
    assert slack.posts[1]["thread_ts"] == slack.posts[0]["ts"]
    assert slack.posts[1]["channel"] == "D1"


async def test_a_refused_post_becomes_a_dead_letter_and_so_does_what_waits_for_it(url: str, slack: FaultySlack) -> None:
    slack.faults["chat.postMessage"] = [refused("user_disabled")]

    def story(session: Session) -> None:
        owe(session, "parent", "U1")
        owe(session, "child", "U1", thread="parent")
        owe(session, "grandchild", "U1", thread="child")

    async with delivering(url, slack) as (_, database):
        await database.write(story)
        await all_sent(database)
        await database.write(lambda session: owe(session, "late", "U1", thread="parent"))
        letters = database.read_now(lambda session: stopped.dead_letters(session, workspace_id=TEAM))
    assert [(letter.key, letter.error) for letter in letters] == [
        ("late", "parent_dead"),
        ("grandchild", "parent_dead"),
        ("child", "parent_dead"),
        ("parent", "user_disabled"),
    ]
    assert slack.count("chat.postMessage") == 1


async def test_refused_blocks_leave_the_words(url: str, slack: FaultySlack) -> None:
    slack.faults["chat.postMessage"] = [refused("invalid_blocks")] * 3
    words = {"type": "section", "text": {"type": "plain_text", "text": "a < b"}}
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: owe(session, "dead", "C2"))
        await all_sent(database)  # refused twice: given up
        await database.write(
            lambda session: outbox.post(
                session, workspace_id=TEAM, key="k", channel=ROOM, message={"blocks": [words]}, now=now()
            )
        )
        await all_sent(database)
    assert slack.texts() == ["a &lt; b"]
    assert "blocks" not in slack.posts[0]


async def test_nothing_leaves_before_its_time(url: str, slack: FaultySlack) -> None:
    async with delivering(url, slack) as (_, database):
        moment = now() + timedelta(seconds=3)
        await database.write(lambda session: owe(session, "late", "C2", not_before=moment))
        await database.write(lambda session: owe(session, "soon", "C3"))
        await until(lambda: len(slack.posts) == 2)
    left = dict(zip(slack.keys(), (float(post["ts"]) for post in slack.posts), strict=True))
    assert left.keys() == {"soon", "late"}
    assert left["soon"] <= left["late"] and left["late"] >= moment.timestamp() - 0.001


async def test_messages_leave_evenly_within_the_budget_and_one_a_second_in_a_channel(
    url: str, slack: FaultySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "CHANNEL_GAP_S", 1.0)
    async with delivering(url, slack, rate=4) as (_, database):

        def story(session: Session) -> None:
            for number in range(14):
                owe(session, f"k{number}", "C0" if number < 4 else f"C{number}")

        await database.write(story)
        await all_sent(database)
    moments = [at for at, _, _ in slack.calls]
    busiest = max(sum(at <= other < at + 1 for other in moments) for at in moments)
    assert busiest <= 6  # four, but for the network
    same = [at for at, _, sent in slack.calls if sent["channel"] == "C0"]
    assert same[-1] - same[0] > 2.5
    assert [key for key, post in zip(slack.keys(), slack.posts, strict=True) if post["channel"] == "C0"] == [
        "k0", "k1", "k2", "k3",
    ]  # fmt: skip

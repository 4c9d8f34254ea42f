"""The alarm: past the outbox, at most once."""

from tests.delivery.bench import delivering, rows
from tests.delivery.faulty import Fault, FaultySlack, refused

MESSAGE = {"text": "hello", "blocks": [{"type": "section"}]}


async def test_an_alarm_leaves_at_once_and_no_row_is_written(url: str, slack: FaultySlack) -> None:
    async with delivering(url, slack) as (delivery, database):
        assert await delivery.alarm("U1", MESSAGE)
        assert rows(database, "key") == []
    (post,) = slack.posts
    assert (post["channel"], post["text"], post["link_names"]) == ("D1", "hello", False)


async def test_an_alarm_that_certainly_did_not_arrive_may_be_tried_again_and_no_other(
    url: str, slack: FaultySlack
) -> None:
    limited = Fault(status=429, body={"ok": False, "error": "ratelimited"}, headers={"Retry-After": "1"})
    slack.faults["chat.postMessage"] = [limited]
    async with delivering(url, slack) as (delivery, _):
        assert not await delivery.alarm("U1", MESSAGE)
        slack.faults["chat.postMessage"] = [Fault(accept=True, reset=True)]
        assert await delivery.alarm("U2", MESSAGE)
        slack.faults["chat.postMessage"] = [refused("user_not_found")]
        assert await delivery.alarm("U3", MESSAGE)
        slack.faults["chat.postMessage"] = [refused("invalid_blocks")]
        assert await delivery.alarm("U4", MESSAGE)
    assert [post["channel"] for post in slack.posts] == ["D2", "D4"]
    assert "blocks" not in slack.posts[-1]

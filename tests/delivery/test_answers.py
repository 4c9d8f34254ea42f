"""What is said at most once, beside the outbox."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.delivery import Delivery
from storage.database import Database
from tests.delivery.bench import ROOM, TEAM, delivering, until
from tests.delivery.faulty import Fault, FaultySlack, refused


async def test_answers_go_out_once_beside_the_outbox(url: str, slack: FaultySlack) -> None:
    slack.faults["response_url"] = [Fault(status=400, body="invalid_blocks"), Fault(accept=True), Fault(status=500)]
    slack.faults["chat.postEphemeral"] = [refused("invalid_blocks")]
    message = {"text": "hello", "blocks": [{"type": "data_table"}], "replace_original": True}
    async with delivering(url, slack) as (delivery, _):
        delivery.answer(slack.url + "answers/1", message)
        await until(lambda: len(slack.replies) == 1)
        delivery.answer(slack.url + "answers/2", message)
        delivery.answer("http://127.0.0.1:1/nobody", message)
        delivery.whisper(ROOM, "U1", message, "1.2")
    assert slack.replies == [{"text": "hello", "replace_original": True}]
    assert slack.count("response_url") == 3
    whispers = [sent for _, method, sent in slack.calls if method == "chat.postEphemeral"]
    assert [("blocks" in sent, sent["thread_ts"], sent["user"]) for sent in whispers] == [
        (True, "1.2", "U1"),
        (False, "1.2", "U1"),
    ]


def test_a_client_that_repeats_calls_by_itself_is_not_accepted(url: str) -> None:
    database = Database(url)
    try:
        with pytest.raises(ValueError, match="retry_handlers"):
            Delivery(AsyncWebClient("xoxb-1"), database, Clock(), TEAM, 4)
    finally:
        database.close()

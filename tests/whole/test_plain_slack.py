"""The bot in front of a Slack that is not ours ("It must show", 3)."""

import time
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.running import Bot
from storage import models
from storage.database import Database
from tests.door import kept
from tests.whole.house import served, settings_of, until
from tests.whole.plain_slack import BOSS, BOT, CHANNEL, KIM, LIN, SECRET, TEAM, USERS, PlainSlack, plain_slack

PERSON = {"team": {"id": TEAM, "domain": "example"}, "token": "t", "api_app_id": "A0FFV41KK"}
ZONE = "Asia/Taipei"


class Shop:
    """A bot and its Slack, and a clock that is moved by hand."""

    def __init__(self, slack: PlainSlack, bot: Bot, clock: Path) -> None:
        self.slack, self.bot, self._clock = slack, bot, clock
        self._numbers = iter(range(1, 1000))

    def clock(self, local: str) -> None:
        moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE))
        self._clock.write_text(f"{moment.timestamp() - time.time()}")

    async def command(self, user: str, name: str, text: str) -> dict[str, Any]:
        return await self.slack.deliver(
            "slash_commands",
            {"token": "t", "team_id": TEAM, "team_domain": "example", "channel_id": CHANNEL, "channel_name": "praise",
             "user_id": user, "user_name": "x", "command": name, "text": text, "api_app_id": "A0FFV41KK",
             "response_url": f"{self.slack.url}/reply", "trigger_id": f"13345224609.738474920.{next(self._numbers)}"},
        )  # fmt: skip

    async def event(self, **inner: Any) -> dict[str, Any]:
        envelope = {
            "token": "t", "team_id": TEAM, "api_app_id": "A0FFV41KK", "type": "event_callback",
            "event_id": f"Ev{next(self._numbers)}", "event_time": 1355517523,
            "authed_users": [BOT], "event": {"event_ts": f"1795399290.{next(self._numbers):06}", **inner},
        }  # fmt: skip
        assert not (await self.slack.deliver("events_api", envelope)).get("text")
        return envelope

    async def react(self, user: str, author: str, ts: str, emoji: str = "star", kind: str = "added") -> dict[str, Any]:
        item = {"type": "message", "channel": CHANNEL, "ts": ts}
        return await self.event(type=f"reaction_{kind}", user=user, reaction=emoji, item_user=author, item=item)

    async def submit(self, user: str, view: dict[str, Any], **answers: Any) -> dict[str, Any]:
        values = {name: {name: answer} for name, answer in answers.items()}
        body = {"type": "view_submission", **PERSON, "user": {"id": user, "name": "x"}, "trigger_id": "1.2.3",
                "view": {**view, "state": {"values": values}}}  # fmt: skip
        return await self.slack.deliver("interactive", body)

    async def press(self, user: str, post: dict[str, Any], action_id: str) -> None:
        (button,) = (
            element
            for block in post["blocks"]
            for element in block.get("elements", ())
            if element.get("action_id") == action_id
        )
        body = {"type": "block_actions", **PERSON, "user": {"id": user, "name": "x"}, "trigger_id": "1.2.4",
                "container": {"type": "message", "message_ts": post["ts"], "channel_id": post["channel"]},
                "channel": {"id": post["channel"], "name": "praise"}, "response_url": f"{self.slack.url}/reply",
                "actions": [{**button, "block_id": "xyz", "action_ts": "1795399299.000001"}]}  # fmt: skip
        await self.slack.deliver("interactive", body)

    async def posted(self, words: str) -> dict[str, Any]:
        """What stands in Slack, once the bot knows where: of what is done to it before, this Slack tells nothing."""
        await until(lambda: self.slack.post_with(words))
        found = self.slack.post_with(words)
        assert found is not None
        await until(lambda: self._known(found["ts"]))
        return found

    def _known(self, ts: str) -> bool:
        row = models.Outbox.__table__.select().where(models.Outbox.ts == ts)  # type: ignore[attr-defined]
        return bool(self.bot.database.read_now(lambda session: session.connection().execute(row).first()))


@pytest.fixture(params=["http", "socket"])
async def shop(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> AsyncIterator[Shop]:
    transport = {"SLACK_APP_TOKEN": "xapp-plain"} if request.param == "socket" else {"SLACK_SIGNING_SECRET": SECRET}
    records: list[Any] = []
    async with plain_slack() as slack:
        settings = settings_of({
            "SLACK_BOT_TOKEN": "xoxb-plain", "SLACK_API_URL": f"{slack.url}/api", "PRAISE_CHANNEL": CHANNEL,
            "TIMEZONE": ZONE, "CLOCK_FILE": str(tmp_path / "offset"), "LEADS": KIM, "POST_RATE": "100", **transport,
        })  # fmt: skip
        bot = Bot(settings, database)
        shop = Shop(slack, bot, tmp_path / "offset")
        shop.clock("2026-11-23 10:00")
        with kept(records):
            async with served(bot, settings) as url:
                slack.request_url = "" if request.param == "socket" else f"{url}/slack/events"
                await bot.start()
                if request.param == "socket":
                    await slack.connected.wait()
                try:
                    yield shop
                finally:
                    await bot.stop()
                    database.committed = lambda: None
    assert not [record for record in records if record.levelname == "ERROR"]


def amounts(shop: Shop) -> list[int]:
    with shop.bot.database.engine.connect() as connection:
        return sorted(row.amount for row in connection.execute(models.Entry.__table__.select()))  # type: ignore[attr-defined]


async def test_a_morning_end_to_end(shop: Shop) -> None:
    said = await shop.command(KIM, "/praise", f"<@{LIN}|lin> She found my ring &amp; smiled from Ms. Lin")
    assert "Thank you" in said["text"]
    post = await shop.posted("found my ring")
    assert post["channel"] == CHANNEL and f"<@{LIN}>" in post["text"]
    told = await shop.posted("A customer praised you")
    assert told["channel"] == "D" + LIN[1:]

    event = await shop.react(BOSS, BOT, post["ts"], "clap")
    await shop.react(LIN, BOT, post["ts"], "clap")
    await shop.slack.deliver("events_api", event)
    await shop.posted("1 colleague applauds")

    shop.clock("2026-11-24 09:00:01")
    morning = await shop.posted("Good morning")
    assert morning["channel"] == CHANNEL and "found my ring" in morning["text"]
    assert amounts(shop) == [10]


async def test_forms(shop: Shop) -> None:
    await shop.command(BOSS, "/praise", f"<@{LIN}>")
    (view,) = shop.slack.views
    people, words = {"type": "multi_users_select", "selected_users": [LIN]}, {"type": "plain_text_input", "value": None}
    source = {
        "type": "static_select",
        "selected_option": {"value": "letter", "text": {"type": "plain_text", "text": ""}},
    }
    day = {"type": "datepicker", "selected_date": "2026-11-23"}
    said = await shop.submit(BOSS, view, people=people, words=words, source=source, happened_on=day)
    assert said["response_action"] == "errors" and list(said["errors"]) == ["words"]
    words = {"type": "plain_text_input", "value": "A wonderful evening"}
    said = await shop.submit(BOSS, view, people=people, words=words, source=source, happened_on=day)
    assert said["response_action"] == "update"
    assert "By letter" in (await shop.posted("A wonderful evening"))["text"]


async def test_thanks_by_command_by_tap_and_by_reaction(shop: Shop) -> None:
    assert "Thank you" in (await shop.command(BOSS, "/kudos", f"<@{LIN}> staying late"))["text"]
    line = await shop.posted("staying late")
    await shop.press(KIM, line, "kudos_join")
    await shop.posted(f"<@{KIM}> joins in")
    await until(lambda: shop.slack.replies)
    await shop.react(LIN, KIM, "1795399000.000200")
    await shop.posted("for this message")
    await shop.react(LIN, KIM, "1795399000.000200", kind="removed")
    await shop.posted("was taken back")
    assert amounts(shop) == [-1, 1, 5, 5]


async def test_a_praise_of_oneself_waits_for_the_lead(shop: Shop) -> None:
    await shop.command(LIN, "/praise", f"<@{LIN}> I was told that I shine")
    question = await shop.posted("I was told that I shine")
    assert question["channel"] == "D" + KIM[1:]
    await shop.press(KIM, question, "praise_accept")
    await until(lambda: any(post["channel"] == CHANNEL for post in shop.slack.posts.values()))
    assert amounts(shop) == [10]


async def test_points_and_boards_follow_by_response_url(shop: Shop) -> None:
    for name in ("/points", "/leaderboard"):
        assert not (await shop.command(LIN, name, "")).get("text")
    await until(lambda: len(shop.slack.replies) == 2)
    assert all(reply["response_type"] == "ephemeral" and reply["text"] for reply in shop.slack.replies)


async def test_the_bot_leans_on_no_method_that_it_could_not_do_without(shop: Shop) -> None:
    await shop.command(KIM, "/praise", f"<@{LIN}|lin> She found my ring")
    await shop.posted("found my ring")
    assert shop.slack.refused <= {"reactions.get", "conversations.join"}
    assert set(USERS) >= {LIN, KIM, BOSS}

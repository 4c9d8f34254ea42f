"""Socket Mode as a line that is kept: it is lost, ended and refused, and comes back without anybody's help."""

import pytest

from tests.whole.conftest import Opening
from tests.whole.house import House, until


def said(house: House) -> str:
    return "\n".join(record.getMessage() for record in house.records)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_the_next_connection_stands_before_the_old_one_ends(opened: Opening, reason: str) -> None:
    async with opened("socket") as house:
        await house.people.disconnect(reason)
        await house.people.wait({"connections": 2})
        assert "<@U0LING0000>" in await house.type("noah", "/kudos @ling for being there")
        await house.people.disconnect(reason, close=True)
        await until(lambda: said(house).count("connected again") >= 2)
        assert f"Slack ends a Socket Mode connection: {reason}; connecting again" in said(house)
        await house.people.wait({"connections": 1})
        assert "<@U0HAO00000>" in await house.type("noah", "/kudos @hao for being there too")


async def test_a_lost_connection_is_noticed_at_once_and_reactions_are_read_again(opened: Opening) -> None:
    async with opened("socket") as house:
        await house.people.cut()
        await until(lambda: "reactions missed meanwhile are read from Slack" in said(house))
        await house.people.wait({"connections": 1})
        assert "Socket Mode lost its connection; connecting again" in said(house)
        assert "<@U0LING0000>" in await house.type("noah", "/kudos @ling for being there")


async def test_a_refused_token_is_tried_again_later(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.connection.LONGEST_WAIT_S", 1)
    async with opened("socket") as house:
        manifest = house.slack.workspace.settings
        token = manifest.app_token
        object.__setattr__(manifest, "app_token", "xapp-another")
        await house.people.cut()
        await until(lambda: "SLACK_APP_TOKEN is refused by Slack: invalid_auth; trying again" in said(house))
        object.__setattr__(manifest, "app_token", token)
        await house.people.wait({"connections": 1})
        house.records[:] = [record for record in house.records if "is refused by Slack" not in record.getMessage()]
        assert await house.type("noah", "/kudos @ling for being there")


async def test_connections_that_end_at_once_are_not_asked_for_without_a_pause(opened: Opening) -> None:
    async with opened("socket") as house:
        for _ in range(3):
            await house.people.cut()
            await house.people.wait({"connections": 1}, 20.0)
        asked = [one for one in await house.people.traffic() if one.get("method") == "apps.connections.open"]
        assert len(asked) == 4 and asked[-1]["at"] - asked[-2]["at"] >= 3.5


async def test_what_slack_would_never_send_harms_nothing(opened: Opening) -> None:
    async with opened("socket") as house:
        (socket,) = house.slack.program.sockets._sockets
        for words in (
            "no JSON",
            "[]",
            '{"type":"hello"}',
            '{"envelope_id":1,"payload":{}}',
            '{"envelope_id":"1","payload":[]}',
        ):
            await socket.send_text(words)
        outcome = await house.people.send("events_api", {"type": "event_callback", "event": "none"})
        assert not outcome["ok"]
        assert await house.type("noah", "/kudos @ling for being there")
        await house.people.forget_errors()

"""The server inside somebody else's program: it is gone when it is told to, without a word."""

import asyncio
import logging

import aiohttp
import pytest

from bot.workspace import Control, serve
from bot.workspace.state import Settings


async def test_what_still_waits_when_the_server_ends_is_refused_and_prints_nothing(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    async with aiohttp.ClientSession() as session:
        async with serve(Settings(quiet=True)) as slack:
            asked = {"condition": {"dm": "rosa"}, "timeout": 60}
            waiting = asyncio.create_task(session.post(f"{slack.url}/control/wait", json=asked))
            looking = await session.ws_connect(f"{slack.url}/page/live")
            await looking.send_json({"as": "rosa", "at": "home", "lang": "en"})
            await looking.receive()
            async with Control(slack.url) as people:
                await people.state()
        assert (await waiting).status == 503
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert capfd.readouterr() == ("", "")

"""Whatever goes wrong with a story, whoever asked for it is told, and nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import aiohttp
import pytest

from bot.workspace.plan import Plan
from bot.workspace.shapes import Impossible
from bot.workspace.theatre import Theatre

ROOT = Path(__file__).parents[2]
NO_APP = Plan(
    command=["/nowhere/golden-ear"],
    environment={},
    manifest=ROOT / "bot" / "manifest.json",
    samples=ROOT / "bot" / "content" / "praise.toml",
)


@asynccontextmanager
async def theatre(plan: Plan) -> AsyncIterator[Theatre]:
    one = Theatre(plan, "http://127.0.0.1:1", lambda today: date(2026, 11, 24))
    try:
        yield one
    finally:
        await one.end()


async def test_a_story_that_cannot_begin_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("no manifest")
    async with theatre(replace(NO_APP, manifest=tmp_path / "manifest.json")) as one, asyncio.timeout(60):
        with pytest.raises(Impossible, match="no place to be played") as refused:
            await one.play("morning")
        assert refused.value.code == "no_place"


async def test_a_story_whose_app_does_not_begin_says_so_where_it_is_watched() -> None:
    async with theatre(NO_APP) as one, asyncio.timeout(60), aiohttp.ClientSession() as session:
        url = (await one.play("morning"))["url"]
        page = ""
        while "/nowhere/golden-ear" not in page:
            async with session.get(f"{url}/") as reply:
                page = await reply.text()


async def test_who_is_overtaken_by_another_story_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workspace.theatre.LEAVING_S", 0.01)
    entered = asyncio.Event()

    @asynccontextmanager
    async def slow(*_: object, **__: object) -> AsyncIterator[None]:
        entered.set()
        await asyncio.Event().wait()
        yield

    monkeypatch.setattr("bot.workspace.theatre.serve", slow)
    async with theatre(NO_APP) as one, asyncio.timeout(60):
        first = asyncio.create_task(one.play("morning"))
        await entered.wait()
        second = asyncio.create_task(one.play("morning"))
        with pytest.raises(Impossible, match="another story") as overtaken:
            await first
        assert overtaken.value.code == "overtaken"
        await one.end()
        with pytest.raises(Impossible, match="another story"):
            await second


async def test_it_says_so_in_the_language_of_who_watches() -> None:
    async with theatre(NO_APP) as one, asyncio.timeout(60), aiohttp.ClientSession() as session:
        url = (await one.play("morning"))["url"]
        page = ""
        while "故事無法繼續：" not in page:
            async with session.get(f"{url}/?lang=zh-Hant") as reply:
                page = await reply.text()
        assert "發生了故事沒料到的狀況。" in page and "/nowhere/golden-ear" in page

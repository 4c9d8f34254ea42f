"""The crash run in small, and two bots on one database; `make crash` is the large one."""

from pathlib import Path

import pytest

from bot.workspace import Control, Settings, read_manifest, serve
from tests.faults.process import ROOT, BotProcess
from tests.faults.run import Run
from tests.servers import NotToBeHad
from tests.whole.house import ACK_S


@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_after_three_kills_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    engine: str, tmp_path: Path
) -> None:
    try:
        report = await Run(tmp_path, kills=3, seed=7, again=0.3, brief=True, engine=engine).run()
    except NotToBeHad as why:
        pytest.skip(f"there is no PostgreSQL to test with: {why}")

    assert report.faults == []
    told = {deed.kind for deed in report.truth.deeds if deed.told}
    assert {"kudos", "intake", "import"} <= told, report.text()


async def test_two_bots_on_one_database_open_the_day_with_one_post(tmp_path: Path) -> None:
    settings = Settings(
        manifest=read_manifest(ROOT / "bot" / "manifest.json"),
        clock_file=tmp_path / "clock",
        ack_seconds=ACK_S,
        quiet=True,
    )
    async with serve(settings) as slack, Control(slack.url) as people:
        await people.set_clock("2026-11-24T08:58:00+08:00")
        bots = [BotProcess(tmp_path, slack.ready(), name=name) for name in ("one", "two")]
        try:
            for bot in bots:
                bot.start("socket")
            for bot in bots:
                await bot.up()
            await people.wait({"connections": 2}, timeout=60)
            outcome = await people.command("sam", "#praise", "/praise @ling She found my ring from Ms Lin")
            assert outcome["ok"], outcome
            await people.wait({"channel": "#praise", "contains": "She found my ring"}, timeout=60)

            await people.set_clock("2026-11-24T08:59:57+08:00")
            await people.wait({"channel": "#praise", "contains": "Good morning!"}, timeout=60)
            await both_have_ticked(bots)

            seen = await people.messages("#praise")
            assert sum("Good morning!" in message["text"] for message in seen) == 1
            assert bots[0].rows("SELECT local_date, state FROM occurrence") == [("2026-11-24", "posted")]
            assert [await bot.stop() for bot in bots] == [0, 0]
            assert [bot.errors() for bot in bots] == [[], []]
            assert await people.errors() == []
        finally:
            for bot in bots:
                bot.kill()


async def both_have_ticked(bots: list[BotProcess]) -> None:
    """Wait until each of the bots has been past the ritual's minute for several ticks by its own clock."""
    for bot in bots:
        await bot.past("2026-11-24T01:00:05")

"""The stand-in as a program of its own."""

import asyncio
import json
import signal
import sys
from pathlib import Path

from bot.workspace import Control

ROOT = Path(__file__).parents[2]


async def test_it_starts_says_where_it_is_and_stops(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.workspace",
        "--manifest",
        str(ROOT / "bot" / "manifest.json"),
        "--clock-file",
        str(tmp_path / "clock"),
        "--ready-file",
        str(ready),
        "--retry-seconds",
        "0,1",
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert program.stdout is not None
    told = json.loads(await asyncio.wait_for(program.stdout.readline(), 60))
    assert json.loads(ready.read_text()) == told
    assert told["api_url"].startswith("http://127.0.0.1:") and told["api_url"].endswith("/api/")
    async with Control(told["url"]) as people:
        await people.move_clock(60)
        assert float((tmp_path / "clock").read_text()) == 60
    program.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(program.wait(), 30) == 0


def test_it_knows_nothing_of_the_bot() -> None:
    own = ("bot.workspace", "bot.workspace.")
    for file in (ROOT / "bot" / "workspace").rglob("*.py"):
        for line in file.read_text().splitlines():
            words = line.split()
            if words[:1] in (["from"], ["import"]) and words[1].split(".")[0] in ("bot", "handlers", "storage"):
                assert words[1].startswith(own), f"{file.name}: {line}"

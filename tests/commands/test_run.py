"""golden-ear run as an operator meets it: slips of the finger in `.env`, a terminal that closes, figures."""

import json
import signal
import time
from pathlib import Path

from tests.whole.house import environ_of, workspace
from tests.whole.programs import PATIENCE_S, program


async def test_a_slip_of_the_finger_is_warned_of_and_a_closing_terminal_ends_the_bot_in_order(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("RITUAL_TIEM=08:17\nxapp-1-lost-its-name\n", encoding="utf-8")
    async with workspace(tmp_path) as (slack, people):
        environ = environ_of(slack, f"sqlite:///{tmp_path}/golden-ear.db", "socket")
        async with program(tmp_path, "run", **environ) as bot:
            await bot.is_("/healthz", 200)
            await people.wait({"connections": 1})
            said = [json.loads(line)["message"] for line in bot.said.splitlines()]
            assert "RITUAL_TIEM in .env is no setting and is ignored; RITUAL_TIME is one" in said
            assert "a line of .env is no setting" in said
            assert "08:17" not in bot.said and "lost-its-name" not in bot.said
            figures, end = "", time.monotonic() + PATIENCE_S
            while "golden_ear_socket_connections 1.0" not in figures:  # Slack knows of it before the bot has its hello
                assert time.monotonic() < end, figures
                figures = await bot.is_("/metrics", 200)
            size = next(line for line in figures.splitlines() if line.startswith("golden_ear_database_bytes "))
            assert float(size.split()[1]) > 100_000

            bot.process.send_signal(signal.SIGHUP)

            assert await bot.ended() == 0
            assert json.loads(bot.said.splitlines()[-1])["message"] == "golden-ear has ended"

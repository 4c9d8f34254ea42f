"""``python -m bot.workspace``: serve a workspace until SIGTERM or Ctrl-C; prints one JSON line when ready."""

import argparse
import asyncio
import json
import os
import signal
from pathlib import Path

from bot.workspace import limits
from bot.workspace.manifest import Manifest, read_manifest
from bot.workspace.server import serve
from bot.workspace.state import Settings


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.workspace", description=__doc__)
    parser.add_argument("--manifest", type=Path, help="the app's manifest (JSON); without it everything is granted")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--request-url", help="deliver by signed HTTP to this address; without it Socket Mode")
    parser.add_argument("--clock-file", type=Path, help="where the clock's offset is written")
    parser.add_argument("--ready-file", type=Path, help="the ready line is written here too")
    parser.add_argument(
        "--retry-seconds",
        default=",".join(map(str, limits.EVENT_RETRY_SECONDS)),
        help="waits before an event is sent again, such as 0,60,300",
    )
    parser.add_argument("--quiet", action="store_true", help="do not print errors of the app to stderr")
    return parser.parse_args()


def settings(given: argparse.Namespace) -> Settings:
    """Give the settings that the command line asks for."""
    return Settings(
        manifest=read_manifest(given.manifest) if given.manifest else Manifest(),
        request_url=given.request_url,
        clock_file=given.clock_file,
        retry_seconds=tuple(float(one) for one in given.retry_seconds.split(",") if one),
        quiet=given.quiet,
    )


async def run(given: argparse.Namespace) -> None:
    """Serve until a signal comes."""
    over = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, over.set)
    async with serve(settings(given), port=given.port) as running:
        line = json.dumps(running.ready())
        if given.ready_file:
            part = given.ready_file.with_name(given.ready_file.name + ".part")
            part.write_text(line + "\n")
            os.replace(part, given.ready_file)
        print(line, flush=True)
        await over.wait()


if __name__ == "__main__":
    asyncio.run(run(arguments()))

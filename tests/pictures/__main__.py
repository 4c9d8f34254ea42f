"""`python -m tests.pictures [NAME…]`: take the pictures of README and docs, all or those of these names."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.pictures.camera import MOST_BYTES_OF_ALL, Camera
from tests.pictures.days import Day
from tests.pictures.scenes import days
from tests.stores import sqlite
from tests.whole.house import ROOT, bot_in, workspace
from tests.workspace.page.browser import NONE, found, launched

FOLDER = ROOT / "docs" / "pictures"
BEGINS = "2026-11-23T09:40:00+08:00"
"""A Monday, after the hour of the ritual; on Tuesday the pulse asks."""


def main() -> int:
    """Take the pictures; 1 if there is no browser."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", help="of pictures; without any all are taken")
    parser.add_argument("--languages", default="en,zh-Hant")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    given = parser.parse_args()
    path = found()
    if path is None:
        print(NONE, file=sys.stderr)
        return 1
    given.folder.mkdir(parents=True, exist_ok=True)
    for language in given.languages.split(","):
        asyncio.run(_language(path, language, given.folder, set(given.names)))
    everything = sum(picture.stat().st_size for picture in given.folder.glob("*.png"))
    print(f"{everything:>9,}  all of {given.folder}")
    if everything > MOST_BYTES_OF_ALL:
        print(f"That is more than {MOST_BYTES_OF_ALL:,} bytes.", file=sys.stderr)
    return int(everything > MOST_BYTES_OF_ALL)


async def _language(browser: str, language: str, folder: Path, names: set[str]) -> None:
    """Live through the days of one language and take them."""
    with tempfile.TemporaryDirectory(prefix="golden-ear-") as own, sqlite(Path(own)) as store:
        environ = {"PULSE": "on", "LANGUAGE": language, "POST_RATE": "100", "KEYS_DIR": f"{own}/keys"}
        async with (
            launched(browser) as chromium,
            workspace(Path(own), BEGINS) as (slack, people),
            bot_in(slack, people, store.database, "socket", **environ) as house,
        ):
            await days(Day(house, Camera(chromium, slack.url, folder, language), names))


if __name__ == "__main__":
    sys.exit(main())

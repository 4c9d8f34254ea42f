"""A camera in front of the page: takes it as it stands, twice as sharp, in the light and in the dark."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Locator

from tests.workspace.page.window import LOCALES, Window

SHARP = 2
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
MOST_BYTES = 400_000
STILL_MS = 350
"""After this long nothing moves any more: letters are there, lists are scrolled."""


class TooLarge(Exception):
    """A picture is larger than a reader of the README should have to load."""


@dataclass
class Camera:
    """Takes pictures of one language into a folder."""

    browser: Browser
    url: str
    folder: Path
    language: str
    taken: list[Path] = field(default_factory=list)

    async def window(self, who: str, at: str, *, width: int = 1280, height: int = 800) -> Window:
        """A window of somebody at a place."""
        context = await self.browser.new_context(
            locale=LOCALES[self.language],
            timezone_id="Asia/Hong_Kong",
            viewport={"width": width, "height": height},
            device_scale_factor=SHARP,
            reduced_motion="reduce",
        )
        window = await Window.new(context, self.url, self.language)
        await window.open(who, at)
        return window

    async def take(self, window: Window, name: str, part: Locator | None = None) -> None:
        """Take a window, or a part of it, once for each theme; whatever the browser complains of is an error."""
        for theme in THEMES:
            await window.page.emulate_media(color_scheme=theme)
            await window.page.wait_for_timeout(STILL_MS)
            path = self.folder / f"{name}.{self.language}.{theme}.png"
            await (part or window.page).screenshot(path=path, animations="disabled", caret="hide")
            _slim(path)
            self.taken.append(path)
        if window.complaints or window.elsewhere:
            raise AssertionError(f"{name}: {window.complaints} {window.elsewhere}")


def _slim(path: Path) -> None:
    """Fewer colours, where there is a tool for it. Raises TooLarge."""
    tool = shutil.which("pngquant")
    if tool:
        subprocess.run(
            [tool, "--force", "--skip-if-larger", "--speed=1", "--strip", "--output", path, "256", path], check=False
        )
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(f"{path.name} has {path.stat().st_size:,} bytes" + ("" if tool else "; install pngquant"))

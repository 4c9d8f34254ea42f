"""A camera in front of the page: takes it as it stands, twice as sharp, in the light and in the dark."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, FloatRect, Locator

from tests.workspace.page.window import LOCALES, Window

SHARP = 2
Theme = Literal["light", "dark"]
DARK_TOO = {"guide", "praise", "pulse-results"}
"""The pictures that are taken in the dark as well, in English."""
TRANSLATED = {"praise", "morning", "praise-form", "pulse-results"}
"""The pictures that are taken in other languages than English."""
MOST_BYTES = 400_000
MOST_BYTES_OF_ALL = 4_000_000
MARGIN = 28
"""So much of the page is seen around a form."""
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

    async def window(self, who: str, at: str, *, width: int = 1000, height: int = 720) -> Window:
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

    def takes(self, name: str) -> bool:
        """True if there is a picture of that name in this language."""
        return self.language == "en" or name in TRANSLATED

    async def take(self, window: Window, name: str, part: Locator | None = None, *, x: int = 0, y: int = 0) -> None:
        """Take a window or a part of it with a margin, then close it; whatever the browser complains of is an error."""
        themes: tuple[Theme, ...] = ("light", "dark") if name in DARK_TOO and self.language == "en" else ("light",)
        await window.page.evaluate("document.activeElement.blur()")
        await window.page.mouse.move(0, 0)
        for theme in themes:
            await window.page.emulate_media(color_scheme=theme)
            await window.page.wait_for_timeout(STILL_MS)
            dark = "-dark" if theme == "dark" else ""
            path = self.folder / f"{self.language.lower()}-{name}{dark}.png"
            clip = await _around(part, x, y) if part else None
            await window.page.screenshot(path=path, animations="disabled", caret="hide", clip=clip)
            _slim(path)
            print(f"{path.stat().st_size:>9,}  {path.name}", flush=True)
            self.taken.append(path)
        if window.complaints or window.elsewhere:
            raise AssertionError(f"{name}: {window.complaints} {window.elsewhere}")
        await window.page.context.close()

    async def take_form(self, window: Window, name: str) -> None:
        """Take the form in front, with a little of what lies behind it."""
        await window.form().wait_for()
        await self.take(window, name, window.form(), x=MARGIN, y=MARGIN)


async def _around(part: Locator, x: int, y: int) -> FloatRect:
    """Where a part stands on the page, with a margin."""
    box = await part.bounding_box()
    assert box is not None, "what is to be taken is not to be seen"
    return {"x": box["x"] - x, "y": box["y"] - y, "width": box["width"] + 2 * x, "height": box["height"] + 2 * y}


def _slim(path: Path) -> None:
    """Fewer colours, where there is a tool for it. Raises TooLarge."""
    tool = shutil.which("pngquant")
    if tool:
        subprocess.run(
            [tool, "--force", "--skip-if-larger", "--speed=1", "--strip", "--output", path, "256", path], check=False
        )
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(f"{path.name} has {path.stat().st_size:,} bytes" + ("" if tool else "; install pngquant"))

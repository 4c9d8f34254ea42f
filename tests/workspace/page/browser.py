"""The browser of the tests: a real Chromium of this computer, found or named by the setting CHROMIUM."""

import contextlib
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
USUAL = Path("/usr/bin/chromium")
NONE = "there is no browser to test with: install chromium, or name one by the setting CHROMIUM"


def found() -> str | None:
    """The path of a browser: what CHROMIUM names, else the first that is installed; None if there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return shutil.which(named)
    there = (shutil.which(name) for name in (*NAMES, str(USUAL)))
    return next((path for path in there if path), None)


@contextlib.asynccontextmanager
async def launched(path: str) -> AsyncIterator[Browser]:
    """The browser, running without a screen. Its sandbox cannot be had by root."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path,
            args=[*arguments, "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
        )
        try:
            yield browser
        finally:
            await browser.close()

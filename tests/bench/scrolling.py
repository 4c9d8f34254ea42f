"""A long channel scrolled from its end to its beginning in a real Chromium, frame by frame."""

import os
import shutil

from playwright.async_api import async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "/usr/bin/chromium")
PATIENCE_S = 300
SCROLLED = """async ({ step, patience }) => {
  const list = document.getElementById("messages");
  const end = performance.now() + patience;
  const taken = [];
  let last = await new Promise(requestAnimationFrame);
  while (performance.now() < end && (list.dataset.older || list.scrollTop > 0)) {
    list.scrollTop -= step;
    const now = await new Promise(requestAnimationFrame);
    taken.push(now - last);
    last = now;
  }
  return { taken, held: list.querySelectorAll(".entry").length };
}"""
STEP_PX = 240
"""A quick turn of the wheel, each frame."""


async def frames(url: str) -> list[float]:
    """The seconds that each frame took; nothing where there is no Chromium (CHROMIUM may name one)."""
    path = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES))), None)
    if path is None:
        return []
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            page = await browser.new_page(viewport={"width": 1280, "height": 800})
            await page.goto(url)
            await page.wait_for_selector("#messages > .entry")
            await page.wait_for_timeout(500)
            found = await page.evaluate(SCROLLED, {"step": STEP_PX, "patience": PATIENCE_S * 1000})
        finally:
            await browser.close()
    return [float(one) / 1000 for one in found["taken"]]

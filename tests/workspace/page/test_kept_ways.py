"""What a browser remembers of one's ways, and takes along to the page of a story."""

from playwright.async_api import expect

from bot.workspace.server import Running, serve
from bot.workspace.shapes import Json
from bot.workspace.state import Settings
from tests.workspace.page.test_hands import alone, slack
from tests.workspace.page.window import Window

__all__ = ["alone", "slack"]


async def test_a_guide_that_was_closed_by_escape_stays_closed_until_it_is_opened(alone: Window) -> None:
    page, panel = alone.page, alone.page.locator("#tools")
    await alone.visit(f"{alone.url}/?lang=en")
    await expect(panel).to_be_visible()
    await panel.focus()
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await alone.visit(f"{alone.url}/?lang=en")
    await expect(panel).to_be_hidden()
    await page.locator("#open-guide").click()
    await alone.visit(f"{alone.url}/?lang=en")
    await expect(panel).to_be_visible()


async def test_the_page_of_a_story_has_the_theme_that_was_chosen_here(alone: Window, slack: Running) -> None:
    async with serve(Settings(quiet=True)) as other:

        class Stages:
            async def play(self, story: str) -> Json:
                return {"url": other.url}

        slack.workspace.stages = Stages()
        page = alone.page
        await alone.visit(f"{alone.url}/?lang=en")
        await page.locator("#look summary").click()
        await page.locator("#theme").select_option("dark")
        await page.locator("[data-play]").first.click()
        await page.wait_for_url(f"{other.url}/**")
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        await expect(page.locator("#theme")).to_have_value("dark")
        await page.goto("about:blank")

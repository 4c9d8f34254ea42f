"""The tools in a real browser: opened and closed by keyboard, the clock moved, a fault switched on, traffic read."""

import re

from playwright.async_api import expect

from tests.workspace.page.conftest import Windows
from tests.workspace.page.window import Window


async def opened(windows: Windows, name: str, language: str = "en") -> Window:
    window = await windows(language)
    await window.open()
    await window.page.locator(f"#open-{name}").press("Enter")
    await expect(window.page.locator("#tools")).to_be_visible()
    return window


async def test_a_tool_is_opened_and_closed_by_keyboard_and_stays_in_the_address(windows: Windows) -> None:
    window = await opened(windows, "faults")
    page = window.page
    await expect(page).to_have_url(re.compile("tool=faults"))
    await page.keyboard.press("Escape")
    await expect(page.locator("#tools")).to_be_hidden()
    await expect(page.locator("#open-faults")).to_be_focused()
    await page.go_back()
    await expect(page.locator("#scenes")).to_be_visible()
    await window.reload()
    await expect(page.locator("#open-faults")).to_have_attribute("aria-expanded", "true")


async def test_the_next_morning_comes_at_the_press_of_a_button(windows: Windows) -> None:
    window = await opened(windows, "clock", "zh-Hant")
    page = window.page
    await page.get_by_role("button", name=window.t("Next morning")).click()
    await expect(page.locator("#mark-clock")).to_contain_text("09:00")
    await expect(page.locator("#mark-clock .moved")).to_be_visible()
    await expect(page.get_by_role("button", name=window.t("Next morning"))).to_be_focused()


async def test_a_fault_is_switched_on_shown_to_all_and_ended(windows: Windows) -> None:
    window = await opened(windows, "faults")
    page = window.page
    switch = page.get_by_role("switch", name=window.t("Slack is slow"))
    await switch.press("Space")
    await expect(page.locator("#trouble")).to_contain_text(window.t("Slack is slow"))
    said = page.get_by_role("status").filter(has_text=window.t("Slack is slow"))
    await expect(said).to_have_text(f"{window.t('Not all is well:')} {window.t('Slack is slow')}")
    await expect(said.get_by_role("button")).to_have_count(0)
    await expect(switch).to_be_checked()
    await expect(switch).to_be_focused()
    await page.locator("#trouble").get_by_role("button").click()
    await expect(page.locator("#trouble")).to_be_empty()
    await expect(switch).not_to_be_checked()


async def test_what_goes_on_is_read_live_and_an_entry_is_opened_whole(windows: Windows) -> None:
    window = await opened(windows, "inspector")
    page = window.page
    await window.type("/praise")
    await expect(window.form()).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    entry = page.locator("#traffic > li", has=page.locator("summary > strong", has_text="/praise"))
    await entry.locator("summary").first.click()
    await expect(entry).to_contain_text(window.t("What the app did with it"))
    await entry.get_by_role("button", name="views.open").click()
    call = page.locator("#traffic > li", has=page.locator("summary > strong", has_text="views.open"))
    await expect(call).to_contain_text(window.t("Arguments"))
    await expect(call.locator("summary").first).to_be_focused()
    assert await page.evaluate("document.body.scrollTop + document.documentElement.scrollTop") == 0

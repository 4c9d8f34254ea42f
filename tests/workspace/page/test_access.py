"""What axe-core finds on the page: nothing serious, in the light and in the dark, in English and in Chinese."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from bot.workspace import staff
from bot.workspace.page.reader import HOME
from tests.whole.house import House
from tests.workspace.page.conftest import Windows
from tests.workspace.page.window import Window

SPOKEN = pytest.mark.parametrize("language", ["en", "zh-Hant"])
AXE = Axe()
GRAVE = ("serious", "critical")


async def grave(window: Window, within: str | None = None) -> list[str]:
    """What axe-core finds serious or critical in either theme, each in a line; all over the page, or within a part."""
    found = []
    for theme in ("light", "dark"):
        await window.page.emulate_media(color_scheme=theme)
        found += [(theme, one) for one in (await AXE.run(window.page, context=within)).response["violations"]]
    return [
        f"{one['id']} in the {theme}: {node['html'][:160]}: {node['failureSummary']}"
        for theme, one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


@SPOKEN
async def test_a_room_its_thread_and_the_tools_can_be_used_by_everybody(
    windows: Windows, house: House, language: str
) -> None:
    window = await windows(language)
    await window.open()
    await house.people.command("noah", "#general", "/praise @rosa “She found the ring.” from Mrs Halloran")
    post = await window.sees("She found the ring.")
    await house.people.react("noah", "#praise", str(await post.get_attribute("data-ts")), "tada")
    await house.people.say("mei", "#praise", "做得好！", thread_ts=str(await post.get_attribute("data-ts")))
    await window.page.locator(".thread-link").last.click()
    await expect(window.page.locator("#replies")).to_contain_text("做得好！")
    assert await grave(window) == []
    for tool in ("guide", "clock", "faults", "inspector"):
        await window.page.locator(f"#open-{tool}").click()
        await expect(window.page.locator(f'#tools .held[data-tool="{tool}"]')).to_be_visible()
        assert await grave(window, "#tools") == [], tool


@SPOKEN
async def test_a_form_with_an_error_and_home_can_be_used_by_everybody(windows: Windows, language: str) -> None:
    window = await windows(language)
    await window.open("sam", HOME)
    await expect(window.page.locator('#room [data-where="view"] .view')).to_be_visible()
    assert await grave(window) == []
    await window.open("mei")
    await window.type("/praise @rosa")
    await window.submit()
    await expect(window.form().locator(".error:visible")).to_have_text(window.t("Please fill this in."))
    assert await grave(window) == []


@SPOKEN
async def test_a_phone_can_be_used_by_everybody(windows: Windows, language: str) -> None:
    window = await windows(language, width=390, height=844)
    await window.open("mei", staff.GENERAL_CHANNEL)
    assert await grave(window) == []
    await window.page.get_by_role("button", name=window.t("Places"), exact=True).click()
    assert await grave(window) == []

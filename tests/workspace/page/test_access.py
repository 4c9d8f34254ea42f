"""What axe-core finds on the page: nothing serious, in the light and in the dark, in English and in Chinese."""

import pytest
from axe_playwright_python.async_playwright import Axe

from bot.workspace import staff
from bot.workspace.page.reader import HOME
from tests.workspace.page.conftest import Windows
from tests.workspace.page.window import Window

SPOKEN = pytest.mark.parametrize("language", ["en", "zh-Hant"])
AXE = Axe()
GRAVE = ("serious", "critical")


async def grave(window: Window) -> list[str]:
    """What axe-core finds serious or critical in either theme, each in a line."""
    found = []
    for theme in ("light", "dark"):
        await window.page.emulate_media(color_scheme=theme)
        found += [(theme, one) for one in (await AXE.run(window.page)).response["violations"]]
    return [
        f"{one['id']} in the {theme}: {node['html'][:160]}: {node['failureSummary']}"
        for theme, one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


@SPOKEN
async def test_a_room_can_be_used_by_everybody(windows: Windows, language: str) -> None:
    window = await windows(language)
    await window.open()
    await window.type("The lift works again")
    await window.sees("The lift works again")
    assert await grave(window) == []


@SPOKEN
async def test_home_can_be_used_by_everybody(windows: Windows, language: str) -> None:
    window = await windows(language)
    await window.open("sam", HOME)
    assert await grave(window) == []


@SPOKEN
async def test_a_phone_can_be_used_by_everybody(windows: Windows, language: str) -> None:
    window = await windows(language, width=390, height=844)
    await window.open("mei", staff.GENERAL_CHANNEL)
    assert await grave(window) == []
    await window.page.get_by_role("button", name=window.t("Places"), exact=True).click()
    assert await grave(window) == []

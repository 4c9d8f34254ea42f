"""The panels at the right of the room: what is opened is seen whole, whatever is open already."""

import asyncio

import pytest
from playwright.async_api import Locator, WebSocketRoute, expect

from bot.workspace.server import Running
from tests.workspace.page.test_hands import alone, slack
from tests.workspace.page.window import Window

__all__ = ["alone", "slack"]
ON_TOP = """one => {
  if (!one.isConnected) return false;
  const { left, top, width, height } = one.getBoundingClientRect();
  return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
WIDTHS = pytest.mark.parametrize("width", [1280, 900])


async def uncovered(one: Locator) -> bool:
    """True as soon as nothing else lies over the middle of it."""
    await expect(one).to_be_visible()
    await one.page.wait_for_function(ON_TOP, arg=await one.element_handle())
    return True


@WIDTHS
async def test_a_thread_is_seen_though_a_tool_is_open_which_is_there_again_after_it(
    alone: Window, slack: Running, width: int
) -> None:
    page = alone.page
    await page.set_viewport_size({"width": width, "height": 800})
    slack.program.acts.say("aiko", "#praise", "Thank you all")
    await alone.visit(f"{alone.url}/?lang=en")
    guide, reply = page.locator("#open-guide"), page.locator("#reply-words")
    await expect(guide).to_have_attribute("aria-expanded", "true")
    entry = await alone.sees("Thank you all")
    await entry.focus()
    await page.keyboard.press("t")
    await expect(reply).to_be_focused()
    assert await uncovered(reply)
    await expect(guide).to_have_attribute("aria-expanded", "false")
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    assert await uncovered(page.locator("#tool-name"))
    await expect(page.locator("#tool-name")).to_have_text(alone.t("Guide"))


async def test_a_tool_that_is_opened_takes_the_place_of_the_thread(alone: Window, slack: Running) -> None:
    page = alone.page
    ts = slack.program.acts.say("aiko", "#praise", "Thank you all")
    await alone.visit(f"{page.url}&tool=guide&thread={ts}")
    assert await uncovered(page.locator("#reply-words"))
    await expect(page.locator("#tools")).to_be_hidden()
    await page.locator("#open-guide").click()
    assert await uncovered(page.locator("#tool-name"))
    await expect(page.locator("#thread")).to_be_hidden()
    await page.locator("#open-guide").click()
    await expect(page.locator("#tools")).to_be_hidden()
    await page.go_back()
    await page.go_back()
    assert await uncovered(page.locator("#reply-words"))


async def test_a_thread_whose_first_message_is_gone_is_closed(alone: Window, slack: Running) -> None:
    page = alone.page
    ts = slack.program.acts.say("aiko", "#praise", "Thank you all")
    await alone.visit(f"{page.url}&tool=guide&thread={ts}")
    await expect(page.locator("#reply-words")).to_be_visible()
    await alone.sees("Thank you all")
    slack.workspace.messages.delete(slack.workspace.channel("#praise").id, ts)
    await expect(page.locator("#thread")).to_be_hidden()
    assert await uncovered(page.locator("#tool-name"))


async def test_an_open_panel_leaves_the_banner_above_it_free(alone: Window, slack: Running) -> None:
    page = alone.page
    await page.set_viewport_size({"width": 900, "height": 800})
    slack.workspace.scenes.play("slow")
    await alone.visit(f"{page.url}&tool=inspector")
    assert await uncovered(page.locator("#tools #pause"))
    assert await uncovered(page.locator("#open-inspector"))
    assert await uncovered(page.locator("#look > summary"))
    assert await uncovered(page.locator("#trouble button"))
    assert await uncovered(page.locator("#side summary"))


async def test_the_page_says_that_it_is_cut_off_until_it_is_connected_again(alone: Window) -> None:
    page, lines, off = alone.page, list[WebSocketRoute](), asyncio.Event()

    async def line(socket: WebSocketRoute) -> None:
        if off.is_set():
            await socket.close()
        else:
            socket.connect_to_server()
            lines.append(socket)

    await page.route_web_socket("**/page/live", line)
    await alone.reload()
    said = page.get_by_role("status").filter(
        has_text=alone.t("The workspace does not answer, so what stands here may be old. The page keeps trying.")
    )
    await expect(page.locator("#cut")).to_be_empty()
    async with asyncio.timeout(30):
        while not lines:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    off.set()
    await lines[-1].close()
    await expect(said).to_be_visible()
    off.clear()
    await expect(page.locator("#cut")).to_be_empty()

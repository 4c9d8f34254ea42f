"""The page is closed: what it may not do is refused by the browser, and noticed by these tests."""

import pytest
from playwright.async_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bot.workspace import staff
from bot.workspace.embedding import served
from tests.whole.house import House
from tests.workspace.page.window import Window

ELSEWHERE = "http://192.0.2.1/"
"""An address that belongs to nobody (RFC 5737)."""


async def test_a_request_to_anybody_else_is_refused_and_noticed(window: Window) -> None:
    refused = await window.page.evaluate(f"fetch('{ELSEWHERE}').then(() => false, () => true)")
    assert refused and window.complaints and "Content Security Policy" in window.complaints[0]
    window.complaints.clear()
    assert set(window.elsewhere) <= {ELSEWHERE}
    window.elsewhere.clear()


async def test_markup_with_a_script_or_a_style_of_its_own_is_refused_and_noticed(window: Window) -> None:
    for markup in ('<img src="x:" onerror="document.title = 1">', '<p style="color: red">red</p>'):
        await window.page.evaluate("markup => document.getElementById('toasts').innerHTML = markup", markup)
        await window.page.wait_for_function("() => true")
    assert "Golden Ear" in await window.page.title()
    assert sum("Content Security Policy" in one for one in window.complaints) >= 2, window.complaints
    window.complaints.clear()
    window.elsewhere.clear()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_a_picture_a_frame_and_a_link_in_another_page_do_nothing_here(
    chromium: Browser, house: House, name: str
) -> None:
    call = f"{house.slack.url}/api/chat.postMessage?channel={staff.PRAISE_CHANNEL}&text=not+mine"
    there = f"{call}&token={house.slack.workspace.settings.bot_token}"

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(f'<img src="{there}"><iframe src="{there}"></iframe><a href="{there}">go</a>')

    async with served(Starlette(routes=[Route("/", page)])) as url:
        context = await chromium.new_context()
        window = await context.new_page()
        statuses: list[int] = []
        window.on("response", lambda one: statuses.append(one.status) if one.url == there else None)
        await window.goto(url.replace("127.0.0.1", name), wait_until="load")
        await window.get_by_text("go").click()
        await window.wait_for_url(there)
        await context.close()
    assert statuses == [403] * 3
    assert house.slack.workspace.messages.newest(staff.PRAISE_CHANNEL) is None

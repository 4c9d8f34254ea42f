"""A form that is drawn anew or closed while something is under way for it; the clock of the page stands still."""

import asyncio
from datetime import UTC, datetime, timedelta

from playwright.async_api import Route, expect

from bot.workspace.server import Running
from bot.workspace.shapes import Json
from tests.workspace.page.elements import options
from tests.workspace.page.test_hands import alone, came, field, idea, slack, told
from tests.workspace.page.window import Window

__all__ = ["alone", "slack"]


async def stopped(window: Window) -> None:
    await window.page.clock.install()
    await window.page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))


async def answered(window: Window, result: Json) -> list[str]:
    """What is sent from now on; the answer to each is this."""
    sent: list[str] = []

    async def answer(route: Route) -> None:
        given: Json = route.request.post_data_json or {}
        sent.append(given["entries"][0][2])
        await route.fulfill(json={"ok": True, "result": result})

    await window.answer("**/control/submit", answer)
    return sent


async def test_what_was_typed_before_a_new_drawing_is_not_told_once_it_is_sent(alone: Window, slack: Running) -> None:
    let = asyncio.Event()
    let.set()
    heard = await told(alone, let)
    sent = await answered(alone, {"ok": True, "response": "errors", "errors": {"b": "Too short"}})
    view = idea(slack)
    await expect(field(alone)).to_be_focused()
    await stopped(alone)
    await field(alone).press_sequentially("lamps")
    idea(slack, "Somebody else was here", view_id=view)
    await expect(alone.form()).to_contain_text("Somebody else was here")
    await alone.submit()
    await expect(alone.form().locator(".error")).to_have_text("Too short")
    await alone.page.clock.run_for(1000)
    await asyncio.sleep(0.2)
    assert (sent, heard) == (["lamps"], [])


async def test_what_was_walked_through_by_keys_before_a_new_drawing_is_told_with_where_one_stops(
    alone: Window, slack: Running
) -> None:
    let = asyncio.Event()
    let.set()
    heard = await told(alone, let)
    menu: Json = {"type": "static_select", "action_id": "pick", "options": options(many=3)}
    view = idea(slack, element=menu)
    chosen = alone.form().locator("select")
    await expect(chosen).to_be_focused()
    await stopped(alone)
    await alone.page.keyboard.press("ArrowDown")
    before = await chosen.input_value()
    idea(slack, "Somebody else was here", view_id=view, element=menu)
    await expect(alone.form()).to_contain_text("Somebody else was here")
    await expect(chosen).to_have_value(before)
    await expect(chosen).to_be_focused()
    await alone.page.keyboard.press("ArrowDown")
    await alone.page.clock.run_for(2000)
    await came(heard)
    await asyncio.sleep(0.2)
    assert heard == [await chosen.input_value()] != [before]


async def test_a_form_that_is_closed_before_it_could_be_sent_is_not_sent(alone: Window, slack: Running) -> None:
    let = asyncio.Event()
    heard = await told(alone, let)
    sent = await answered(alone, {"ok": True, "response": "none"})
    idea(slack)
    await expect(field(alone)).to_be_focused()
    await stopped(alone)
    await field(alone).press_sequentially("lamps")
    await alone.page.clock.run_for(1000)
    await came(heard)
    await alone.submit()
    await alone.page.keyboard.press("Escape")
    await expect(alone.page.get_by_role("dialog")).to_have_count(0)
    async with alone.page.expect_response("**/control/click_view"):
        let.set()
    await asyncio.sleep(0.2)
    assert sent == []


async def test_a_form_that_is_answered_by_another_is_not_sent_again_before_that_is_there(
    alone: Window, slack: Running
) -> None:
    view = idea(slack)
    sent = await answered(alone, {"ok": True, "response": "update", "view": {"id": view}})
    button = alone.form().locator("[type=submit]")
    await stopped(alone)
    await field(alone).fill("lamps")
    async with alone.page.expect_response("**/control/submit"):
        await alone.submit()
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    idea(slack, "Thank you", view_id=view)
    await expect(alone.form()).to_contain_text("Thank you")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    assert sent == ["lamps"]

"""A message that is drawn anew while one works in it: what one typed, chose and pressed is left as it is."""

import asyncio

from playwright.async_api import expect

from bot.workspace.server import Running
from bot.workspace.shapes import Json
from tests.workspace.conftest import Listener
from tests.workspace.page.app import SAVE, app, changed, chosen, entry, payloads, react, said
from tests.workspace.page.elements import plain
from tests.workspace.page.test_fields import MENU, actions, heard
from tests.workspace.page.test_hands import alone, slack
from tests.workspace.page.window import Window

__all__ = ["alone", "app", "slack"]
WORDS: Json = {"type": "plain_text_input", "action_id": "words"}


async def redrawn(window: Window, slack: Running, ts: str) -> None:
    react(slack, ts)
    await expect(entry(window, ts).locator(".reaction")).to_be_visible()


async def test_what_is_being_typed_stays_and_so_does_the_focus(alone: Window, slack: Running) -> None:
    ts = said(slack, {"type": "input", "block_id": "b", "label": plain("Words"), "element": WORDS}, actions(SAVE))
    words = entry(alone, ts).get_by_label("Words")
    await words.press_sequentially("half a th")
    await redrawn(alone, slack, ts)
    await alone.page.keyboard.type("ought")
    await expect(words).to_have_value("half a thought")
    await expect(words).to_be_focused()


async def test_what_is_chosen_and_not_told_yet_stays_chosen(alone: Window, slack: Running, app: Listener) -> None:
    ts = said(slack, actions(MENU))
    menu = entry(alone, ts).locator("select")
    app.let = asyncio.Event()
    await menu.select_option("v0")
    await heard(lambda: chosen(app) == ["v0"])
    await menu.select_option("v1")
    await redrawn(alone, slack, ts)  # as one who has chosen the first
    await expect(menu).to_have_value("v1")
    app.let.set()
    await heard(lambda: len(chosen(app)) == 2)
    assert chosen(app) == ["v0", "v1"]
    await expect(menu).not_to_have_attribute("aria-busy", "true")
    await expect(menu).to_have_value("v1")


async def test_a_button_that_is_pressed_waits_for_its_answer(alone: Window, slack: Running, app: Listener) -> None:
    ts = said(slack, actions(SAVE))
    save = entry(alone, ts).get_by_role("button", name="Save")
    app.let = asyncio.Event()
    await save.click()
    await heard(lambda: payloads(app))
    await redrawn(alone, slack, ts)
    await expect(save).to_have_attribute("aria-busy", "true")
    await save.click()
    app.let.set()
    await expect(save).not_to_have_attribute("aria-busy", "true")
    assert len(payloads(app)) == 1


async def test_a_button_that_failed_says_so_until_it_is_pressed_again(
    alone: Window, slack: Running, app: Listener
) -> None:
    ts = said(slack, actions(SAVE))
    save = entry(alone, ts).get_by_role("button", name="Save")
    app.status = 500
    await save.click()
    await expect(save).to_have_attribute("data-failed", "")
    await redrawn(alone, slack, ts)
    await expect(save).to_have_attribute("data-failed", "")
    app.status = 200
    await save.click()
    await expect(save).not_to_have_attribute("data-failed", "")


async def test_what_is_typed_does_not_move_into_another_field(alone: Window, slack: Running) -> None:
    def block(name: str) -> Json:
        return {"type": "input", "block_id": name, "label": plain("Words"), "element": WORDS}

    ts = said(slack, block("first"), actions(SAVE))
    words = entry(alone, ts).get_by_label("Words")
    await words.press_sequentially("for the first alone")
    changed(slack, ts, block("second"), actions(SAVE))
    await expect(entry(alone, ts).locator('[data-block="second"]')).to_be_visible()
    await expect(words).to_have_value("")


async def test_another_button_did_not_fail(alone: Window, slack: Running, app: Listener) -> None:
    ts = said(slack, actions(SAVE))
    save = entry(alone, ts).get_by_role("button", name="Save")
    app.status = 500
    await save.click()
    await expect(save).to_have_attribute("data-failed", "")
    changed(slack, ts, actions({**SAVE, "value": "another"}))
    await expect(save).to_have_attribute("data-value", "another")
    await expect(save).not_to_have_attribute("data-failed", "")

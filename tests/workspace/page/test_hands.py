"""What hands do while something else goes on: a word is being composed, the app is slow, a region is drawn anew."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.workspace import view_rules
from bot.workspace.manifest import read_manifest
from bot.workspace.server import Running, serve
from bot.workspace.shapes import Json
from bot.workspace.state import Settings
from tests.workspace.page.elements import plain
from tests.workspace.page.window import PATIENCE_MS, Window

AIKO = "U0AIKO0000"
MANIFEST = Path("bot/manifest.json")
IDEA: Json = {
    "type": "plain_text_input",
    "action_id": "idea",
    "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
}


@pytest_asyncio.fixture(loop_scope="session")
async def slack() -> AsyncIterator[Running]:
    """A workspace with no bot behind it."""
    async with serve(Settings(manifest=read_manifest(MANIFEST), ack_seconds=15.0, quiet=True)) as slack:
        yield slack


@pytest_asyncio.fixture(loop_scope="session")
async def alone(chromium: Browser, slack: Running) -> AsyncIterator[Window]:
    """Aiko's window on it."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    window = await Window.new(context, slack.url)
    await window.open()
    yield window
    await context.close()
    assert window.complaints == []


def idea(slack: Running, said: str = "", *, view_id: str = "", element: Json = IDEA) -> str:
    """A form with a field that acts while one types; drawn anew with that id it says something else."""
    line = {"type": "section", "text": plain(said or "What is your idea?")}
    field = {"type": "input", "block_id": "b", "label": plain("Idea"), "dispatch_action": True, "element": {**element}}
    view = {"type": "modal", "title": plain("Ideas"), "submit": plain("Send"), "blocks": [line, field]}
    views = slack.workspace.views
    accepted = view_rules.accepted(view, "modal")
    return str((views.update(view_id, accepted) if view_id else views.open(AIKO, accepted))["id"])


async def told(window: Window, answered: asyncio.Event) -> list[str]:
    """What the app is told from now on that stands in the field; it answers when it is let."""
    heard: list[str] = []

    async def hear(route) -> None:  # type: ignore[no-untyped-def]
        heard.append(route.request.post_data_json["value"])
        await answered.wait()
        await route.fulfill(json={"ok": True, "result": {"ok": True}})

    await window.answer("**/control/click_view", hear)
    return heard


async def came(heard: list[str]) -> None:
    """Wait until there is something."""
    async with asyncio.timeout(PATIENCE_MS / 1000):
        while not heard:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def field(window: Window) -> Locator:
    return window.form().locator("[data-input] input")


async def test_what_is_typed_while_the_app_is_slow_is_told_once_when_it_has_answered(
    alone: Window, slack: Running
) -> None:
    answered = asyncio.Event()
    heard = await told(alone, answered)
    idea(slack)
    clock = alone.page.clock
    await expect(field(alone)).to_be_focused()
    await clock.install()
    await clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    await field(alone).press_sequentially("later")
    await clock.run_for(500)
    await expect(field(alone)).to_have_attribute("aria-busy", "true")
    for word in (" check", " out"):
        await field(alone).press_sequentially(word)
        await clock.run_for(500)
    await came(heard)
    assert heard == ["later"]
    answered.set()
    await expect(field(alone)).not_to_have_attribute("aria-busy", "true")
    assert heard == ["later", "later check out"]


async def test_half_a_word_is_not_told_and_the_form_is_not_drawn_over_it(alone: Window, slack: Running) -> None:
    answered = asyncio.Event()
    answered.set()
    heard = await told(alone, answered)
    view = idea(slack)
    await field(alone).focus()
    keys = await alone.page.context.new_cdp_session(alone.page)
    await keys.send("Input.imeSetComposition", {"text": "ㄐㄧㄣ", "selectionStart": 3, "selectionEnd": 3})
    idea(slack, "Somebody else was here", view_id=view)
    await asyncio.sleep(0.6)
    assert heard == []
    await expect(alone.form()).not_to_contain_text("Somebody else was here")
    await keys.send("Input.insertText", {"text": "金耳朵"})
    await expect(alone.form()).to_contain_text("Somebody else was here")
    await expect(field(alone)).to_have_value("金耳朵")
    await expect(field(alone)).to_be_focused()
    await came(heard)
    await asyncio.sleep(0.5)
    assert heard == ["金耳朵"]


async def test_the_caret_stays_where_one_writes_when_the_form_is_drawn_anew(alone: Window, slack: Running) -> None:
    await told(alone, asyncio.Event())
    view = idea(slack)
    await field(alone).press_sequentially("late out")
    for _ in range(4):
        await alone.page.keyboard.press("ArrowLeft")
    idea(slack, "Somebody else was here", view_id=view)
    await expect(alone.form()).to_contain_text("Somebody else was here")
    await alone.page.keyboard.type(" check")
    await expect(field(alone)).to_have_value("late check out")


async def test_escape_closes_one_thing_at_a_time_from_the_top(alone: Window, slack: Running) -> None:
    page = alone.page
    room = slack.workspace.channel("#praise")
    ts = slack.program.acts.say("aiko", "#praise", "Thank you all")
    several = {"type": "multi_users_select", "action_id": "who", "placeholder": plain("Choose people")}
    held = {"type": "actions", "block_id": "a", "elements": [several]}
    slack.workspace.messages.rewrite(room.id, ts, "Thank you all", [held])
    await alone.visit(f"{page.url}&thread={ts}&tool=guide")
    thread, tool = page.locator("#thread"), page.locator("#tools")
    await alone.page.locator("#reply-words").press_sequentially("@sa")
    await expect(page.locator("#reply-offers")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#reply-offers")).to_be_hidden()
    await expect(thread).to_be_visible()
    await page.locator("#reply [data-menu=picker]").press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.locator("#picker")).to_be_hidden()
    await expect(thread).to_be_visible()
    await thread.locator("details.several > summary").press("Enter")
    await expect(thread.locator("details.several")).to_have_attribute("open", "")
    await page.locator("#reply-words").focus()
    await page.keyboard.press("Escape")
    await expect(thread.locator("details.several")).not_to_have_attribute("open", "")
    await expect(thread).to_be_visible()
    await page.locator("#reply-words").focus()
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await page.locator("#composer [data-menu=lightning]").press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.locator("#lightning")).to_be_hidden()
    await expect(tool).to_be_visible()
    await tool.focus()
    await page.keyboard.press("Escape")
    await expect(tool).to_be_hidden()


async def test_the_focus_stays_in_what_is_only_moved(alone: Window) -> None:
    kept = await alone.page.evaluate("""async () => {
        const { morph } = await import("/page/static/morph.js");
        const { read } = await import("/page/static/orders.js");
        const list = document.body.appendChild(document.createElement("ul"));
        const drawn = (ids) => read([...ids].map((id) => `<li id="x-${id}" tabindex="-1">${id}</li>`).join(""));
        list.append(drawn("abcd"));
        list.children[2].focus();
        const now = (ids) => { morph(list, drawn(ids)); return `${list.textContent} ${document.activeElement.id}`; };
        return [now("bcd"), now("cbd"), now("edbc"), now("c")];
    }""")
    assert kept == ["bcd x-c", "cbd x-c", "edbc x-c", "c x-c"]


async def test_a_form_that_could_not_be_closed_is_there_again(alone: Window, slack: Running) -> None:
    idea(slack)
    await expect(alone.form()).to_be_visible()
    refusal = {"ok": False, "error": "not now"}
    await alone.answer("**/control/close", lambda route: route.fulfill(json=refusal))
    await alone.page.keyboard.press("Escape")
    await expect(alone.form().get_by_role("alert")).to_have_text(
        alone.t("That cannot be done: {error}", error="not now")
    )
    await alone.page.unroute("**/control/close")
    await alone.page.keyboard.press("Escape")
    await expect(alone.page.get_by_role("dialog")).to_have_count(0)


async def test_home_is_opened_for_an_app_that_comes_later(
    alone: Window, slack: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    alone.page.on("request", lambda one: opened.append(one.url) if one.url.endswith("/control/open_home") else None)
    await alone.go_to(alone.t("Home"))
    await expect(alone.page.locator("#stage .waiting")).to_be_visible()
    assert opened == []
    monkeypatch.setattr(slack.workspace, "heard", lambda: True)
    slack.workspace.changes.tell("app")
    await expect(alone.page.locator("#stage .waiting")).to_have_count(0)
    await came(opened)
    slack.workspace.changes.tell("app")
    await asyncio.sleep(0.2)
    assert len(opened) == 1


async def test_with_the_last_message_goes_the_line_of_its_day(alone: Window, slack: Running) -> None:
    praise = slack.workspace.channel("#praise").id
    for said in ("one", "two"):
        slack.program.acts.say("aiko", "#praise", said)
    await alone.sees("two")
    for _ in range(2):
        slack.workspace.messages.delete(praise, slack.workspace.messages.newest(praise) or "")
    await expect(alone.page.locator("#messages .day")).to_have_count(0)
    await expect(alone.page.locator("#empty")).to_be_visible()


async def test_a_browser_that_keeps_and_copies_nothing_is_still_of_use(chromium: Browser, slack: Running) -> None:
    context = await chromium.new_context()
    await context.add_init_script("""
        Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
        Object.defineProperty(navigator, "clipboard", { value: undefined });
    """)
    window = await Window.new(context, slack.url)
    slack.program.acts.say("aiko", "#praise", "Copy this")
    await window.open()
    await window.page.locator("#look summary").click()
    await window.page.locator("#theme").select_option("dark")
    await expect(window.page.locator("html")).to_have_attribute("data-theme", "dark")
    entry = await window.sees("Copy this")
    await entry.hover()
    await entry.locator('[data-menu="more"]').click()
    await window.page.locator('#more [data-do="copy"]').click()
    await expect(window.page.locator("#toasts")).to_contain_text("does not allow copying")
    await window.page.locator(".skip").press("Enter")
    await expect(window.page.locator("#room")).to_be_focused()
    assert window.complaints == []
    await context.close()

"""What the page is told a little late: it was drawn before one scrolled, opened, closed or went elsewhere."""

import pytest
from playwright.async_api import expect

from bot.workspace.server import Running
from tests.workspace.page.test_hands import alone, came, slack
from tests.workspace.page.test_long_room import STILL
from tests.workspace.page.window import Window

__all__ = ["alone", "slack"]


async def test_who_scrolls_up_is_not_taken_back_by_what_is_told_at_that_moment(alone: Window, slack: Running) -> None:
    for number in range(60):
        slack.program.acts.say("mei", "#praise", f"Word number {number}.")
    await alone.sees("Word number 59.")
    messages = alone.page.locator("#messages")
    await messages.evaluate(STILL)
    await messages.evaluate("""async (list) => {
        const { perform } = await import("/page/static/orders.js");
        list.scrollTop = 400;
        perform([{ do: "say", words: "" }]);
    }""")
    await messages.evaluate(STILL)
    assert await messages.evaluate("list => list.scrollHeight - list.scrollTop - list.clientHeight") > 80
    await expect(alone.page.locator("#newest")).to_be_visible()


async def test_one_writes_into_the_thread_that_one_opens_though_something_older_is_drawn_first(
    alone: Window, slack: Running
) -> None:
    ts = slack.program.acts.say("aiko", "#praise", "Thank you all")
    await alone.sees("Thank you all")
    await alone.page.evaluate(
        """async (thread) => {
            const { perform } = await import("/page/static/orders.js");
            const { look } = await import("/page/static/page.js");
            look({ thread });
            perform([{ do: "fill", id: "thread", html: "", hidden: true, of: "" }]);
        }""",
        ts,
    )
    await expect(alone.page.locator("#reply-words")).to_be_focused()


async def test_a_thread_that_one_has_left_for_a_tool_is_not_shown_again(alone: Window, slack: Running) -> None:
    page = alone.page
    ts = slack.program.acts.say("aiko", "#praise", "Thank you all")
    await alone.visit(f"{page.url}&thread={ts}")
    await expect(page.locator("#reply-words")).to_be_visible()
    hidden = await page.evaluate(
        """async (of) => {
            const { perform } = await import("/page/static/orders.js");
            const thread = document.getElementById("thread");
            const html = thread.innerHTML.replaceAll(/ style="[^"]*"/g, "");
            document.getElementById("open-guide").click();
            perform([{ do: "fill", id: "thread", html, hidden: false, of }]);
            return thread.hidden;
        }""",
        ts,
    )
    assert hidden
    await expect(page.locator("#tools")).to_be_visible()


async def test_home_is_opened_though_the_side_of_an_earlier_place_is_drawn_first(
    alone: Window, slack: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, opened = alone.page, list[str]()
    monkeypatch.setattr(slack.workspace, "heard", lambda: True)
    slack.workspace.changes.tell("app")
    await expect(page.locator("#stage .waiting")).to_have_count(0)
    page.on("request", lambda one: opened.append(one.url) if one.url.endswith("/control/open_home") else None)
    await page.evaluate("""async () => {
        const { perform } = await import("/page/static/orders.js");
        const { look } = await import("/page/static/page.js");
        const html = document.getElementById("side").innerHTML;
        look({ at: "home" });
        perform([{ do: "fill", id: "side", html }]);
    }""")
    await came(opened)

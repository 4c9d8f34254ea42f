"""What the page is told a little late: it was drawn before one scrolled, opened, closed or went elsewhere."""

import pytest
from playwright.async_api import Route, expect

from bot.workspace.server import Running
from tests.workspace.page.test_hands import alone, came, field, idea, slack
from tests.workspace.page.test_long_room import READ, STAMPS, STILL
from tests.workspace.page.window import Window

__all__ = ["alone", "slack"]
NOTED = """() => {
  window.told = new Set();
  document.addEventListener("drawn", ({ detail }) => { for (const id of detail) window.told.add(id); });
}"""


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


async def test_what_one_has_come_to_hold_is_not_cut_off_by_what_was_drawn_before(alone: Window, slack: Running) -> None:
    for number in range(50):
        slack.program.acts.say("mei", "#praise", f"Word number {number}.")
    await alone.sees("Word number 49.")
    held, asked = await alone.page.evaluate("""async () => {
        const { perform, read } = await import("/page/static/orders.js");
        const { say } = await import("/page/static/page.js");
        const asked = [], { send } = WebSocket.prototype;
        say();
        WebSocket.prototype.send = function (words) { asked.push(JSON.parse(words)); send.call(this, words); };
        const room = document.getElementById("room"), list = document.getElementById("messages");
        const drawn = read(room.innerHTML.replaceAll(/ style="[^"]*"/g, ""));
        const entries = [...drawn.querySelectorAll("#messages > .entry")];
        for (const one of entries.slice(0, 10)) one.remove();
        const html = document.createElement("div");
        html.append(drawn);
        const [oldest, place] = [entries[10].dataset.ts, list.dataset.place];
        perform([{ do: "fill", id: "room", html: html.innerHTML, place, oldest, latest: "" }]);
        return [list.querySelectorAll(":scope > .entry").length, asked.map((one) => [one.anew, one.oldest])];
    }""")
    first = await alone.page.locator("#messages > .entry").first.get_attribute("data-ts")
    assert held == 50 and asked == [[True, first]]


async def test_what_is_said_and_deleted_while_a_page_is_fetched_is_so_when_it_has_come(
    alone: Window, slack: Running
) -> None:
    acts, messages = slack.program.acts, slack.workspace.messages
    room = slack.workspace.channel("#praise").id
    said = [acts.say("mei", "#praise", f"Word number {number}.") for number in range(270)]
    await alone.open()
    await alone.page.evaluate(READ, {"up": True, "most": 1_000})
    await expect(alone.page.locator("#messages")).to_have_attribute("data-newer", "true")

    async def late(route: Route) -> None:
        page = await route.fetch()
        if "after=" in route.request.url:
            gone = said.pop(-5)
            messages.delete(room, gone)
            said.append(acts.say("sam", "#praise", "Said meanwhile"))
            await alone.page.wait_for_function("id => window.told.has(id)", arg=f"m-{said[-1]}")
        await route.fulfill(response=page)

    await alone.page.evaluate(NOTED)
    await alone.answer("**/page/more*", late)
    await alone.page.evaluate(READ, {"up": False, "most": 1_000})
    await expect(alone.message("Said meanwhile")).to_be_in_viewport()
    stamps = await alone.page.evaluate(STAMPS)
    assert stamps == said[-len(stamps) :]


async def test_a_form_that_was_drawn_twice_while_a_word_was_composed_is_the_later_one(
    alone: Window, slack: Running
) -> None:
    idea(slack)
    await expect(field(alone)).to_be_focused()
    await alone.page.evaluate("""async () => {
        const { perform } = await import("/page/static/orders.js");
        const region = document.getElementById("modals");
        const [{ id }] = region.getElementsByTagName("dialog");
        const html = (said) => region.innerHTML.replaceAll(id, `${id}.${said}`).replace("What is your idea?", said);
        const [earlier, later] = [html("Earlier"), html("Later")];
        const compose = (what) => document.activeElement.dispatchEvent(new CompositionEvent(what, { bubbles: true }));
        compose("compositionstart");
        perform([{ do: "fill", id: "modals", html: earlier }]);
        compose("compositionend");
        perform([{ do: "fill", id: "modals", html: later }]);
        await new Promise((done) => { setTimeout(done, 50); });
    }""")
    await expect(alone.form()).to_contain_text("Later")


async def test_what_is_told_of_the_traffic_after_it_was_closed_is_of_no_concern(alone: Window) -> None:
    await alone.page.evaluate("""async () => {
        const { perform } = await import("/page/static/orders.js");
        perform([{ do: "fill", id: "traffic", html: "" }]);
    }""")
    await alone.page.locator("#open-inspector").click()
    await alone.page.clock.install()
    await alone.page.locator("#seek input[name=words]").fill("auth")
    await alone.page.locator("#open-inspector").click()
    await expect(alone.page.locator("#seek")).to_have_count(0)
    await alone.page.clock.run_for(1000)  # what was typed is not sought any more


async def test_the_page_is_told_nothing_before_all_of_it_is_there(alone: Window) -> None:
    await alone.page.add_init_script("""
        const Socket = WebSocket;
        let loaded = false;
        addEventListener("DOMContentLoaded", () => { loaded = true; }, true);
        window.WebSocket = class extends Socket {
            constructor(...given) { super(...given); window.connectedLate = loaded; }
        };
    """)
    await alone.reload()
    assert await alone.page.evaluate("window.connectedLate")


async def test_a_list_of_completions_is_after_a_new_drawing_as_it_was_before(alone: Window, slack: Running) -> None:
    page, words, offers = alone.page, alone.page.locator("#words"), alone.page.locator("#offers")

    async def redrawn() -> None:
        await page.evaluate(NOTED)
        slack.workspace.changes.tell("people")
        await page.wait_for_function("() => window.told.has('room')")

    await words.press_sequentially("@s")
    await page.keyboard.press("ArrowDown")
    selected = offers.locator('[aria-selected="true"]')
    before = await selected.get_attribute("data-insert")
    await redrawn()
    await expect(selected).to_have_attribute("data-insert", str(before))
    await expect(words).to_have_attribute("aria-activedescendant", "offers-1")
    await page.keyboard.press("Escape")
    await expect(offers).to_be_hidden()
    await redrawn()
    await expect(offers).to_be_hidden()

"""What happens to a form, a list or a table while something else goes on: it is sent, closed, drawn anew, gone from."""

import asyncio
from datetime import UTC, datetime, timedelta

from playwright.async_api import WebSocketRoute, expect

from bot.workspace import staff
from bot.workspace.server import Running
from bot.workspace.shapes import Json
from tests.workspace.page.app import entry, react, said
from tests.workspace.page.test_hands import alone, field, idea, slack, told
from tests.workspace.page.window import Window

__all__ = ["alone", "slack"]
ERRORS: Json = {"ok": True, "result": {"ok": True, "response": "errors", "errors": {"b": "Too short"}}}


def table() -> Json:
    head = [{"type": "raw_text", "text": one} for one in ("Name", "Points")]
    rows = [[{"type": "raw_text", "text": f"Name {at}"}, {"type": "raw_number", "value": at}] for at in range(1, 13)]
    return {"type": "data_table", "caption": "Points", "rows": [head, *rows]}


async def test_what_is_wrong_is_said_in_the_form_as_it_is_drawn_now(alone: Window, slack: Running) -> None:
    view, sent = idea(slack), []
    button = alone.form().locator("[type=submit]")

    async def answer(route) -> None:  # type: ignore[no-untyped-def]
        sent.append(route.request.post_data_json["entries"][0][2])
        idea(slack, "Like yours", view_id=view)
        await expect(alone.form()).to_contain_text("Like yours")
        await expect(button).to_have_attribute("aria-busy", "true")
        await button.click()
        await route.fulfill(json=ERRORS)

    await alone.answer("**/control/submit", answer)
    await field(alone).fill("Beds")
    await alone.submit()
    wrong = alone.form().locator(".error")
    await expect(wrong).to_have_text("Too short")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await expect(field(alone)).to_be_focused()
    idea(slack, "Drawn once more", view_id=view)
    await expect(alone.form()).to_contain_text("Drawn once more")
    await expect(wrong).to_have_text("Too short")
    assert sent == ["Beds"]
    await field(alone).fill("Bedside lamps")
    await expect(wrong).to_be_hidden()


async def test_a_form_that_one_closes_oneself_says_nothing_more(alone: Window, slack: Running) -> None:
    answered = asyncio.Event()
    heard = await told(alone, answered)
    idea(slack)
    clock = alone.page.clock
    await expect(field(alone)).to_be_focused()
    await clock.install()
    await clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # as slow as the machine may be
    await field(alone).press_sequentially("b")
    await alone.page.keyboard.press("Escape")
    await clock.run_for(1000)
    await asyncio.sleep(0.2)
    assert heard == []
    await alone.page.unroute("**/control/click_view")
    await alone.answer("**/control/click_view", lambda route: _late(route, answered))
    idea(slack)
    await field(alone).press_sequentially("c")
    await clock.run_for(1000)
    await expect(field(alone)).to_have_attribute("aria-busy", "true")
    await alone.page.keyboard.press("Escape")
    await expect(alone.page.get_by_role("dialog")).to_have_count(0)
    answered.set()
    await asyncio.sleep(0.3)
    assert await alone.page.locator("#toasts p").count() == 0


async def _late(route, answered: asyncio.Event) -> None:  # type: ignore[no-untyped-def]
    await answered.wait()
    await route.fulfill(json={"ok": False, "error": "nobody has it", "code": "gone"})


async def test_a_table_stays_as_it_was_turned_and_sorted(alone: Window, slack: Running) -> None:
    ts = said(slack, table())
    held = entry(alone, ts).locator(".data-table")
    shown = held.locator("tbody > tr:not([hidden])").first
    await held.get_by_role("button", name="Points").click()
    await held.get_by_role("button", name="Points").click()
    await held.get_by_role("button", name="Next rows").click()
    await expect(shown).to_contain_text("Name 7")
    react(slack, ts)
    await expect(entry(alone, ts).locator(".reaction")).to_be_visible()
    await expect(shown).to_contain_text("Name 7")
    await expect(held.locator("th[aria-sort=descending]")).to_have_count(1)
    other = table()
    other["rows"][1][0]["text"] = "Somebody else"
    slack.workspace.messages.rewrite(staff.PRAISE_CHANNEL, ts, "x", [{**other, "block_id": "b"}])
    await expect(shown).to_contain_text("Somebody else")


async def test_a_list_that_stands_still_goes_on_when_one_says_so(alone: Window, slack: Running) -> None:
    page, traffic = alone.page, alone.page.locator("#traffic > li")
    slack.program.acts.say("mei", "#praise", "one")
    await page.locator("#open-inspector").click()
    slack.workspace.journal.error("bad_ack", "the first")
    await expect(traffic.filter(has_text="the first")).to_have_count(1)
    alone.told.clear()
    await alone.press("Pause")
    held = page.locator("#held-back")
    await expect(page.locator("#pause")).to_have_attribute("aria-pressed", "true")
    await alone.live()  # the workspace knows that it stands still
    slack.workspace.journal.error("bad_ack", "the second")
    await expect(held).to_have_text("+1")
    await alone.go_to("general")
    await expect(page.locator("#messages")).to_have_attribute("data-place", staff.GENERAL_CHANNEL)
    slack.workspace.journal.error("bad_ack", "the third")
    await expect(held).to_have_text("+2")
    await expect(traffic.filter(has_text="the second")).to_have_count(0)
    await expect(page.locator("#pause")).to_have_attribute("aria-pressed", "true")
    await page.locator("#pause").click()
    await expect(traffic.filter(has_text="the third")).to_have_count(1)
    await expect(traffic.filter(has_text="the second")).to_have_count(1)
    assert "%26" not in page.url and "paused" not in page.url


async def test_an_entry_that_cannot_be_had_says_so_and_folds_up(alone: Window, slack: Running) -> None:
    slack.workspace.journal.error("bad_ack", "the first")
    await alone.page.locator("#open-inspector").click()
    await alone.answer("**/page/traffic/*", lambda route: route.abort())
    one = alone.page.locator("#traffic > li").first
    await one.locator("summary").click()
    await expect(alone.page.locator("#toasts")).to_contain_text(
        alone.t("The workspace does not answer. Is it still running?")
    )
    await expect(one.locator("details")).not_to_have_attribute("open", "")
    alone.complaints.clear()  # the browser's own, of what was cut off
    await alone.page.unroute("**/page/traffic/*")
    await one.locator("summary").click()
    await expect(one.locator(".entry-whole")).to_contain_text("the first")


async def test_who_presses_a_reaction_twice_gives_it_once(alone: Window, slack: Running) -> None:
    ts = said(slack, {"type": "divider"})
    react(slack, ts)
    reaction = entry(alone, ts).locator(".reaction")
    await reaction.evaluate("(button) => { button.click(); button.click(); }")
    await expect(reaction).to_have_attribute("aria-pressed", "true")
    slack.program.acts.react("aiko", "#praise", ts, "clap")
    refusal = {"ok": False, "error": "already_reacted", "code": ""}
    await alone.answer("**/control/unreact", lambda route: route.fulfill(json=refusal))
    await reaction.first.click()
    await asyncio.sleep(0.2)
    assert await alone.page.locator("#toasts p").count() == 0


async def test_from_a_message_of_a_thread_escape_leads_back_to_its_list_first(alone: Window, slack: Running) -> None:
    page = alone.page
    ts = slack.program.acts.say("aiko", "#praise", "Thank you all")
    await alone.visit(f"{page.url}&thread={ts}")
    await page.locator("#replies").focus()
    await page.keyboard.press("ArrowUp")
    await expect(entry(alone, ts, "t")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#replies")).to_be_focused()
    await expect(page.locator("#thread")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()


class Line:
    """What a page is told, which can be held back for a while."""

    def __init__(self) -> None:
        self.holds = False
        self._held: list[tuple[WebSocketRoute, str | bytes]] = []

    def between(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda told: self._held.append((socket, told)) if self.holds else socket.send(told))

    def go_on(self) -> None:
        self.holds = False
        for socket, told_late in self._held:
            socket.send(told_late)


async def test_an_entry_that_is_looked_for_is_shown_when_it_comes(alone: Window, slack: Running) -> None:
    page, line = alone.page, Line()
    slack.workspace.journal.error("bad_ack", "the first")
    number = next(iter(slack.workspace.journal.newest()))["n"]
    await page.route_web_socket("**/page/live", line.between)
    await alone.visit(f"{alone.url}/?as=aiko&lang=en&tool=inspector&seek=words%3Dnowhere")
    await expect(page.locator("#seek")).to_be_visible()
    line.holds = True
    await page.evaluate(
        """(number) => {
            const button = document.createElement("button");
            button.dataset.show = number;
            document.getElementById("tools").append(button);
            button.click();
        }""",
        number,
    )
    await page.wait_for_timeout(2000)
    line.go_on()
    await expect(page.locator(f'[data-entry="{number}"]')).to_have_attribute("open", "")


async def test_words_to_try_wait_for_who_is_to_say_them(alone: Window, slack: Running) -> None:
    page, line = alone.page, Line()
    await page.route_web_socket("**/page/live", line.between)
    step = {"as": "U0MEI00000", "at": staff.GENERAL_CHANNEL, "words": "/thanks @sam", "message": ""}
    await alone.answer("**/control/step", lambda route: route.fulfill(json={"ok": True, "result": step}))
    await alone.visit(f"{alone.url}/?as=aiko&lang=en")
    await expect(page.locator("#acting summary")).to_contain_text("Aiko")
    await page.wait_for_timeout(300)
    line.holds = True
    await page.locator("#try-thank").click()
    await page.wait_for_timeout(2000)
    await expect(page.locator("#words")).to_have_value("")
    line.go_on()
    await expect(page.locator("#composer")).to_have_attribute("data-as", "U0MEI00000")
    await expect(page.locator("#words")).to_have_value("/thanks @sam")

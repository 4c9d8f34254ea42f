"""A long conversation in a real browser: what is far is let go and comes again, and what one reads stays in place."""

from playwright.async_api import expect

from tests.whole.house import House
from tests.workspace.page.window import Window

SAID = 330
HELD = 270
STAMPS = "[...document.querySelectorAll('#messages > .entry')].map(one => one.dataset.ts)"
# Who stays at the end comes there in a few frames, and entries are measured as they come into sight.
STILL = """async (list) => {
  for (let still = 0, was = NaN; still < 12; was = list.scrollTop) {
    await new Promise(requestAnimationFrame);
    still = list.scrollTop === was ? still + 1 : 0;
  }
}"""
MIDDLE = """(list) => {
  const middle = list.getBoundingClientRect().top + list.clientHeight / 2;
  const one = [...list.querySelectorAll(":scope > .entry")].find((one) => one.getBoundingClientRect().bottom > middle);
  return [one.id, one.getBoundingClientRect().top];
}"""
READ = """async ({ up, most }) => {
  const list = document.getElementById("messages");
  const still = STILL;
  const seen = new Set();
  let held = 0, moved = 0;
  const frame = () => new Promise(requestAnimationFrame);
  const there = () => [...list.querySelectorAll(":scope > .entry")];
  await still(list);
  for (let turn = 0; turn < most; turn += 1) {
    const all = there();
    held = Math.max(held, all.length);
    for (const one of all) seen.add(one.dataset.ts);
    if (up ? !list.dataset.older && list.scrollTop === 0
           : !list.dataset.newer && list.scrollTop + list.clientHeight >= list.scrollHeight - 1) break;
    const middle = list.getBoundingClientRect().top + list.clientHeight / 2;
    const mark = all.find((one) => one.getBoundingClientRect().bottom > middle);
    const was = mark.getBoundingClientRect().top;
    await frame(); await frame();
    if (mark.isConnected) moved = Math.max(moved, Math.abs(mark.getBoundingClientRect().top - was));
    list.scrollTop += up ? -300 : 300;
    await frame();
  }
  return { seen: [...seen].sort(), held, moved };
}""".replace("STILL", STILL)


async def test_a_long_conversation_is_read_from_end_to_end_and_back(window: Window, house: House) -> None:
    said = [await house.people.say("mei", "#praise", f"Word number {number}.") for number in range(SAID)]
    await window.open()
    await window.sees(f"Word number {SAID - 1}.")
    up = await window.page.evaluate(READ, {"up": True, "most": 1_000})
    assert up["seen"] == said and up["held"] <= HELD
    assert up["moved"] < 3, "what was read jumped"
    await expect(window.message("Word number 0.")).to_be_in_viewport()
    await house.people.say("sam", "#praise", "Far below")
    down = await window.page.evaluate(READ, {"up": False, "most": 1_000})
    assert set(said) <= set(down["seen"]) and down["held"] <= HELD
    stamps = await window.page.evaluate(STAMPS)
    assert stamps == sorted(stamps)
    await expect(window.message("Far below")).to_be_in_viewport()


async def test_who_stays_at_the_end_holds_no_more_for_all_that_is_said(window: Window, house: House) -> None:
    await window.open()
    said = [await house.people.say("mei", "#praise", f"Word number {number}.") for number in range(SAID)]
    await expect(window.message(f"Word number {SAID - 1}.")).to_be_in_viewport()
    assert await window.messages().count() <= HELD
    up = await window.page.evaluate(READ, {"up": True, "most": 1_000})
    assert up["seen"] == said
    assert up["moved"] < 3, "what was read jumped"


async def test_one_comes_from_far_back_to_the_newest_by_a_button_or_by_speaking(window: Window, house: House) -> None:
    for number in range(SAID):
        await house.people.say("mei", "#praise", f"Word number {number}.")
    await window.open()
    for speaks in (False, True):
        await window.page.evaluate(READ, {"up": True, "most": 1_000})
        await expect(window.page.locator("#messages")).to_have_attribute("data-newer", "true")
        if speaks:
            await window.type("I am back")
            await expect(window.message("I am back")).to_be_in_viewport()
        else:
            await window.press(window.t("Jump to the newest"))
            await expect(window.message(f"Word number {SAID - 1}.")).to_be_in_viewport()
        await expect(window.page.locator("#newest")).to_be_hidden()
        await expect(window.page.locator("#messages")).not_to_have_attribute("data-newer", "true")


async def test_what_the_browser_says_meanwhile_does_not_hold_one_back_from_the_newest(
    window: Window, house: House
) -> None:
    for number in range(SAID):
        await house.people.say("mei", "#praise", f"Word number {number}.")
    await window.open()
    await window.page.evaluate(READ, {"up": True, "most": 1_000})
    await expect(window.page.locator("#messages")).to_have_attribute("data-newer", "true")
    asked = await window.page.evaluate("""() => {
      const asked = [], { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (words) { asked.push(JSON.parse(words)); send.call(this, words); };
      document.getElementById("newest").click();
      document.dispatchEvent(new Event("visibilitychange"));
      return asked;
    }""")
    assert [(one["oldest"], one["latest"]) for one in asked] == [("", "")] * 2
    await expect(window.message(f"Word number {SAID - 1}.")).to_be_in_viewport()


async def test_the_answer_to_a_command_is_seen_however_far_back_one_reads(window: Window, house: House) -> None:
    for number in range(SAID):
        await house.people.say("mei", "#praise", f"Word number {number}.")
    await window.open()
    await window.page.evaluate(READ, {"up": True, "most": 1_000})
    await expect(window.page.locator("#messages")).to_have_attribute("data-newer", "true")
    await window.type("/points ")
    await expect(window.message(window.t("Only visible to you"))).to_be_in_viewport()


async def test_who_reads_further_up_stays_there_when_others_speak(window: Window, house: House) -> None:
    for number in range(60):
        await house.people.say("mei", "#praise", f"Word number {number}.")
    await window.open()
    await window.sees("Word number 59.")
    messages = window.page.locator("#messages")
    await messages.evaluate(STILL)
    await messages.evaluate("list => { list.scrollTop = 400; }")
    await expect(window.page.locator("#newest")).to_be_visible()
    await messages.evaluate(STILL)
    read, top = await messages.evaluate(MIDDLE)
    await house.people.say("sam", "#praise", "Something new")
    await expect(window.message("Something new")).to_be_attached()
    await messages.evaluate(STILL)
    now = await window.page.locator(f'[id="{read}"]').evaluate("one => one.getBoundingClientRect().top")
    assert abs(now - top) < 3

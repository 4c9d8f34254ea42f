"""Writing, completing and choosing in a real browser, with the keyboard alone and with the whole bot behind it."""

import asyncio

from playwright.async_api import expect

from bot.workspace import staff
from tests.whole.house import House
from tests.workspace.page.conftest import Windows
from tests.workspace.page.window import Window


async def reactions(house: House, ts: str) -> list[str]:
    """The emoji under a message of the praise channel, as soon as there are any."""
    for _ in range(3000):
        message = next(one for one in await house.people.messages("#praise") if one["ts"] == ts)
        if "reactions" in message:
            break
        await asyncio.sleep(0.02)
    return [one["name"] for one in message.get("reactions", [])]


async def test_a_command_is_completed_by_keys_and_its_hint_stays(window: Window) -> None:
    words, offers = window.page.locator("#words"), window.page.locator("#offers")
    await window.type("/", send=False)
    await expect(offers.get_by_role("option")).to_have_count(9)
    await expect(words).to_have_attribute("aria-activedescendant", "offers-0")
    await window.page.keyboard.press("ArrowDown")
    await expect(words).to_have_attribute("aria-activedescendant", "offers-1")
    await window.page.keyboard.press("Escape")
    await expect(offers).to_be_hidden()
    await window.page.keyboard.type("poi")
    await expect(offers.get_by_role("option")).to_have_count(1)
    await window.page.keyboard.press("Tab")
    await expect(words).to_have_value("/points ")
    await expect(words).to_be_focused()
    await window.page.keyboard.type("x")
    await expect(window.page.locator("#ghost")).to_have_text("/points (only you see the answer)")


async def test_a_command_that_is_whole_is_sent_by_enter(window: Window, house: House) -> None:
    await window.type("/points", send=False)
    await expect(window.page.locator("#offers")).to_be_visible()
    await window.page.keyboard.press("Enter")
    await house.people.wait({"ephemeral": "aiko"})
    await expect(window.page.locator("#words")).to_have_value("")


async def test_what_only_one_sees_is_put_away_and_one_goes_on_writing(window: Window, house: House) -> None:
    await window.type("/points")
    shown = window.page.locator("#messages .ephemeral")
    await expect(shown).to_have_count(1)
    await shown.get_by_role("button", name=window.t("Dismiss")).click()
    await expect(shown).to_have_count(0)
    await expect(window.page.locator("#words")).to_be_focused()
    assert await house.people.ephemerals("aiko") == []


async def test_people_are_completed_anywhere_by_handle_and_by_chinese_name(window: Window) -> None:
    words = window.page.locator("#words")
    await window.type("謝謝@美", send=False)
    await expect(window.page.locator("#offers").get_by_role("option")).to_have_count(1)
    await window.page.keyboard.press("Enter")
    await expect(words).to_have_value("謝謝@mei ")
    await window.page.keyboard.type("and @no")
    await window.page.keyboard.press("Tab")
    await expect(words).to_have_value("謝謝@mei and @noah ")
    await window.page.keyboard.type("in #gen")
    await window.page.keyboard.press("Tab")
    await window.page.keyboard.type(":tad")
    await expect(window.page.locator("#offers")).to_contain_text(":tada:")
    await window.page.keyboard.press("Tab")
    await expect(words).to_have_value("謝謝@mei and @noah in #general :tada: ")


async def test_enter_ends_a_word_that_is_being_composed_and_does_not_send(window: Window, house: House) -> None:
    words = window.page.locator("#words")
    await words.focus()
    keys = await window.page.context.new_cdp_session(window.page)
    await keys.send("Input.imeSetComposition", {"text": "早安", "selectionStart": 2, "selectionEnd": 2})
    await expect(words).to_have_value("早安")
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    await keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    await keys.send("Input.insertText", {"text": "早安"})
    await keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    await expect(words).to_have_value("早安")
    await window.page.keyboard.press("Enter")
    await window.sees("早安")
    assert [one["text"] for one in await house.people.messages("#praise")] == ["早安"]


async def test_shift_enter_breaks_the_line_and_the_field_grows_to_eight(window: Window) -> None:
    words = window.page.locator("#words")
    await words.focus()
    heights = []
    for _ in range(12):
        await window.page.keyboard.type("line")
        await window.page.keyboard.press("Shift+Enter")
        heights.append(await words.evaluate("one => one.offsetHeight"))
    assert heights[0] < heights[3] < heights[6] == heights[-1]
    assert await window.messages().count() == 0


async def test_a_command_that_slack_does_not_know_is_told_and_kept(window: Window) -> None:
    await window.type("/prase @mei for the pharmacy")
    notice = window.page.locator("#messages .notice")
    await expect(notice).to_contain_text("/prase is not a valid command.")
    await expect(window.page.locator("#words")).to_have_value("/prase @mei for the pharmacy")
    await notice.get_by_role("button", name=window.t("Dismiss")).click()
    await expect(notice).to_have_count(0)
    await expect(window.page.locator("#words")).to_be_focused()


async def test_a_command_without_an_answer_in_time_is_told_as_slack_does_and_stays_told(
    window: Window, house: House
) -> None:
    await house.people.ask("fault", kind="ack_lost", where="slash_commands")
    await window.type("/points")
    told = window.page.locator("#messages .notice")
    await expect(told).to_contain_text("/points failed with the error “operation_timeout”")
    await expect(window.page.locator("#words")).to_have_value("/points")
    await window.go_to("general")
    await expect(told).to_have_count(0)
    await window.go_to("praise")
    await expect(told).to_have_count(1)
    assert [one["kind"] for one in await house.people.errors()]
    await house.people.ask("forget_errors")


async def test_what_is_not_sent_yet_is_kept_for_each_place_and_person(window: Window) -> None:
    words = window.page.locator("#words")
    await window.type("half a thought", send=False)
    await window.go_to("general")
    await expect(words).to_have_value("")
    await window.type("another", send=False)
    await window.go_to("praise")
    await expect(words).to_have_value("half a thought")
    await window.act_as("noah")
    await expect(words).to_have_value("")
    await window.act_as("aiko")
    await expect(words).to_have_value("half a thought")


async def test_a_reaction_is_found_and_given_by_keys(window: Window, house: House) -> None:
    ts = await house.people.say("mei", "#praise", "The lift works again")
    await window.sees("The lift works again")
    keys = window.page.keyboard
    await window.page.locator("#messages").focus()
    await keys.press("ArrowUp")
    await expect(window.page.locator(f"#m-{ts.replace('.', chr(92) + '.')}")).to_be_focused()
    await keys.press("r")
    picker = window.page.get_by_role("dialog", name=window.t("Choose an emoji"))
    await expect(picker.get_by_role("searchbox")).to_be_focused()
    await keys.type("party")
    await expect(picker.locator(".found")).to_contain_text("🎉")
    await picker.locator(".found [data-emoji='tada']").focus()
    await keys.press("Enter")
    await expect(picker).to_be_hidden()
    assert "tada" in await reactions(house, ts)


async def test_escape_closes_a_menu_and_gives_the_focus_back(window: Window, house: House) -> None:
    await house.people.say("mei", "#praise", "The lift works again")
    message = await window.sees("The lift works again")
    await message.hover()
    more = message.get_by_role("button", name=window.t("More"))
    await more.click()
    menu = window.page.get_by_role("menu", name=window.t("More"))
    await expect(menu).to_be_visible()
    await expect(more).to_have_attribute("aria-expanded", "true")
    await window.page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()
    await expect(more).to_be_focused()
    await expect(more).to_have_attribute("aria-expanded", "false")


async def test_the_shortcut_of_a_message_is_in_its_menu(window: Window, house: House) -> None:
    await house.people.say("mei", "#praise", "A guest wrote: thank you for the quiet room")
    message = await window.sees("A guest wrote")
    await message.hover()
    await message.get_by_role("button", name=window.t("More")).click()
    await window.page.get_by_role("menuitem", name="Save as customer praise").click()
    view = (await house.people.wait({"view": "aiko"}))[-1]
    assert "quiet room" in str(view["blocks"])


async def test_shortcuts_from_anywhere_are_in_the_lightning_menu(windows: Windows, house: House) -> None:
    window = await windows("zh-Hant", width=390, height=844)
    await window.open("mei", staff.GENERAL_CHANNEL)
    await window.page.locator("#composer").get_by_role("button", name=window.t("Shortcuts")).click()
    await window.page.keyboard.press("ArrowDown")
    await window.page.keyboard.press("ArrowDown")
    await expect(window.page.get_by_role("menuitem", name="Thank a colleague")).to_be_focused()
    await window.page.keyboard.press("Enter")
    assert await house.people.wait({"view": "mei"})

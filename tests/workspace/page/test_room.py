"""What people do in a room of the page, in a real browser with the whole bot behind it."""

from playwright.async_api import expect

from tests.whole.house import House
from tests.workspace.page.conftest import Windows
from tests.workspace.page.window import Window


async def test_what_somebody_says_stands_in_the_room(window: Window, house: House) -> None:
    await window.type("Good morning, all")
    await window.sees("Good morning, all")
    assert (await house.people.messages("#praise"))[-1]["text"] == "Good morning, all"


async def test_what_one_says_the_other_sees_without_reloading(windows: Windows) -> None:
    one, other = await windows(), await windows("zh-Hant")
    await one.open("aiko")
    await other.open("mei")
    await one.type("The lift works again")
    await other.sees("The lift works again")


async def test_the_theme_is_the_systems_until_one_chooses_another_and_stays_chosen(windows: Windows) -> None:
    window = await windows(theme="dark")
    await window.open()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    assert await window.page.evaluate(paper) == "rgb(27, 26, 24)"
    await window.page.locator("#look > summary").click()
    await window.page.get_by_role("combobox", name=window.t("Theme")).select_option(label=window.t("Light"))
    assert await window.page.evaluate(paper) == "rgb(255, 255, 255)"
    await window.open()
    assert await window.page.evaluate(paper) == "rgb(255, 255, 255)"
    await expect(window.page.locator("#theme")).to_have_value("light")


async def test_the_language_of_the_page_is_chosen_in_its_menu(window: Window) -> None:
    await window.page.locator("#look > summary").click()
    await window.page.get_by_role("combobox", name=window.t("Language of this page")).select_option(label="繁體中文")
    await expect(window.page.locator("html")).to_have_attribute("lang", "zh-Hant")
    window.language = "zh-Hant"
    await expect(window.page.get_by_role("navigation", name=window.t("Places"), exact=True)).to_be_visible()


async def test_on_a_phone_the_places_lie_in_a_drawer_that_escape_closes(windows: Windows) -> None:
    window = await windows(width=390, height=844)
    await window.open()
    places = window.page.get_by_role("navigation", name=window.t("Places"), exact=True)
    opener = window.page.get_by_role("button", name=window.t("Places"), exact=True)
    await expect(places).to_be_hidden()
    await opener.click()
    await expect(places).to_be_visible()
    await expect(places.locator("#acting summary")).to_be_focused()
    await window.page.keyboard.press("Escape")
    await expect(places).to_be_hidden()
    await expect(opener).to_be_focused()
    await expect(window.page.locator("#words")).to_be_in_viewport()

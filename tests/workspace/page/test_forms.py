"""Forms in a real browser with the whole bot behind them."""

import re

from playwright.async_api import Locator, expect

from bot.workspace import view_rules
from storage import models
from tests.whole.house import House, until
from tests.workspace.page.conftest import Windows
from tests.workspace.page.elements import chosen, named, plain, typed
from tests.workspace.page.test_access import grave
from tests.workspace.page.window import Window

AIKO = "U0AIKO0000"


def block(window: Window, name: str) -> Locator:
    return window.form().locator(f'[data-input][data-block="{name}"]')


def error(window: Window, name: str) -> Locator:
    return block(window, name).locator(".error")


async def test_a_form_goes_wrong_beside_the_field_and_then_right(windows: Windows, house: House) -> None:
    window = await windows("zh-Hant")
    await window.open("aiko")
    await window.type("/praise @rosa")
    words = block(window, "words").locator("textarea, input")
    await expect(window.form()).to_be_visible()

    await window.submit()  # Slack itself keeps it back, in the page's language
    await expect(error(window, "words")).to_have_text("請填寫此欄位。")
    await expect(words).to_be_focused()
    await expect(words).to_have_attribute("aria-invalid", "true")

    await words.fill("Spotless")
    await expect(error(window, "words")).to_be_hidden()
    day = block(window, "happened_on").locator("input")
    await day.fill("2026-11-25")
    await window.submit()  # and now the bot does
    await expect(error(window, "happened_on")).to_contain_text("not come yet")
    await expect(day).to_be_focused()
    assert house.count(models.Praise) == 0

    await day.fill("2026-11-20")
    await window.submit()
    await expect(window.form()).to_contain_text("Spotless")
    await expect(window.form().locator("h2")).to_be_focused()
    await window.page.keyboard.press("Escape")
    await expect(window.page.get_by_role("dialog")).to_have_count(0)
    await expect(window.page.locator("#composer :focus")).to_have_count(1)  # where it was before
    await until(lambda: not house.slack.workspace.views.open_for(AIKO))
    assert house.count(models.Praise) == 1


async def test_what_is_typed_outlives_a_new_drawing_of_the_form(window: Window, house: House) -> None:
    await window.type("/praise @rosa")
    words = block(window, "words").locator("textarea, input")
    await words.fill("Not sent yet")
    view = house.slack.workspace.views.open_for(AIKO)[0]
    line = {"type": "section", "block_id": "new", "text": {"type": "plain_text", "text": "Somebody else was here"}}
    house.slack.workspace.views.update(view["id"], {**view, "blocks": [line, *view["blocks"]]})
    await expect(window.form()).to_contain_text("Somebody else was here")
    await expect(words).to_have_value("Not sent yet")
    await expect(words).to_be_focused()


async def test_a_pushed_form_is_left_by_its_arrow_and_all_of_them_by_the_cross(window: Window, house: House) -> None:
    await window.type("/praise @rosa")
    words = block(window, "words").locator("textarea, input")
    await words.fill("Kept below")
    view = house.slack.workspace.views.open_for(AIKO)[0]
    told = {"type": "modal", "title": {"type": "plain_text", "text": "On top"}, "blocks": []}
    house.slack.workspace.views.open(AIKO, told, after=view["id"])
    await expect(window.form()).to_contain_text("On top")
    await window.press(window.t("Back"), window.form())
    await expect(words).to_have_value("Kept below")
    await expect(words).to_be_focused()
    house.slack.workspace.views.open(AIKO, told, after=view["id"])
    await expect(window.form()).to_contain_text("On top")
    await window.form().locator('[data-close="all"]').click()
    await expect(window.page.get_by_role("dialog")).to_have_count(0)
    await until(lambda: not house.slack.workspace.views.open_for(AIKO))


async def test_a_form_that_nobody_answers_says_so_and_can_be_sent_again(window: Window, house: House) -> None:
    await window.type("/praise @rosa")
    await block(window, "words").locator("textarea, input").fill("Patient")
    await house.people.fault("undelivered", "view_submission")
    await window.submit()
    await expect(window.form().get_by_role("alert")).to_contain_text(re.compile("not answer|went wrong|not connected"))
    await house.people.forget_errors()
    await house.people.wait({"connections": 1})
    await window.submit()
    await expect(window.form()).to_contain_text("Patient")
    assert house.count(models.Praise) == 1


async def test_a_form_of_everything_can_be_used_by_everybody(window: Window, house: House) -> None:
    blocks = [
        {"type": "input", "label": plain(f"Field {one['action_id']}"), "hint": plain("A hint"), "element": one}
        for one in named([*chosen(), *typed("Words")])
        if one["type"] not in ("email_text_input", "url_text_input")
    ]
    view = {"type": "modal", "title": plain("Everything"), "submit": plain("Send"), "blocks": blocks}
    house.slack.workspace.views.open(AIKO, view_rules.accepted(view, "modal"))
    await expect(window.form()).to_be_visible()
    for one in await window.form().locator("details").all():
        await one.locator("summary").click()
    assert await grave(window) == []

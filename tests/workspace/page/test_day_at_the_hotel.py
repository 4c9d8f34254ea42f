"""A day at the hotel in a real browser: by keys alone, in two windows, into the next morning and through bad days."""

import re

import pytest
from playwright.async_api import Locator, expect
from sqlmodel import col

from bot.workspace import scenes
from storage import models
from tests.whole.house import House, until
from tests.workspace.page.conftest import Windows
from tests.workspace.page.window import Window

TABS = 80
"""After so many one has been everywhere."""
PATIENCE_MS = 60_000
RING = "She took the whole frame apart and found the ring."
PRAISE = f"/praise @rosa “{RING}” from Mrs Halloran"


async def tabbed(window: Window, to: Locator, key: str = "Tab") -> None:
    """Go on from field to field until one is there; the focus is seen at each."""
    for _ in range(TABS):
        if await to.evaluate("one => one === document.activeElement"):
            return
        await window.page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not lead to {to}")


def posts(window: Window) -> Locator:
    """What all see of the praise, and not what one alone is told of it."""
    return window.page.locator("#messages > li[data-ts]:not(.ephemeral)", has_text=RING)


async def praised(window: Window) -> Locator:
    """Praise Rosa in one line; gives the post."""
    await window.type(PRAISE, send=False)
    await window.page.keyboard.press("Enter")
    await expect(posts(window)).to_have_count(1, timeout=PATIENCE_MS)
    return posts(window)


async def test_praise_is_recorded_and_applauded_by_keyboard_alone(window: Window, house: House) -> None:
    keys, form = window.page.keyboard, window.form()
    await tabbed(window, window.page.locator("#words"))
    await keys.type("/pra")
    await expect(window.page.locator("#offers").get_by_role("option")).to_have_count(1)
    await keys.press("Enter")
    await keys.type("@ros")
    await keys.press("Tab")
    await keys.press("Enter")

    await tabbed(window, form.locator('[data-block="words"] textarea'))
    await keys.type(RING)
    source = form.locator("select").first
    await tabbed(window, source)
    before = await source.input_value()
    await keys.press("ArrowDown")
    assert await source.input_value() != before
    await tabbed(window, form.locator('button[type="submit"]'))
    await keys.press("Enter")
    await until(lambda: house.count(models.Praise) == 1)
    await expect(form).to_contain_text(RING)
    await keys.press("Escape")
    await expect(window.page.get_by_role("dialog")).to_have_count(0)

    post = posts(window)
    await expect(post).to_have_count(1)
    await tabbed(window, window.page.locator("#messages"), "Shift+Tab")
    await keys.press("ArrowUp")
    await expect(post).to_be_focused()
    await tabbed(window, post.get_by_role("button", name=window.t("React with {emoji}", emoji=":tada:")))
    await keys.press("Enter")
    await expect(post.locator('.reaction[aria-pressed="true"]')).to_have_count(1)


async def test_a_reaction_is_given_seen_by_the_other_and_taken_back(windows: Windows, house: House) -> None:
    one, other = await windows(), await windows("zh-Hant")
    await one.open("mei")
    await other.open("hao")
    post = await praised(one)
    await post.hover()
    await post.get_by_role("button", name=one.t("React with {emoji}", emoji=":tada:")).click()
    theirs = posts(other).locator('.reaction[data-emoji="tada"]')
    await expect(theirs).to_have_attribute("aria-pressed", "false")
    await house.settled()
    await until(lambda: house.count(models.Applause, col(models.Applause.stands)) == 1)
    await one.react(post, "tada")
    await expect(theirs).to_have_count(0)
    await until(lambda: house.count(models.Applause, col(models.Applause.stands)) == 0)


async def test_the_next_morning_brings_the_words_of_the_day_before(window: Window, house: House) -> None:
    await praised(window)
    await house.settled()
    await window.page.locator("#open-clock").click()
    await window.page.get_by_role("button", name=window.t("Next morning")).click()
    greeting = await window.sees(re.compile("Good morning!"))
    await expect(greeting).to_contain_text("ring", timeout=PATIENCE_MS)
    await expect(window.page.locator("#mark-clock")).to_contain_text("09:00")


@pytest.mark.parametrize("scene", ["reply_lost", "refuses"])
async def test_what_is_sent_on_a_bad_day_arrives_once(
    window: Window, house: House, scene: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lasting(monkeypatch)
    await switched(window, scene)
    await window.type(PRAISE, send=False)
    await window.page.keyboard.press("Enter")
    await struck(house, scene)
    if scene == "refuses":
        await ended(window)
    await expect(posts(window)).to_have_count(1, timeout=PATIENCE_MS)
    await until(lambda: not house.owed(), PATIENCE_MS / 1000)  # by then the app knows that it is there
    await expect(window.page.locator("#trouble")).to_be_empty()
    await expect(posts(window)).to_have_count(1)
    await house.people.forget_errors()


async def test_the_app_comes_back_when_its_connection_was_broken(
    window: Window, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    lasting(monkeypatch)
    words = window.page.locator("#words")
    await words.fill(PRAISE)
    await switched(window, "drops")
    await words.press("Enter")
    await expect(window.page.locator("#messages .notice")).to_contain_text("/praise failed with the error")
    await expect(words).to_have_value(PRAISE)  # to be sent again
    await ended(window)
    await expect(window.page.locator("#trouble")).to_be_empty(timeout=PATIENCE_MS)
    await house.people.wait({"connections": 1}, PATIENCE_MS / 1000)
    await words.press("Enter")
    await expect(posts(window)).to_have_count(1)
    await house.settled()
    await expect(posts(window)).to_have_count(1)
    await house.people.forget_errors()


def lasting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks is broken until one ends it, however slow the machine is."""
    for name in ("refuses", "drops"):
        faults = tuple({**one, "during": 0.0} for one in scenes.SCENES[name].faults)
        monkeypatch.setitem(scenes.SCENES, name, scenes.Scene(faults, scenes.SCENES[name].cuts))


async def switched(window: Window, scene: str) -> None:
    """Switch it on in the panel of faults, and see that all are told."""
    await window.page.locator("#open-faults").click()
    switch = window.page.locator(f"#scene-{scene}")
    await switch.click()
    await expect(window.page.locator("#trouble")).not_to_be_empty()
    await expect(switch).to_be_checked()


async def struck(house: House, scene: str) -> None:
    """Wait until it has had its way at least once."""
    told = house.slack.workspace.scenes.told
    await until(lambda: any(one["hits"] for one in told() if one["name"] == scene), PATIENCE_MS / 1000)


async def ended(window: Window) -> None:
    """End what is broken by the button in the banner."""
    await window.press(window.t("All well again"), window.page.locator("#trouble"))

"""The guided start in a real browser with the whole bot behind it: each of the seven is done as a newcomer would."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.workspace import scenes, seven
from bot.workspace.page import guide
from bot.workspace.seven import Name
from tests.whole.conftest import Opening
from tests.whole.house import House, until
from tests.workspace.page.conftest import Windows
from tests.workspace.page.test_access import grave
from tests.workspace.page.window import Window

PATIENCE_MS = 60_000
SPOKEN = pytest.mark.parametrize("language", ["en", "zh-Hant"])
IDEA = {
    "en": ("A stand for wet umbrellas", "A stand beside the door, so that nobody slips on the marble."),
    "zh-Hant": ("大門口放一個雨傘架", "下雨天地板濕滑，門口放一個架子，就不會有人滑倒。"),
}


@pytest_asyncio.fixture(loop_scope="session")
async def house(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """The hotel as `make try` opens it, with the pulse; what breaks there is broken until one ends it."""
    refusing = scenes.SCENES[seven.SCENE].faults
    lasting = ({**fault, "during": 0.0, **({"seconds": 1.0} if "seconds" in fault else {})} for fault in refusing)
    monkeypatch.setitem(scenes.SCENES, seven.SCENE, scenes.Scene(tuple(lasting)))
    async with opened("socket", PULSE="on") as house:
        yield house


@SPOKEN
async def test_a_newcomer_does_all_seven_and_each_is_ticked(windows: Windows, house: House, language: str) -> None:
    window = await windows(language)
    await arrives(window)
    await records_praise(window)
    await applauds(window)
    await thanks(window)
    await sees_the_next_morning(window, house)
    await answers_the_pulse(window)
    await sends_an_idea(window)
    await breaks_slack(window, house)
    await expect(window.page.locator("#seven")).to_contain_text(window.t("All seven. Now you know Golden Ear."))
    assert await grave(window) == []


async def arrives(window: Window) -> None:
    """As one does who opens the address that `make try` prints: the guide is there, and nothing is done."""
    await window.visit(f"{window.url}/?lang={window.language}")
    await expect(window.page.locator("#seven li")).to_have_count(7)
    await expect(window.page.locator("#seven li.done")).to_have_count(0)


async def taken_to(window: Window, name: Name) -> None:
    """Press the guide's button of that step, which is named for it."""
    await expect(step(window, name)).to_contain_text(window.t(guide.STEPS[name][0]))
    await step(window, name).get_by_role("button", name=window.t("Take me there")).click()


def step(window: Window, name: Name) -> Locator:
    return window.page.locator("#seven li", has=window.page.locator(f"#step-{name}"))


async def ticked(window: Window, name: Name) -> None:
    await expect(step(window, name)).to_have_class("done", timeout=PATIENCE_MS)
    await expect(step(window, name)).to_contain_text(window.t("(done)"))


async def sent(window: Window, words: str) -> None:
    """The words stand ready in the composer; Enter sends them."""
    await expect(window.page.locator("#words")).to_have_value(words)
    await expect(window.page.locator("#words")).to_be_focused()
    await window.page.keyboard.press("Enter")
    await expect(window.page.locator("#words")).to_have_value("")


async def records_praise(window: Window) -> None:
    await expect(window.page.locator("#waits-applaud")).to_be_visible()
    await taken_to(window, "praise")
    await sent(window, seven.cast(window.language).praise.words)
    await ticked(window, "praise")
    await expect(window.page.locator("#waits-applaud")).to_have_count(0)


async def applauds(window: Window) -> None:
    await taken_to(window, "applaud")
    post = window.page.locator("#messages > li:focus")
    await expect(post).to_be_in_viewport()
    await post.hover()
    await post.get_by_role("button", name=window.t("React with {emoji}", emoji=":tada:")).click()
    await ticked(window, "applaud")


async def thanks(window: Window) -> None:
    await taken_to(window, "thank")
    await sent(window, seven.cast(window.language).thank.words)
    await ticked(window, "thank")


async def sees_the_next_morning(window: Window, house: House) -> None:
    await taken_to(window, "morning")
    await ticked(window, "morning")
    greeting = str((await house.posted(channel="#praise"))["text"]).split("\n")[0]
    assert greeting.startswith(seven.GREETINGS)
    await expect(window.messages().filter(has_text=greeting[:4]).last).to_be_in_viewport()


async def answers_the_pulse(window: Window) -> None:
    await taken_to(window, "pulse")
    answer = window.page.locator(f'#messages [data-action^="{seven.ANSWER}"]').first
    await answer.click(timeout=PATIENCE_MS)
    await ticked(window, "pulse")


async def sends_an_idea(window: Window) -> None:
    await taken_to(window, "idea")
    await expect(window.form()).to_be_visible()
    fields = window.form().locator("[data-input] textarea, [data-input] input[type=text]")
    title, change = IDEA[window.language]
    await fields.nth(0).fill(title)
    await window.submit()
    await expect(fields.nth(1)).to_be_focused()  # it is asked for too
    await fields.nth(1).fill(change)
    await window.submit()
    await expect(window.form().locator("strong", has_text=title)).to_be_visible()  # it is thanked for
    await window.page.keyboard.press("Escape")
    await expect(window.page.get_by_role("dialog")).to_have_count(0)
    await ticked(window, "idea")


async def breaks_slack(window: Window, house: House) -> None:
    """What is recorded while Slack refuses everything arrives after all, and once."""
    await taken_to(window, "break")
    await expect(window.page.locator("#trouble")).to_contain_text(window.t("Slack refuses for 30 seconds"))
    words = seven.cast(window.language).breaks.words
    await sent(window, words)
    await until(lambda: any(scene["hits"] for scene in house.slack.workspace.scenes.told()), PATIENCE_MS / 1000)
    assert not [text for text in await house.posts() if _quoted(words) in text], "Slack takes nothing meanwhile"
    await window.press(window.t("All well again"), window.page.locator("#trouble"))
    await ticked(window, "break")
    await house.settled()
    await expect(window.page.locator("#trouble")).to_be_empty()
    await window.go_to("praise")
    await expect(window.messages().filter(has_text=_quoted(words))).to_have_count(1)


def _quoted(typed: str) -> str:
    """The customer's words of a command, as far as no sign of theirs is set otherwise."""
    return re.split(r"[“「]", typed)[1].split("。")[0].split(".")[0]

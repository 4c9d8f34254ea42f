"""What is said when something cannot be done: in the language of the page, whatever the control API calls it."""

import aiohttp
import pytest
from htpy import fragment
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running, staff
from bot.workspace.page.drawn import view
from bot.workspace.page.looking import NOBODY
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import words
from bot.workspace.shapes import REASONS, Impossible, Json
from bot.workspace.state import Workspace
from tests.whole.house import House
from tests.workspace.conftest import field_of, modal
from tests.workspace.page.conftest import Windows
from tests.workspace.page.elements import read
from tests.workspace.page.watching import browser
from tests.workspace.page.window import Window


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("name", [*REASONS, "refused", "unreachable"])
def test_every_reason_has_words_in_every_language(language: str, name: str) -> None:
    workspace = Workspace()
    said = []
    for one in (language, "en"):
        reader = Reader(workspace, workspace.people.find("mei"), staff.PRAISE_CHANNEL, words(one))
        said.append(
            read(fragment[view.modals(reader)]).one("template", id="troubles")[f"data-{name.replace('_', '-')}"]
        )
    assert said[0] and said[0] != said[1]


@pytest.mark.parametrize(
    ("verb", "given", "code"),
    [
        ("say", {"user": "sam", "channel": staff.PRIVATE_CHANNEL, "text": "x"}, "not_a_member"),
        ("say", {"user": "sam", "channel": "#praise", "text": "x", "thread_ts": "1.000001"}, "gone"),
        ("react", {"user": "sam", "channel": "#praise", "ts": "1.000001", "emoji": "clap"}, "gone"),
        ("click", {"user": "sam", "channel": "#praise", "ts": "1.000001", "action_id": "a"}, "gone"),
        ("close", {"user": "sam", "view_id": "V1"}, "gone"),
        ("say", {"user": "sam", "channel": "#gone", "text": "x"}, "gone"),
        ("react", {"user": "nobody", "channel": "#praise", "ts": "1.000001", "emoji": "clap"}, "gone"),
        ("redeliver", {"delivery": "d999"}, "gone"),
        ("move_clock", {"seconds": 1e11}, "beyond"),
        ("hotel_time", {"at": "soon"}, ""),
    ],
)
async def test_what_cannot_be_done_says_why_by_a_name(slack: Running, verb: str, given: object, code: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{verb}", json=given) as reply,
    ):
        told = await reply.json()
        assert (reply.status, told["ok"], told["code"]) == (400, False, code), told


async def told(slack: Running, verb: str, **given: object) -> dict:
    """What the control API answers, whatever it is."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.url}/control/{verb}", json=given) as reply,
    ):
        return await reply.json()


async def test_what_is_pressed_twice_or_fails_of_itself_has_words_too(
    slack: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted = await told(slack, "say", user="sam", channel="#praise", text="x")
    clap = {"user": "mei", "channel": "#praise", "ts": posted["result"], "emoji": "clap"}
    verbs = ("react", "react", "unreact", "unreact")
    codes = [(await told(slack, verb, **clap)).get("code") for verb in verbs]
    assert codes == [None, "already", None, "already"]
    monkeypatch.setattr(slack.workspace.messages, "post", lambda *_: 1 / 0)
    assert (await told(slack, "say", user="sam", channel="#praise", text="x"))["code"] == "broken"


async def test_a_choice_or_field_that_has_gone_meanwhile_is_said_to_be_gone(
    slack: Running, client: AsyncWebClient, people: Control
) -> None:
    options = [{"text": {"type": "plain_text", "text": "Yes"}, "value": "yes"}]
    select = {"type": "static_select", "action_id": "x", "options": options}
    posted = await client.chat_postMessage(
        channel=staff.PRAISE_CHANNEL, text="?", blocks=[{"type": "actions", "elements": [select]}]
    )
    click = {"user": "sam", "channel": "#praise", "ts": posted["ts"], "action_id": "x"}
    assert (await told(slack, "click", **click, value="no"))["code"] == "gone"
    trigger = slack.workspace.triggers.new("U0SAM00000")
    await client.views_open(trigger_id=trigger, view=modal(field_of({"type": "plain_text_input"})))
    (view,) = await people.views("sam")
    filled = {"user": "sam", "view_id": view["id"], "entries": [["elsewhere", None, "y"]]}
    assert (await told(slack, "submit", **filled))["code"] == "gone"


async def test_the_page_says_it_and_names_what_it_has_no_words_for(window: Window) -> None:
    ask = "([verb, given]) => import('/page/static/control.js').then((control) => control.ask(verb, given))"
    react = {"user": "sam", "channel": "#praise", "ts": "1.000001", "emoji": "clap"}
    assert await window.page.evaluate(ask, ["react", react]) is None
    assert await window.page.evaluate(ask, ["set_clock", {"instant": "soon"}]) is None
    said = await window.page.locator("#toasts p").all_text_contents()
    assert said == [window.t("That is no longer there."), "That cannot be done: Invalid isoformat string: 'soon'"]
    window.complaints.clear()  # the browser's own, of two answers that were no success


class Full:
    """A theatre on a computer that has no room for a story."""

    async def play(self, story: str) -> Json:
        raise Impossible("the story has no place to be played: No space left on device", "no_place")


async def test_a_story_that_cannot_be_played_here_is_refused_in_the_language_of_the_page(
    windows: Windows, house: House
) -> None:
    house.slack.workspace.stages = Full()
    window = await windows("zh-Hant")
    await window.visit(f"{window.url}/?lang=zh-Hant")
    await window.press(window.t("A day and the morning after"))
    await expect(window.page.locator("#toasts p")).to_have_text("這台電腦上無法準備這段故事，原因請看執行它的終端機。")
    window.complaints.clear()  # the browser's own, of an answer that was no success


async def test_nobody_left_to_look_as_is_said_in_the_language_of_the_page(slack: Running, people: Control) -> None:
    async with browser(slack) as one:
        await one.ask("aiko", staff.PRAISE_CHANNEL, lang="zh-Hant")
        for user in list(slack.workspace.people):
            await people.update_user(user["id"], deleted=True)
        await one.until(lambda: any(order["do"] == "wrong" for order in one.orders))
    (wrong,) = {order["words"] for order in one.orders if order["do"] == "wrong"}
    assert wrong == words("zh-Hant").t(NOBODY) != NOBODY
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}/?lang=zh-Hans") as reply:
        assert (reply.status, await reply.text()) == (404, words("zh-Hans").t(NOBODY))
    async with aiohttp.ClientSession() as session, session.get(f"{slack.url}/page/traffic/9999?lang=zh-Hant") as reply:
        assert (reply.status, await reply.text()) == (404, "這個內容已經不在了。")

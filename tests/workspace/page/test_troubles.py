"""What is said when something cannot be done: in the language of the page, whatever the control API calls it."""

import aiohttp
import pytest
from htpy import fragment

from bot.workspace import Running, staff
from bot.workspace.page.drawn import view
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import words
from bot.workspace.shapes import REASONS
from bot.workspace.state import Workspace
from tests.workspace.page.elements import read
from tests.workspace.page.window import Window


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("name", [*REASONS, "timeout", "failed", "refused", "unreachable"])
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


async def test_the_page_says_it_and_names_what_it_has_no_words_for(window: Window) -> None:
    ask = "([verb, given]) => import('/page/static/control.js').then((control) => control.ask(verb, given))"
    react = {"user": "sam", "channel": "#praise", "ts": "1.000001", "emoji": "clap"}
    assert await window.page.evaluate(ask, ["react", react]) is None
    assert await window.page.evaluate(ask, ["set_clock", {"instant": "soon"}]) is None
    said = await window.page.locator("#toasts p").all_text_contents()
    assert said == [window.t("That is no longer there."), "That cannot be done: Invalid isoformat string: 'soon'"]
    window.complaints.clear()  # the browser's own, of two answers that were no success

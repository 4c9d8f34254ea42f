"""Every view, in every language, from ordinary, empty and extreme outcomes."""

import json
import re
from typing import Any

import pytest

from bot.rules.languages import LANGUAGES
from bot.views import limits, twin
from bot.views.tongue import speak
from bot.workspace import blocks, view_rules
from bot.workspace.text import pings, texts_of
from tests.views.gallery import drawn
from tests.views.outcomes import CASES, Case

EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)
OUR_DATE = re.compile(r"<!date\^\d+\^[{}a-z_ ]+\|[^<>|]+>")
"""What `blocks.moment` writes: no ping, and nothing that somebody typed."""


def texts(node: Any) -> list[str]:
    """Every string that a person reads somewhere in a view."""
    if isinstance(node, dict):
        said = [node[key] for key in ("text", "caption", "accessibility_label") if isinstance(node.get(key), str)]
        own = [OUR_DATE.sub("", text) for text in said]
        return own + [found for value in node.values() for found in texts(value)]
    return [found for value in node for found in texts(value)] if isinstance(node, list) else []


def markup(view: Any) -> list[str]:
    """Every string in which Slack looks for mentions and links."""
    marked = [node["text"] for node in texts_of(view["blocks"]) if node["type"] == "mrkdwn"]
    return [OUR_DATE.sub("", text) for text in (*marked, view.get("text", ""))]


@EVERY
@SPOKEN
def test_slack_takes_every_view(case: Case, language: str) -> None:
    for name, view in drawn(case, language):
        if "type" in view:
            assert view_rules.check(view).problems == [], name
            view_rules.accepted(view, view["type"])
        else:
            assert blocks.check(view["blocks"]).problems == [], name
            assert len(view.get("text", "")) <= limits.TEXT, name
            json.dumps(view).encode()


@EVERY
@SPOKEN
def test_no_view_pings_anybody_who_was_not_named_by_the_bot(case: Case, language: str) -> None:
    for name, view in drawn(case, language):
        assert pings(view.get("text", ""), view["blocks"]) == [], name
        for marked in markup(view):
            assert not any(sign in marked for sign in ("<!", "<@U999", "<#C999", "<http")), name


@EVERY
@SPOKEN
def test_the_text_carries_all_that_the_blocks_say(case: Case, language: str) -> None:
    for name, view in drawn(case, language):
        if "text" in view:
            assert view["text"] == twin.text_of(speak(language), view["blocks"]), name
            assert view["text"].strip(), name


@EVERY
@SPOKEN
def test_no_placeholder_stays_open(case: Case, language: str) -> None:
    typed = set(case.free.split())
    for name, view in drawn(case, language):
        for text in texts(view):
            left = [word for word in text.split() if "{" in word and word not in typed]
            assert case.name == "nasty" or not left, (name, text)


@pytest.mark.parametrize("language", ("zh-Hant", "zh-Hans"))
def test_chinese_views_hold_no_english_sentence(language: str) -> None:
    english = {text for _, view in drawn(CASES[0], "en") for text in texts(view["blocks"]) if " " in text.strip()}
    typed = {CASES[0].free, f"“{CASES[0].free}”", f"{CASES[0].free[:80]} (@kitchen)"}
    for name, view in drawn(CASES[0], language):
        same = {text for text in texts(view["blocks"]) if text in english and text.strip() not in typed}
        assert {
            text for text in same if not text.startswith(("`", "/", "Person", "Golden Ear", "golden-ear"))
        } == set(), name

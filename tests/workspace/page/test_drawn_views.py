"""Every view of the bot as the page draws it: all its words, in well-formed markup, and no raw data."""

from collections.abc import Iterator
from typing import Any

import pytest
from htpy import fragment

from bot.rules.languages import LANGUAGES
from bot.workspace.blocks import with_ids
from bot.workspace.page import emojis
from bot.workspace.page.drawn import numbers
from bot.workspace.page.drawn.blocks import blocks
from bot.workspace.page.drawn.dates import locale_of
from bot.workspace.page.drawn.text import mrkdwn
from bot.workspace.page.reader import Reader
from tests.views.gallery import drawn
from tests.views.outcomes import CASES, Case
from tests.workspace.page.markup import Read, dangers, spaced
from tests.workspace.page.readers import IN, reader

EVERY = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)
ASKED = ("accessory", "element", "confirm")
"""What is pressed or filled in; some of it is seen only when it is unfolded."""

RAW = ("{'", '{"', '"type":', "'type':", "action_id", "<htpy", "object at 0x")


def read(one: Reader, held: Any) -> Read:
    return Read(str(fragment[blocks(one, with_ids(held))]))


def told(one: Reader, node: Any) -> Iterator[str]:
    """Every piece of text that the blocks have for people, as it is to be seen."""
    if isinstance(node, list):
        for part in node:
            yield from told(one, part)
        return
    if not isinstance(node, dict):
        return
    kind, text = node.get("type"), node.get("text")
    if kind == "mrkdwn":
        yield Read(str(mrkdwn(one, str(text), verbatim=bool(node.get("verbatim"))))).words
    elif kind in ("plain_text", "raw_text"):
        yield emojis.named(str(text))
    elif kind in ("text", "link") and text:
        yield str(text)
    elif kind == "raw_number":
        yield str(text or numbers.number(node["value"], locale_of(one)))
    for key in ("title", "caption", "name", "label", "x_label", "y_label"):
        if isinstance(node.get(key), str) and kind != "emoji":
            yield node[key]
    for key, value in node.items():
        if key not in ASKED and not (kind == "actions" and key == "elements"):
            yield from told(one, value)


@EVERY
@SPOKEN
def test_every_view_is_drawn_with_all_its_words_and_nothing_of_its_data(case: Case, language: str) -> None:
    one = reader(IN[language], language)
    for name, view in drawn(case, language):
        seen = read(one, view["blocks"])
        assert seen.wrong == [], name
        assert dangers(seen) == [], name
        words = seen.texts
        assert ("block block-unknown" in seen.markup) is False, name
        found = [raw for raw in RAW if raw in words]
        assert not found, name
        missing = [text for text in told(one, view["blocks"]) if spaced(text) not in words]
        assert not missing, name

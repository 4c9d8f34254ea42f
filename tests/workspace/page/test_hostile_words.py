"""Whatever somebody writes stays words: no element and no attribute is born from it, and nothing runs or is fetched."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from htpy import fragment
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.workspace import staff
from bot.workspace.page.drawn.blocks import blocks
from bot.workspace.page.drawn.text import mrkdwn
from bot.workspace.page.reader import Reader
from bot.workspace.state import Workspace
from tests.workspace.page.every_block import every_block, marked, plain
from tests.workspace.page.markup import Read, dangers
from tests.workspace.page.readers import reader

HARMLESS = "harmless"
ATTACKS = (
    "<script>alert(1)</script>",
    "</span></div></li><script src=//e.example/x.js></script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "`onfocus=alert(1) autofocus`",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<svg/onload=alert(1)>",
    "</title></style></textarea></template><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<javascript:alert(1)|press>",
    "<data:text/html;base64,PHNjcmlwdD4=|press>",
    '<https://e.example/"onclick="alert(1)|press"onclick="alert(1)>',
    "<!date^1^{date}^javascript:alert(1)|x>",
    "<!date^1^<b>^https://e.example|<img src=x>>",
    '<@U0MEI00000" onclick=alert(1)>',
    "[press](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
    "[press](data:text/html,x) [x]: javascript:alert(1)\n\n[x]",
    "<style>*{display:none}</style><base href=//e.example><meta http-equiv=refresh content=0>",
    "<!-- --><![CDATA[x]]><?php x ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; &amp;lt;b&amp;gt;",
    "\ufffc*\ufffc<https://e.example>\ufffc*",
    "\u202e\u2066{0} %s ${alert(1)} {{7*7}}",
    "\x00\x08\x0b\x1f\x7f\ud800",
)
SIGNS = st.sampled_from(
    [*"<>&\"'`=/\\|!@#^*_~:()[]{}\n \t;,.-\u202e\ufffc\x00", "javascript:", "data:", "onerror=", "<b", "&lt;"]
)
WORDS = (
    st.lists(st.one_of(SIGNS, st.sampled_from(ATTACKS), st.text(max_size=4)), min_size=1, max_size=10)
    .map("".join)
    .filter(bool)
)
WRITTEN = ("mrkdwn", "markdown")
"""In these a sign is meant to make an element; what those may be is asked apart."""
OWN = {
    *("span", "strong", "em", "s", "code", "q", "a", "time", "div", "p", "br", "h4", "ul", "ol", "li", "blockquote"),
    *("pre", "hr", "table", "thead", "tbody", "tr", "th", "td"),
}
OWN_ATTRIBUTES = {
    *("class", "href", "target", "rel", "title", "datetime", "data-user", "data-at", "start", "tabindex", "scope"),
    *("role", "aria-label"),
}


def unmarked(words: str, name: str) -> list[dict]:
    """Every block, with words that are not Slack's or Markdown's marks."""

    def plainly(node: Any) -> Any:
        if isinstance(node, list):
            return [plainly(one) for one in node]
        if isinstance(node, dict):
            if node.get("type") in WRITTEN:
                return plain("words") if node["type"] == "mrkdwn" else {**node, "text": "words"}
            return {key: plainly(one) for key, one in node.items()}
        return node

    return [one for one in plainly(every_block(words, name)) if isinstance(one, dict)]


def seen(one: Reader, held: list[dict]) -> Read:
    return Read(str(fragment[blocks(one, held)]))


def bones(read: Read) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and their attributes, but for what depends on what the words are: a link or not, an emoji or not."""
    return [one for one in read.skeleton if one[0] not in ("a", "/a", "time", "/time", "title", "/title")]


@cache
def harmless() -> list[tuple[str, tuple[str, ...]]]:
    return bones(seen(reader(), unmarked(HARMLESS, HARMLESS)))


def test_this_has_every_kind_of_block() -> None:
    told = seen(reader(), every_block(HARMLESS))
    assert told.wrong == []
    assert dangers(told) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS)
def test_no_element_or_attribute_is_born_from_what_somebody_wrote(words: str) -> None:
    hostile = seen(reader(), unmarked(words, "x"))
    assert dangers(hostile) == []
    assert hostile.wrong == []
    assert bones(hostile) == harmless()


@pytest.mark.parametrize("words", ATTACKS)
def test_known_attacks_stay_words(words: str) -> None:
    one = reader()
    told = seen(one, every_block(words, words))
    assert dangers(told) == []
    assert bones(seen(one, unmarked(words, words))) == harmless()


@settings(max_examples=150)
@given(WORDS)
def test_marks_make_only_the_elements_they_stand_for(words: str) -> None:
    for block in ({"type": "section", "text": marked(words)}, {"type": "markdown", "text": words}):
        told = seen(reader(), [block])
        assert dangers(told) == []
        assert told.wrong == []
        assert {tag.removeprefix("/") for tag, _ in told.skeleton} <= OWN
        assert {name for _, names in told.skeleton for name in names} <= OWN_ATTRIBUTES


def renamed(name: str) -> Workspace:
    """A workspace in which everybody and everything is called so."""
    workspace = Workspace()
    for user in workspace.people:
        user["real_name"] = name
    for channel in workspace.channels:
        channel.name = name
    for group in workspace.usergroups:
        group["handle"] = name
    return workspace


def mentions() -> Iterator[str]:
    yield from (f"<@{one.id}>" for one in staff.STAFF[:2])
    yield from (f"<#{one}>" for one in (staff.PRAISE_CHANNEL, staff.PRIVATE_CHANNEL))
    yield from (f"<!subteam^{one}>" for one in staff.TEAMS.values())


@pytest.mark.parametrize("name", ATTACKS)
def test_names_of_people_channels_and_groups_are_words(name: str) -> None:
    told = " ".join(mentions())
    read = [Read(str(fragment[mrkdwn(reader("tomas", workspace=renamed(one)), told)])) for one in (name, HARMLESS)]
    assert dangers(read[0]) == []
    assert read[0].skeleton == read[1].skeleton
    assert name.replace("\x00", "") in "".join(read[0].told).replace("\x00", "") or "\r" in name


@settings(max_examples=20)
@given(st.integers(1, 20_000), st.sampled_from("*_~`:<>&"))
def test_a_long_row_of_signs_is_drawn_at_once(length: int, sign: str) -> None:
    assert dangers(Read(str(fragment[mrkdwn(reader(), f"{sign}a " * length)]))) == []

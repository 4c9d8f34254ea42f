"""Emoji by Slack's names, and the list from which one chooses."""

import json
import re

import aiohttp
import pytest

from bot.rules.company import Company
from bot.views import alike
from bot.workspace import Running
from bot.workspace.page import emojis, menus
from bot.workspace.stories.morning import APPLAUSE


def emoji_of(language: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = json.loads(emojis.listed(language)[0])
    return found


def test_the_names_that_the_bot_and_its_stories_use_are_drawn() -> None:
    assert {emojis.character(name): name for name in alike.NAMES.values()} == alike.NAMES
    used = {
        str(Company.__dataclass_fields__["kudos_emoji"].default),
        *APPLAUSE.values(),
        "sparkles",
        "pray",
        "tada",
        "clap",
    }
    assert [name for name in used if not emojis.character(name)] == []


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("clap", "👏"),
        (":star:", "⭐"),
        ("+1", "👍"),
        ("thumbsup", "👍"),
        ("heart", "❤️"),
        ("memo", "📝"),
        ("sunglasses", "😎"),
        ("woman-bowing", "🙇‍♀️"),
        ("male-cook", "👨‍🍳"),
        ("man-woman-girl-boy", "👨‍👩‍👧‍👦"),
        ("woman-kiss-man", "👩‍❤️‍💋‍👨"),
        ("flag-tw", "🇹🇼"),
        ("flag-jp", "🇯🇵"),
        ("jp", "🇯🇵"),
        ("first_place_medal", "🥇"),
        ("the_horns", "🤘"),
        ("raised_hands::skin-tone-4", "🙌🏽"),
        ("point_up::skin-tone-2", "☝🏻"),
        ("harbour_house_logo", None),
    ],
)
def test_slacks_names_are_drawn(name: str, drawn: str | None) -> None:
    assert emojis.character(name) == drawn


def test_every_emoji_is_offered_once_under_a_name_that_draws_it() -> None:
    for language in ("en", "zh-Hant"):
        offered = [(sign, name) for group in emoji_of(language).values() for sign, name, _ in group]
        assert len(offered) > 1800
        assert len({sign for sign, _ in offered}) == len({name for _, name in offered}) == len(offered)
        assert [(sign, name) for sign, name in offered if emojis.character(name) != sign] == []
        assert all(re.fullmatch(r"[a-z0-9_+'.-]+", name) for _, name in offered)


def test_emoji_stand_in_the_kinds_that_the_menu_has() -> None:
    groups = emoji_of("en")
    assert {"frequent", *groups} == set(menus.GROUPS)
    where = {name: group for group, listed in groups.items() for _, name, _ in listed}
    assert [where[name] for name in ("grinning", "cat", "ramen", "soccer", "bus", "bulb", "heart", "flag-hk")] == [
        "people", "nature", "food", "activities", "travel", "objects", "people", "flags",
    ]  # fmt: skip
    assert groups["people"][0][1] == "grinning"


def test_in_chinese_emoji_are_found_by_chinese_words_too() -> None:
    words = {name: found_by for _, name, found_by in emoji_of("zh-Hans")["people"]}
    assert "鼓掌" in words["clap"]
    assert "鼓掌" not in {name: found_by for _, name, found_by in emoji_of("en")["people"]}["clap"]


async def test_the_list_is_sent_once_and_then_only_said_to_be_the_same(slack: Running) -> None:
    async with aiohttp.ClientSession() as session:
        address = f"{slack.url}/page/emoji.json?lang=en"
        async with session.get(address) as first:
            assert first.status == 200
            assert first.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert await first.read() == emojis.listed("en")[0]
        async with session.get(address, headers={"If-None-Match": first.headers["ETag"]}) as second:
            assert (second.status, await second.read()) == (304, b"")
        async with session.get(address, headers={"Host": "elsewhere.example"}) as foreign:
            assert foreign.status == 403

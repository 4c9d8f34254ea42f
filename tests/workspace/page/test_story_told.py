"""A story is told in the language of the page; what people say in it is in any."""

from datetime import date

import pytest
from htpy import fragment

from bot.workspace import Running, staff
from bot.workspace.captions import Captions
from bot.workspace.page import story
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import Words, words
from bot.workspace.picture import Line
from bot.workspace.state import Workspace
from bot.workspace.stories import cast
from bot.workspace.stories.stage import Missing, absent, failure
from bot.workspace.telling import Told
from tests.workspace.page.elements import Tag, read
from tests.workspace.page.watching import browser

TYPES = Told("{who} types in {channel}:", who=cast.person("mei"), channel="#praise")


@pytest.fixture
def captions() -> Captions:
    return Captions("day", "http://127.0.0.1:1", lambda kind: None)


def reader(captions: Captions, language: str) -> Reader:
    workspace = Workspace()
    workspace.captions = captions
    return Reader(workspace, workspace.people.find("mei"), staff.PRAISE_CHANNEL, words(language))


def drawn(captions: Captions, language: str) -> Tag:
    return read(story.caption(reader(captions, language)))


def test_the_way_back_from_a_story_keeps_the_language(captions: Captions) -> None:
    back = read(fragment[story.stage(reader(captions, "zh-Hans"))]).one("a")
    assert back["href"] == "http://127.0.0.1:1/?lang=zh-Hans"


def test_what_people_say_in_a_story_is_in_a_language_that_is_not_known(captions: Captions) -> None:
    captions.act(TYPES, "謝謝大家")
    line = drawn(captions, "en").all("p", class_="line")[0]
    assert "lang" not in line
    told, said = line.all("span")
    assert "lang" not in told and told.words == "Mei (head of reception) types in #praise:"
    assert (said["lang"], said.words) == ("", "謝謝大家")


@pytest.mark.parametrize(
    ("language", "day", "heading", "types", "arrives"),
    [
        ("en", "24 November 2026", "And here.", "Mei (head of reception) types in", "→ Ling, direct message"),
        ("zh-Hant", "2026年11月24日 週二", "然後是這裡。", "陳美儀（櫃檯主任）在 #praise 輸入：", "→ 林玲的私人訊息"),
        ("zh-Hans", "2026年11月24日周二", "然后是这里。", "陈美仪（前台主管）在 #praise 输入：", "→ 林玲的私信"),
    ],
)
def test_each_reader_is_told_the_same_story_in_their_language(
    captions: Captions, language: str, day: str, heading: str, types: str, arrives: str
) -> None:
    captions.day(date(2026, 11, 24))
    captions.scene("10:05", Told("And here."))
    captions.act(TYPES, "/kudos")
    captions.arrives(Told("{who}, direct message", who=cast.name("ling")), (Line("thanks"),))
    seen = drawn(captions, language)
    assert day in seen.one("span", class_="date").words
    assert heading in seen.one("p", class_="scene").words
    first, second = (line.words for line in seen.all("p", class_="line")[:2])
    assert types in first and second == arrives


def test_names_stand_close_to_chinese_signs_and_apart_from_others() -> None:
    sees = [Told("only {who} sees", who=cast.name(who)) for who in ("rosa", "ling")]
    assert [words("zh-Hant").told(one) for one in sees] == ["只有 Rosa 看得到", "只有林玲看得到"]
    assert [str(one) for one in sees] == ["only Rosa sees", "only Ling sees"]


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_why_a_story_could_not_go_on_is_said_in_the_language_of_the_page(captions: Captions, language: str) -> None:
    missing = absent(cast.messages_of("mei"), ["a dry towel"], "a wet towel\nanother")
    captions.becomes("failed", *failure(missing))
    seen = drawn(captions, language)
    (why,) = seen.all("p", class_="line wrong")
    said: Words = words(language)
    assert said.t("The story could not go on:") in why.words and "“a dry towel”" in why.words
    assert ("was to be" in why.words) == (language == "en")
    assert [one.words for one in seen.all("span", class_="said")] == ["a wet towel", "another"]


def test_whatever_ends_a_story_has_words() -> None:
    for error in (Missing(Told("the settings were to be taken")), RuntimeError("boom")):
        why, _ = failure(error)
        assert words("zh-Hant").told(why) != str(why)


def test_stories_know_everybody_by_what_the_hotel_knows() -> None:
    assert {one.handle: one.title.lower() for one in staff.STAFF} == {
        handle: str(title) for handle, (_, title) in cast.CAST.items()
    }
    assert all(str(name) == handle.capitalize() for handle, (name, _) in cast.CAST.items())


async def test_the_language_of_a_story_can_be_changed_while_it_plays(slack: Running, captions: Captions) -> None:
    slack.workspace.captions, captions.tell = captions, slack.workspace.changes.tell
    captions.scene("10:00", Told("And here."))
    async with browser(slack) as one:
        await one.look("mei")
        assert "And here." in one.regions["caption"]
        await one.ask("mei", lang="zh-Hant")
        await one.until(lambda: "然後是這裡。" in one.regions["caption"])
        captions.note(Told("#praise has nothing of it."))
        await one.until(lambda: "#praise 裡一個字也沒有。" in one.regions["caption"])


def test_emoji_in_what_people_do_are_seen_as_themselves(captions: Captions) -> None:
    captions.act(Told("Seven people, eight emoji:"), "@mei :clap:, @sam :heart:")
    assert drawn(captions, "en").one("span", class_="said").words == "@mei 👏, @sam ❤️"

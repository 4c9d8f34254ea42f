"""A story told in the page: what stands in its caption, how long, and what whoever watches may do."""

import asyncio
from datetime import date

import pytest

from bot.workspace import Control, ControlError, Running
from bot.workspace.captions import BEGIN_S, LONGEST_S, Captions
from bot.workspace.picture import Line
from bot.workspace.shapes import Impossible
from bot.workspace.telling import Told


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def captions(told: list[str]) -> Captions:
    captions = Captions("morning", "http://127.0.0.1:1", told.append)
    captions.becomes("playing")
    captions.handle("speed", 1000.0)
    return captions


async def test_what_is_told_in_one_breath_stands_together_and_goes_with_the_next(captions: Captions) -> None:
    captions.day(date(2026, 11, 24))
    captions.scene("10:05", Told("A guest stops."))
    captions.act(Told("Aiko types:"), "/praise @rosa so kind")
    assert lines(captions) == ["Aiko types:"] and captions.now.lines[0][1] == "/praise @rosa so kind"
    captions.note(Told("Nobody sees it yet."))
    assert lines(captions) == ["Aiko types:", "Nobody sees it yet."]
    await captions.beat()
    captions.arrives(Told.plain("#praise"), (Line("so kind"),))
    assert lines(captions) == ["→ #praise"]
    assert (captions.now.day, captions.now.clock) == (date(2026, 11, 24), "10:05")
    captions.scene("11:00", Told("Later."))
    assert lines(captions) == [] and str(captions.now.heading) == "Later."


def lines(captions: Captions) -> list[str]:
    return [str(told) for told, _ in captions.now.lines]


async def test_a_caption_waits_longer_for_more_words_and_never_for_ever(captions: Captions) -> None:
    captions.note(Told("Short."))
    short = captions.reading_s
    captions.note(Told("A good deal longer, with much more to read in it than that."))
    assert BEGIN_S < short < captions.reading_s <= LONGEST_S
    captions.note(Told("words " * 1000))
    assert captions.reading_s == LONGEST_S
    chinese = Captions("morning", "", lambda kind: None)
    chinese.note(Told.plain("一二三四五六七八九十"))
    assert chinese.reading_s > short


async def test_a_caption_stands_for_as_long_as_its_slowest_reader_needs(captions: Captions) -> None:
    """Who reads along, and in which language, is not known where the story is told."""
    short, long = Captions("day", "", lambda kind: None), Captions("day", "", lambda kind: None)
    short.note(Told.plain("And here."))
    long.note(Told("And here."))
    assert long.reading_s > short.reading_s, "in Chinese these are six signs"


async def test_a_pause_holds_it_until_it_goes_on_and_next_skips_what_is_left(captions: Captions) -> None:
    captions.handle("pause")
    captions.note(Told("Wait."))
    beat = asyncio.create_task(captions.beat())
    await asyncio.sleep(0.2)
    assert not beat.done()
    captions.handle("go_on")
    await asyncio.wait_for(beat, 120)
    captions.handle("speed", 0.001)
    captions.note(Told("This would take hours."))
    beat = asyncio.create_task(captions.beat())
    await asyncio.sleep(0.1)
    captions.handle("next")
    await asyncio.wait_for(beat, 120)


async def test_next_leads_on_by_one_even_while_it_is_paused(captions: Captions) -> None:
    captions.handle("pause")
    captions.note(Told("One."))
    beat = asyncio.create_task(captions.beat())
    await asyncio.sleep(0.1)
    captions.handle("next")
    await asyncio.wait_for(beat, 120)
    assert captions.state == "paused"


async def test_where_to_look_changes_only_in_what_is_said(captions: Captions, told: list[str]) -> None:
    captions.looks("aiko", "#general")
    captions.looks("", "#praise")
    assert (captions.who, captions.place) == ("aiko", "#praise")
    captions.looks("rosa")
    assert (captions.who, captions.place) == ("rosa", "#praise")
    assert told[-3:] == ["story"] * 3


async def test_nothing_else_can_be_asked_of_it(captions: Captions) -> None:
    for do, speed in (("back", 1.0), ("speed", 0.0), ("speed", -1.0), ("speed", float("nan"))):
        with pytest.raises(Impossible):
            captions.handle(do, speed)


async def test_a_workspace_alone_has_no_app_to_play_with(slack: Running, people: Control) -> None:
    with pytest.raises(ControlError, match="no app here to play a story with"):
        await people.ask("play", story="morning")
    with pytest.raises(ControlError, match="no story is played here"):
        await people.ask("caption", do="pause")

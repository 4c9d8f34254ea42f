"""What a story says when something does not come."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.workspace import Control
from bot.workspace.samples import read_samples
from bot.workspace.screen import Screen
from bot.workspace.stories import Missing, Stage, stage
from bot.workspace.telling import Told

SAMPLES = Path(__file__).parents[2] / "bot" / "content" / "praise.toml"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    monkeypatch.setattr(stage, "PATIENCE_S", 0.05)
    return io.StringIO()


@pytest.fixture
def acting(people: Control, told: io.StringIO) -> Stage:
    return Stage(people, Screen(told), read_samples(SAMPLES), date(2026, 11, 24))


async def test_what_does_not_come_is_named_with_what_is_there_instead(acting: Stage) -> None:
    await acting.says("jun", "#praise", "a wet towel")
    with pytest.raises(Missing, match="in #praise was to be “a dry towel”") as caught:
        await acting.post(["a dry towel"], by_app=False)
    assert "a wet towel" in caught.value.there
    with pytest.raises(Missing, match="in the direct messages of @mei was to be something new"):
        await acting.direct("mei", [])


async def test_what_must_not_come_is_noticed(acting: Stage) -> None:
    await acting.nothing("towel", channel="#praise")
    await acting.nothing("towel", dm="jun")
    await acting.says("jun", "#praise", "a <wet> towel")
    with pytest.raises(Missing, match="#praise was to have nothing of it"):
        await acting.nothing("<wet> towel", channel="#praise")


async def test_a_command_that_nobody_acknowledges_is_named(acting: Stage) -> None:
    with pytest.raises(Missing, match="/praise of @aiko was not acknowledged"):
        await acting.types("aiko", "#general", "/praise @rosa so kind")


async def test_a_private_word_in_the_wrong_language_is_noticed(acting: Stage) -> None:
    porridge = acting.book["porridge"]
    await acting.says("ling", "@goldenear", f"A customer praised you: from {porridge.customer}")
    with pytest.raises(Missing, match="language of zh-TW"):
        await acting.direct("ling", ["praised"])
    await acting.says("rosa", "@goldenear", f"A customer praised you: from {porridge.customer}")
    await acting.direct("rosa", ["praised"])


async def test_scenes_move_the_clock_of_the_hotel(acting: Stage, told: io.StringIO) -> None:
    await acting.dawn(1)
    await acting.scene("09:00", Told("The day opens."), days=1)
    state = await acting.people.state()
    assert 0 <= state["now"] - datetime.fromisoformat("2026-11-25T09:00:00+08:00").timestamp() < 60
    assert "Wednesday, 25 November 2026" in told.getvalue() and "09:00  The day opens." in told.getvalue()

"""Stories: days that invented people live through in the workspace, each step of which must bring what it should.

A story is a module here with `play(stage)` and the clock at which the app starts; it is named in `STORIES`. What is
told of its people are sentences (`Told`) of the catalogue of stories, said in the language of whoever watches; what its
people say stands in the story as they say it, and what the app says is the app's.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from bot.workspace.stories import day, morning, pulse
from bot.workspace.stories.stage import Missing, Stage

__all__ = ["STORIES", "Missing", "Stage", "Story"]


@dataclass(frozen=True)
class Story:
    """What is played, at which local time of its first day the app starts, and with which settings of its own."""

    play: Callable[[Stage], Coroutine[Any, Any, None]]
    begins: time
    settings: Mapping[str, str] = field(default_factory=dict)


STORIES = {
    "morning": Story(morning.play, morning.BEGINS),
    "day": Story(day.play, day.BEGINS),
    "pulse": Story(pulse.play, pulse.BEGINS, pulse.SETTINGS),
}

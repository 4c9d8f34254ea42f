"""People who look at the page in tests."""

from bot.workspace import staff
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import words
from bot.workspace.state import Workspace

NOW = 1_795_361_400.0
"""Sunday, 22 November 2026, 15:30 UTC."""
IN = {"en": "aiko", "zh-Hant": "ling", "zh-Hans": "jun"}
"""Somebody who reads each language."""


def reader(who: str = "aiko", language: str = "en", workspace: Workspace | None = None) -> Reader:
    """A person of the staff who looks at the channel of praise."""
    workspace = workspace or Workspace()
    return Reader(workspace, workspace.people.find(who), staff.PRAISE_CHANNEL, words(language))

"""What goes on for hours does not grow for ever: the newest is kept, the oldest is let go."""

import pytest

from bot.workspace import Settings, journal, messages, snapshot, staff
from bot.workspace.state import Workspace


def test_only_the_newest_of_what_one_person_was_shown_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "EPHEMERALS", 3)
    workspace = Workspace(Settings(quiet=True))
    mei, sam = workspace.user_id("mei"), workspace.user_id("sam")
    for number in range(5):
        workspace.ephemerals.show(mei, staff.PRAISE_CHANNEL, f"{number}", None, None)
    kept = workspace.ephemerals.show(sam, staff.PRAISE_CHANNEL, "for sam", None, None)
    gone = workspace.ephemerals.of(mei)[0]
    assert workspace.ephemerals.delete(gone.channel, gone.ts) and not workspace.ephemerals.delete(gone.channel, gone.ts)
    assert [one.text for one in workspace.ephemerals.of(mei)] == ["3", "4"]
    assert workspace.ephemerals.of(sam) == [kept]
    again = Workspace(Settings(quiet=True))
    snapshot.restored(again, snapshot.taken(workspace))
    assert again.ephemerals.kept == workspace.ephemerals.kept


def test_only_the_newest_rules_that_were_broken_are_kept() -> None:
    workspace = Workspace(Settings(quiet=True))
    for number in range(journal.KEPT + 2):
        workspace.journal.error("too_long", f"{number}")
    assert len(workspace.journal.errors) == journal.KEPT and workspace.journal.errors[0]["what"] == "2"

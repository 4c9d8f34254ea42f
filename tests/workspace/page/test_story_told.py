"""A story's caption says in which language what stands: its narration is English, what people say is in any."""

from bot.workspace import staff
from bot.workspace.captions import Captions
from bot.workspace.page import story
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import words
from bot.workspace.state import Workspace
from tests.workspace.page.elements import read


def test_what_people_say_in_a_story_is_not_called_english() -> None:
    workspace = Workspace()
    captions = Captions("day", "http://127.0.0.1:1/", lambda kind: None)
    workspace.captions = captions
    captions.act("Mei types", "謝謝大家")
    reader = Reader(workspace, workspace.people.find("mei"), staff.PRAISE_CHANNEL, words("en"))
    line = read(story.caption(reader)).all("p", class_="line")[0]
    assert "lang" not in line
    assert [(one["lang"], one.words) for one in line.all("span")] == [("en", "Mei types"), ("", "謝謝大家")]

"""From what a browser says to who looks where."""

from bot.workspace.page import tools
from bot.workspace.page.reader import HOME, Reader, may_act, may_look
from bot.workspace.page.words import words
from bot.workspace.shapes import Impossible, Json
from bot.workspace.state import Workspace


def looking(workspace: Workspace, asked: Json) -> Reader:
    """Give who looks, from `as` (a person), `at` (a place), `lang`, `thread`, `tool` and `seek` as the browser says.

    Impossible if there is nobody or nothing of that name, or if Slack would not show that place to that person.
    """
    said = {key: str(asked.get(key) or "") for key in ("as", "at", "lang", "thread", "tool", "seek", "oldest")}
    user = workspace.people.find(said["as"])
    if not may_act(user):
        raise Impossible(f"nobody acts as {user['name']}")
    place = said["at"]
    if place != HOME:
        room = workspace.channel(place, str(user["id"]))
        if not may_look(user, room):
            raise Impossible(f"{user['name']} does not see {room.name}")
        place = room.id
    return Reader(
        workspace,
        user,
        place,
        words(said["lang"]),
        tool=tools.known(said["tool"]),
        seek=said["seek"],
        thread=said["thread"] if workspace.messages.get(place, said["thread"]) else "",
        since=workspace.reads.upto(str(user["id"]), place) or "",
        oldest=said["oldest"],
    )

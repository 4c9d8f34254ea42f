"""From what a browser says to who looks where."""

from bot.workspace import staff
from bot.workspace.page import tools
from bot.workspace.page.reader import HOME, Reader, may_act, may_look
from bot.workspace.page.words import mark, words
from bot.workspace.shapes import Impossible, Json
from bot.workspace.state import Workspace

NOBODY = mark("Everybody here has been deactivated, so there is nobody to look as.")
FIRST = {"en": "aiko", "zh-Hant": "mei", "zh-Hans": "jun"}
"""As whom a newcomer begins, by the language of the page."""


def looking(workspace: Workspace, asked: Json) -> Reader:
    """Give who looks, from `as` (a person), `at` (a place), `lang`, `thread`, `tool` and `seek` as the browser says.

    Impossible if there is nobody or nothing of that name, or if Slack would not show that place to that person.
    """
    said = {
        key: str(asked.get(key) or "") for key in ("as", "at", "lang", "thread", "tool", "seek", "oldest", "latest")
    }
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
        latest=said["latest"],
    )


def nearest(workspace: Workspace, asked: Json) -> Reader:
    """Give who looks where, as `looking` does, or who comes nearest to it.

    Where nobody acts as that person, or there is no such person, it is the first who may be acted as; where they do not
    see the place, it is their own direct messages with the app if it was those of somebody else, then the channel of
    praise, then Home. Impossible if there is nobody to act as.
    """
    user = _somebody(workspace, str(asked.get("as") or ""), str(asked.get("lang") or ""))
    return looking(
        workspace, {**asked, "as": user["id"], "at": _somewhere(workspace, user, str(asked.get("at") or ""))}
    )


def _somebody(workspace: Workspace, who: str, language: str) -> Json:
    for one in (who, FIRST.get(language, FIRST["en"])):
        try:
            user = workspace.people.find(one)
        except Impossible:
            continue
        if may_act(user):
            return user
    somebody = next(filter(may_act, workspace.people), None)
    if somebody is None:
        raise Impossible(NOBODY, "gone")
    return somebody


def _somewhere(workspace: Workspace, user: Json, which: str) -> str:
    if which == HOME:
        return HOME
    try:
        room = workspace.channel(which, str(user["id"]))
    except Impossible:
        room = None
    if room is not None and may_look(user, room):
        return room.id
    if room is not None and room.kind == "im" and room.has(staff.BOT_USER_ID):
        return workspace.channels.direct(staff.BOT_USER_ID, str(user["id"])).id
    praise = workspace.channels.get(staff.PRAISE_CHANNEL)
    return praise.id if praise is not None and may_look(user, praise) else HOME

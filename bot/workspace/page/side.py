"""The left side: as whom one acts, and where one can go."""

from urllib.parse import urlencode

from htpy import Element, Node, a, details, div, h2, li, span, strong, summary, ul

from bot.workspace import staff
from bot.workspace.channels import Channel
from bot.workspace.page import times
from bot.workspace.page.faces import face
from bot.workspace.page.reader import HOME, Reader, may_act, spoken
from bot.workspace.page.unread import MOST, Unread, everywhere
from bot.workspace.page.words import LANGUAGES, mark
from bot.workspace.shapes import Json

ROLES = {"owner": mark("admin"), "lead": mark("lead"), "guest": mark("guest")}
TEAM_OF = {one.id: one.team for one in staff.STAFF}
LEADS = frozenset(one.id for one in staff.STAFF if one.handle in staff.LEADS)


def drawn(reader: Reader) -> Node:
    """As whom one acts, and all places of this person, each a link that works without a live connection too."""
    drawn = div(id="places", data_hello=_hello(reader), data_as=reader.id, data_at=reader.place)[places(reader)]
    return div(id="acting")[acting(reader)], drawn


def acting(reader: Reader) -> Element:
    """Who one is, and who one may be instead: with role, team, language and the time where they are."""
    return details(".menu.acting")[
        summary[
            face(reader, reader.id),
            span(".who")[
                span(".small")[reader.t("Act as")],
                strong(lang=str(reader.user["locale"]))[reader.name(reader.id)],
            ],
            _role(reader, reader.user),
            span(".turn", aria_hidden="true")["⌄"],
        ],
        ul[(li[_person(reader, one)] for one in _people(reader))],
    ]


def places(reader: Reader) -> Node:
    """Channels, direct messages and Home, with what is unread in each."""
    new = everywhere(reader)
    direct = [reader.app_room, *reader.talks]
    return (
        h2[reader.t("Channels")],
        ul(".places")[(li[_to_room(reader, one, new[one.id])] for one in reader.rooms)],
        h2[reader.t("Direct messages")],
        ul(".places")[(li[_to_room(reader, one, new[one.id])] for one in direct)],
        h2[reader.t("App")],
        ul(".places")[
            li[_to(reader, HOME, (span(".sign", aria_hidden="true")["⌂"], span[reader.t("Home")]), Unread())]
        ],
    )


def title(reader: Reader) -> str:
    """What the browser's tab says: where one is, and how much waits elsewhere."""
    new = everywhere(reader).values()
    named = sum(one.named for one in new)
    room = reader.room
    where = reader.t("Home") if room is None else reader.title(room) if room.kind == "im" else f"#{room.name}"
    sign = f"({named}) " if named else "• " if any(one.count for one in new) else ""
    return f"{sign}{where} · Golden Ear · {staff.TEAM_NAME}"


def _people(reader: Reader) -> list[Json]:
    return [one for one in reader.workspace.people if may_act(one)]


def _person(reader: Reader, user: Json) -> Element:
    about = [TEAM_OF.get(user["id"]), user["profile"]["title"], LANGUAGES[spoken(str(user["locale"]))]]
    return a(
        href=_address(reader, user["name"], reader.place),
        data_as=user["id"],
        aria_current="true" if user["id"] == reader.id else None,
    )[
        face(reader, user["id"]),
        span(".who")[
            span[strong(lang=str(user["locale"]))[user["real_name"]], " ", _role(reader, user)],
            span(".small")[" · ".join(one for one in about if one)],
            span(".small")[times.there(reader, user)],
        ],
    ]


def _role(reader: Reader, user: Json) -> Node:
    kind = "owner" if user["is_admin"] else "guest" if user["is_restricted"] else "lead" if user["id"] in LEADS else ""
    return span(".badge")[reader.t(ROLES[kind])] if kind else None


def _to_room(reader: Reader, room: Channel, new: Unread) -> Element:
    if room.kind != "im":
        sign = "#" if room.kind == "channel" else "🔒"
        hidden = None if room.kind == "channel" else span(".unseen")[reader.t("private")]
        return _to(reader, room.id, (span(".sign", aria_hidden="true")[sign], span[room.name], hidden), new)
    other = room.partner(reader.id)
    app = other == staff.BOT_USER_ID and span(".badge.app")[reader.t("APP")]
    return _to(reader, room.id, (face(reader, other), span[reader.name(other)], app), new)


def _to(reader: Reader, place: str, named: Node, new: Unread) -> Element:
    return a(
        {"class": "fresh" if new.count else None},
        href=_address(reader, str(reader.user["name"]), place),
        data_at=place,
        aria_current="page" if place == reader.place else None,
    )[named, _badge(reader, new)]


def _badge(reader: Reader, new: Unread) -> Node:
    if not new.count:
        return None
    told = reader.words.n("{count} unread", "{count} unread", new.named or new.count)
    if not new.named:
        return span(".unseen")[told]
    shown = f"{new.named}" if new.named < MOST else f"{MOST - 1}+"
    return span(".badge.count", title=told)[span(aria_hidden="true")[shown], span(".unseen")[told]]


def _address(reader: Reader, handle: str, place: str) -> str:
    return "?" + urlencode({"as": handle, "at": place, "lang": reader.words.language})


def _hello(reader: Reader) -> str | None:
    """Which tab of the app's Home it is told of when it is opened, if its manifest has one."""
    if reader.place == HOME and reader.workspace.manifest.home_tab:
        return "home"
    return "messages" if reader.place == reader.app_room.id and reader.workspace.manifest.messages_tab else None

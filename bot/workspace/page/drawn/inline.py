"""What stands in a line of text and is more than words: people, channels, links, dates, emoji."""

import re
from urllib.parse import urlencode

from htpy import Node, a, span, time

from bot.workspace.page import emojis
from bot.workspace.page.drawn import dates
from bot.workspace.page.reader import Reader
from bot.workspace.text import BROADCASTS

SAFE = re.compile(r"(?:https?://|mailto:)[^\s]+\Z", re.IGNORECASE)
"""The only addresses that become links. A browser would run javascript:, and data: is a page of somebody's own."""


def unescaped(text: str) -> str:
    """Text in which Slack escaped & < >, as it was typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(url: str, shown: Node) -> Node:
    """A link out of the workspace; only its words if the address is not one to follow."""
    if not SAFE.match(url):
        return shown
    return a(".out", href=url, target="_blank", rel="noopener noreferrer")[shown]


def person(reader: Reader, user_id: str, told: str = "") -> Node:
    """A mention of somebody; `told` is what to show of somebody unknown."""
    known = reader.workspace.people.get(user_id)
    name = reader.name(user_id) if known else told or user_id
    return span(class_=["mention", user_id == reader.id and "me"], data_user=user_id if known else None)[f"@{name}"]


def room(reader: Reader, channel_id: str, told: str = "") -> Node:
    """A mention of a channel: a link, or only words where this person may not look."""
    found = reader.workspace.channels.get(channel_id)
    if found is None or found.kind == "im":
        return span(".mention")[f"#{told or channel_id}"]
    if found.kind == "group" and not found.has(reader.id):
        return span(".mention.closed")[reader.t("a private channel")]
    asked = urlencode({"as": reader.id, "at": found.id, "lang": reader.words.language})
    return a(".mention", href=f"?{asked}", data_at=found.id)[f"#{found.name}"]


def group(reader: Reader, group_id: str, told: str = "") -> Node:
    """A mention of a user group."""
    found = next((one for one in reader.workspace.usergroups if one["id"] == group_id), None)
    name = f"@{found['handle']}" if found else told or group_id
    mine = bool(found and reader.id in found["users"])
    return span(class_=["mention", mine and "me"])[name if name.startswith("@") else f"@{name}"]


def broadcast(reach: str) -> Node:
    """A call to everybody: here, channel or everyone."""
    return span(".mention.me")[f"@{reach}"]


def moment(reader: Reader, ts: str | float, form: str, url: str = "", instead: str = "") -> Node:
    """A date in the person's zone and language; the fallback if it cannot be shown."""
    try:
        told = dates.shown(reader, float(ts), form)
        at = reader.moment(ts).isoformat() if told is not None else None
    except ValueError:
        told = at = None
    drawn: Node = time(datetime=at)[told] if told is not None else instead
    return link(url, drawn) if url else drawn


def face(name: str, tone: str | int | None = None, shown: str | None = None) -> Node:
    """An emoji by its name; the name itself, between colons, if it is not known."""
    character = shown or emojis.character(name, tone)
    return span(".emoji", title=f":{name}:")[character] if character else f":{name}:"


def token(reader: Reader, inside: str) -> Node:
    """What Slack writes between < and >: a mention, a date or a link."""
    address, _, label = inside.partition("|")
    rest = address[1:]
    match address[:1]:
        case "@":
            return person(reader, rest, unescaped(label).removeprefix("@"))
        case "#":
            return room(reader, rest, unescaped(label).removeprefix("#"))
        case "!":
            return _special(reader, rest, unescaped(label))
    url = unescaped(address)
    if not label and not SAFE.match(url):
        return f"<{unescaped(inside)}>"
    return link(url, emojis.named(unescaped(label)) or url.removeprefix("mailto:"))


def _special(reader: Reader, what: str, label: str) -> Node:
    if what in BROADCASTS:
        return broadcast(what)
    if what == "group":
        return broadcast("channel")
    if what.startswith("subteam^"):
        return group(reader, what.removeprefix("subteam^"), label)
    if what.startswith("date^"):
        _, ts, form, *url = [*what.split("^", 3), "", ""][:4]
        return moment(reader, ts, unescaped(form), unescaped("".join(url)), label)
    return label or f"<{what}>"

"""What an entry of the journal says: who, what, how it went, and what belongs to it. Nothing is drawn here."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs

from bot.workspace.page.json_text import unfolded
from bot.workspace.shapes import Json
from bot.workspace.state import Workspace

SHOWN = 300
SEARCHED = 2_000
"""So many of the newest entries are looked through for words."""
WAYS = ("to_app", "from_app", "trouble")
LOUD = ("error", "ping", "fault")
AFTER_S = 3.0
"""A call within this time after a delivery may belong to it."""
BRIEF = 90


@dataclass(frozen=True)
class Seek:
    """What is sought: a way, a person's id, a method or event, only what went wrong, words anywhere in it.

    `paused`: what comes is not to be shown before one goes on.
    """

    way: str = ""
    person: str = ""
    name: str = ""
    bad: bool = False
    words: str = ""
    paused: bool = False

    def fits(self, entry: Json) -> bool:
        """True if the entry is sought."""
        if self.way and self.way != ("trouble" if entry["way"] in LOUD else entry["way"]):
            return False
        if self.bad and not bad(entry):
            return False
        if self.name and self.name.lower() not in name(entry).lower():
            return False
        if not self.person and not self.words:
            return True
        told = json.dumps(unfolded(entry), ensure_ascii=False)
        if self.person and not any(one in told for one in _ids(self.person)):
            return False
        return self.words.lower() in told.lower()


def sought(query: str) -> Seek:
    """Read a query such as ``way=to_app&bad=1``; what is unknown seeks nothing."""
    given = {key: values[-1] for key, values in parse_qs(query[:500]).items()}
    way = given.get("way", "")
    return Seek(
        way if way in WAYS else "",
        given.get("person", ""),
        given.get("name", ""),
        bool(given.get("bad")),
        given.get("words", ""),
        bool(given.get("paused")),
    )


def found(workspace: Workspace, seek: Seek) -> Iterator[Json]:
    """Give the newest entries that are sought, newest first, SHOWN at most."""
    looked = enumerate(workspace.journal.newest())
    fitting = (one for place, one in looked if _within_sight(place, seek) and seek.fits(one))
    for _, entry in zip(range(SHOWN), fitting, strict=False):
        yield entry


def _within_sight(place: int, seek: Seek) -> bool:
    return place < SEARCHED or not (seek.words or seek.person)


def name(entry: Json) -> str:
    """What happened: a command, an event's or payload's type, a method, a rule."""
    if entry["way"] == "to_app":
        payload = entry["payload"]
        event = payload.get("event")
        return str(
            payload.get("command")
            or (event.get("type") if isinstance(event, dict) else payload.get("type"))
            or entry["kind"]
        )
    return str(entry.get("method") or entry.get("kind") or entry.get("ping"))


def bad(entry: Json) -> bool:
    """True if it went wrong, or is a rule that was broken."""
    return entry["way"] in LOUD or not entry["ok"]


def who(entry: Json) -> str:
    """The id of the person who acted, or for whom the app called; empty if that is not told."""
    if entry["way"] == "to_app":
        payload = entry["payload"]
        event, user = payload.get("event"), payload.get("user")
        if isinstance(event, dict):
            user = event.get("user")
        return str(payload.get("user_id") or (user.get("id", "") if isinstance(user, dict) else user) or "")
    args = entry.get("args") or {}
    return str(args.get("user") or args.get("user_id") or "")


def brief(entry: Json, workspace: Workspace) -> str:
    """The gist of it in one line."""
    if entry["way"] == "to_app":
        words = _delivered(entry["payload"])
    elif entry["way"] == "from_app":
        words = _called(entry["args"], workspace)
    else:
        words = str(entry.get("what") or entry.get("where") or "")
    return words if len(words) <= BRIEF else words[: BRIEF - 1] + "…"


def _delivered(payload: Json) -> str:
    event = payload.get("event")
    if isinstance(event, dict):
        told = [event.get("reaction"), event.get("tab"), event.get("text")]
    else:
        actions = payload.get("actions")
        pressed = [str(one.get("action_id")) for one in actions] if isinstance(actions, list) else []
        view = payload.get("view")
        form = view.get("callback_id") if isinstance(view, dict) else None
        told = [payload.get("text"), ", ".join(pressed), payload.get("callback_id"), payload.get("value"), form]
    return " · ".join(str(one) for one in told if one)


def _called(args: Json, workspace: Workspace) -> str:
    channel = workspace.channels.get(str(args.get("channel", "")))
    said = [f"#{channel.name}" if channel.kind != "im" else "DM"] if channel else []
    view = unfolded(args.get("view"))
    form = view.get("callback_id") or view.get("type") if isinstance(view, dict) else None
    said += [str(one) for one in (args.get("name"), args.get("text"), form) if one]
    return " · ".join(said)


def reasons(entry: Json) -> list[str]:
    """Why a call was refused, in all the words that the answer has for it."""
    result = entry.get("result") or {}
    metadata = result.get("response_metadata")
    told = metadata.get("messages") if isinstance(metadata, dict) else None
    needed = [f"needed: {result['needed']}"] if result.get("needed") else []
    return [*(str(one) for one in told or []), *needed]


def blocks(sent: object) -> list[Json] | None:
    """The blocks in what the app sent, a call's arguments or an ack; None if there are none."""
    if not isinstance(sent, dict):
        return None
    for holder in (sent, sent.get("view")):
        if isinstance(holder, dict) and isinstance(holder.get("blocks"), list):
            return list(holder["blocks"])
    return None


def calls_of(delivery: Json, entries: Iterable[Json]) -> list[tuple[Json, str]]:
    """Give the calls that the app made because of a delivery, oldest first, each with how that is known.

    By its trigger or response url that is certain (``trigger_id``, ``response_url``); by its person or conversation
    within three seconds it is likely (``same``).
    """
    begun, ended = began(delivery), delivery["real"] + AFTER_S
    calls = []
    for entry in entries:
        if entry["real"] < begun:
            break
        if (
            entry["way"] == "from_app"
            and begun <= began(entry) <= ended
            and (how := _because(delivery["payload"], entry))
        ):
            calls.append((entry, how))
    return calls[::-1]


def cause_of(call: Json, entries: Iterable[Json]) -> Json | None:
    """Give the delivery because of which a call was made; None if that cannot be told."""
    likely = None
    for entry in entries:
        if entry["real"] + AFTER_S < began(call):
            break
        if entry["way"] != "to_app" or began(entry) > began(call):
            continue
        how = _because(entry["payload"], call)
        if how in ("trigger_id", "response_url"):
            return entry
        likely = likely or (entry if how else None)
    return likely


def began(entry: Json) -> float:
    """When it began, in real time; it is noted when it is over."""
    return float(entry["real"]) - float(entry.get("ms") or 0) / 1000


def _because(payload: Json, call: Json) -> str:
    args = call["args"]
    if payload.get("trigger_id") and args.get("trigger_id"):
        return "trigger_id" if args["trigger_id"] == payload["trigger_id"] else ""
    if call.get("url"):
        return "response_url" if str(payload.get("response_url", "")).endswith(str(call["url"])) else ""
    touched = {
        str(args.get(key)) for key in ("user", "user_id", "users", "channel", "timestamp", "ts", "thread_ts", "view_id")
    }
    return "same" if touched & set(_touched(payload)) else ""


def _touched(payload: Json) -> Iterator[str]:
    """The person, the conversation, the message and the form of a delivery."""
    event = payload.get("event")
    for holder in (payload, event if isinstance(event, dict) else {}):
        for key in ("user", "user_id", "channel", "channel_id", "item", "message", "container", "view"):
            held = holder.get(key)
            if isinstance(held, dict):
                yield from (str(held[part]) for part in ("id", "ts", "channel", "message_ts") if held.get(part))
            elif held:
                yield str(held)
                if str(held).startswith("U"):
                    yield "D" + str(held)[1:]


def _ids(person: str) -> tuple[str, ...]:
    """A person's id, and that of the direct messages with the app."""
    return f'"{person}"', f'"D{person[1:]}"'

"""What people see in Slack after a crash run: each post, line and DM once, each count right."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.delivery.look_up import public
from bot.views import phrases
from bot.views.tongue import speak
from bot.workspace import Control
from tests.faults import spent, thoughts
from tests.faults.crowd import ROOMS
from tests.faults.fans import key_of
from tests.faults.ledger import Held
from tests.faults.truth import HANDLES, IDS, SPENDINGS, THOUGHTS, Deed, Rows, Truth

Message = dict[str, Any]

ALARMS = ("I cannot store anything at present", "My database is well again")
"""How an alarm to admins begins, and its end."""


@dataclass
class Seen:
    """All messages: `rooms` by channel, `dms` by handle, `keys` how often each key of the bot stands in each of them.

    `gathered` has, by the key that a message of its own would have had, the key of the message that is said to hold it.
    """

    rooms: dict[str, list[Message]] = field(default_factory=dict)
    dms: dict[str, list[Message]] = field(default_factory=dict)
    keys: Counter[tuple[str, str]] = field(default_factory=Counter)
    gathered: dict[str, str] = field(default_factory=dict)

    def posts(self) -> list[Message]:
        """What the bot posted in channels."""
        return [one for room in self.rooms.values() for one in room if one["by_app"]]

    def told(self, handle: str, beginning: str) -> list[Message]:
        """The direct messages whose key begins so, or that hold what would have had such a key."""
        holding = {bundle for key, bundle in self.gathered.items() if key.startswith(beginning)}
        return [one for one in self.dms[handle] if key_of(one).startswith(beginning) or key_of(one) in holding]

    def standing(self) -> dict[tuple[str, str], bool]:
        """The kudos emoji as it stands on colleagues' messages, by (giver's Slack id, timestamp)."""
        return {
            (user, message["ts"]): True
            for room in self.rooms.values()
            for message in room
            if not message["by_app"]
            for reaction in message.get("reactions") or ()
            if reaction["name"] == "star"
            for user in reaction["users"]
        }


async def look(people: Control) -> Seen:
    """Look at everything."""
    seen = Seen()
    for room in ("#praise", *ROOMS):
        seen.rooms[room] = await people.messages(room)
    for handle in HANDLES:
        seen.dms[handle] = await people.dms(handle)
    places = [*seen.rooms.items(), *seen.dms.items()]
    seen.keys.update((place, key_of(one)) for place, many in places for one in many if key_of(one))
    return seen


def faults(seen: Seen, held: Held, truth: Truth) -> Iterator[str]:
    """One sentence for each message that is missing or stands twice."""
    for (place, key), count in seen.keys.items():
        if count > 1:
            yield f"doubled: the message {key} stands {count} times with {place}"
    for deed in truth.deeds:
        for id_ in held.of(deed):
            for what, found in _effects(seen, truth, deed, id_):
                yield from _once(f"{what} of {deed.kind} {deed.token} of {deed.actor}", found)
            for handle, key in _owed(held, truth, deed, id_):
                found = seen.told(handle, key) if handle else _keyed(seen.posts(), key)
                yield from _once(f"what {handle or 'the channel'} hears of {deed.kind} {deed.token}", found)
    for one in held.kudos.values():
        if one.origin == "reaction":
            line = _keyed(seen.posts(), f"kudos:{one.id}")
            if line or one.stands:  # taken back before it left, the line is not sent
                yield from _once(f"the line of kudos {one.id}", line)
            for handle in (name for name, slack_id in IDS.items() if slack_id in one.receivers):
                told = seen.told(handle, f"kudos:{one.id}:dm:")
                if told or one.stands:  # taken back before it was gathered, nobody hears of it
                    yield from _once(f"the DM to {handle} of kudos {one.id}", told)


def _effects(seen: Seen, truth: Truth, deed: Deed, id_: str) -> Iterator[tuple[str, list[Message]]]:
    """What a deed must have brought, each once."""
    posts = seen.posts()
    match deed.kind:
        case "praise" | "intake":
            yield "the post", _naming(_keyed(posts, f"praise:{id_}"), deed.token)
            for handle in deed.people:
                yield f"the DM to {handle}", _naming(seen.told(handle, f"praise:{id_}:dm:"), deed.token)
        case "hand-on":
            (receiver,) = deed.people
            yield f"the DM to {receiver}", seen.told(receiver, f"praise:{id_}:dm:")
            (recorder,) = (one.actor for one in truth.deeds if one.token == deed.of)
            if recorder:
                yield f"the DM to {recorder}", _from(seen.told(recorder, f"handed:{id_}:"), IDS[deed.actor])
        case "help":
            (helper,) = deed.people
            yield f"the DM to {helper}", seen.told(helper, f"helped:{id_}:dm:")
            yield "the thanks", _from(_keyed(posts, f"helped:{id_}:"), IDS[helper])
        case "kudos":
            yield "the post", _naming(posts, deed.token)
    if deed.kind in ("kudos", "join"):
        for handle in deed.people:
            yield f"the DM to {handle}", seen.told(handle, f"kudos:{id_}:dm:")


def _owed(held: Held, truth: Truth, deed: Deed, id_: str) -> Iterator[tuple[str, str]]:
    """What a deed about ideas or rewards must have brought: to whom, and how the key of the message begins."""
    if deed.kind in THOUGHTS:
        yield from thoughts.messages(held.thoughts, truth, deed, id_)
    if deed.kind in SPENDINGS:
        yield from spent.messages(held.spent, deed, id_)


def gathered(seen: Seen, rows: Rows) -> Iterator[str]:
    """Whatever was gathered has left, and its words stand in the message that holds it."""
    dms = {key_of(one): json.dumps(one["blocks"], ensure_ascii=False) for many in seen.dms.values() for one in many}
    for key, bundle, message in rows("SELECT key, bundle, message FROM gathered"):
        seen.gathered[key] = bundle
        if not bundle:
            yield f"lost: {key} was gathered and never left"
        shown = dms.get(bundle, "")
        if missing := [words for words in _quoted(json.loads(message)) if words not in shown]:
            yield f"lost: {len(missing)} quotations of {key} do not stand in {bundle or 'anything'}"


def _quoted(message: Message) -> list[str]:
    """The words that a message quotes, as JSON spells them."""
    parts = [part for block in message["blocks"] if block["type"] == "rich_text" for part in block["elements"]]
    quotes = [part["elements"] for part in parts if part["type"] == "rich_text_quote"]
    return [json.dumps(one["text"], ensure_ascii=False)[1:-1] for elements in quotes for one in elements]


def sent(seen: Seen, rows: Rows) -> Iterator[str]:
    """What the outbox calls sent stands in Slack, what many are told alike as often as it was sent."""
    posted = rows("SELECT key FROM outbox WHERE state = 'sent' AND method = 'post'")
    there: Counter[str] = Counter()
    for (_, key), count in seen.keys.items():
        there[key] += count
    for key, count in (Counter(public(key) for (key,) in posted) - there).items():
        yield f"lost: {count} of the message {key} are sent and are not in Slack"


def strangers(seen: Seen, rows: Rows) -> Iterator[str]:
    """Messages of the bot that nobody owed. An alarm goes past the outbox; whatever it tells of is a fault already, or
    excused."""
    owed = {public(key) for (key,) in rows("SELECT key FROM outbox")}
    for message in [*seen.posts(), *(one for many in seen.dms.values() for one in many if one["by_app"])]:
        if key_of(message) not in owed and not message["text"].startswith(ALARMS):
            yield f"wrong: the bot posted what it did not owe: {message['text'][:80]}"


def _naming(messages: list[Message], token: str) -> list[Message]:
    """The messages that hold a token, the mornings left out: they quote."""
    return [one for one in messages if token in json.dumps(one) and not key_of(one).startswith("ritual:")]


def _keyed(messages: list[Message], beginning: str) -> list[Message]:
    """The messages whose key begins so."""
    return [one for one in messages if key_of(one).startswith(beginning)]


def _from(messages: list[Message], slack_id: str) -> list[Message]:
    """The messages that mention somebody."""
    return [one for one in messages if slack_id in json.dumps(one)]


def _once(what: str, found: list[Message]) -> Iterator[str]:
    if not found:
        yield f"lost: {what} is not in Slack"
    if len(found) > 1:
        yield f"doubled: {what} stands {len(found)} times"


def applause(seen: Seen, held: Held, rows: Rows) -> Iterator[str]:
    """The count stored, the count shown, and the reactions that stand are the same."""
    stored: dict[str, int] = dict(rows("SELECT id, applause FROM praise"))
    for post in seen.rooms["#praise"]:
        praise_id = key_of(post).removeprefix("praise:")
        if praise_id not in held.praised:
            continue
        fans = {user for reaction in post.get("reactions") or () for user in reaction["users"]}
        wanted = len((fans & set(IDS.values())) - held.praised[praise_id])
        if stored[praise_id] != wanted:
            yield f"lost: {wanted} people applaud praise {praise_id}, {stored[praise_id]} are counted"
        said = phrases.applause(speak("en"), wanted)
        shown = said in post["text"] if said else not re.search(r"\d+ colleagues? applaud", post["text"])
        if not shown:
            yield f"wrong: the post of praise {praise_id} does not show {wanted} who applaud"


def mornings(seen: Seen, due: list[date]) -> Iterator[str]:
    """Each due date was opened by one post, no other by any."""
    posted = Counter(key_of(one).rpartition(":")[2] for one in seen.posts() if key_of(one).startswith("ritual:"))
    hailed = Counter(line for one in seen.posts() for line in one["text"].splitlines() if line.startswith("Good morn"))
    for day in due:
        if posted[day.isoformat()] != 1 or hailed[f"Good morning! {speak('en').weekday(day)}"] != 1:
            count = posted[day.isoformat()]
            yield f"{'doubled' if count else 'lost'}: the ritual of {day} has {count} posts"
    if len(hailed) != len(due):
        yield f"wrong: {len(hailed)} mornings were opened and {len(due)} were due"

"""What Slack and other programs send, bent out of shape by dice: its places, its letters, its bytes."""

import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any
from urllib.parse import urlencode

from bot.workspace import staff
from tests.door import FORM, JSON
from tests.whole import forged

Payload = dict[str, Any]

TEXTS = (
    "", " ", "0", "on", "1.2", "-1", "[]", "{}", "null", '"x"', "id:", "id:" + "0" * 32, "\x00", "\u202e", "\ud800",
    "\ufeff",
    "x" * 10_000, "長" * 4_000, "&lt;!channel&gt; & <!channel>", "2099-01-01", "0001-01-01", "2026-02-30", "9999999999",
    "U0LING0000", "U0OLU00000", "U0SAM00000", "U0TOMAS000", "U0ROTABOT0", "U0NOBODY01", "USLACKBOT", staff.BOT_USER_ID,
    "C0PRAISE01", staff.GENERAL_CHANNEL, staff.TEAM_ID, "T0OTHER001", "night@example.com", "@ling", "star", "tada",
    "/kudos", "/praise", "/points", "/leaderboard", "/golden-ear", "praise_form", "kudos_form", "kudos_join",
    "save_praise",
    "record_praise", "others", "people", "words", "part", "block_actions", "block_suggestion", "view_submission",
    "message_action", "shortcut", "event_callback", "reaction_added", "user_change", "url_verification", "ssl_check",
    "<@U0LING0000> <@U0OLU00000> thanks", "<@U0LING0000|ling> “kind” from Lin", "https://a.example", "http://[",
)  # fmt: skip
"""Words that mean something somewhere, in the wrong place."""
SLACKS_OWN = ("url_verification", "app_rate_limited")
"""What Slack sends as it sends events, and no event stands in it."""
NUMBERS = (0, 1, -1, 2**31, 2**63, 10**400, 0.5, float("inf"), float("nan"), True, False, None)


class Bender:
    """Bends what it is given; `others` are what it takes strange parts from."""

    def __init__(self, dice: Random, others: Sequence[Payload]) -> None:
        self.dice = dice
        self._parts = [part for other in others for _, key, part in places(other) if _is_nobodys(key, part)]

    def bent(self, payload: Payload, most: int = 3) -> Payload:
        """A copy in which one to `most` places are exchanged, taken away, doubled or wrapped."""
        bent: Payload = json.loads(json.dumps(payload))
        for _ in range(self.dice.randint(1, most)):
            found = list(places(bent))
            if found:
                self._bend(*self.dice.choice(found)[:2])
        return bent

    def _bend(self, home: Any, key: Any) -> None:
        match self.dice.randrange(9):
            case 0 | 1:
                del home[key]
            case 2 | 3 if isinstance(home[key], str):
                home[key] = self.text(home[key])
            case 4:
                home[key] = self.dice.choice(([home[key]], {"value": home[key]}, [home[key]] * 2, [], {}))
            case 5:
                home[key] = json.loads(json.dumps(self.dice.choice(self._parts)))
            case 6 if isinstance(home, dict):
                home[self.text(str(key))] = home.pop(key)
            case _:
                home[key] = self.dice.choice(TEXTS if self.dice.random() < 0.7 else NUMBERS)

    def text(self, text: str) -> str:
        """A text with something put in, cut off, doubled, or in other letters."""
        place, strange = self.dice.randint(0, len(text)), self.dice.choice(TEXTS)
        bends = (text[:place], text[:place] + strange + text[place:], text * 2, text.swapcase(), f"{text}{chr(place)}")
        return self.dice.choice(bends)

    def bytes(self, body: bytes) -> bytes:
        """A body with bytes exchanged, taken away or put in, cut off, or in another encoding."""
        found, place = bytearray(body), self.dice.randint(0, len(body))
        match self.dice.randrange(5):
            case 0:
                return body[:place]
            case 1:
                return body[:place] + self.dice.randbytes(self.dice.randint(1, 9)) + body[place:]
            case 2:
                return body.decode("utf-8", "replace").encode("utf-16")
            case 3:
                return body + b"&" + body
        for _ in range(self.dice.randint(1, 5) if found else 0):
            found[self.dice.randrange(len(found))] = self.dice.randrange(256)
        return bytes(found)


def _is_nobodys(key: Any, part: Any) -> bool:
    """Whether this says nothing of anybody: Bolt logs types and ids that no listener has, and words are not among them
    in anything that Slack sends."""
    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    return key != "token" and text.isascii() and not {" ", "@"} & set(text)


def places(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every place in a payload: what it is in, its key or number there, and what stands in it."""
    items = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else ()
    )
    for key, inner in items:
        yield value, key, inner
        yield from places(inner)


def fresh(payload: Payload) -> Payload:
    """A copy with new keys, so that it is not taken for a repetition."""
    payload = json.loads(json.dumps(payload))
    if "event" in payload:
        payload["event_id"] = f"Ev{forged.stamp()}"
        payload["event"]["event_ts"] = forged.stamp()
    if "command" in payload:
        payload["trigger_id"] = forged.stamp()
        if payload["text"].startswith("<@"):
            payload["text"] += f" {forged.stamp()}"
    if isinstance(payload.get("view"), dict):
        kept = json.loads(payload["view"].get("private_metadata") or "{}")
        payload["view"]["private_metadata"] = json.dumps({**kept, "nonce": forged.stamp()})
    for action in payload.get("actions", ()):
        action["action_ts"] = forged.stamp()
    return payload


def as_sent(payload: Payload) -> tuple[bytes, str]:
    """The body and its content type."""
    if "command" in payload:
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in payload.items()}
        return urlencode(fields, errors="surrogatepass").encode(), FORM
    if "event" in payload or payload.get("type") in SLACKS_OWN:
        return json.dumps(payload).encode(), JSON
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM

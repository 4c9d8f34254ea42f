"""What the catalogue of rewards may hold, and through which states a request goes (product.md 5)."""

import re
import unicodedata
from datetime import timedelta
from hashlib import sha256
from typing import Literal, get_args

from bot.rules.praise import clean
from bot.rules.refusal import Refusal

Kind = Literal["timeoff", "training", "fund"]
State = Literal["held", "approved", "delivered", "refused", "withdrawn", "expired", "returned"]
Stage = Literal["open", "reached", "closed"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WAITING: State = "held"
"""The points are put by until somebody answers; from `approved` on they are spent. `returned`: the person left."""
UNDELIVERED: State = "approved"

MAX_NAME = 80
MAX_ABOUT = 200
MAX_NOTE = 300
MAX_REASON = 500
MAX_NUMBER = 1_000_000
MAX_REWARDS = 24
MAX_PROJECTS = 8
"""What is on offer at once: all of it stands in one view of Slack, which takes a hundred blocks."""
ANSWERED_WITHIN = timedelta(days=30)
"""A request that nobody answers is returned after so long."""
ALONE_UP_TO = 500
"""Points that one admin may enter by hand; more needs a second one."""
CONFIRMED_WITHIN = timedelta(days=30)
"""Points that wait for a second admin are not entered any more after so long."""
MAX_BY_HAND = 100_000

_NUMBER = re.compile(r"([+-]?)(\d{1,9})")


def text(words: str, *, field: str, most: int, needed: bool = True) -> str:
    """What somebody wrote, masked, as it is stored. Raises Refusal if it is missing or too long."""
    kept = clean(words)
    if needed and not kept:
        raise Refusal("reward_text_missing", field=field)
    if len(kept) > most:
        raise Refusal("reward_text_too_long", field=field, most=most, length=len(kept))
    return kept


def name(words: str) -> str:
    """As `text`, on one line."""
    return text(" ".join(words.split()), field="name", most=MAX_NAME)


def kind(words: str) -> Kind:
    """The kind of this name. Raises Refusal if there is none."""
    for one in KINDS:
        if one == words:
            return one
    raise Refusal("reward_kind", field="kind")


def seen(facts: tuple[object, ...]) -> str:
    """How something stands, as a form keeps it that changes it: another one by now if any of it changed."""
    return sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def whole(words: str) -> int | None:
    """The whole number that somebody typed, in whatever digits; None if it is none."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", words).replace("\u2212", "-").replace(",", "").strip())
    return int(found[1] + str(int(found[2]))) if found else None


def number(words: str, *, field: str, least: int = 1, most: int = MAX_NUMBER) -> int:
    """A number of a form. Raises Refusal if it is none, too small or too large."""
    found = whole(words)
    if found is None or not least <= found <= most:
        raise Refusal("reward_number", field=field, least=least, most=most)
    return found


def limit(words: str, *, field: str) -> int | None:
    """As `number` from 0 on; None, without a limit, if nothing was typed."""
    return number(words, field=field, least=0) if words.strip() else None


def may_decide(person: str, asker: str, *, admin: bool) -> bool:
    """Whether this person may answer a request: admins, and nobody their own."""
    return admin and person != asker


def by_hand(amount: int) -> int:
    """Points that an admin wants to enter. Raises Refusal for none and for too many."""
    if amount == 0 or abs(amount) > MAX_BY_HAND:
        raise Refusal("grant_amount", most=MAX_BY_HAND)
    return amount


def needs_second(amount: int) -> bool:
    """Whether a second admin must confirm that so many points are entered by hand."""
    return abs(amount) > ALONE_UP_TO

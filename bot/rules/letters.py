"""Ideas without a name: how one is signed, its receipt code, and from how many people on a team is named (product 3).

A code is made from the secret of the form that it is shown for, so whoever sends the form twice sees the same one, and
nothing of it has to be kept but digests: of the secret, behind what was sent, and of the code, beside the idea. Neither
can be made from the other.
"""

import hmac
import re
from base64 import b32encode
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal, get_args

from bot.rules import comments
from bot.rules.praise import clean
from bot.rules.refusal import Refusal

Signed = Literal["name", "code", "notice"]
"""With one's name; without it; without it, but with a sealed return address."""
SIGNED: tuple[Signed, ...] = get_args(Signed)
YES = "yes"
"""That one's team may be named."""
LEAST_TEAM = 5
"""People of a team who lead nobody, from whom on an idea without a name may say that it comes from there."""
ADDRESS_KEPT = timedelta(days=90)
MOST_WORDS = 1_000
"""Characters of a word between an author and those who answer."""
LOST_AFTER = timedelta(days=90)
"""After the last letter to be sealed under it, a key that is out of sight is lost for good."""
MOST_WAITING = 500
"""Letters of one morning; more are no ideas."""

_SECRET = re.compile(r"[0-9a-f]{32}")
_CODE_BYTES = 16
_GROUP = 4
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")
"""Sealed, each would take as much room as six letters, and a box has one size."""
_NO_PART = re.compile(r"[\W_]+")
_MISREAD = str.maketrans("018", "olb")


def signed(name: str) -> Signed:
    """How an idea is signed; with one's name if nothing was chosen. Raises Refusal for what is not on the list."""
    for one in SIGNED:
        if one == (name or "name"):
            return one
    raise Refusal("unknown_signature", field="signed")


def sent(secret: str) -> str:
    """What is kept of a form that was sent, by its secret. Raises Refusal for a secret that is none of ours."""
    return _made(secret, b"sent").hex()


def code(secret: str) -> str:
    """The receipt code of a form, in groups of letters. Raises Refusal for a secret that is none of ours."""
    letters = b32encode(_made(secret, b"code")).decode().rstrip("=").lower()
    return "-".join(letters[first : first + _GROUP] for first in range(0, len(letters), _GROUP))


def _made(secret: str, what: bytes) -> bytes:
    if not _SECRET.fullmatch(secret):
        raise Refusal("out_of_date")
    return hmac.new(secret.encode(), what, sha256).digest()[:_CODE_BYTES]


def digest(code: str, workspace_id: str) -> str:
    """What is kept of a code; however it is typed, with blanks or without. It takes a moment on purpose, so not inside
    a transaction. What is too short to be a code has a digest too, of nothing."""
    typed = _NO_PART.sub("", code).casefold().translate(_MISREAD)
    return comments.digest(typed.ljust(comments.LEAST_CODE, "-"), workspace_id)


def plain(words: str) -> str:
    """Words as they can be sealed."""
    return _CONTROLS.sub(" ", words)


def words(text: str) -> str:
    """A word between an author and those who answer, as it is kept. Raises Refusal if there is none, or too much."""
    kept = clean(plain(text))
    if not kept:
        raise Refusal("idea_text_missing", field="words")
    if len(kept) > MOST_WORDS:
        raise Refusal("idea_text_too_long", field="words", most=MOST_WORDS, length=len(kept))
    return kept


def is_large(people: int) -> bool:
    """Whether so many people of a team who lead nobody are enough for it to be named."""
    return people >= LEAST_TEAM


def address_is_old(sent_on: date, today: date) -> bool:
    """Whether the return address of an idea of that day is destroyed by now, whatever became of the idea."""
    return today - sent_on >= ADDRESS_KEPT

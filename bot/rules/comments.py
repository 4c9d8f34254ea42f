"""What a comment of the micro pulse, and the receipt code that its writer may make up, must be."""

import hashlib
import re
import unicodedata

from bot.rules.praise import clean
from bot.rules.refusal import Refusal

MOST = 1_000
"""Characters of a comment."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")
"""What nobody types and nobody sees: sealed, each would take as much room as six letters, and a box has one size."""
LEAST_CODE = 12
"""Characters of a receipt code, blanks not counted: what can be guessed would name a comment as one's own."""


def cleaned(words: str) -> str:
    """A comment as it is sealed: trimmed, e-mail addresses, phone and card numbers masked.

    Raises Refusal if nothing is left, or too much.
    """
    words = clean(_CONTROLS.sub(" ", words))
    if not words:
        raise Refusal("comment_missing", field="words")
    if len(words) > MOST:
        raise Refusal("comment_too_long", field="words", length=len(words), most=MOST)
    return words


def digest(code: str, workspace_id: str) -> str:
    """What is kept of a receipt code, hexadecimal, without which nobody finds the comment; blanks, width and capitals
    do not count. It takes a moment on purpose, so not inside a transaction. Raises Refusal for a code that is short."""
    folded = "".join(unicodedata.normalize("NFKC", code).casefold().split())
    if len(folded) < LEAST_CODE:
        raise Refusal("code_too_short", field="receipt", least=LEAST_CODE)
    return hashlib.scrypt(folded.encode("utf-8", "replace"), salt=workspace_id.encode(), n=2**14, r=8, p=1).hex()

"""Mixed comments: the part of a customer's words that is posted, and the rest that is kept back (product.md 1)."""

import re
import unicodedata
from dataclasses import dataclass

from bot.rules.masking import mask_pieces
from bot.rules.praise import clean, storable

GAP = "\n\n"
"""Between what stood before the part and what stood after it: a blank line, for no sign of ours may look like the
customer's."""


@dataclass(frozen=True)
class Parts:
    """The `whole` of what a customer said, the `words` of it that are posted, and the `rest`; all of them masked."""

    whole: str
    words: str
    rest: str


def divide(whole: str, part: str) -> Parts | None:
    """Take a `part` out of the `whole`, as they were given; None if it does not stand in it. No part: all of it.

    The part is found although blanks and line breaks in it differ, or if both are alike when they are masked; if it
    stands there twice, the first one counts. What comes back is the whole's own text, code point for code point but for
    trimmed ends and masks. A mask lies wherever the whole has one and, as the cut takes away what made a number
    harmless ("order 0912…"), wherever a piece alone has one. A piece of nothing but punctuation is no rest.
    """
    masked = clean(whole)
    if not part.strip():
        return Parts(masked, masked, "")
    for text, sought in ((storable(whole), storable(part)), (masked, clean(part))):
        if place := _place(text, " ".join(sought.split())):
            before, words, after = map(clean, mask_pieces(text, (0, *place, len(text))))
            return Parts(masked, words, GAP.join(filter(_says_something, (before, after))))
    return None


def _place(whole: str, sought: str) -> tuple[int, int] | None:
    """Where the whole has this text, in which each run of blanks is one; None if it has not."""
    units = list(re.finditer(r"\S|\s+", whole))  # of which a run of blanks is one, as in what is sought
    place = "".join(" " if unit[0].isspace() else unit[0] for unit in units).find(sought)
    if place < 0 or not sought:
        return None
    return units[place].start(), units[place + len(sought) - 1].end()


def _says_something(piece: str) -> bool:
    """Whether there are letters, figures or signs such as emoji in it."""
    return any(unicodedata.category(char)[0] in "LNMS" for char in piece)

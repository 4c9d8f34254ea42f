"""The customer at the end of a praise line: `from Ms. Lin`, `來自 林小姐`, `来自 林小姐` (product.md 1)."""

import re
import unicodedata

MAX_CUSTOMER = 80
"""Characters of the customer as shown."""
NAME_WORDS = 4

_HAN = "㐀-䶿一-鿿豈-龎々〇\U00020000-\U0003fffd"
# Beside Chinese words there may be no blank: 來自 stands anywhere, but not where its characters belong to two
# neighbouring words (未來 + 自己, 起來 + 自然). `from` is a word of its own after a blank or Chinese script.
_MARKER = re.compile(
    rf"(?:(?<![^\s{_HAN}。！？…」』”])from(?=\s|\Z)"
    rf"|(?<![未本原起看出近向素歷历])[來来]自(?![己然助在從从由我身律動动覺觉]))",
    re.IGNORECASE,
)
_AFTER_QUOTES = re.compile(r"\s*(?:from\s|[來来]自)\s*(\S.*)", re.IGNORECASE)
_NAME_SIGNS = frozenset(".．。｡'’-‐‑·・‧&")
"""What a name may hold beside letters and digits: full stops, and what ties names together (O'Neill, Ng-Lee, A & B)."""


def after_quotes(text: str) -> str | None:
    """The customer named in what follows a closing quotation mark; None if anything else stands there."""
    clause = _AFTER_QUOTES.fullmatch(text.rstrip())
    return clause[1] if clause and len(clause[1].splitlines()) == 1 else None


def at_the_end(text: str) -> tuple[str, str | None]:
    """Bare words and the customer named at their end; the last marker counts, and only before a name."""
    marker = None
    for found in _MARKER.finditer(text):
        marker = found
    if marker and _is_name(name := text[marker.end() :].strip()):
        return text[: marker.start()].rstrip(), name
    return text, None


def _is_name(text: str) -> bool:
    """One to four words in one line, beginning with a capital or a Chinese character."""
    if not text or len(text) > MAX_CUSTOMER or len(text.split()) > NAME_WORDS or len(text.splitlines()) > 1:
        return False
    capital = unicodedata.category(text[0]) in ("Lu", "Lt") or re.match(f"[{_HAN}]", text)
    return bool(capital) and all(
        char.isspace() or char in _NAME_SIGNS or unicodedata.category(char)[0] in "LMN" for char in text
    )

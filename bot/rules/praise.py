"""What `/praise` says, and when two praises have the same words (product.md 1)."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from bot.rules.customers import MAX_CUSTOMER, after_quotes, at_the_end
from bot.rules.masking import mask
from bot.rules.mentions import leading_mentions, unescape

__all__ = [
    "CONFIRM_AFTER",
    "CONFIRM_WINDOW_DAYS",
    "DEFAULT_SOURCE",
    "DUPLICATE_DAYS",
    "MAX_CUSTOMER",
    "MAX_LINK",
    "MAX_PEOPLE",
    "MAX_REASON",
    "MAX_WORDS",
    "OLDEST_YEARS",
    "REMIND_AFTER_DAYS",
    "SOURCES",
    "PraiseLine",
    "clean",
    "fingerprint",
    "is_in_slack",
    "is_link",
    "parse_line",
    "storable",
]

MAX_PEOPLE = 20
MAX_WORDS = 3000
MAX_REASON = 1000
MAX_LINK = 2000
OLDEST_YEARS = 50
"""A day before these is a slip in the year: no praise that a company brings along is older."""
SOURCES = ("in person", "phone", "chat", "e-mail", "letter", "review")
DEFAULT_SOURCE = "in person"
DUPLICATE_DAYS = 30
"""The same words for the same person count once within so many days of the day it happened."""
CONFIRM_AFTER = 3
"""More praises than this by one colleague for one person within the window wait for a lead."""
CONFIRM_WINDOW_DAYS = 7
REMIND_AFTER_DAYS = 7

_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』"}
_REFUSED_BY_SQL = re.compile("[\x00\ud800-\udfff]")
_SLACK = re.compile(r"(.*\.)?slack(-gov)?\.com")
_NOT_IN_LINKS = re.compile(r"[<>|\\\s]")
# Characters that nobody sees although Unicode counts them as letters, marks or symbols.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True)
class PraiseLine:
    """What a command says: Slack ids of the praised, the customer's words, and the customer as shown."""

    people: tuple[str, ...]
    words: str
    customer: str | None


def parse_line(text: str) -> PraiseLine:
    """Read `@ann @bo "the words" from Ms. Lin` as Slack sends it; what is missing comes back empty.

    People first, each once; then the words, bare or in "", “”, 「」 or 『』; then the customer, if named.
    Slack's escapes are decoded once. Quotes that do not close, or are followed by anything but the customer, are
    part of bare words.
    """
    people, rest = leading_mentions(text)
    rest = unescape(rest).strip()
    words, customer = _quoted(rest) or at_the_end(rest)
    return PraiseLine(people, words, customer)


def _quoted(text: str) -> tuple[str, str | None] | None:
    """The words within quotation marks and the customer after them; None if these are bare words."""
    end = _closing(text)
    if not end:
        return None
    words, rest = text[1:end].strip(), text[end + 1 :]
    customer = after_quotes(rest)
    return (words, customer) if customer or not rest.strip() else None


def _closing(text: str) -> int | None:
    """Where the quotation mark at the start is closed; pairs of the same kind may nest."""
    closing = _QUOTES.get(text[:1])
    if closing == text[:1]:
        return max(text.find(closing, 1), 0) or None
    depth = 0
    for place, char in enumerate(text) if closing else ():
        depth += (char == text[0]) - (char == closing)
        if depth == 0:
            return place
    return None


def clean(text: str) -> str:
    """The text as it is stored: `storable`, masked, ends trimmed, all else code point for code point."""
    return mask(storable(text)).strip()


def storable(text: str) -> str:
    """The text without NUL and lone surrogates, which are no text to PostgreSQL."""
    return _REFUSED_BY_SQL.sub("", text)


def fingerprint(words: str) -> str:
    """SHA-256 (64 hex digits) of the words after NFKC, in lower case, without blanks, punctuation and what is unseen.

    Words of nothing but punctuation are compared as they stand.
    """
    lower = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", words).casefold())
    bare = _UNSEEN.sub("", lower).translate(_BARE)
    return sha256((bare or lower.strip()).encode("utf-8", "surrogatepass")).hexdigest()


class _Bare(dict[int, int | None]):
    """What `str.translate` makes of each character: nothing of blanks and punctuation. Each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        self[code] = None if category[0] in "ZP" or category in ("Cc", "Cf") else code
        return self[code]


_BARE = _Bare()


def is_link(text: str) -> bool:
    """Whether this is a web address (http or https, with a host) that can be shown; it is never fetched."""
    if len(text) > MAX_LINK or _NOT_IN_LINKS.search(text) or any(unicodedata.category(c)[0] in "CZ" for c in text):
        return False
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and any(char.isalnum() for char in host or "")


def is_in_slack(link: str) -> bool:
    """Whether this web address (`is_link`) leads into Slack, where a whole message can be read."""
    return _SLACK.fullmatch((urlsplit(link).hostname or "").rstrip(".")) is not None

"""What is looked for when a person or a customer is erased, and what stands in its place (product.md 7).

What stands in the place of a name is alike in every language, as the masks of praise are (`bot.rules.masking`). A name
is found as a whole word, so that erasing Ann leaves Anna alone; in a script without blanks wherever it stands.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["person", "customer", "praise"]
KINDS: tuple[Kind, ...] = ("person", "customer", "praise")

NAME = "[name]"
"""In the place of a name inside a text that stays."""
ERASED = "[erased]"
"""In the place of a text of which nothing stays."""
LEAST = 2
"""Shorter names stand in too many words that mean something else; they are erased where they stand alone."""
_NO_BLANKS = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER = rf"[^\W{_NO_BLANKS}]"


@dataclass(frozen=True)
class Wanted:
    """`hints` stand in every text in which something is to be found, `found` says where; `slack_id` is that of an
    erased person."""

    hints: tuple[str, ...]
    found: re.Pattern[str]
    slack_id: str = ""

    def strike(self, text: str) -> str:
        """The text without them."""
        return self.found.sub(NAME, text)

    def strike_all(self, value: Any, instead: str) -> Any:
        """The same for all texts in what JSON can hold; a mention becomes the plain words `instead`."""
        match value:
            case str():
                return self.strike(value)
            case list():
                return [self.strike_all(one, instead) for one in value]
            case {"type": "user", "user_id": who} if self.slack_id and who == self.slack_id:
                return {"type": "text", "text": instead}
            case dict():
                return {name: self.strike_all(one, instead) for name, one in value.items()}
        return value


def wanted(names: Iterable[str], *, slack_id: str = "", handle: str = "") -> Wanted:
    """What finds these names, a Slack id however it is mentioned, and a handle behind an @."""
    spelt = sorted({name.strip() for name in names if len(name.strip()) >= LEAST}, key=lambda name: (-len(name), name))
    parts = [rf"<@{slack_id}(?:\|[^>]*)?>", rf"\b{slack_id}\b"] if slack_id else []
    parts += [_whole(f"@{handle}")] if handle else []
    parts += [_whole(name) for name in spelt]
    hints = {
        *([slack_id] if slack_id else []),
        *([handle] if handle else []),
        *(max(one.split(), key=len) for one in spelt),
    }
    return Wanted(tuple(sorted(hints)), re.compile("|".join(parts) or r"(?!)"), slack_id)


def same(name: str, other: str) -> bool:
    """Whether two customers go by the same name, in capitals or not."""
    return " ".join(name.casefold().split()) == " ".join(other.casefold().split())


def _whole(name: str) -> str:
    """A name as a whole word; one of several words in any case: `hope` is a word, `Hope` may be a colleague."""
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, name) else ""
    after = rf"(?!{_LETTER})" if re.search(rf"{_LETTER}\Z", name) else ""
    spelt = r"\s+".join(map(re.escape, name.split()))
    return f"{before}(?i:{spelt}){after}" if len(name.split()) > 1 or "@" in name else f"{before}{spelt}{after}"

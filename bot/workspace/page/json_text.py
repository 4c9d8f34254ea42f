"""JSON as one reads it: indented, coloured, and without secrets; what is copied from it is JSON again."""

import json
import re
from collections.abc import Iterator

from htpy import Element, Node, pre, span

from bot.workspace.state import Settings

TOKEN = re.compile(r"\b(xox[a-z]-|xapp-)[\w-]+")
PLACE = re.compile(r"(/hooks/\w+/|/upload/v1/|ticket=)(\w{4})\w+")
"""Addresses that work for whoever knows them."""
INDENT = "  "
KEPT = 4


def masked(value: object, settings: Settings) -> object:
    """Give a value in which no token is whole, nor any address that works for whoever knows it."""
    if isinstance(value, str):
        return _masked(value, settings)
    if isinstance(value, dict):
        return {_masked(str(key), settings): masked(one, settings) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one, settings) for one in value]
    return value


def unfolded(value: object) -> object:
    """Give a value in which objects and arrays that were sent as text are objects and arrays."""
    if isinstance(value, dict):
        return {key: unfolded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [unfolded(one) for one in value]
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def drawn(value: object, id: str) -> Element:
    """A value as text; its pieces have classes for their colours."""
    return pre(".json", id=id, tabindex="0")[list(_pieces(value, ""))]


def listing(value: object) -> str:
    """The same as plain text."""
    return json.dumps(value, ensure_ascii=False, indent=len(INDENT))


def _masked(words: str, settings: Settings) -> str:
    for secret in (settings.bot_token, settings.app_token, settings.signing_secret, settings.verification_token):
        if secret:
            words = words.replace(secret, f"{secret[:KEPT]}…")
    return PLACE.sub(r"\1\2…", TOKEN.sub(r"\1…", words))


def _pieces(value: object, margin: str) -> Iterator[Node]:
    if isinstance(value, dict) and value:
        yield from _inside("{", "}", [(key, one) for key, one in value.items()], margin)
    elif isinstance(value, list) and value:
        yield from _inside("[", "]", [(None, one) for one in value], margin)
    else:
        kind = "s" if isinstance(value, str) else "e" if isinstance(value, dict | list) else "n"
        yield span(class_=kind)[json.dumps(value, ensure_ascii=False)]


def _inside(opening: str, closing: str, items: list[tuple[str | None, object]], margin: str) -> Iterator[Node]:
    inner = margin + INDENT
    yield opening
    for place, (key, one) in enumerate(items):
        yield f"{',' if place else ''}\n{inner}"
        if key is not None:
            yield span(".k")[json.dumps(str(key), ensure_ascii=False)]
            yield ": "
        yield from _pieces(one, inner)
    yield f"\n{margin}{closing}"

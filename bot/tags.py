"""What people mark their thanks with: text of a setting -> the kudos emoji, the company's values."""

import re

from bot.parsing import Wrong, items, matching, shown

MAX_VALUES, MAX_VALUE_LENGTH = 10, 75  # product.md 2; Slack refuses an option's text above 75 characters

_emoji = matching(  # its name: Slack never sends the sign itself
    r"[^\s:A-Z\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]+",
    "{shown} is not an emoji name",
    "the name Slack shows between the colons, such as star",
)


def emoji(text: str) -> str:
    """An emoji's name; the colons around it are forgiven."""
    return _emoji(text[1:-1] if len(text) > 2 and text[0] == text[-1] == ":" else text)


def values(text: str) -> tuple[str, ...]:
    """The company's value tags, in the order given."""
    tags = tuple(items(text))
    advice = f"up to {MAX_VALUES} different words without blanks or #, such as care,speed,courage"
    if len(tags) > MAX_VALUES:
        raise Wrong(f"names {len(tags)} tags", advice)
    if len({tag.casefold() for tag in tags}) < len(tags):
        raise Wrong("names a tag twice", advice)
    for tag in tags:
        if re.search(r"[\s#]", tag) or not tag.isprintable() or len(tag) > MAX_VALUE_LENGTH:
            raise Wrong(f"{shown(tag)} is not a tag", advice)
    return tags

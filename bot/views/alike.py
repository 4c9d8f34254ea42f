"""Buttons whose presses are equally long on their way: they are encrypted, but networks and the logs of proxies tell
how long they are, and nobody shall know an answer by that.

Slack sends a button's id, value and text back as JSON, with emoji by name; to an HTTP address it sends that as a form,
in which some characters take three bytes. So values are filled up with characters of both sorts. What Slack adds may
differ from one press to the next, but not by the answer.
"""

import json
from collections.abc import Sequence
from urllib.parse import quote_plus

from bot.views.blocks import Block

PLAIN, TRIPLED = "-", ":"
"""What fills up: one byte in JSON and in a form, one byte and three."""
NAMES = {
    "😞": "disappointed",
    "🙁": "slightly_frowning_face",
    "😐": "neutral_face",
    "🙂": "slightly_smiling_face",
    "😀": "grinning",
}
"""Of the emoji on our buttons, in Slack."""


def alike(buttons: Sequence[Block]) -> list[Block]:
    """These buttons, the value of each followed by a colon and what fills it up."""
    sizes = [_size(one) for one in buttons]
    most_tripled = max(tripled for _, tripled in sizes)
    longest = max(length + most_tripled - tripled for length, tripled in sizes)
    return [
        one | {"value": f"{one['value']}:{_fill(longest - length, most_tripled - tripled)}"}
        for one, (length, tripled) in zip(buttons, sizes, strict=True)
    ]


def _fill(length: int, tripled: int) -> str:
    return PLAIN * (length - tripled) + TRIPLED * tripled


def _size(button: Block) -> tuple[int, int]:
    """How many characters a press of this button adds to JSON, and how many of them take three bytes in a form."""
    text = "".join(f":{NAMES[one]}:" if one in NAMES else one for one in button["text"]["text"])
    sent = json.dumps([button["action_id"], button["value"], text]).replace("/", "\\/")
    return len(sent), (len(quote_plus(sent)) - len(sent)) // 2

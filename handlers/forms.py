"""What a person filled in or pressed, as plain values. What no form or button of ours sends is refused."""

import json
import re
from datetime import date
from typing import Any

from bot.desk import Payload
from bot.rules.refusal import Refusal
from bot.services.people import OURS

PERSON = re.compile(rf"[UW][A-Z0-9]+|{OURS}[0-9a-f]{{32}}")
"""A Slack id, or how `bot.views.others` names somebody without one."""

_ONE = ("value", "selected_date", "selected_time", "selected_conversation")
"""Where a field has its one answer."""
_SEVERAL = ("checkboxes", "multi_external_select")
"""Fields with several answers, be they none."""


def filled(view: Payload) -> dict[str, Any]:
    """The value of each input by the id of its block: a text, the id of a person or of several, an option's value or
    those of boxes, an ISO date, a time, a channel; None if left empty. Raises Refusal for any other shape."""
    try:
        return {
            block_id: _answer(answer)
            for block_id, actions in view["state"]["values"].items()
            for answer in actions.values()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise Refusal("out_of_date") from error


def _answer(answer: Payload) -> str | list[str] | None:
    if answer.get("type") in _SEVERAL:
        return [str(one["value"]) for one in answer.get("selected_options") or ()]
    option = answer.get("selected_option")
    found = next((answer[key] for key in _ONE if answer.get(key)), option["value"] if option else None)
    person, people = answer.get("selected_user"), answer.get("selected_users") or []
    people = people or [one["value"] for one in answer.get("selected_options") or ()]
    named = [*people, *([person] if person else [])]
    if not isinstance(found, str | None) or not all(PERSON.fullmatch(one) for one in named):
        raise TypeError
    return found or person or people or None


def words(answer: object) -> str:
    """What was written or chosen, "" if nothing was. Raises Refusal for what no such field sends."""
    if answer is not None and not isinstance(answer, str):
        raise Refusal("out_of_date")
    return answer or ""


def person(answer: object) -> str:
    """The id of the person that was chosen, "" if nobody was. Raises Refusal for what no such field sends."""
    if answer is not None and not (isinstance(answer, str) and PERSON.fullmatch(answer)):
        raise Refusal("out_of_date")
    return answer or ""


def people(answer: object) -> list[str]:
    """The same for several people."""
    found = several(answer)
    if not all(PERSON.fullmatch(one) for one in found):
        raise Refusal("out_of_date")
    return found


def several(answer: object) -> list[str]:
    """The boxes that were ticked, or the options that were chosen. Raises Refusal for what no such field sends."""
    if answer is not None and not isinstance(answer, list):
        raise Refusal("out_of_date")
    return answer or []


def day(text: str | None) -> date | None:
    """The date of a date picker. Raises Refusal if it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except (TypeError, ValueError) as error:
        raise Refusal("out_of_date", field="happened_on") from error


def in_modal(body: Payload) -> bool:
    """Whether something was pressed in a modal, and not in a message or in Home."""
    return (body.get("view") or {}).get("type") == "modal"


def memory(view: Payload) -> dict[str, str]:
    """What the form was opened with: its nonce, and where or about what. Raises Refusal if it was not opened by us."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
        return {str(name): str(value) for name, value in kept.items()}
    except (AttributeError, ValueError) as error:
        raise Refusal("out_of_date") from error


def fields(view: Payload) -> list[str]:
    """The block ids of the inputs, in their order: where words about an answer can stand."""
    try:
        return [str(block["block_id"]) for block in view.get("blocks") or () if block["type"] == "input"]
    except (KeyError, TypeError):
        return []


def chosen(action: Payload) -> str:
    """The value of the option that was chosen in a menu that acts at once. Raises Refusal if it has none."""
    option = action.get("selected_option")
    return pressed(option if isinstance(option, dict) else {})


def place(number: str) -> int:
    """Where a page of a list begins, as its button says. Raises Refusal for what no button of ours does."""
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise Refusal("out_of_date")
    return int(number)


def pressed(action: Payload) -> str:
    """The value of a button. Raises Refusal if it has none."""
    value = action.get("value")
    if not isinstance(value, str):
        raise Refusal("out_of_date")
    return value

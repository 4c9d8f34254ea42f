"""What a person filled in: Slack's view state as plain values, by the id of the block."""

import json
from datetime import date
from typing import Any

from bot.desk import Payload


def filled(view: Payload) -> dict[str, Any]:
    """The value of each input: a text, the ids of people, an option's value, or an ISO date; None if left empty."""
    found = {}
    for block_id, actions in view["state"]["values"].items():
        for answer in actions.values():
            option = answer.get("selected_option")
            found[block_id] = (
                answer.get("value")
                or answer.get("selected_users")
                or answer.get("selected_date")
                or (option["value"] if option else None)
            )
    return found


def day(text: str | None) -> date | None:
    """The date of a date picker."""
    return date.fromisoformat(text) if text else None


def memory(view: Payload) -> dict[str, str]:
    """What the form was opened with: its nonce, and where or about what."""
    kept = json.loads(view.get("private_metadata") or "{}")
    return {str(name): str(value) for name, value in kept.items()}

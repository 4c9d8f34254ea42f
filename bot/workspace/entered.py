"""What people have left in the fields of messages, each for themselves; a view keeps its own."""

from dataclasses import dataclass, field
from typing import Any

from bot.workspace.form import carried, initial_state, offering
from bot.workspace.shapes import Json

MOST = 1_000
"""Of so many messages it is known; those left longest ago are forgotten first."""
Place = tuple[str, str, str]
"""Whose, in which conversation, the ts of the message."""


@dataclass
class Entered:
    """Values by place, in the shape of Slack's `state.values`, and what external selects were offered there."""

    _left: dict[Place, Json] = field(default_factory=dict)
    _offers: dict[Place, dict[tuple[str, str], list[object]]] = field(default_factory=dict)

    def of(self, place: Place) -> Json:
        """Give what was left in the fields that somebody has touched, by block and action."""
        return self._left.get(place, {})

    def state(self, place: Place, blocks: list[Json]) -> Json:
        """Give the state of all fields of a message with these blocks, as that person has it before them."""
        return carried(initial_state(blocks), self.of(place))

    def left(self, place: Place, block: Json, element: Json) -> Json | None:
        """Give what was left in a field; None if it stands there as it began."""
        entry: Json | None = self.of(place).get(block["block_id"], {}).get(element["action_id"])
        return entry

    def leave(self, place: Place, block: Json, element: Json, entry: Json | None) -> Json | None:
        """Leave a value in a field, or let it stand as it began; gives what was left in it before."""
        before = self.left(place, block, element)
        values = self._left.pop(place, {})
        held = values.setdefault(block["block_id"], {})
        if entry is None:
            held.pop(element["action_id"], None)
        else:
            held[element["action_id"]] = entry
        self._left[place] = values
        _forget(self._left)
        return before

    def offer(self, place: Place, block: Json, element: Json, options: list[object]) -> None:
        """Remember what an external select shows to that person."""
        self._offers.setdefault(place, {})[block["block_id"], element["action_id"]] = options
        _forget(self._offers)

    def shown(self, place: Place, block: Json, element: Json) -> Json:
        """Give an element as that person sees it, with the options of an external select."""
        offers = self._offers.get(place, {}).get((block["block_id"], element["action_id"]), [])
        return offering(element, self.left(place, block, element) or {}, offers)


def _forget(known: dict[Place, Any]) -> None:
    while len(known) > MOST:
        del known[next(iter(known))]

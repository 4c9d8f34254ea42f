"""Where an element of Block Kit is drawn, and what all of them have in common: a name, an act, a question before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from htpy import Node, button, dialog, div, footer, h2, header

from bot.workspace.page.drawn.text import bare
from bot.workspace.page.reader import Reader
from bot.workspace.page.spoken import excerpt
from bot.workspace.shapes import Json

Attributes = Mapping[str, str | None]
_NUMBERS = count(1)


def unique(prefix: str) -> str:
    """A name that nothing else on the page has: one message can be drawn in two places, with the same ids inside.

    It is another one in each drawing, so morph.js knows nothing again by a name that begins like this.
    """
    return f"any-{prefix}-{next(_NUMBERS)}"


def words(reader: Reader, text: Json | None) -> Node:
    """A text object of either kind."""
    return bare(reader, text) if text else None


@dataclass(frozen=True)
class Spot:
    """An element in its block, for a reader; `id` is that of the control that a label names, if an input block has it.

    Such a control waits for submit; every other one acts at once.
    """

    reader: Reader
    block: Json
    element: Json
    id: str = ""

    @property
    def acting(self) -> Attributes:
        """What a control says of itself that is pressed and acts."""
        return {"data-act": "click", **self._place}

    @property
    def picking(self) -> Attributes:
        """What a control says of itself in which one chooses: nothing in an input block, whose submit gathers it."""
        return {"data-act": None if self.id else "pick", **self._place}

    @property
    def asking(self) -> Attributes:
        """What a control says of itself that asks the app for options."""
        return {"data-act": "suggest", **self._place}

    @property
    def _place(self) -> Attributes:
        return {"data-action": self.element.get("action_id"), "data-block": self.block.get("block_id")}

    @property
    def called(self) -> Attributes:
        """The name of one control: its label's in an input block, its own words anywhere else."""
        if self.id:
            return {"id": self.id, "aria-describedby": self._described, "aria-required": self._required}
        return {"aria-label": self.name}

    @property
    def gathered(self) -> Attributes:
        """The name of several controls together."""
        if self.id:
            return {"aria-labelledby": f"{self.id}-label", "aria-describedby": self._described}
        return {"aria-label": self.name}

    @property
    def _described(self) -> str:
        hint = f"{self.id}-hint " if self.block.get("hint") else ""
        return f"{hint}{self.id}-error"

    @property
    def _required(self) -> str | None:
        return None if self.block.get("optional") else "true"

    @property
    def name(self) -> str:
        """How somebody who does not see it is told what it is for."""
        said = self.element.get("accessibility_label") or _text(self.element.get("placeholder"))
        return str(said or excerpt(self.reader, _text(self.block.get("text"))) or self.reader.t("Choose"))

    def hinted(self, otherwise: str) -> str:
        """What stands in the control as long as nothing is chosen."""
        return _text(self.element.get("placeholder")) or otherwise

    @property
    def sure(self) -> Node:
        """The question that Slack asks before the element acts, ready for the browser; nothing if it does not ask."""
        asked = self.element.get("confirm")
        if not asked:
            return None
        style = "danger" if asked.get("style") == "danger" else "primary"
        return dialog(".sure", aria_label=_text(asked["title"]))[
            header[h2[words(self.reader, asked["title"])]],
            div(".said")[words(self.reader, asked["text"])],
            footer[
                button(type="button", value="no")[words(self.reader, asked["deny"])],
                button(f".{style}", type="button", value="yes")[words(self.reader, asked["confirm"])],
            ],
        ]


def _text(text: Json | None) -> str:
    return str(text["text"]) if text else ""

"""What a story is told on, the terminal or captions in the page, and the sentences in which it is told."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.workspace.picture import Picture


@dataclass(frozen=True, init=False)
class Told:
    """A sentence by its message id, which is the English one, to be said in the language of whoever reads it.

    `values` fill its {placeholders}: what is the same in every language, or sentences of their own.
    """

    msgid: str
    values: tuple[tuple[str, "str | Told"], ...]

    def __init__(self, msgid: str, /, **values: "str | Told") -> None:
        object.__setattr__(self, "msgid", msgid)
        object.__setattr__(self, "values", tuple(values.items()))

    @classmethod
    def plain(cls, words: str) -> "Told":
        """Words that are the same in every language, such as the name of a channel."""
        return cls("{words}", words=words)

    def __str__(self) -> str:
        """In English."""
        return self.msgid.format(**dict(self.values)) if self.values else self.msgid


class Telling(Protocol):
    """Takes what happens, in the order in which it happens."""

    def day(self, day: date) -> None:
        """A day begins."""

    def scene(self, clock: str, heading: Told) -> None:
        """It is so late, and this happens now."""

    def act(self, told: Told, said: str = "") -> None:
        """Somebody does something, and says or types this."""

    def arrives(self, where: Told, seen: Picture, *, brief: bool = False) -> None:
        """Something is to be seen somewhere."""

    def note(self, told: Told) -> None:
        """What is not to be seen, or why."""

    def looks(self, who: str, place: str = "") -> None:
        """The next is to be seen by this person, there: a channel's name, "@goldenear", "home", or where they are."""

    async def beat(self) -> None:
        """Go on only when what was told so far could be read."""

"""What a story is told on: the terminal, or captions in the page."""

from typing import Protocol

from bot.workspace.picture import Picture


class Telling(Protocol):
    """Takes what happens, in the order in which it happens."""

    def day(self, name: str) -> None:
        """A day begins."""

    def scene(self, clock: str, heading: str) -> None:
        """It is so late, and this happens now."""

    def act(self, told: str, said: str = "") -> None:
        """Somebody does something, and says or types this."""

    def arrives(self, where: str, seen: Picture, *, brief: bool = False) -> None:
        """Something is to be seen somewhere."""

    def note(self, told: str) -> None:
        """What is not to be seen, or why."""

    def looks(self, who: str, place: str = "") -> None:
        """The next is to be seen by this person, there: a channel's name, "@goldenear", "home", or where they are."""

    async def beat(self) -> None:
        """Go on only when what was told so far could be read."""

"""What is shown of rounds that closed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Comment:
    """A comment that is shown to those who see the figures of its cut."""

    id: str
    cut: str
    words: str

"""What is shown of rounds that closed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Comment:
    """A comment, and the group as whose it is shown; `receipt` is the digest of a code, "" without one."""

    id: str
    cut: str
    words: str
    receipt: str = ""

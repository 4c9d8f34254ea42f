"""What is to be rehearsed, as the command line asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """What is rehearsed: the app's command, environment (none of its settings), manifest and samples.

    `story` is played in the terminal if `once`, and then all ends; else in the page, which stays open; without a story
    the page alone is opened, at `port` (0: the usual one if it is free) and, with `browser`, in the browser of whoever
    sits there. `watch` prints what the app says. `keep` is the file in which all is kept from one time to the next.
    `language` is the one in which a story is told in the terminal.
    Over signed HTTP or Socket Mode.
    """

    command: Sequence[str]
    environment: Mapping[str, str]
    manifest: Path
    samples: Path
    story: str = ""
    http: bool = False
    once: bool = False
    port: int = 0
    browser: bool = False
    watch: bool = False
    keep: Path | None = None
    language: str = "en"

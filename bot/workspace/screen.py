"""The terminal on which a story is shown: readable at any width and in any script, plain when it is no terminal."""

import contextlib
import sys
from collections.abc import Sequence
from datetime import date
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.workspace.page.words import words
from bot.workspace.picture import Grid, Line, Picture
from bot.workspace.telling import Told
from bot.workspace.wrapping import one_line, wrapped

WIDEST = 100
NARROWEST = 40
EDGE = "       "  # the width of "10:05  "
QUOTED = "▌ "
STYLES = {"title": "bold", "quote": "italic", "small": "dim", "buttons": "cyan", "field": "dim", "wrong": "yellow"}


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Whoever read has gone. Raises BrokenPipeError: rich would leave the program where it stands."""
        with contextlib.suppress(SystemExit):
            super().on_broken_pipe()
        raise BrokenPipeError


class Screen:
    """Prints scenes, acts and what arrives, in a language of ours; what comes as a str is said as it is."""

    def __init__(self, out: TextIO | None = None, language: str = "en") -> None:
        out = out or sys.stdout
        terminal = out.isatty()
        if hasattr(out, "reconfigure"):  # no terminal: a file or pipe in UTF-8; a terminal keeps its own, never failing
            out.reconfigure(**({"errors": "replace"} if terminal else {"encoding": "utf-8"}))
        self._console = _Console(file=out, force_terminal=terminal, markup=False, highlight=False, emoji=False)
        self._console.width = max(NARROWEST, min(WIDEST, self._console.width))
        self._words = words(language)

    def title(self, heading: Told | str, *lines: Told | str) -> None:
        """Print what this is."""
        self._print(Text(self._said(heading), "bold yellow"))
        for line in lines:
            self._paragraph(self._said(line), "", "")

    def day(self, day: date) -> None:
        """Print the beginning of a day."""
        name = self._words.day(day)
        rule = "─" * max(0, self._console.width - cell_len(name) - 4)
        self._print(Text(f"\n── {name} {rule}"[: self._console.width + 1], "yellow"))

    def scene(self, clock: str, heading: Told | str) -> None:
        """Print the local time and what happens now."""
        self._print(Text())
        self._paragraph(self._said(heading), f"{clock}  ", "bold", first="bold yellow")

    def act(self, told: Told | str, said: str = "") -> None:
        """Print what somebody does, and what they type."""
        self._paragraph(self._said(told), EDGE, "")
        if said:
            self._paragraph(said, EDGE + "  ", "green")

    def arrives(self, where: Told | str, seen: Picture, *, brief: bool = False) -> None:
        """Print where something is to be seen, and what; brief: quotations on one line, no small print."""
        self._paragraph(self._said(where), EDGE + "→ ", "bold cyan")
        self.shows(seen, brief=brief)

    def shows(self, seen: Picture, *, brief: bool = False) -> None:
        """Print what is to be seen."""
        for line in seen:
            if isinstance(line, Grid):
                self._grid(line)
            elif not (brief and line.kind in ("small", "buttons")):
                self._line(line, brief)

    def note(self, told: Told | str) -> None:
        """Print what is not to be seen, or why."""
        self._paragraph(self._said(told), EDGE + "  ", "dim")

    def looks(self, who: str, place: str = "") -> None:
        """In a terminal all is to be seen at once."""

    async def beat(self) -> None:
        """What is printed stays, so nobody is waited for."""

    def plain(self, *lines: str) -> None:
        """Print lines as they are, too long ones included: they may be copied."""
        for line in lines:
            self._console.print(Text(line), soft_wrap=True)

    def trouble(self, heading: Told | str, lines: Sequence[str] = ()) -> None:
        """Print what went wrong."""
        self._print(Text())
        self._paragraph(self._said(heading), "", "bold red")
        self.plain(*lines)

    def _said(self, told: Told | str) -> str:
        return told if isinstance(told, str) else self._words.told(told)

    def _line(self, line: Line, brief: bool) -> None:
        mark = QUOTED if line.kind == "quote" else "• " if line.kind == "bullet" else ""
        text = one_line(line.text, self._console.width - len(EDGE) - 4) if brief and line.kind == "quote" else line.text
        for part in text.splitlines() or [""]:
            self._paragraph(part, EDGE + "  " + mark, STYLES.get(line.kind, ""), first="yellow" if mark else "")

    def _paragraph(self, text: str, edge: str, style: str, first: str = "") -> None:
        """Print wrapped text behind an edge; the time of a scene and an arrow stand on the first line only."""
        width = max(10, self._console.width - cell_len(edge))
        for place, line in enumerate(wrapped(text, width)):
            lead = edge if place == 0 or edge.endswith(QUOTED) else " " * cell_len(edge)
            self._print(Text.assemble((lead, first), (line, style)))

    def _grid(self, grid: Grid) -> None:
        table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
        for place, head in enumerate(grid.head):
            table.add_column(Text(head), justify="right" if place in grid.numbers else "left", overflow="fold")
        for row in grid.rows:
            table.add_row(*map(Text, row))
        with self._console.capture() as drawn:
            self._console.print(table, width=self._console.width - len(EDGE) - 2)
        for line in drawn.get().splitlines():
            self._print(Text(EDGE + "  ") + Text.from_ansi(line.rstrip()))

    def _print(self, text: Text) -> None:
        self._console.print(text, no_wrap=True, overflow="ignore", crop=False)

"""A CSV file row by row, as RFC 4180 has it, and the file of the rows that were refused.

Nothing that a file can hold stops the reading: a row that cannot be read is given with the line on which it starts and
the reason, and reading goes on behind it. Memory is bounded by `MAX_ROW`, whatever the file is.
"""

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, TextIO

MAX_ROW = 64 * 1024
"""Characters of one row; the words in it are at most 3,000."""
LINE, REASON = "line", "reason"
"""What a file of refused rows has beside its columns; a mended one may be imported as it is."""

_FOREIGN = re.compile("[\ud800-\udfff]")
"""What `surrogateescape` makes of bytes that are no UTF-8."""


class WrongHeader(Exception):
    """The first row does not name the columns; the text says what is wrong with it."""


@dataclass(frozen=True)
class Row:
    """A row of the file. `cells` are its texts as they stand there; `reason` says why it cannot be read."""

    line: int
    cells: tuple[str, ...]
    reason: str = ""


def opened(path: Path) -> TextIO:
    """The file as text, in UTF-8 with or without a mark at its beginning; foreign bytes are kept. Raises OSError."""
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


class Table:
    """The rows of a CSV file whose first one names `columns`, all of them, in any order."""

    def __init__(self, text: TextIO, columns: Sequence[str]) -> None:
        """Read the header. Raises WrongHeader."""
        self._lines = _Lines(text)
        first = self._next()
        self.header = first.cells if first else ()
        _check_header(first, columns)

    def __iter__(self) -> Iterator[Row]:
        """Every row that is not empty, readable or not."""
        while row := self._next():
            if row.reason or any(row.cells):
                yield self._checked(row)

    def named(self, row: Row) -> Mapping[str, str]:
        """The cells of a readable row by column."""
        return dict(zip(self.header, row.cells, strict=True))

    def own(self, cells: Sequence[str]) -> list[str]:
        """Cells without those that a file of refused rows has beside its columns."""
        if len(cells) != len(self.header):
            return list(cells)
        return [cell for name, cell in zip(self.header, cells, strict=True) if name not in (LINE, REASON)]

    def _checked(self, row: Row) -> Row:
        if row.reason:
            return row
        if len(row.cells) != len(self.header):
            return Row(row.line, row.cells, f"it has {len(row.cells)} cells, and the first row has {len(self.header)}")
        if any("\0" in cell for cell in row.cells):
            return Row(row.line, row.cells, "it holds a NUL character")
        if any(not cell.isascii() and _FOREIGN.search(cell) for cell in row.cells):
            return Row(row.line, row.cells, "it holds bytes that are not UTF-8; save the file as CSV UTF-8")
        return row

    def _next(self) -> Row | None:
        line, taken = self._lines.number + 1, self._lines.begin()
        try:
            return Row(line, tuple(next(csv.reader(self._lines, strict=True))))
        except StopIteration:
            return None
        except (csv.Error, _TooLong) as error:
            reason = f"it is longer than {MAX_ROW:,} characters" if len(taken[0]) > MAX_ROW else _why(error)
        text = self._lines.only_first()
        return Row(line, (text.rstrip("\r\n"),), reason)


def _why(error: Exception) -> str:
    if isinstance(error, _TooLong) or "unexpected end" in str(error):
        return "a quotation mark is opened and never closed"
    return "a quotation mark is closed in the middle of a cell; within quotation marks write it twice"


class _TooLong(Exception):
    """The row goes on and on."""


class _Lines:
    """The lines of a text, which can be read again from behind the first line of a row that turned out unreadable."""

    def __init__(self, text: TextIO) -> None:
        self.number = 0
        self._text = text
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._length = 0

    def begin(self) -> list[str]:
        """A new row begins here; gives the list of its lines, which grows as they are read."""
        self._taken, self._length = [], 0
        return self._taken

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(MAX_ROW + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._taken.append(line)
        self._length += len(line)
        if self._length > MAX_ROW:
            raise _TooLong
        return line

    def only_first(self) -> str:
        """The first line of this row, as much as is kept of it; the others are read again."""
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        part = first
        while not others and len(part) > MAX_ROW and not part.endswith(("\n", "\r")):
            part = self._text.readline(MAX_ROW + 1)
        return first


def _check_header(first: Row | None, columns: Sequence[str]) -> None:
    wanted = f"the first row must name these columns, in any order: {','.join(columns)}"
    if first is None:
        raise WrongHeader(f"the file is empty; {wanted}")
    names = first.cells
    if any("\0" in name or _FOREIGN.search(name) for name in names):
        raise WrongHeader("the file is not UTF-8; save it as CSV UTF-8")
    if first.reason:
        raise WrongHeader(f"the first row cannot be read: {first.reason}; {wanted}")
    missing = [name for name in columns if name not in names]
    unknown = [name for name in names if name not in (*columns, LINE, REASON)]
    twice = sorted({name for name in names if names.count(name) > 1})
    told = [f"{what}: {', '.join(found)}" for what, found in (("missing", missing), ("twice", twice)) if found]
    told += [f"unknown: {', '.join(name[:40] for name in unknown[:10])}"] if unknown else []
    if told:
        hint = "; separate them by commas, not by semicolons" if ";" in "".join(unknown) else ""
        raise WrongHeader(f"{wanted}. {'; '.join(told)}{hint}")


class Refused:
    """The file of refused rows: line, reason, and the cells byte for byte, to be mended and imported again.

    There is none as long as nothing is refused. One of an earlier import, in which somebody may have mended rows, is
    kept under another name.
    """

    def __init__(self, path: Path, table: Table, *, mark: bool) -> None:
        self.path = path
        self.count = 0
        self._table, self._mark = table, mark
        self._file: IO[str] | None = None
        self.kept = _kept(path)

    def add(self, row: Row, reason: str) -> None:
        """Write one row. Raises OSError."""
        if self._file is None:
            kind = "utf-8-sig" if self._mark else "utf-8"
            self._file = self.path.open("w", encoding=kind, errors="surrogateescape", newline="")
            csv.writer(self._file).writerow([LINE, REASON, *self._table.own(self._table.header)])
        csv.writer(self._file).writerow([row.line, reason, *self._table.own(row.cells)])
        self.count += 1

    def close(self) -> None:
        if self._file:
            self._file.close()


def _kept(path: Path) -> Path | None:
    """Give what is at `path` a name that is free; None if nothing is there. Raises OSError."""
    if not path.exists():
        return None
    names = (path.with_suffix(f".{number}{path.suffix}") for number in count(1))
    free = next(name for name in names if not name.exists())
    return path.rename(free)


def refused_path(path: Path) -> Path:
    """`FILE.rejected.csv` beside `FILE.csv`."""
    stem = path.stem if path.suffix.lower() == ".csv" else path.name
    return path.with_name(f"{stem}.rejected.csv")


def is_marked(path: Path) -> bool:
    """Whether the file begins with the mark of UTF-8. Raises OSError."""
    with path.open("rb") as file:
        return file.read(3) == codecs.BOM_UTF8

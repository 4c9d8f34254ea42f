"""CSV files as no spreadsheet would write them: bent by cells, by lines, by letters and by bytes."""

import csv
import io
from collections.abc import Iterator
from random import Random

from tests.fuzz.bends import TEXTS, Bender

COLUMNS = ("happened_on", "people", "words", "customer", "source", "link")
GOOD = (
    ("2026-03-01", "UANN", "So kind!", "Ms Lin", "review", ""),
    ("2026-02-27", "@bo cy@example.com", "She found my ring,\nand smiled", "", "", "https://a.example/1"),
    ("2025-12-24", "UANN UBO", "“Never better”", "陳小姐", "e-mail", ""),
)
ODD = (
    '"',
    '""',
    ",",
    ";",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "'",
    "\ufeff",
    "=1+1",
    "\u2028",
    "2026-03-04",
    "2026-3-1",
    "URobot",
    "UROBOT",
)


def tables(dice: Random) -> Iterator[bytes]:
    """One file after another."""
    bender = Bender(dice, [])
    while True:
        rows = [list(dice.choice(GOOD)) for _ in range(dice.randint(0, 4))]
        header = list(COLUMNS)
        for _ in range(dice.randint(0, 3)):
            _bend_row(dice, bender, dice.choice([*rows, *rows, header]))
        if dice.random() < 0.3:  # words of their own
            rows += [[*row[:2], f"{row[2]} {dice.random()}", *row[3:]] for row in rows[:1]]
        if dice.random() < 0.1:
            order = dice.sample(range(len(header)), len(header))
            header, rows = ([row[place] for place in order if place < len(row)] for row in (header, rows))  # type: ignore[assignment]
        yield _written(dice, bender, [header, *rows])


def _bend_row(dice: Random, bender: Bender, row: list[str]) -> None:
    place = dice.randrange(len(row)) if row else 0
    match dice.randrange(6):
        case 0:
            row[place : place + 1] = []
        case 1:
            row.insert(place, dice.choice(TEXTS))
        case 2 | 3 if row:
            row[place] = bender.text(row[place])
        case 4 if row:
            row[place] = row[place] + dice.choice(ODD) * dice.choice((1, 1, 2, 500))
        case _ if row:
            row[place] = dice.choice(TEXTS)


def _written(dice: Random, bender: Bender, rows: list[list[str]]) -> bytes:
    """The file: well written, or with other separators and quotation marks; then perhaps bent as a whole."""
    file = io.StringIO()
    csv.writer(file, dice.choice(("excel", "unix")), delimiter=";" if dice.random() < 0.1 else ",").writerows(rows)
    text = file.getvalue()
    if dice.random() < 0.2:
        place = dice.randint(0, len(text))
        text = text[:place] + dice.choice(ODD) + text[place:]
    body = text.encode("utf-8-sig" if dice.random() < 0.2 else "utf-8", "surrogatepass")
    return bender.bytes(body) if dice.random() < 0.15 else body

"""Tables as files that a spreadsheet opens: CSV as RFC 4180 has it, in UTF-8 with a mark, and safe to open.

A cell that begins like a formula would be run by a spreadsheet, whoever wrote it (OWASP, CSV injection). Such texts get
an apostrophe in front, which spreadsheets take for "this is text"; numbers are ours and stay numbers.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file of a table: its heads, then its rows; every text stands in quotation marks."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([_safe(one) for one in head])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8", "replace")


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    cell = cell.replace("\0", "")
    return f"'{cell}" if cell.lstrip(" \u00a0\u3000\ufeff").startswith(_FORMULA) else cell

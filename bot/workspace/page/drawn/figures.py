"""Tables: Slack's `table` and `data_table`. Those of many rows are paged and sorted in the browser, without asking."""

from collections.abc import Sequence
from zlib import crc32

from babel import Locale
from htpy import Element, Node, button, caption, div, fragment, span, table, tbody, td, th, thead, tr

from bot.workspace.page import emojis
from bot.workspace.page.drawn import dates, numbers
from bot.workspace.page.drawn.rich import rich
from bot.workspace.page.reader import Reader
from bot.workspace.shapes import Json

PAGE = 5
"""As many rows as Slack shows of a data_table that says nothing else."""
LONG = 48
"""A cell of more characters is broken into lines even where the column is not to be."""
Rows = Sequence[Sequence[Json]]


def plain_table(reader: Reader, block: Json) -> Node:
    """A table: the first row are heads; a column says how it is aligned and whether it is broken into lines."""
    rows: Rows = block.get("rows") or []
    settings = list(block.get("column_settings") or [])
    columns = max((len(row) for row in rows), default=0)
    settings = [(settings[at] if at < len(settings) else None) or {} for at in range(columns)]
    looks = [
        [
            f"to-{one.get('align') or ('right' if _numeric(rows, at) else 'left')}",
            "wrapped" if one.get("is_wrapped") else "whole",
        ]
        for at, one in enumerate(settings)
    ]
    return _scrolled(reader.t("Table"))[
        table(".cells")[
            thead[tr[(th(scope="col", class_=looks[at])[_cell(reader, one)] for at, one in _first(rows))]],
            tbody[
                (
                    tr[(td(class_=_look(looks[at], one))[_cell(reader, one)] for at, one in enumerate(row))]
                    for row in rows[1:]
                )
            ],
        ]
    ]


def data_table(reader: Reader, block: Json) -> Node:
    """A table of figures: with a caption, sorted by any column, a page at a time; it stays so until it is another."""
    rows: Rows = block.get("rows") or []
    size = int(block.get("page_size") or PAGE)
    named = int(block.get("row_header_column_index") or 0)
    told = str(block.get("caption", ""))
    looks = [["to-right" if _numeric(rows, at) else "to-left"] for at, _ in _first(rows)]
    whole = fragment[
        _scrolled(told)[
            table(".cells")[
                caption[emojis.named(told)],
                thead[tr[[_head(reader, one, looks[at]) for at, one in _first(rows)]]],
                tbody[[tr(hidden=at >= size)[_row(reader, row, named, looks)] for at, row in enumerate(rows[1:])]],
            ]
        ],
        _pages(reader, len(rows) - 1, size),
    ]
    seen = crc32(str(whole).encode(errors="replace"))
    return div(".data-table", data_size=size, data_kept=f"{seen:08x}")[whole]


def _first(rows: Rows) -> list[tuple[int, Json]]:
    return list(enumerate(rows[0])) if rows else []


def _scrolled(name: str) -> Element:
    """What is wider than the message is scrolled, by keys too."""
    return div(".wide", role="region", tabindex="0", aria_label=name)


def _head(reader: Reader, cell: Json, look: list[str]) -> Node:
    return th(scope="col", class_=look, aria_sort="none")[
        button(".sort", type="button", data_sort=True, title=reader.t("Sort"))[
            _cell(reader, cell), span(".sorted", aria_hidden="true")
        ]
    ]


def _row(reader: Reader, row: Sequence[Json], named: int, looks: list[list[str]]) -> Node:
    return [
        (th if at == named else td)(
            scope="row" if at == named else None,
            class_=_look([*looks[at], "wrapped"], one),
            data_order=str(one.get("value", "")) or None,
        )[_cell(reader, one)]
        for at, one in enumerate(row)
    ]


def _look(look: list[str], cell: Json) -> list[str]:
    """A number is right-aligned with its like; a long text is broken even where it should not be."""
    return [*look, "long"] if len(str(cell.get("text", ""))) > LONG else look


def _numeric(rows: Rows, at: int) -> bool:
    cells = [row[at] for row in rows[1:] if at < len(row)]
    return bool(cells) and all(cell.get("type") == "raw_number" for cell in cells)


def _cell(reader: Reader, cell: Json) -> Node:
    match cell.get("type"):
        case "rich_text":
            return rich(reader, cell)
        case "raw_number":
            return str(cell.get("text") or "") or numbers.number(cell.get("value") or 0, _locale(reader))
        case _:
            return emojis.named(str(cell.get("text", "")))


def _locale(reader: Reader) -> Locale:
    return dates.locale_of(reader)


def _pages(reader: Reader, count: int, size: int) -> Node:
    if count <= size:
        return None
    words = "{first}–{last} / {all}"
    return div(".pages")[
        button(".plain", type="button", data_page="-1", disabled=True, aria_label=reader.t("Previous rows"))["‹"],
        span(data_words=words, aria_live="polite")[words.format(first=1, last=size, all=count)],
        button(".plain", type="button", data_page="1", aria_label=reader.t("Next rows"))["›"],
    ]

"""Blocks for figures, in messages only: table, data_table, data_visualization."""

from bot.workspace import limits, text
from bot.workspace.rich_text import RICH_TEXT
from bot.workspace.schema import Check, array, boolean, every, integer, number, one_of, rule, shape, string, typed
from bot.workspace.shapes import Json

_RAW_TEXT = shape({"type": one_of("raw_text"), "text": string(limits.TEXT)})
_RAW_NUMBER = shape({"type": one_of("raw_number"), "value": number}, {"text": string(limits.TEXT)})
_CELL = typed({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
_ROW = array(_CELL, limits.TABLE_COLUMNS)
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _chars(block: Json) -> int:
    return sum(len(str(node.get("text", ""))) for node in text.texts_of(block["rows"]))


_EQUAL = rule(lambda b: len({len(row) for row in b["rows"]}) <= 1, "all rows must have the same number of cells")
_SHORT = rule(lambda b: _chars(b) <= limits.TABLE_CHARS, f"no more than {limits.TABLE_CHARS} characters in all cells")

TABLE = every(
    shape(
        {"type": one_of("table"), "rows": array(_ROW, limits.TABLE_ROWS)},
        {"block_id": string(limits.ID), "column_settings": array(_COLUMN, limits.TABLE_COLUMNS)},
    ),
    _EQUAL,
    _SHORT,
)

DATA_TABLE = every(
    shape(
        {
            "type": one_of("data_table"),
            "caption": string(limits.TEXT),
            "rows": array(_ROW, limits.DATA_TABLE_ROWS[1], limits.DATA_TABLE_ROWS[0]),
        },
        {
            "block_id": string(limits.ID),
            "page_size": integer(1, limits.DATA_TABLE_PAGE),
            "row_header_column_index": integer(0, limits.TABLE_COLUMNS - 1),
        },
    ),
    rule(lambda b: all(cell["type"] == "raw_text" for cell in b["rows"][0]), "header cells must be raw_text"),
    rule(lambda b: (b.get("row_header_column_index") or 0) < len(b["rows"][0]), "no such row header column"),
    _EQUAL,
    _SHORT,
)

_LABEL = string(limits.CHART_LABEL)
_POINT = shape({"label": _LABEL, "value": number})
_SERIES = shape({"name": _LABEL, "data": array(_POINT, limits.CHART_POINTS)})
_AXES = shape(
    {"categories": array(_LABEL, limits.CHART_POINTS)},
    {"x_label": string(limits.CHART_AXIS_LABEL), "y_label": string(limits.CHART_AXIS_LABEL)},
)


def _plotted(kind: str) -> Check:
    return every(
        shape({"type": one_of(kind), "series": array(_SERIES, limits.CHART_SERIES), "axis_config": _AXES}),
        rule(lambda c: len({one["name"] for one in c["series"]}) == len(c["series"]), "series names must be unique"),
        rule(_on_categories, "every series needs exactly one point for each category"),
    )


def _on_categories(chart: Json) -> bool:
    names = chart["axis_config"]["categories"]
    return len(set(names)) == len(names) and all(
        sorted(point["label"] for point in one["data"]) == sorted(names) for one in chart["series"]
    )


_PIE = every(
    shape({"type": one_of("pie"), "segments": array(_POINT, limits.CHART_SERIES)}),
    rule(lambda c: all(one["value"] > 0 for one in c["segments"]), "segment values must be positive"),
)

CHART = shape(
    {
        "type": one_of("data_visualization"),
        "title": string(limits.CHART_TITLE),
        "chart": typed({"pie": _PIE, **{kind: _plotted(kind) for kind in ("bar", "area", "line")}}),
    },
    {"block_id": string(limits.ID)},
)

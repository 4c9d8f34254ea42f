"""Charts: Slack's `data_visualization` as pictures of lines and words, with the same figures in a table below."""

from collections.abc import Sequence
from typing import NamedTuple

from babel import Locale
from htpy import (
    Node,
    caption,
    details,
    div,
    figcaption,
    figure,
    g,
    li,
    path,
    summary,
    svg,
    table,
    tbody,
    td,
    text,
    th,
    thead,
    tr,
    ul,
)
from htpy import title as hint

from bot.workspace.page.drawn import axes, dates, marks, numbers, pies
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import mark
from bot.workspace.shapes import Json

KINDS = {
    "bar": mark("Bar chart"),
    "line": mark("Line chart"),
    "area": mark("Area chart"),
    "pie": mark("Pie chart"),
}


class Series(NamedTuple):
    """One series in the order of the categories."""

    name: str
    values: Sequence[float]


def chart(reader: Reader, block: Json) -> Node:
    """A chart with its title, its legend, and its figures for whoever does not see it."""
    told: Json = block.get("chart") or {}
    kind, title = str(told.get("type")), str(block.get("title", ""))
    if kind not in KINDS:
        return None
    locale = dates.locale_of(reader)
    name = f"{reader.t(KINDS[kind])}: {title}"
    if kind == "pie":
        points = [(str(one["label"]), float(one["value"])) for one in told["segments"]]
        drawn, heads = pies.pie(name, points, locale), [reader.t("Part"), reader.t("Value")]
        rows = [[label, numbers.number(value, locale)] for label, value in points]
    else:
        series, categories = _series(told), told["axis_config"]["categories"]
        drawn = _plotted(name, kind, told, series, locale)
        heads = [str(told["axis_config"].get("x_label") or reader.t("Category")), *(one.name for one in series)]
        rows = [
            [label, *(numbers.number(one.values[at], locale) for one in series)] for at, label in enumerate(categories)
        ]
    return figure(".chart")[
        figcaption[title],
        drawn,
        details(".data")[summary[reader.t("Figures of this chart")], _table(title, heads, rows)],
    ]


def _series(told: Json) -> list[Series]:
    """The series, each with its values in the order of the categories."""
    found = []
    for one in told["series"]:
        values = {str(point["label"]): float(point["value"]) for point in one["data"]}
        found.append(Series(str(one["name"]), [values[label] for label in told["axis_config"]["categories"]]))
    return found


def _plotted(name: str, kind: str, told: Json, series: list[Series], locale: Locale) -> Node:
    frame = axes.axes(told, [value for one in series for value in one.values], locale)
    plot = _bars(frame, series, locale) if kind == "bar" else _lines(frame, series, locale, filled=kind == "area")
    return [
        ul(".legend")[(li[marks.key(kind, place), one.name] for place, one in enumerate(series))]
        if len(series) > 1
        else None,
        div(".plot", role="region", tabindex="0", aria_label=name)[
            svg(viewBox=f"0 0 {axes.WIDTH:g} {axes.HEIGHT:g}", role="img", aria_label=name)[axes.drawn(frame), plot]
        ],
    ]


def _bars(frame: axes.Axes, series: list[Series], locale: Locale) -> Node:
    wide = min(46.0, frame.slot * 0.72 / len(series))
    return [
        g(class_=marks.look(place))[
            [
                _bar(
                    frame,
                    place,
                    one,
                    at,
                    frame.x(at) + (place - len(series) / 2) * wide,
                    wide,
                    len(series) == 1,
                    locale,
                )
                for at in range(len(frame.categories))
            ]
        ]
        for place, one in enumerate(series)
    ]


def _bar(
    frame: axes.Axes, place: int, one: Series, at: int, x: float, wide: float, alone: bool, locale: Locale
) -> Node:
    value, ground = one.values[at], frame.y(0)
    top, foot = sorted((frame.y(value), ground))
    told = numbers.short(value, locale)
    above = (foot + 13) if value < 0 else top - 5
    return [
        g[
            hint[_told(frame, one, at, locale)],
            marks.bar(place, x + min(1, wide / 8), top, wide - min(2, wide / 4), foot - top),
        ],
        text(".value", x=f"{x + wide / 2:.1f}", y=f"{above:.1f}", text_anchor="middle")[told]
        if axes.width_of(told) <= (frame.slot if alone else wide + 2)
        else None,
    ]


def _lines(frame: axes.Axes, series: list[Series], locale: Locale, *, filled: bool) -> Node:
    under = [
        g(class_=marks.look(place))[path(".fill", d=_under(frame, one))] for place, one in enumerate(series) if filled
    ]
    over = [
        g(class_=marks.look(place))[
            path(".curve", d=_through(frame, one)),
            [
                g[hint[_told(frame, one, at, locale)], marks.point(place, frame.x(at), frame.y(value))]
                for at, value in enumerate(one.values)
            ],
        ]
        for place, one in enumerate(series)
    ]
    values = [_value(frame, at, value, locale) for at, value in enumerate(series[0].values) if len(series) == 1]
    return [under, over, values]


def _value(frame: axes.Axes, at: int, value: float, locale: Locale) -> Node:
    """The number above a point, where it has room beside its neighbours."""
    told = numbers.short(value, locale)
    if axes.width_of(told) > frame.slot - 6:
        return None
    return text(".value", x=f"{frame.x(at):.1f}", y=f"{frame.y(value) - 9:.1f}", text_anchor="middle")[told]


def _through(frame: axes.Axes, one: Series) -> str:
    spots = [f"{frame.x(at):.1f} {frame.y(value):.1f}" for at, value in enumerate(one.values)]
    return "M" + "L".join(spots)


def _under(frame: axes.Axes, one: Series) -> str:
    ground = frame.y(0)
    return f"{_through(frame, one)}L{frame.x(len(one.values) - 1):.1f} {ground:.1f}L{frame.x(0):.1f} {ground:.1f}z"


def _told(frame: axes.Axes, one: Series, at: int, locale: Locale) -> str:
    return f"{frame.categories[at]} · {one.name}: {numbers.number(one.values[at], locale)}"


def _table(title: str, heads: list[str], rows: list[list[str]]) -> Node:
    return div(".wide", role="region", tabindex="0", aria_label=title)[
        table(".cells")[
            caption(".unseen")[title],
            thead[tr[(th(scope="col", class_="to-right" if at else "to-left")[one] for at, one in enumerate(heads))]],
            tbody[(tr[th(scope="row")[row[0]], (td(class_="to-right")[one] for one in row[1:])] for row in rows)],
        ]
    ]

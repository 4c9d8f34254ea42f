"""Charts as Slack draws them itself. `bot.views.twin` says in words what each shows.

Source: docs.slack.dev, reference/block-kit/blocks/data-visualization-block: up to two a message.
"""

from collections.abc import Sequence
from typing import Literal

from bot.views import limits
from bot.views.blocks import Block
from bot.views.strings import cut, one_line

Point = tuple[str, float]


def bars(title: str, points: Sequence[Point], *, name: str, x_label: str, y_label: str) -> Block:
    """A bar for each point, in this order; `name` is what is counted."""
    return _plotted("bar", title, points, name, x_label, y_label)


def line(title: str, points: Sequence[Point], *, name: str, x_label: str, y_label: str) -> Block:
    """A line through these points; of too many the last ones."""
    return _plotted("line", title, points[-limits.CHART_POINTS :], name, x_label, y_label)


def _plotted(
    kind: Literal["bar", "line"], title: str, points: Sequence[Point], name: str, x_label: str, y_label: str
) -> Block:
    labels = _labels([label for label, _ in points[: limits.CHART_POINTS]])
    data = [{"label": label, "value": value} for label, (_, value) in zip(labels, points, strict=False)]
    return {
        "type": "data_visualization",
        "title": cut(title, limits.CHART_TITLE),
        "chart": {
            "type": kind,
            "series": [{"name": cut(name, limits.CHART_LABEL), "data": data}],
            "axis_config": {
                "categories": labels,
                "x_label": cut(x_label, limits.CHART_AXIS),
                "y_label": cut(y_label, limits.CHART_AXIS),
            },
        },
    }


def _labels(wanted: Sequence[str]) -> list[str]:
    """Labels that fit, each another: Slack takes no two alike."""
    labels: list[str] = []
    for place, label in enumerate(wanted, 1):
        short = cut(one_line(label), limits.CHART_LABEL)
        if not short or short in labels:
            short = cut(one_line(label), limits.CHART_LABEL - 5) + f" ({place})"
        labels.append(short)
    return labels

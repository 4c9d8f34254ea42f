"""What Slack asks of a modal or Home view before it shows it."""

import json

from bot.workspace import blocks, limits
from bot.workspace.elements import plain
from bot.workspace.schema import Check, Report, boolean, one_of, shape, string
from bot.workspace.shapes import Json, SlackError


def _any(value: object, at: str, report: Report) -> None:
    """Blocks are judged apart, with their surface."""


_COMMON: dict[str, Check] = {
    "private_metadata": string(limits.PRIVATE_METADATA, 0),
    "callback_id": string(limits.ID, 0),
    "external_id": string(limits.ID, 0),
}
_SHAPES = {
    "modal": shape(
        {"type": one_of("modal"), "title": plain(limits.VIEW_TITLE), "blocks": _any},
        {
            **_COMMON,
            "submit": plain(limits.VIEW_SUBMIT),
            "close": plain(limits.VIEW_CLOSE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": shape({"type": one_of("home"), "blocks": _any}, _COMMON),
}


def check(view: object) -> Report:
    """Judge a view; the report is empty if Slack would show it."""
    report = Report()
    if not isinstance(view, dict):
        report.add("", "invalid_type", "must be an object")
        return report
    kind = view.get("type")
    if not isinstance(kind, str) or kind not in _SHAPES:
        report.add("/type", "failed_constraint", f"unsupported type: {kind}")
        return report
    _SHAPES[kind](view, "", report)
    held = view.get("blocks")
    report.problems += blocks.check(held, kind, "/blocks").problems
    inputs = isinstance(held, list) and any(isinstance(one, dict) and one.get("type") == "input" for one in held)
    if kind == "modal" and inputs and not view.get("submit"):
        report.add("", "missing_field", "missing required field: submit", field="submit")
    return report


def accepted(value: object, *kinds: str) -> Json:
    """Give a view Slack would show, as a copy with ids filled in.

    Refuses with view_too_large, or with invalid_arguments and one line a problem.
    """
    view = _parsed(value)
    if len(json.dumps(view, ensure_ascii=False).encode(errors="surrogatepass")) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    report = check(view)
    if not report.problems and view["type"] not in kinds:
        report.add("/type", "failed_constraint", f"must be {' or '.join(kinds)}")
    if report.problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": report.lines("/view")})
    return {**view, "blocks": blocks.with_ids(view["blocks"])}


def _parsed(value: object) -> Json:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    if not isinstance(value, dict):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["invalid `view`"]})
    return value

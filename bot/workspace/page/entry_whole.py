"""One entry of the inspector, whole: its facts, what belongs to it, and every word that was sent."""

from collections.abc import Iterator

from htpy import (
    Element,
    Node,
    button,
    dd,
    details,
    div,
    dl,
    dt,
    fragment,
    h4,
    li,
    ol,
    p,
    pre,
    rect,
    section,
    span,
    strong,
    summary,
    svg,
)

from bot.workspace.page import inspecting, json_text
from bot.workspace.page.inspector import milliseconds
from bot.workspace.page.reader import Reader
from bot.workspace.rates import POST, TIERS
from bot.workspace.shapes import Json

TIER = {1: "1", 20: "2", 50: "3", 100: "4"}
"""Slack's tiers by the calls a minute that they allow."""


def drawn(reader: Reader, entry: Json) -> Node:
    """All of an entry."""
    clean = json_text.unfolded(json_text.masked(entry, reader.workspace.settings))
    assert isinstance(clean, dict)
    parts = {"to_app": _delivery, "from_app": _call}.get(entry["way"])
    return (
        _facts(reader, entry),
        _why(reader, entry),
        _related(reader, entry),
        parts(reader, clean) if parts else _json(reader, clean, reader.t("All of it"), {"": clean}),
    )


def _facts(reader: Reader, entry: Json) -> Node:
    told = [(said, value) for said, value in _told(reader, entry) if value]
    return dl(".facts")[(div[dt[said], dd[value]] for said, value in told)]


def _told(reader: Reader, entry: Json) -> Iterator[tuple[str, str]]:
    t = reader.t
    if entry["way"] == "to_app":
        yield t("Envelope"), entry["kind"]
        yield t("Delivery"), entry["delivery"]
        yield t("Attempt"), str(entry["attempt"] + 1)
        yield (t("Acknowledged in") if entry["ok"] else t("Not acknowledged, after")), milliseconds(entry["ms"])
        yield t("Struck by the fault"), entry["fault"]
    elif entry["way"] == "from_app":
        yield t("HTTP status"), str(entry["status"])
        yield t("Answered in"), milliseconds(entry["ms"])
        yield t("Slack allows"), _rate(reader, entry["method"])
    if entry.get("retry_after"):
        yield "Retry-After", f"{float(entry['retry_after']):g} s"


def _rate(reader: Reader, method: str) -> str:
    if method == POST:
        return reader.t("one post a second in each channel")
    if method not in TIERS:
        return ""
    allowed = reader.words.n("{count} call a minute", "{count} calls a minute", TIERS[method])
    tier = TIER.get(TIERS[method])
    if tier is None:
        return allowed
    named = reader.t("tier {number}", number=tier)
    return f"{allowed} ({named})"


def _why(reader: Reader, entry: Json) -> Node:
    """Why it did not go well, in Slack's words and in those of the rule that was broken."""
    if not inspecting.bad(entry):
        return None
    if entry["way"] in ("error", "ping"):
        lines = [str(entry.get("what") or entry.get("where"))]
    elif entry["way"] == "fault":
        lines = [f"{reader.t('Struck by the fault')}: {entry['fault']}"]
    else:
        lines = [str(entry["detail"])] if entry.get("detail") else inspecting.reasons(entry)
    lines = [str(json_text.masked(one, reader.workspace.settings)) for one in lines]
    return section(".why")[strong[str(entry.get("error") or inspecting.name(entry))], (p[one] for one in lines if one)]


def _related(reader: Reader, entry: Json) -> Node:
    """What belongs to it: the calls within a delivery, or the delivery of a call."""
    newest = reader.workspace.journal.newest()
    if entry["way"] == "to_app":
        calls = inspecting.calls_of(entry, newest)
        return _waterfall(reader, entry, calls) if calls else None
    cause = inspecting.cause_of(entry, newest) if entry["way"] == "from_app" else None
    if cause is None:
        return None
    return p(".cause")[
        reader.t("Called because of"),
        " ",
        button(".plain", type="button", data_show=str(cause["n"]))[inspecting.name(cause)],
    ]


def _waterfall(reader: Reader, entry: Json, calls: list[tuple[Json, str]]) -> Element:
    """The delivery and its calls on one line of time."""
    start = inspecting.began(entry)
    end = max([entry["real"], *(one["real"] for one, _ in calls)])
    lines = [(entry, reader.t("acknowledged"), "ack")] + [
        (one, one["method"], "fine" if one["ok"] else "bad") for one, _ in calls
    ]
    guessed = any(how == "same" for _, how in calls)
    return section(".waterfall")[
        h4[reader.t("What the app did with it")],
        ol[
            (
                li(class_=kind)[
                    button(".plain", type="button", data_show=str(one["n"]))[said],
                    _bar(inspecting.began(one) - start, one["real"] - start, end - start),
                    span(".ms")[milliseconds((one["real"] - start) * 1000)],
                ]
                for one, said, kind in lines
            )
        ],
        guessed
        and p(".hint")[reader.t("Told by the time and by the person or conversation where no trigger_id says it.")],
    ]


def _bar(begin: float, end: float, whole: float) -> Element:
    """When something was under way, as a part of the whole."""
    whole = max(whole, 0.001)
    place, width = 100 * begin / whole, max(1.5, 100 * (end - begin) / whole)
    return svg(viewBox="0 0 100 8", preserveAspectRatio="none", aria_hidden="true")[
        rect(x=f"{min(place, 98.5):.2f}", y="0", width=f"{width:.2f}", height="8", rx="1")
    ]


def _delivery(reader: Reader, clean: Json) -> Node:
    again = button(
        type="button",
        data_ask="redeliver",
        data_given=json_text.listing({"delivery": clean["delivery"]}),
        data_done=reader.t("Delivered again"),
    )[reader.t("Deliver again")]
    parts = {reader.t("Payload"): clean["payload"], reader.t("Ack"): clean["ack"]}
    return _json(reader, clean, "", parts, again, inspecting.blocks(clean["ack"]))


def _call(reader: Reader, clean: Json) -> Node:
    parts = {reader.t("Arguments"): clean["args"], reader.t("Answer"): clean["result"]}
    return _json(reader, clean, "", parts, None, inspecting.blocks(clean["args"]))


def _json(
    reader: Reader,
    clean: Json,
    title: str,
    parts: Json,
    more: Node = None,
    blocks: list[Json] | None = None,
) -> Node:
    number = clean["n"]
    return fragment[
        div(".deeds")[
            _copy(reader, f"all-{number}", clean, reader.t("Copy as JSON")),
            blocks and _copy(reader, f"blocks-{number}", {"blocks": blocks}, reader.t("Copy blocks")),
            more,
        ],
        (
            details(open=True)[summary[said or title], json_text.drawn(value, f"json-{number}-{place}")]
            for place, (said, value) in enumerate(parts.items())
        ),
    ]


def _copy(reader: Reader, id: str, value: Json, said: str) -> Node:
    """A button that copies, and beside it, unseen, what it copies."""
    return (
        button(type="button", data_copy=id, data_done=reader.t("Copied"))[said],
        pre(id=id, hidden=True)[json_text.listing(value)],
    )

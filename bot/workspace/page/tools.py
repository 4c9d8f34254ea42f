"""The tools beside the room: guide, clock, faults and inspector; a button for each, one panel open at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from htpy import Element, Node, button, div, fragment, h2, header, nav, span

from bot.workspace.changes import Change
from bot.workspace.page import clock, faulting, guide, inspecting, inspector
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import mark
from bot.workspace.shapes import Json

Drawn = Callable[[Reader], Node]


@dataclass(frozen=True)
class Tool:
    """One tool: how it is called, its panel, and what its button shows beside its name."""

    name: str
    panel: Drawn
    mark: Drawn


def _broken(reader: Reader) -> Node:
    """How many rules of Slack the app has broken so far."""
    journal = reader.workspace.journal
    count = len(journal.errors) + len(journal.pings)
    if not count:
        return None
    words = reader.words.n("{count} rule was broken", "{count} rules were broken", count)
    return span(".badge", title=words)[span(aria_hidden="true")[f"{count:,}"], span(".unseen")[words]]


TOOLS: Mapping[str, Tool] = {
    "guide": Tool(mark("Guide"), guide.panel, guide.tally),
    "clock": Tool(mark("Clock"), clock.panel, clock.face),
    "faults": Tool(mark("Faults"), faulting.panel, lambda reader: None),
    "inspector": Tool(mark("Inspector"), inspector.panel, _broken),
}
"""In the order of their buttons."""


def buttons(reader: Reader) -> Element:
    """A button for each tool."""
    return nav(".tool-buttons", aria_label=reader.t("Tools"))[
        (
            button(
                ".plain",
                type="button",
                id=f"open-{name}",
                data_open=name,
                aria_expanded="true" if seen(reader) == name else "false",
                aria_controls="tools",
            )[span(".named")[reader.t(tool.name)], span(".mark", id=f"mark-{name}")[tool.mark(reader)]]
            for name, tool in TOOLS.items()
        )
    ]


def drawn(reader: Reader) -> Node:
    """The panel of the tool that is open; nothing if none is."""
    tool = TOOLS.get(reader.tool)
    if tool is None:
        return None
    return (
        header[
            h2(id="tool-name")[reader.t(tool.name)],
            button(".plain.close", type="button", data_open="", aria_label=reader.t("Close"))["×"],
        ],
        div(".held", data_tool=reader.tool)[tool.panel(reader)],
    )


def seen(reader: Reader) -> str:
    """The tool that is seen: a thread lies in the place of the one that is open."""
    return "" if reader.thread else reader.tool


def known(tool: str) -> str:
    """The name of a tool that there is; empty for any other."""
    return tool if tool in TOOLS else ""


def looked(before: Reader | None, now: Reader) -> list[Json]:
    """What is to be drawn if nothing but the tools is looked at in another way; nothing if more is new."""
    if before is None or (before.id, before.place, before.words) != (now.id, now.place, now.words):
        return []
    if before.tool != now.tool:
        return [_fill("tools", drawn(now))]
    if before.seek != now.seek and now.tool == "inspector":
        return [_fill("traffic", inspector.entries(now))]
    return []


def orders(reader: Reader, changed: list[Change]) -> Iterator[Json]:
    """What a browser has to do after these changes of the guide, the clock, the faults and the traffic."""
    kinds = {one.kind for one in changed}
    if "guide" in kinds and guide.counts(reader):
        yield _fill("mark-guide", guide.tally(reader))
        if reader.tool == "guide":
            yield _fill("seven", guide.seven(reader))
    if "clock" in kinds:
        yield _fill("mark-clock", clock.face(reader))
        if reader.tool == "clock":
            parts = {"clock-now": clock.now, "clock-jumps": clock.jumps, "clock-back": clock.back}
            yield from (_fill(id, draw(reader)) for id, draw in parts.items())
    if "faults" in kinds:
        yield _fill("trouble", faulting.banner(reader))
        yield _fill("troubled", faulting.read_out(reader))
        if reader.tool == "faults":
            yield _fill("scenes", faulting.switches(reader))
    if "traffic" in kinds:
        yield from _traffic(reader, [one for one in changed if one.kind == "traffic"])


def _traffic(reader: Reader, changed: list[Change]) -> Iterator[Json]:
    if any(one.place for one in changed):
        yield _fill("mark-inspector", _broken(reader))
    if reader.tool != "inspector":
        return
    seek = inspecting.sought(reader.seek)
    told = {int(one.key) for one in changed[-inspecting.SHOWN :]}
    oldest = min(told)
    fresh = list(takewhile(lambda entry: entry["n"] >= oldest, reader.workspace.journal.newest()))
    for entry in reversed(fresh):
        if entry["n"] in told and seek.fits(entry):
            yield {"do": "traffic", "id": f"n-{entry['n']}", "html": str(inspector.row(reader, entry))}


def _fill(id: str, node: Node) -> Json:
    return {"do": "fill", "id": id, "html": str(fragment[node])}

"""The inspector: all that goes between Slack and the app, the newest on top, each entry to be opened whole."""

from datetime import datetime

from htpy import (
    Element,
    Node,
    button,
    datalist,
    details,
    div,
    form,
    input,
    label,
    li,
    ol,
    option,
    p,
    select,
    span,
    strong,
    summary,
    time,
)

from bot.workspace import times
from bot.workspace.page import inspecting
from bot.workspace.page.inspecting import Seek
from bot.workspace.page.json_text import masked
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import mark
from bot.workspace.shapes import Json
from bot.workspace.web_api import METHODS

WAYS = {
    "": mark("Everything"),
    "to_app": mark("Deliveries to the app"),
    "from_app": mark("Calls of the app"),
    "trouble": mark("Broken rules and faults"),
}
ARROWS = {"to_app": "→", "from_app": "←", "fault": "✕", "error": "!", "ping": "!"}
SAID = {
    "to_app": mark("Delivery to the app"),
    "from_app": mark("Call of the app"),
    "fault": mark("A fault struck"),
    "error": mark("A rule of Slack was broken"),
    "ping": mark("Everybody was called"),
}
PLAIN = {"autocomplete": "off", "spellcheck": "false"}
"""Fields for names and pieces of JSON."""


def panel(reader: Reader) -> Node:
    """The filters, and the list of what is sought."""
    seek = inspecting.sought(reader.seek)
    return (
        _filters(reader, seek),
        div(".bar-of-list")[
            button(type="button", id="pause", aria_pressed="true" if seek.paused else "false")[
                span(".go-on")[reader.t("Pause")],
                span(".paused")[reader.t("Go on"), " ", span(id="held-back", data_kept=True)],
            ],
            p(".hint")[reader.t("Newest on top. Open an entry to see all of it.")],
        ],
        ol(".traffic", id="traffic", aria_label=reader.t("Traffic"), data_kept=seek.paused)[entries(reader)],
        p(".empty", id="no-traffic")[reader.t("Nothing of this kind has happened yet.")],
    )


def entries(reader: Reader) -> Node:
    """The newest of what is sought."""
    return [row(reader, one) for one in inspecting.found(reader.workspace, inspecting.sought(reader.seek))]


def row(reader: Reader, entry: Json) -> Element:
    """One entry in two lines; the rest comes when it is opened. `data-ts` orders the newest first."""
    person = inspecting.who(entry)
    way = entry["way"]
    gist = f"{masked(inspecting.brief(entry, reader.workspace), reader.workspace.settings)}"
    return li(
        id=f"n-{entry['n']}", data_ts=f"{-entry['n']}", class_=["deal", way, "bad" if inspecting.bad(entry) else "fine"]
    )[
        details(data_entry=str(entry["n"]))[
            summary[
                span(".way", title=reader.t(SAID[way]))[ARROWS[way], span(".unseen")[reader.t(SAID[way])]],
                strong[inspecting.name(entry)],
                _outcome(reader, entry),
                span(".gist")[person and span(".who")[reader.name(person)], " ", gist],
                time[f"{datetime.fromtimestamp(entry['at'], times.HERE):%H:%M:%S.%f}"[:-3]],
            ],
            div(".entry-whole", data_kept=True),
        ]
    ]


def _outcome(reader: Reader, entry: Json) -> Node:
    """How it went: the time it took, or why it did not go well."""
    way = entry["way"]
    if way in inspecting.LOUD:
        return span(".outcome")[str(entry.get("fault") or reader.t("rule broken"))]
    again = entry.get("attempt") or 0
    return span(".outcome")[
        span(".again")[reader.t("attempt {number}", number=str(again + 1))] if again else None,
        entry.get("fault") and span(".fault")[entry["fault"]],
        not entry["ok"] and span(".error")[str(entry["error"])],
        "ms" in entry and span(".ms")[milliseconds(entry["ms"])],
    ]


def milliseconds(amount: float) -> str:
    """A duration as a developer reads it."""
    return f"{amount / 1000:.2f} s" if amount >= 1000 else f"{amount:.0f} ms" if amount >= 10 else f"{amount:.1f} ms"


def _filters(reader: Reader, seek: Seek) -> Element:
    people = [one for one in reader.workspace.people if not one["is_bot"] and not one["deleted"]]
    named, spoken = reader.t("Method or event"), reader.t("Words anywhere in it")
    return form(".seek", id="seek")[
        label[
            span(".unseen")[reader.t("Which way")],
            select(name="way", id="seek-way")[
                (option(value=way, selected=way == seek.way)[reader.t(said)] for way, said in WAYS.items())
            ],
        ],
        label[
            span(".unseen")[reader.t("Whose")],
            select(name="person", id="seek-person")[
                option(value="")[reader.t("Everybody")],
                (option(value=one["id"], selected=one["id"] == seek.person)[one["real_name"]] for one in people),
            ],
        ],
        label[
            span(".unseen")[named],
            input(name="name", id="seek-name", list="seek-names", value=seek.name, placeholder=named, **PLAIN),
            datalist(id="seek-names")[(option(value=one) for one in sorted({*METHODS, *_events(reader)}))],
        ],
        label[
            span(".unseen")[spoken],
            input(type="search", name="words", id="seek-words", value=seek.words, placeholder=spoken, **PLAIN),
        ],
        label(".only")[
            input(type="checkbox", name="bad", id="seek-bad", value="1", checked=seek.bad),
            reader.t("Only what went wrong"),
        ],
    ]


def _events(reader: Reader) -> list[str]:
    manifest = reader.workspace.manifest
    acts = ["block_actions", "view_submission", "view_closed", "block_suggestion", "message_action", "shortcut"]
    return [*acts, *(one.partition(".")[0] for one in manifest.events), *(manifest.commands or ())]

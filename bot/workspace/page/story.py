"""The strip above the room: what is told of the story that plays here, or that the app is not there yet."""

from htpy import Element, Node, a, button, div, input, label, option, p, select, span, strong

from bot.workspace.captions import SPEEDS, Captions
from bot.workspace.page import emojis
from bot.workspace.page.guide import STORIES
from bot.workspace.page.reader import HOME, Reader
from bot.workspace.page.words import mark
from bot.workspace.shapes import Impossible
from bot.workspace.telling import Told

PACES = {0.5: mark("Slowly"), 1.0: mark("At ease"), 2.0: mark("Quickly"), 4.0: mark("Very quickly")}
assert tuple(PACES) == SPEEDS


def stage(reader: Reader) -> Node:
    """Which story this is and how it goes; without one, a word if the app is not there; nothing if all is as usual."""
    captions = reader.workspace.captions
    if captions is None:
        return None if reader.workspace.heard() else _waiting(reader)
    title, _ = STORIES.get(captions.story, (captions.story, ""))
    return (
        p(".of-its-own")[
            strong[reader.t("The story: {title}", title=reader.t(title))],
            " ",
            span[reader.t("It plays in a workspace of its own.")],
            " ",
            a(href=f"{captions.home}/?lang={reader.words.language}")[reader.t("Back to your workspace")],
        ],
        _controls(reader, captions),
    )


def caption(reader: Reader) -> Node:
    """What is told now, and where it is to be seen."""
    captions = reader.workspace.captions
    if captions is None:
        return None
    who, at = _place(reader, captions)
    now = captions.now
    return div(".caption", data_follow_as=who, data_follow_at=at)[
        p(".scene")[
            span(".date")[reader.words.day(now.day)] if now.day else None,
            now.clock and strong(".clock")[now.clock],
            span[reader.words.told(now.heading)] if now.heading else None,
        ],
        (_line(reader.words.told(told), said) for told, said in now.lines),
        _end(reader, captions),
    ]


def _line(told: str, said: str) -> Element:
    """What people say in a story is in any language, and which is not known here."""
    return p(".line")[span[told], said and [" ", span(".said", lang="")[emojis.named(said)]]]


def _waiting(reader: Reader) -> Element:
    if reader.workspace.stages is None:
        return p(".waiting")[reader.t("No app is connected here, so nobody answers yet.")]
    return p(".waiting")[
        span(".turning", aria_hidden="true"), reader.t("Golden Ear is starting. Look around meanwhile.")
    ]


def _end(reader: Reader, captions: Captions) -> Node:
    if captions.state == "starting":
        return p(".line")[reader.t("Golden Ear is starting.")]
    if captions.state == "over":
        return p(".line")[strong[reader.t("That was the story.")], " ", reader.t("Look around as long as you like.")]
    if captions.state == "failed":
        return _failed(reader, captions)
    return None


def _failed(reader: Reader, captions: Captions) -> Node:
    """Why, in the reader's language, and below it what programs say of it in theirs."""
    why = reader.words.told(Told("{what}.", what=captions.why)) if captions.why else None
    known = captions.detail.splitlines()
    return (
        p(".line.wrong")[strong[reader.t("The story could not go on:")], " ", why],
        p(".line")[reader.t("What is known of it:")] if known else None,
        (p(".line")[span(".said", lang="")[line]] for line in known),
    )


def _controls(reader: Reader, captions: Captions) -> Node:
    if captions.state not in ("playing", "paused"):
        return None
    paused = captions.state == "paused"
    return div(".controls", role="group", aria_label=reader.t("The story"))[
        button(".plain", type="button", id="story-pause", data_caption="go_on" if paused else "pause")[
            reader.t("Go on") if paused else reader.t("Pause")
        ],
        button(".plain", type="button", id="story-next", data_caption="next")[reader.t("Next")],
        label[
            span[reader.t("Pace")],
            select(id="story-speed")[
                (
                    option(value=str(pace), selected=pace == captions.speed)[reader.t(said)]
                    for pace, said in PACES.items()
                )
            ],
        ],
        label[input(type="checkbox", id="story-follow", checked=True), span[reader.t("Follow it")]],
    ]


def _place(reader: Reader, captions: Captions) -> tuple[str, str]:
    """As whom and where to look, as ids; empty if the story does not say, or it is nowhere."""
    workspace = reader.workspace
    try:
        who = workspace.user_id(captions.who) if captions.who else ""
        if captions.place in ("", HOME):
            return who, captions.place
        return who, workspace.channel(captions.place, who or reader.id).id
    except Impossible:
        return "", ""

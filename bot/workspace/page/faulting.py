"""What can go wrong, in plain words: a switch for each scene, what one should see, and what is on now."""

from htpy import Element, Node, button, div, h3, input, label, li, p, section, span, strong, ul

from bot.workspace.page.reader import Reader
from bot.workspace.page.words import mark
from bot.workspace.shapes import Json

WORDS = {
    "slow": (
        mark("Slack is slow"),
        mark("Every answer to the app takes two seconds longer."),
        mark("Forms open late and posts come late, but each comes once. No button is pressed in vain."),
    ),
    "refuses": (
        mark("Slack refuses for 30 seconds"),
        mark("The app's calls are answered with “slow down” (429) or “something is broken” (500)."),
        mark("Posts wait and come once, when the 30 seconds are over. Forms cannot open so long."),
    ),
    "drops": (
        mark("The connection drops"),
        mark("All connections break, and for ten seconds no new one is taken and no call gets through."),
        mark("The app connects again by itself, and applause that it missed is counted after all."),
    ),
    "reply_lost": (
        mark("A reply is lost"),
        mark("Slack takes the app's next post, but the connection breaks before the app hears so."),
        mark("The post is there, and it does not come a second time."),
    ),
    "half_reply": (
        mark("Half a reply"),
        mark("Slack takes the app's next post, but the app hears only half of the answer."),
        mark("The post is there, and it does not come a second time."),
    ),
    "twice": (
        mark("An event comes twice"),
        mark("Whatever happens is told to the app twice, half a second apart."),
        mark("It counts once: a reaction taken twice is one point of applause."),
    ),
    "ack_lost": (
        mark("The app's answer gets lost"),
        mark("Slack does not hear the app's next answer. It tells an event again; a command or a press looks failed."),
        mark("What was done is done, once, even where it looks failed."),
    ),
}
"""Every scene of the workspace: its name, what happens, and what one should see."""


def banner(reader: Reader) -> Node:
    """What is on now, for all to see, with the way to end it; nothing if all is well."""
    on = [one for one in reader.workspace.scenes.told() if one["on"]]
    others = [one for one in reader.workspace.scenes.others() if not one["over"]]
    if not on and not others:
        return None
    named = [(one, WORDS[one["name"]][0]) for one in on]
    return (
        strong[reader.t("Not all is well:")],
        span(".what")[
            (span[reader.t(title), _left(reader, one)] for one, title in named),
            (span[f"{one['kind']} · {one['where']}"] for one in others),
        ],
        button(type="button", id="well-again", data_ask="clear_faults")[reader.t("All well again")],
    )


def read_out(reader: Reader) -> Node:
    """What is on now, for who does not see it: said once when it begins, without the seconds that are left."""
    titles = [WORDS[one["name"]][0] for one in reader.workspace.scenes.told() if one["on"]]
    others = [str(one["kind"]) for one in reader.workspace.scenes.others() if not one["over"]]
    on = [*(reader.t(title) for title in titles), *others]
    return (reader.t("Not all is well:"), " ", reader.t(", ").join(on)) if on else None


def panel(reader: Reader) -> Node:
    """The switches."""
    return (
        p(".hint")[reader.t("Break something, go on working, and watch the app keep its promises.")],
        div(id="scenes")[switches(reader)],
    )


def switches(reader: Reader) -> Node:
    """Each scene with its switch and how often it has struck; then what was set by other hands."""
    told = reader.workspace.scenes.told()
    others = reader.workspace.scenes.others()
    return (
        ul(".scenes")[(_scene(reader, one) for one in told)],
        section(".others")[
            h3[reader.t("Set by other hands")],
            ul[(li[f"{one['kind']} · {one['where']} ", _hits(reader, one["hits"])] for one in others)],
        ]
        if others
        else None,
        button(".well", type="button", id="all-well", data_ask="clear_faults", disabled=not (others or _any(told)))[
            reader.t("All well again")
        ],
    )


def _any(told: list[Json]) -> bool:
    return any(one["began"] for one in told)


def _scene(reader: Reader, one: Json) -> Element:
    name = one["name"]
    title, happens, seen = WORDS[name]
    return li(class_="on" if one["on"] else None)[
        input(
            type="checkbox",
            role="switch",
            id=f"scene-{name}",
            data_scene=name,
            checked=bool(one["on"]),
            aria_describedby=f"scene-{name}-more",
        ),
        div[
            label(for_=f"scene-{name}")[reader.t(title)],
            div(id=f"scene-{name}-more")[
                p[reader.t(happens)],
                p(".seen")[reader.t("You should see:"), " ", reader.t(seen)],
                one["began"] and p(".state")[_hits(reader, one["hits"]), _left(reader, one) or _over(reader, one)],
            ],
        ],
    ]


def _hits(reader: Reader, hits: int) -> Node:
    if not hits:
        return span[reader.t("Has not struck yet")]
    return span[reader.words.n("Struck once", "Struck {count} times", hits)]


def _left(reader: Reader, one: Json) -> Node:
    """The seconds that are left; the browser counts them down."""
    if not one["on"] or one["left"] is None:
        return None
    words = reader.t("{left} s left")
    return span(".left", data_left=f"{one['left']:.1f}", data_words=words)[words.format(left=f"{one['left']:.0f}")]


def _over(reader: Reader, one: Json) -> Node:
    return None if one["on"] else span(".over")[reader.t("over: all is well again")]

"""The guide: seven things to try, each one press away and ticked when it is really done; then stories to watch."""

from htpy import Element, Node, button, code, details, div, h3, li, ol, p, progress, section, span, summary, ul

from bot.workspace.page.reader import Reader
from bot.workspace.page.words import mark
from bot.workspace.seven import NAMES, Name

STEPS: dict[Name, tuple[str, str]] = {
    "praise": (
        mark("Record a customer's praise"),
        mark("Kind words mostly stay with whoever heard them. Here they reach the one who earned them within seconds."),
    ),
    "applaud": (
        mark("Applaud"),
        mark("Any emoji counts, so there is nothing to learn, and the praised see how many are glad with them."),
    ),
    "thank": (
        mark("Thank a colleague"),
        mark("It takes one line and costs one of five thanks a day, which is why people mean it."),
    ),
    "morning": (
        mark("See the next morning"),
        mark("At nine the day opens with the words that moved people most: one begins with what the work is good for."),
    ),
    "pulse": (
        mark("Answer the pulse"),
        mark("One question, one tap, and sealed: nobody can see who answered what, so people say what is true."),
    ),
    "idea": (
        mark("Send an idea"),
        mark("Every idea gets an answer, similar ones show while one types, and a good one earns points."),
    ),
    "break": (
        mark("Break Slack"),
        mark(
            "For half a minute Slack refuses everything. A praise that is sent meanwhile arrives after all, and once."
        ),
    ),
}
"""What each is called, and why people like it."""

STORIES = {
    "morning": (
        mark("A day and the morning after"),
        mark("Praise in three languages, applause, thanks, quiet hours, and how the next day opens."),
    ),
    "pulse": (
        mark("Two weeks of the pulse"),
        mark("The same question twice, sealed answers, and what the boss says in public."),
    ),
    "day": (
        mark("Three days of ideas"),
        mark("One idea with a name and one without, points, a reward, and a guest who asks to be forgotten."),
    ),
}

CONNECT = (
    mark("Make an app from bot/manifest.json at api.slack.com/apps, and install it to your workspace."),
    mark("Take its two tokens: xoxb-… of the bot, and xapp-… with the scope connections:write."),
    mark("Write both into .env, with your channel and time zone; .env.example explains every line."),
    mark("Start it:"),
)


def panel(reader: Reader) -> Node:
    """All of the guide."""
    return (
        div(id="seven")[seven(reader)] if counts(reader) else None,
        _stories(reader) if reader.workspace.stages else None,
        _connect(reader),
    )


def counts(reader: Reader) -> bool:
    """True if what is done here is the reader's own doing, and not a story's."""
    return reader.workspace.captions is None


def tally(reader: Reader) -> Node:
    """How many are done, for the button that opens the guide."""
    if not counts(reader):
        return None
    done = str(len(reader.workspace.progress.done))
    return span(".badge.quiet")[
        span(aria_hidden="true")[f"{done}/{len(NAMES)}"],
        span(".unseen")[reader.t("{done} of {all} done", done=done, all=str(len(NAMES)))],
    ]


def seven(reader: Reader) -> Node:
    """The seven with their ticks."""
    done = reader.workspace.progress.done
    counted = reader.t("{done} of {all} done", done=str(len(done)), all=str(len(NAMES)))
    upcoming = next((name for name in NAMES if name not in done), None)
    return (
        p(".lead")[reader.t("Seven things to try. Everybody here is invented, so nothing can go wrong.")],
        div(".tally")[
            progress(max=str(len(NAMES)), value=str(len(done)), aria_label=reader.t("Tried so far")),
            span(role="status")[counted],
        ],
        _all_done(reader) if len(done) == len(NAMES) else None,
        ol(".steps")[(_step(reader, number, name, name == upcoming) for number, name in enumerate(NAMES, start=1))],
    )


def _step(reader: Reader, number: int, name: Name, upcoming: bool) -> Element:
    """One of the seven; the button of the upcoming one is the one to press."""
    title, why = STEPS[name]
    tried = reader.workspace.progress.done
    done, waits = name in tried, name in ("applaud", "morning") and "praise" not in tried
    return li(class_="done" if done else None)[
        span(".tick", aria_hidden="true")["✓" if done else str(number)],
        div[
            h3(id=f"step-{name}")[reader.t(title), span(".unseen")[reader.t("(done)")] if done else None],
            p[reader.t(why)],
            p(".hint", id=f"waits-{name}")[reader.t("Record a praise first.")] if waits else None,
            button(
                ".plain" if done else ".later" if waits else ".primary" if upcoming else "",
                type="button",
                id=f"try-{name}",
                data_step=name,
                aria_describedby=f"step-{name}",
            )[reader.t("Once more") if done else reader.t("Take me there")],
        ],
    ]


def _all_done(reader: Reader) -> Element:
    return section(".all-done")[
        h3[reader.t("All seven. Now you know Golden Ear.")],
        p[reader.t("In your own Slack it works the same way, with your own people and your own customers' words.")],
        button(".primary", type="button", id="to-connect", data_connect=True)[reader.t("Connect your own Slack")],
    ]


def _stories(reader: Reader) -> Element:
    return section(".stories")[
        h3[reader.t("Or watch a story")],
        p(".hint")[
            reader.t("It plays in a workspace of its own, so nothing changes here."),
            " ",
            reader.t(
                "It is told in the language of this page; what Golden Ear says is in the language of each person."
            ),
        ],
        ul[
            (
                li[
                    button(".plain", type="button", id=f"play-{name}", data_play=name)[
                        span(".play", aria_hidden="true")["▶"], span(".named")[reader.t(title)]
                    ],
                    p[reader.t(told)],
                ]
                for name, (title, told) in STORIES.items()
            )
        ],
    ]


def _connect(reader: Reader) -> Element:
    *before, last = CONNECT
    return details(".connect", id="connect")[
        summary[reader.t("Connect your own Slack")],
        ol[
            (li[reader.t(one)] for one in before),
            li[reader.t(last), " ", code["golden-ear run"]],
        ],
        p(".hint")[reader.t("The README tells each step in full.")],
    ]

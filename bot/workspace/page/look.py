"""How the page looks: its style sheets and scripts, and the menu in which a reader chooses language and theme."""

from htpy import Element, Node, button, details, div, label, link, option, script, select, summary

from bot.workspace.page.icons import icon
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import LANGUAGES, mark

STATIC = "/page/static"
SHEETS = (
    "tokens", "letters", "page", "messages", "rooms", "blocks", "charts", "composer", "menus", "tools", "inspector",
    "overlays", "forms", "guide", "phone",
)  # fmt: skip
"""In this order; what comes later may overrule what came before."""
SCRIPTS = ("page", "drawers", "tables", "composer", "menus", "tools", "inspector", "forms", "guide", "story")
THEMES = {"": mark("As the system"), "light": mark("Light"), "dark": mark("Dark")}


def sheets() -> Node:
    """The links of the head: the theme is chosen before anything is drawn, so that nothing flashes."""
    return (
        link(rel="icon", href=f"{STATIC}/ear.svg", type="image/svg+xml"),
        (link(rel="stylesheet", href=f"{STATIC}/{name}.css") for name in SHEETS),
        script(src=f"{STATIC}/look.js"),
        (script(src=f"{STATIC}/{name}.js", type="module") for name in SCRIPTS),
    )


def opener(reader: Reader) -> Element:
    """The button that opens the drawer of places, where the page is narrow."""
    named = reader.t("Places")
    return button(
        ".open-side.plain", type="button", id="open-side", aria_label=named, aria_controls="side", aria_expanded="false"
    )[icon("places")]


def chooser(reader: Reader) -> Element:
    """The menu of language and theme."""
    return details(".menu.look", id="look")[
        summary(aria_label=reader.t("Language and theme"), title=reader.t("Language and theme"))[icon("look")],
        div[
            label(for_="language")[reader.t("Language of this page")],
            select(id="language")[(option(value=one, lang=one)[name] for one, name in LANGUAGES.items())],
            label(for_="theme")[reader.t("Theme")],
            select(id="theme")[(option(value=one)[reader.t(said)] for one, said in THEMES.items())],
        ],
    ]

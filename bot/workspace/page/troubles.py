"""What is said when something that was pressed came to nothing: for each reason one sentence."""

from htpy import Element, template

from bot.workspace import staff
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import mark

LATE = mark("{app} did not answer in time. Please try again.")
TROUBLES = {
    "already": mark("That has been done already."),
    "beyond": mark("The clock goes from 2000 to 2099 only."),
    "broken": mark("Something went wrong in this rehearsal itself. The terminal in which it runs says more."),
    "connection_failed": mark("{app} is not connected, so nothing came of it."),
    "deactivated": mark("This person has been deactivated and can do nothing here."),
    "failed": mark("Something went wrong in {app}, and nothing came of it. Please try again."),
    "gone": mark("That is no longer there."),
    "http_timeout": LATE,
    "no_place": mark("The story could not be set up on this computer. The terminal in which this runs says why."),
    "not_a_member": mark("You have to be in this conversation to do that."),
    "overtaken": mark("Another story was begun meanwhile."),
    "refused": mark("That cannot be done: {error}"),
    "timeout": LATE,
    "unknown_command": mark("There is no such command here."),
    "unreachable": mark("The workspace does not answer. Is it still running?"),
}
"""By the error of an act that came to nothing, or the code of what is impossible; `failed` is for any other error.

`refused` is for what nobody meets by pressing what is drawn: it tells a developer what the control API says.
"""


def troubles(reader: Reader) -> Element:
    """All of them, for the browser to choose from; it puts in what stays an {error}."""
    app = reader.name(staff.BOT_USER_ID)
    said = {name: reader.t(words, app=app, error="{error}") for name, words in TROUBLES.items()}
    return template({f"data-{name.replace('_', '-')}": words for name, words in said.items()}, id="troubles")

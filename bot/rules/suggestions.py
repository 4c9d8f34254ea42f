"""What an idea must be, through which states it goes, and who may move it (product.md 3)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal, get_args

from bot.rules.praise import clean
from bot.rules.refusal import Refusal

State = Literal["new", "review", "accepted", "doing", "done", "declined"]
Gains = Literal["customer", "colleague", "both"]
Wall = Literal["silos", "rules", "inward", "news", "front"]
STATES: tuple[State, ...] = get_args(State)
GAINS: tuple[Gains, ...] = get_args(Gains)
WALLS: tuple[Wall, ...] = get_args(Wall)
"""The five walls of product.md 6: departments apart, rigid rules, inward thinking, news that does not arrive, the front
line left alone."""

OPEN: frozenset[State] = frozenset({"new", "review", "accepted", "doing"})
"""Those of which something may still come."""
WAITING: tuple[State, ...] = ("new", "review")
"""Those in which an answer is due."""
ACCEPTED: frozenset[State] = frozenset({"accepted", "doing", "done"})
"""Those in which its author has points for it: declined after all, it gives them back."""
WAYS: Mapping[State, tuple[State, ...]] = {
    "new": ("review", "accepted", "declined"),
    "review": ("accepted", "declined"),
    "accepted": ("doing", "done", "declined"),
    "doing": ("done", "declined"),
    "done": (),
    "declined": ("review",),
}
"""Whither an idea goes from each state; whoever declined one may think again."""

MAX_TITLE = 120
MAX_TEXT = 2000
MAX_REASON = 1000
MAX_SOLVERS = 10
MAX_FOUND = 40
"""Ideas that a search by words finds."""
MAX_SOUGHT = 500
"""Characters of the words of a search; a button that leads to its other pages carries them."""
REMIND_AFTER = 5
"""Working days without an answer after which the reviewers are reminded."""


def text(words: str, *, field: str, most: int = MAX_TEXT, needed: bool = True) -> str:
    """What somebody wrote, masked, as it is stored. Raises Refusal if it is missing or too long."""
    kept = clean(words)
    if needed and not kept:
        raise Refusal("idea_text_missing", field=field)
    if len(kept) > most:
        raise Refusal("idea_text_too_long", field=field, most=most, length=len(kept))
    return kept


def title(words: str) -> str:
    """As `text`, on one line."""
    return text(" ".join(words.split()), field="title", most=MAX_TITLE)


def begun(words: str) -> str:
    """A title made of the beginning of a longer text."""
    line = " ".join(clean(words).split())
    if len(line) <= MAX_TITLE:
        return line
    return line[: MAX_TITLE - 1].rstrip() + "…"


def gains(name: str) -> Gains:
    """Who gains. Raises Refusal for what is not on the list."""
    for one in GAINS:
        if one == name:
            return one
    raise Refusal("unknown_gains", field="gains")


def wall(name: str) -> Wall | Literal[""]:
    """Which wall it breaks, "" if none was named. Raises Refusal for what is not on the list."""
    for one in WALLS:
        if one == name:
            return one
    if name:
        raise Refusal("unknown_wall", field="wall")
    return ""


def state(name: str) -> State:
    """The state of this name. Raises Refusal if there is none."""
    for one in STATES:
        if one == name:
            return one
    raise Refusal("out_of_date")


def may_move(person: str, author: str | None, *, leads: bool) -> bool:
    """Whether this person may move an idea: leads and admins, and nobody their own."""
    return leads and person != author


def check_way(was: State, becomes: State) -> None:
    """Raise Refusal unless an idea may go from one state to the other."""
    if becomes not in WAYS[was]:
        raise Refusal("idea_no_way", field="state")


def overdue_since(today: date, works: Callable[[date], bool], days: int = REMIND_AFTER) -> date:
    """The last day whose ideas have waited for `days` working days by today, a working day that is not counted.

    An idea sent on a Monday, or on the days off before it, is overdue on the Monday after if all weekdays are worked.
    """
    day, left = today, days
    while left and today - day < _FAR:
        day -= timedelta(days=1)
        left -= works(day)
    return day


_FAR = timedelta(days=60)
"""No company rests longer; one that never works is not searched for ever."""

"""Settings that are numbers: text -> what a deed is worth, how many kudos may be given, how long words are kept."""

from collections.abc import Callable

from bot.parsing import Wrong, shown, whole

MOST_POINTS, MOST_KUDOS = 1000, 100


def number(least: int, most: int) -> Callable[[str], int]:
    """A function that takes a whole number within these bounds."""

    def parse(text: str) -> int:
        found = whole(text)
        if found is None or not least <= found <= most:
            raise Wrong(f"{shown(text)} is no whole number from {least} to {most}", f"{least} to {most}")
        return found

    return parse


months = number(3, 120)
"""How long words are kept; the bounds of `bot.rules.retention`."""
points = number(0, MOST_POINTS)
"""What a deed is worth; 0 for one that is thanked without points."""
daily = number(1, MOST_KUDOS)
"""Kudos a day; there is always one."""
weekly = number(0, MOST_KUDOS)
"""Kudos a week that leads have beside those of the day."""

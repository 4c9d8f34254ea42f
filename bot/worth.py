"""Settings that are numbers: text -> what a deed is worth, how many kudos may be given, how long words are kept."""

from bot.parsing import number

MOST_POINTS, MOST_KUDOS = 1000, 100

months = number(3, 120)
"""How long words are kept; the bounds of `bot.rules.retention`."""
points = number(0, MOST_POINTS)
"""What a deed is worth; 0 for one that is thanked without points."""
daily = number(1, MOST_KUDOS)
"""Kudos a day; there is always one."""
weekly = number(0, MOST_KUDOS)
"""Kudos a week that leads have beside those of the day."""

"""Settings of the micro pulse: text -> the days of rounds, whether there are any, how many are asked, who helps."""

from bot.parsing import DAYS, Wrong, shown, whole, workdays

LEAST_SAMPLE, MOST_SAMPLE = 20, 100_000
MOST_CONTACTS, MOST_CONTACT = 5, 150


def days(text: str) -> frozenset[int]:
    """Days of the week no two of which are neighbours: while one round is answered all over the world, none begins."""
    found = workdays(text)
    neighbours = [day for day in sorted(found) if (day + 1) % 7 in found]
    if neighbours:
        raise Wrong(f"names {DAYS[neighbours[0]]} and the day after it", "days with a day between, such as tue,thu")
    return found


def switch(text: str) -> bool:
    """`on` or `off`."""
    if text.lower() not in ("on", "off"):
        raise Wrong(f"{shown(text)} is neither on nor off", "on or off")
    return text.lower() == "on"


def sample(text: str) -> int:
    """How many people are asked in a round at most."""
    most = whole(text)
    if most is None or not LEAST_SAMPLE <= most <= MOST_SAMPLE:
        raise Wrong(f"{shown(text)} is not a number of people", f"{LEAST_SAMPLE} or more, or nothing to ask everybody")
    return most


def contacts(text: str) -> tuple[str, ...]:
    """Whom one can turn to, with semicolons between: a name and a number, an address, a channel."""
    found = tuple(part.strip() for part in text.split(";") if part.strip())
    if len(found) > MOST_CONTACTS or any(len(one) > MOST_CONTACT or not one.isprintable() for one in found):
        raise Wrong(
            "is too long a list",
            f"up to {MOST_CONTACTS} contacts of {MOST_CONTACT} characters with semicolons between them",
        )
    return found

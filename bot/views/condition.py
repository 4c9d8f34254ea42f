"""How the bot is, for admins in Home: in words, and what to do about it."""

from bot.services.condition import Condition
from bot.views import phrases
from bot.views.blocks import Block, bullets, header, section
from bot.views.rich import Element, code, fill, words
from bot.views.tongue import Tongue

LATE_S = 300.0
"""What waits longer should have left."""
OLD_DAYS = 8
"""A backup of last week is old."""


def home_section(tongue: Tongue, condition: Condition | None) -> list[Block]:
    """In Home: whether the bot is well."""
    if condition is None:
        return []
    lines = [
        _outbox(tongue, condition),
        *_dead(tongue, condition),
        *_skipped(tongue, condition),
        *_shut(tongue, condition),
    ]
    return [
        header(tongue.t("How the bot is")),
        bullets([*lines, _backup(tongue, condition)]),
        section(tongue.t("`golden-ear doctor`, on the bot's own machine, tells more.")),
    ]


def _outbox(tongue: Tongue, condition: Condition) -> list[Element]:
    waiting, age = condition.outbox.waiting, condition.outbox.oldest_age_s
    if not waiting:
        return words(tongue.t("Every message has left."))
    said = tongue.n("{count} message waits to leave.", "{count} messages wait to leave.", waiting)
    late = tongue.n("The oldest is late by {count} minute.", "The oldest is late by {count} minutes.", round(age / 60))
    return words(phrases.lines(said, late) if age > LATE_S else said)


def _dead(tongue: Tongue, condition: Condition) -> list[list[Element]]:
    if not condition.dead:
        return []
    said = tongue.n(
        "{count} message was refused by Slack for good: {error}",
        "{count} messages were refused by Slack for good, the last one: {error}",
        condition.outbox.dead,
        error="{error}",
    )
    return [fill(said, error=code(condition.dead[0].error or "?"))]


def _skipped(tongue: Tongue, condition: Condition) -> list[list[Element]]:
    missed = tongue.t("The ritual {name} was too late on {day}, and was skipped.")
    return [fill(missed, name=name, day=tongue.weekday(day)) for name, day in condition.skipped]


def _shut(tongue: Tongue, condition: Condition) -> list[list[Element]]:
    if not condition.shut:
        return []
    said = tongue.n(
        "{count} letter without a name cannot be opened: its key is missing.",
        "{count} letters without a name cannot be opened: their key is missing.",
        condition.shut,
    )
    return [words(said)]


def _backup(tongue: Tongue, condition: Condition) -> list[Element]:
    if not condition.copies:
        return words(tongue.t("This database is backed up by PostgreSQL's own tools; I do not see when."))
    if condition.backup is None:
        return fill(tongue.t("There is no backup yet: {command} makes one."), command=code("golden-ear backup FILE"))
    days = max(0, (condition.now - condition.backup).days)
    said = tongue.t("The last backup was made on {day}.", day=tongue.day(condition.backup.date()))
    old = tongue.n("That is {count} day ago.", "That is {count} days ago.", days)
    return words(phrases.lines(said, old) if days >= OLD_DAYS else said)

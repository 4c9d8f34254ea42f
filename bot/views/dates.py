"""Single dates: what was said of one, and which are coming."""

from datetime import date

from bot.services.special_days import Coming, Marked
from bot.views import phrases, rich, rituals
from bot.views.blocks import Block, paragraph, say, section
from bot.views.rich import Element
from bot.views.tongue import Tongue, speak
from storage.outbox import Message
from storage.rituals import Ritual
from storage.special_days import SpecialDay


def marked(marked: Marked, language: str) -> Message:
    """What was said of a date, and what it means for the rituals."""
    tongue = speak(language)
    day = tongue.weekday(marked.day)
    if marked.works is None:
        said = tongue.t("{day} is an ordinary date again: weekdays and calendar decide.", day=day)
    elif marked.works:
        said = tongue.t("{day} is a working day now, whatever weekdays and calendar say.", day=day)
    else:
        said = tongue.t("{day} is free now, whatever weekdays and calendar say.", day=day)
    return say(
        tongue,
        section(said),
        *_means(tongue, marked),
        *([] if marked.works is None else [_take_back(tongue, marked.day)]),
    )


def _means(tongue: Tongue, marked: Marked) -> list[Block]:
    """It goes for all rituals, but for those that settled the date before."""
    if not marked.opens and not marked.settled:
        return [section(tongue.t("On that day no ritual opens: this goes for all of them."))]
    opens = section(tongue.t("On that day these rituals open:"))
    settled = section(tongue.t("These settled that date before, and it stays as it was settled:"))
    return [
        *([opens, *_rituals(tongue, marked.opens)] if marked.opens else []),
        *([settled, *_rituals(tongue, marked.settled)] if marked.settled else []),
    ]


def _rituals(tongue: Tongue, several: tuple[Ritual, ...]) -> list[Block]:
    return phrases.many(tongue, [rituals.named(tongue, ritual) for ritual in several])


def _take_back(tongue: Tongue, day: date) -> Block:
    undo = tongue.t("{command} takes that back.")
    return paragraph(undo, command=rich.code(f"/golden-ear ordinary {day.isoformat()}"))


def coming(coming: Coming, language: str) -> Message:
    """For admins: the dates that were set, and what the calendars mark in the coming weeks."""
    tongue = speak(language)
    singles = [_single(tongue, one) for one in coming.singles]
    nothing = section(tongue.t("No single date is set."))
    how = tongue.t(
        "`/golden-ear free 2026-12-24` sets a date free, `working` makes it a working day, `ordinary` takes that back. "
        "It goes for all rituals."
    )
    return say(
        tongue,
        *([section(tongue.t("Dates that admins set:")), *phrases.many(tongue, singles)] if singles else [nothing]),
        *_calendars(tongue, coming),
        section(how),
    )


def _single(tongue: Tongue, one: SpecialDay) -> list[Element]:
    line = rich.words(tongue.t("the command line"))
    by: list[Element] = [{"type": "user", "user_id": one.set_by}] if one.set_by else line
    said = tongue.t("{day}: working, set by {who}") if one.works else tongue.t("{day}: free, set by {who}")
    return rich.fill(said, day=tongue.weekday(one.day), who=by)


def _calendars(tongue: Tongue, coming: Coming) -> list[Block]:
    """What each calendar marks; without one, that there is none."""
    until = tongue.day(coming.until)
    if not coming.calendars:
        return [section(tongue.t("No calendar of holidays is set (HOLIDAYS), so only weekdays and these dates count."))]
    blocks = []
    for code, days in coming.calendars.items():
        lines = [_marked(tongue, day, name) for day, name in sorted(days.items())]
        if lines:
            head = paragraph(tongue.t("The calendar {code} up to {day}:"), code=code, day=until)
            blocks += [head, *phrases.many(tongue, lines)]
        else:
            none = tongue.t("The calendar {code} has no holiday up to {day}.")
            blocks.append(paragraph(none, code=code, day=until))
    return blocks


def _marked(tongue: Tongue, day: date, name: str) -> list[Element]:
    if not name:
        return rich.fill(tongue.t("{day}: a working day, in exchange for a day off"), day=tongue.weekday(day))
    return rich.fill(tongue.t("{day}: {name}"), day=tongue.weekday(day), name=name)

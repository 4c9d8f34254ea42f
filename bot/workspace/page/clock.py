"""The clock: what time it is for whom, how far from the real one, and all ways to move it."""

import json
from datetime import datetime
from time import time as real
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_timezone_location
from babel.units import format_unit
from htpy import Element, Node, button, div, form, h3, input, label, p, section, span, time

from bot.workspace import times
from bot.workspace.page.reader import Reader
from bot.workspace.page.words import LOCALES

HOUR, DAY = 3600, 86_400
UNITS = {"day": DAY, "hour": HOUR, "minute": 60, "second": 1}
UNNOTICED_S = 1.0


def face(reader: Reader) -> Node:
    """What the top bar shows: the hotel's day and time, those of the person if they are others, and how far moved."""
    clock = reader.workspace.clock
    distance = _distance(reader, clock.offset)
    return span(data_offset=f"{clock.offset:.3f}", data_real=f"{real():.3f}", class_="clock-face")[
        _running(times.HERE, reader),
        _elsewhere(reader)
        and span(".theirs")[_city(reader, reader.zone), " ", _running(reader.zone, reader, day=False)],
        distance and span(".moved")[("+" if clock.offset > 0 else "−") + distance],
    ]


def panel(reader: Reader) -> Node:
    """All that one can do with the clock."""
    return (
        div(id="clock-now")[now(reader)],
        div(id="clock-jumps")[jumps(reader)],
        form(".any-time", id="clock-form")[
            label(for_="clock-at")[reader.t("Any date and time at the hotel")],
            div[
                input(
                    type="datetime-local",
                    id="clock-at",
                    required=True,
                    min="2000-01-02T00:00",
                    max="2099-12-31T00:00",
                    value=f"{_here(reader):%Y-%m-%dT%H:%M}",
                ),
                button(type="submit")[reader.t("Set")],
            ],
        ],
        div(id="clock-back")[back(reader)],
        section(".hint")[
            h3[reader.t("What a jump does")],
            p[reader.t("The app catches up as after an outage: what fell due meanwhile is done now.")],
            p[
                reader.t(
                    "But a morning post or a pulse that is more than four hours late is skipped, so a jump of several "
                    "days leads to the last day alone. To see every day, go from morning to morning."
                )
            ],
        ],
    )


def now(reader: Reader) -> Node:
    """The times of everybody concerned, and how far the clock has been moved."""
    offset = reader.workspace.clock.offset
    distance = _distance(reader, offset)
    if not distance:
        told = reader.t("This is the real time.")
    elif offset > 0:
        told = reader.t("Moved: {distance} ahead of the real time.", distance=distance)
    else:
        told = reader.t("Moved: {distance} behind the real time.", distance=distance)
    return section(".times", data_offset=f"{offset:.3f}", data_real=f"{real():.3f}")[
        p(".big")[
            _running(times.HERE, reader, seconds=True),
            span[reader.t("at the hotel in {city}", city=_city(reader, times.HERE))],
        ],
        _elsewhere(reader)
        and p[
            _running(reader.zone, reader),
            span[reader.t("for {name} in {city}", name=reader.name(reader.id), city=_city(reader, reader.zone))],
        ],
        p(".told", class_="far" if distance else None)[told],
    ]


def jumps(reader: Reader) -> Node:
    """The jumps that one wants most, each with the day to which it leads."""
    instant = reader.workspace.clock.now()
    return section(".jumps")[
        _jump(reader, "next_morning", {}, reader.t("Next morning"), times.next_morning(instant)),
        _jump(reader, "next_working_day", {}, reader.t("Next working day"), times.next_working_day(instant)),
        _jump(reader, "move_clock", {"seconds": HOUR}, reader.t("Plus an hour"), None),
        _jump(reader, "move_clock", {"seconds": DAY}, reader.t("Plus a day"), None),
    ]


def back(reader: Reader) -> Node:
    """The way back to the real time, and what it means."""
    moved = bool(_distance(reader, reader.workspace.clock.offset))
    return section(".back")[
        button(type="button", id="clock-real", data_ask="real_time", disabled=not moved)[
            reader.t("Back to the real time")
        ],
        p(".hint")[
            reader.t(
                "If the clock was ahead, the app's clock then goes backwards, which a real Slack never does: retries "
                "and whatever was set for later wait until their time comes again, and what was done stays done. New "
                "messages bear the latest time that was reached, so that they stand below the others."
            )
        ],
    ]


def _jump(reader: Reader, verb: str, given: dict[str, int], said: str, to: datetime | None) -> Element:
    return button(
        type="button", id=f"clock-{verb}-{given.get('seconds', 0)}", data_ask=verb, data_given=json.dumps(given)
    )[span[said], span(".to")[f"{_day(reader, to)} {to:%H:%M}"] if to else None]


def _running(zone: ZoneInfo, reader: Reader, *, day: bool = True, seconds: bool = False) -> Element:
    """A time that goes on in the browser."""
    instant = datetime.fromtimestamp(reader.workspace.clock.now(), zone)
    return span(".running", data_zone=zone.key)[
        day and span(data_tick="day")[_day(reader, instant)],
        day and " ",
        time(data_tick="seconds" if seconds else "time")[f"{instant:%H:%M:%S}" if seconds else f"{instant:%H:%M}"],
    ]


def _here(reader: Reader) -> datetime:
    return datetime.fromtimestamp(reader.workspace.clock.now(), times.HERE)


def _elsewhere(reader: Reader) -> bool:
    """True if the person's clock shows another time than the hotel's."""
    instant = reader.workspace.clock.now()
    there = datetime.fromtimestamp(instant, reader.zone)
    return there.utcoffset() != datetime.fromtimestamp(instant, times.HERE).utcoffset()


def _day(reader: Reader, instant: datetime) -> str:
    return str(format_skeleton("MMMEd", instant, locale=LOCALES[reader.words.language]))


def _city(reader: Reader, zone: ZoneInfo) -> str:
    return str(get_timezone_location(zone, locale=LOCALES[reader.words.language], return_city=True))


def _distance(reader: Reader, offset: float) -> str:
    """How far, by its two largest units; nothing for less than a second."""
    seconds = round(abs(offset)) if abs(offset) >= UNNOTICED_S else 0
    said: list[str] = []
    for unit, size in UNITS.items():
        amount, seconds = divmod(seconds, size)
        if amount and (unit != "second" or not said):
            said.append(format_unit(amount, f"duration-{unit}", "short", locale=LOCALES[reader.words.language]))
    return " ".join(said[:2])

"""Three languages: gettext catalogues, and dates, numbers and lists as each language writes them.

The message ids are the English sentences; the catalogues are the .po files under `bot/locales`, read at first use.
`docs/translating.md` says how they are refreshed.
"""

import gettext
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from bot.rules import zones

DOMAIN = "golden_ear"
LOCALES = Path(__file__).parent.parent / "locales"
_LOCALES = {"en": Locale("en", "GB"), "zh-Hant": Locale.parse("zh_Hant"), "zh-Hans": Locale.parse("zh_Hans")}


def mark(msgid: str) -> str:
    """Name a sentence for the catalogues where it stands in a table; `Tongue.t` translates it later."""
    return msgid


class Tongue:
    """One language: its words, and its way to write dates, numbers and lists."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = _LOCALES[language]
        self._catalogue = _catalogue(language)
        self._sentence = cache(
            self._catalogue.gettext
        )  # as many as stand in the code, and each is said again and again

    def t(self, msgid: str, /, **values: str) -> str:
        """The sentence in this language; its {placeholders} are filled if values are given, else they stay."""
        sentence = self._sentence(msgid)
        return sentence.format(**values) if values else sentence

    def choose(self, singular: str, plural: str, count: int, /) -> str:
        """The form of a sentence that fits `count`, with its placeholders."""
        return self._catalogue.ngettext(singular, plural, count)

    def n(self, singular: str, plural: str, count: int, /, **values: str) -> str:
        """As `choose`, filled; {count} is the number as this language writes it."""
        return self.choose(singular, plural, count).format(count=self.number(count), **values)

    def day(self, day: date) -> str:
        """A date, such as 21 November 2026."""
        return _date(day, "long", self.language)

    def weekday(self, day: date) -> str:
        """A date with its day of the week."""
        return _date(day, "full", self.language)

    def day_name(self, weekday: int) -> str:
        """A day of the week; Monday is 0."""
        return str(get_day_names("wide", context="stand-alone", locale=self._locale)[weekday])

    def short_day(self, day: date) -> str:
        """A date in few letters, for tables."""
        return _date(day, "medium", self.language)

    def time(self, moment: datetime, zone: str = "") -> str:
        """The time of day of an aware `moment` on the 24-hour clock of an IANA zone; UTC, and so said, without one."""
        known = zones.known(zone)
        shown = format_time(moment.astimezone(known or UTC), "HH:mm", locale=self._locale)
        return shown if known else f"{shown} UTC"

    def number(self, number: int) -> str:
        """A whole number."""
        return _decimal(number, self.language)

    def figure(self, number: float) -> str:
        """A number with a tenth if it has one."""
        return self.number(int(number)) if number == int(number) else self.decimal(number)

    def decimal(self, number: float, places: int = 1) -> str:
        """A number to a tenth, such as 3.8, or to more places."""
        return format_decimal(number, "#,##0." + "0" * places, locale=self._locale)

    def percent(self, number: int) -> str:
        """A whole number of hundredths, such as 40%."""
        return format_percent(number / 100, locale=self._locale)

    def signed(self, number: int) -> str:
        """A whole number with its sign, such as +10."""
        return format_decimal(number, "+#,##0;-#,##0", locale=self._locale)

    def listed(self, parts: Sequence[str]) -> str:
        """`Ann, Bo and Chen`."""
        return format_list(list(parts), locale=self._locale)

    def list_template(self, count: int) -> str:
        """The same with placeholders: `{0}, {1} and {2}`."""
        return _list_template(count, self.language)


# Babel takes longer over one date than the database over one praise, and the same few are written again and again.


@lru_cache(1024)
def _date(day: date, width: Literal["full", "long", "medium"], language: str) -> str:
    return format_date(day, width, _LOCALES[language])


@lru_cache(1024)
def _decimal(number: int, language: str) -> str:
    return format_decimal(number, locale=_LOCALES[language])


@lru_cache(256)
def _list_template(count: int, language: str) -> str:
    return format_list([f"{{{place}}}" for place in range(count)], locale=_LOCALES[language])


@cache
def speak(language: str) -> Tongue:
    """The tongue of a language ('en', 'zh-Hant' or 'zh-Hans'); English for any other."""
    return Tongue(language if language in _LOCALES else "en")


def po_file(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.po"


def _catalogue(language: str) -> gettext.GNUTranslations:
    compiled = BytesIO()
    with po_file(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language.replace("-", "_"), domain=DOMAIN))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

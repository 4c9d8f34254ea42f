"""The words of the page and of its stories in three languages; what the app says is the app's, people's is theirs."""

import gettext
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.core import negotiate_locale
from babel.dates import format_skeleton
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.workspace.telling import Told

CATALOGUES = Path(__file__).parent / "locales"
DOMAINS = ("page", "stories")
LANGUAGES = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文"}
LOCALES = {"en": "en_GB", "zh-Hant": "zh_Hant_TW", "zh-Hans": "zh_Hans_CN"}
"""How a language of ours writes days and times, for readers who are at home in another."""
KNOWN = {"en": "en", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "zh-Hant": "zh-Hant"} | {
    name: "zh-Hans" for name in ("zh", "zh-CN", "zh-SG", "zh-Hans")
}
"""Which language of ours a browser's language is."""
_BETWEEN_SIGNS = re.compile(r"(?<=[\u2e80-\uffef]) (?=[\u2e80-\uffef])")


def mark(msgid: str) -> str:
    """Name a sentence for the catalogues where it stands in a table; `Words.t` translates it later."""
    return msgid


class Words:
    """One language of the page; the message ids are the English sentences."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def t(self, msgid: str, /, **values: str) -> str:
        """The sentence in this language, its {placeholders} filled."""
        sentence = self._catalogue.gettext(msgid)
        return sentence.format(**values) if values else sentence

    def n(self, singular: str, plural: str, count: int, /, **values: str) -> str:
        """The form of a sentence that fits `count`, which is also its {count}."""
        return self._catalogue.ngettext(singular, plural, count).format(count=f"{count:,}", **values)

    def told(self, told: Told) -> str:
        """A sentence of a story in this language; Chinese names stand close to the signs around them, others apart."""
        values = {name: one if isinstance(one, str) else self.told(one) for name, one in told.values}
        sentence = self.t(told.msgid, **values)
        return sentence if self.language == "en" else _BETWEEN_SIGNS.sub("", sentence)

    def day(self, which: date) -> str:
        """A day in full, with its year."""
        midnight = datetime.combine(which, time())
        return str(format_skeleton("yMMMMEEEEd", midnight, locale=LOCALES[self.language]))


def words(language: str) -> Words:
    """The words of a language; English for one that is not ours."""
    return _words(language if language in LANGUAGES else "en")


@cache
def _words(language: str) -> Words:
    return Words(language)


def preferred(accept_language: str) -> str:
    """The language that a browser asks for, by its Accept-Language; English if it asks for none of ours."""
    asked = [part.partition(";")[0].strip() for part in accept_language.split(",")]
    found = negotiate_locale([one for one in asked if one], list(KNOWN), sep="-")
    return KNOWN.get(str(found), "en")


def of_terminal(environment: Mapping[str, str]) -> str:
    """The language of a terminal, as LC_ALL, LC_MESSAGES or LANG says; English if that is none of ours."""
    said = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return KNOWN.get(said.partition(".")[0].replace("_", "-"), "en")


def po_file(language: str, domain: str = "page") -> Path:
    """Where a catalogue of a language other than English lies."""
    return CATALOGUES / language.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"


def _catalogue(language: str) -> gettext.NullTranslations:
    """All catalogues of a language as one."""
    if language == "en":
        return gettext.NullTranslations()
    whole = Catalog(locale=language.replace("-", "_"))
    for domain in DOMAINS:
        with po_file(language, domain).open("rb") as file:
            for message in read_po(file, locale=whole.locale, abort_invalid=True):
                if message.id:
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

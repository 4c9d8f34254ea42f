"""The words of the page itself in three languages; what the app says is the app's, and people's words are theirs."""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文"}
KNOWN = {"en": "en", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "zh-Hant": "zh-Hant"} | {
    name: "zh-Hans" for name in ("zh", "zh-CN", "zh-SG", "zh-Hans")
}
"""Which language of ours a browser's language is."""


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


def po_file(language: str) -> Path:
    """Where the catalogue of a language other than English lies."""
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES" / "page.po"


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with po_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language.replace("-", "_"), abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

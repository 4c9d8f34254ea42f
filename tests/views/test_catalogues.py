"""The catalogues hold every sentence of the views in all three languages, and nothing else."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.rules.languages import LANGUAGES
from bot.views import tongue

VIEWS = Path(tongue.__file__).parent
KEYWORDS = {"t": None, "mark": None, "n": (1, 2), "choose": (1, 2)}
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)
Id = str | tuple[str, ...]


@cache
def extracted() -> frozenset[Id]:
    return frozenset(found[2] for found in extract_from_dir(VIEWS, keywords=KEYWORDS))


@cache
def catalogue(language: str) -> Catalog:
    with tongue.po_file(language).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"), abort_invalid=True)


def key(msgid: object) -> Id:
    """Babel gives the id of a plural as a list or a tuple."""
    return msgid if isinstance(msgid, str) else tuple(msgid)  # type: ignore[arg-type]


def forms(sentence: Id) -> tuple[str, ...]:
    return (sentence,) if isinstance(sentence, str) else sentence


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def pairs(language: str) -> Iterator[tuple[Id, tuple[str, ...]]]:
    for message in catalogue(language):
        if message.id:
            yield key(message.id), forms(key(message.string))


@SPOKEN
def test_no_sentence_is_missing_or_left_over(language: str) -> None:
    there = {msgid for msgid, _ in pairs(language)}
    assert there - extracted() == set()
    assert extracted() - there == set()
    assert not catalogue(language).obsolete


@SPOKEN
def test_no_translation_is_fuzzy_or_empty(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            assert not message.fuzzy, message.id
            assert all(form.strip() for form in forms(key(message.string))), message.id


@SPOKEN
def test_every_plural_has_the_forms_of_its_language(language: str) -> None:
    for msgid, translated in pairs(language):
        assert len(translated) == (1 if isinstance(msgid, str) else catalogue(language).num_plurals), msgid


@SPOKEN
def test_every_translation_has_the_same_placeholders(language: str) -> None:
    for msgid, translated in pairs(language):
        wanted = placeholders(forms(msgid)[-1])
        for form in translated:
            assert placeholders(form) <= wanted, msgid
        assert placeholders(translated[-1]) == wanted, msgid


@SPOKEN
def test_code_and_bold_survive_translation(language: str) -> None:
    for msgid, translated in pairs(language):
        for sign in "`*":
            assert translated[-1].count(sign) == forms(msgid)[-1].count(sign), msgid


def test_english_is_what_the_code_says() -> None:
    assert all(translated == forms(msgid) for msgid, translated in pairs("en"))


def test_the_two_chinese_scripts_are_written_each_in_its_own() -> None:
    """A few common characters that only one of the two scripts has."""
    hant, hans = ("".join(form for _, said in pairs(one) for form in said) for one in ("zh-Hant", "zh-Hans"))
    assert not set("这们说谢请记录还没给为时间员积顾赞扬") & set(hant)
    assert not set("這們說謝請記錄還沒給為時間員積顧讚揚") & set(hans)

"""The catalogues of the page and of its stories hold every sentence in both scripts of Chinese, and nothing else."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.workspace.page import words

PAGE = Path(words.__file__).parent
KEYWORDS = {"t": None, "mark": None, "n": (1, 2), "Told": None}
TRANSLATED = pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
CATALOGUES = pytest.mark.parametrize("domain", words.DOMAINS)
WORD = re.compile(r"[A-Z][a-z]+( [a-z]+)+")
"""English as one would show it: a capital, and another word."""
Id = str | tuple[str, ...]


@cache
def extracted(domain: str) -> frozenset[Id]:
    """What the page says is in its own catalogue, whatever else the workspace says to people in that of stories."""
    of_the_page = frozenset(found[2] for found in extract_from_dir(PAGE, keywords=KEYWORDS))
    if domain == "page":
        return of_the_page
    return frozenset(found[2] for found in extract_from_dir(PAGE.parent, keywords=KEYWORDS)) - of_the_page


@cache
def catalogue(language: str, domain: str) -> Catalog:
    with words.po_file(language, domain).open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"), abort_invalid=True)


def forms(sentence: object) -> tuple[str, ...]:
    """Babel gives the forms of a plural as a list or a tuple."""
    return (sentence,) if isinstance(sentence, str) else tuple(sentence)  # type: ignore[arg-type]


def key(msgid: object) -> Id:
    return msgid if isinstance(msgid, str) else forms(msgid)


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


def messages(language: str) -> Iterator[Message]:
    """All sentences of a language, of every domain."""
    for domain in words.DOMAINS:
        yield from (message for message in catalogue(language, domain) if message.id)


def pairs(language: str) -> Iterator[tuple[Id, tuple[str, ...]]]:
    for message in messages(language):
        yield key(message.id), forms(message.string)


@TRANSLATED
@CATALOGUES
def test_no_sentence_is_missing_or_left_over(language: str, domain: str) -> None:
    there = {key(message.id) for message in catalogue(language, domain) if message.id}
    assert there - extracted(domain) == set()
    assert extracted(domain) - there == set()
    assert not catalogue(language, domain).obsolete


@TRANSLATED
def test_no_sentence_stands_twice_in_the_catalogues(language: str) -> None:
    whole = "\n".join(words.po_file(language, domain).read_text(encoding="utf-8") for domain in words.DOMAINS)
    ids = re.findall(r'^msgid "(.+)"$', whole, re.MULTILINE)
    assert sorted(ids) == sorted(set(ids))


@TRANSLATED
def test_no_translation_is_fuzzy_or_empty(language: str) -> None:
    for message in messages(language):
        assert not message.fuzzy, message.id
        assert all(form.strip() for form in forms(message.string)), message.id


@TRANSLATED
def test_every_plural_has_the_forms_of_its_language(language: str) -> None:
    for msgid, translated in pairs(language):
        assert len(translated) == (1 if isinstance(msgid, str) else catalogue(language, "page").num_plurals), msgid


@TRANSLATED
def test_every_translation_has_the_same_placeholders(language: str) -> None:
    for msgid, translated in pairs(language):
        assert placeholders(translated[-1]) == placeholders(forms(msgid)[-1]), msgid


def test_the_two_chinese_scripts_are_written_each_in_its_own() -> None:
    """A few common characters that only one of the two scripts has."""
    hant, hans = ("".join(form for _, said in pairs(one) for form in said) for one in ("zh-Hant", "zh-Hans"))
    assert not set("这们说谢请记录还没给为时间员积顾赞扬发开关选择语个应线钟会") & set(hant)
    assert not set("這們說謝請記錄還沒給為時間員積顧讚揚發開關選擇語個應線鐘會") & set(hans)


@TRANSLATED
def test_the_page_speaks_as_the_app_does_and_calls_one_thing_by_one_name(language: str) -> None:
    """The app's own catalogues say 您 and 金耳朵; what English calls an app has a Chinese name."""
    for msgid, translated in pairs(language):
        for other in ("你", "Golden Ear", "App", "私密", "私有"):
            assert not any(other in form for form in translated), msgid


@TRANSLATED
def test_what_is_listed_is_joined_as_chinese_joins_it(language: str) -> None:
    assert words.words(language).t(", ") == "、"


def test_the_scripts_of_the_page_have_no_words_of_their_own() -> None:
    """Whatever a script says comes from what was drawn, where it has been translated."""
    for script in (PAGE / "static").glob("*.js"):
        code = re.sub(r"^\s*//.*$|/\*.*?\*/", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        said = [text for text in re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'", code) if WORD.search("".join(text))]
        assert not said, script.name


def test_a_sentence_of_a_story_is_written_out_where_it_is_told() -> None:
    """What is put together, as by an f-string, would be in no catalogue."""
    for module in PAGE.parent.rglob("*.py"):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Told":
                assert isinstance(call.args[0], ast.Constant), f"{module.name}:{call.lineno}"

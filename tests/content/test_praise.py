"""The sample praise of rehearsals."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from bot.rules.languages import LANGUAGES
from bot.rules.praise import MAX_CUSTOMER, MAX_WORDS, SOURCES, clean, fingerprint, is_link
from bot.workspace import staff
from bot.workspace.samples import read_samples

FILE = Path(__file__).parents[2] / "bot" / "content" / "praise.toml"
PRAISE = tomllib.loads(FILE.read_text(encoding="utf-8"))["praise"]
PLACES = {"hotel", "shop", "call centre"}
HANDLES = {person.handle for person in staff.STAFF}


@pytest.mark.parametrize("praise", PRAISE, ids=lambda praise: praise["name"])
def test_every_praise_is_whole_and_stays_as_it_is_written(praise: dict[str, str]) -> None:
    assert set(praise) == {"name", "place", "language", "customer", "source", "words"}
    assert praise["place"] in PLACES
    assert praise["source"] in SOURCES
    assert praise["language"] in LANGUAGES
    assert clean(praise["words"]) == praise["words"]
    assert 40 <= len(praise["words"]) <= MAX_WORDS
    assert 0 < len(clean(praise["customer"])) <= MAX_CUSTOMER
    assert not is_link(praise["words"])


@pytest.mark.parametrize("praise", PRAISE, ids=lambda praise: praise["name"])
def test_words_are_in_their_language_and_name_nobody_of_the_hotel(praise: dict[str, str]) -> None:
    chinese = bool(re.search("[\u4e00-\u9fff]", praise["words"]))
    assert chinese == praise["language"].startswith("zh")
    assert not HANDLES & set(re.findall("[a-z]+", praise["words"].lower()))


def test_every_source_place_and_language_has_its_praise() -> None:
    assert {praise["source"] for praise in PRAISE} == set(SOURCES)
    assert {(praise["place"], praise["language"]) for praise in PRAISE} == {
        (place, language) for place in PLACES for language in LANGUAGES
    }
    assert min(Counter(praise["language"] for praise in PRAISE).values()) >= 6


def test_no_two_share_a_name_or_words() -> None:
    assert len(read_samples(FILE)) == len(PRAISE)
    assert len({fingerprint(praise["words"]) for praise in PRAISE}) == len(PRAISE)

"""A hundred pairs of ideas that mean the same: how many are found among the first five, on both engines."""

import pytest

from bot.services import similar
from bot.services.suggestions import Draft
from tests.ideas import send
from tests.office import Office
from tests.similar_pairs import KINDS, background
from tests.stores import Store

FOUND: dict[str, dict[str, list[str]]] = {}
"""By engine: what each question found, the best first."""
LEAST = 0.8
LEAST_OF_A_KIND = 0.7
OTHERS = 300


def titles_found(office: Office) -> dict[str, list[str]]:
    for pairs in KINDS.values():
        for _, title, what in pairs:
            send(office, draft=Draft(title, what))
    for title, what in background(OTHERS):
        send(office, draft=Draft(title, what))
    asked = [question for pairs in KINDS.values() for question, *_ in pairs]
    return {one: [idea.title for idea in office.do(similar.find, one)] for one in asked}


@pytest.fixture
def found(office: Office, store: Store) -> dict[str, list[str]]:
    engine = office.database.engine.dialect.name
    if engine not in FOUND:
        FOUND[engine] = titles_found(office)
    return FOUND[engine]


def test_there_are_a_hundred_pairs_and_no_question_is_an_idea() -> None:
    pairs = [pair for kind in KINDS.values() for pair in kind]
    assert len(pairs) == 100 == len({question for question, *_ in pairs}) == len({title for _, title, _ in pairs})
    assert not {question for question, *_ in pairs} & {title for _, title, _ in pairs}


def test_at_least_four_of_five_are_found_among_the_first_five(found: dict[str, list[str]]) -> None:
    recalls = {
        kind: sum(title in found[question] for question, title, _ in pairs) / len(pairs)
        for kind, pairs in KINDS.items()
    }
    recall = sum(recalls[kind] * len(pairs) for kind, pairs in KINDS.items()) / 100
    print(f"recall at 5: {recall:.2f}", {kind: round(one, 2) for kind, one in recalls.items()})
    missed = [question for pairs in KINDS.values() for question, title, _ in pairs if title not in found[question]]
    print("not found:", missed)
    assert recall >= LEAST and min(recalls.values()) >= LEAST_OF_A_KIND


def test_both_engines_find_the_same_in_the_same_order(found: dict[str, list[str]]) -> None:
    assert all(each == found for each in FOUND.values())

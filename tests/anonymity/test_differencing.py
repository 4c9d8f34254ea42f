"""A5: of 60 companies of 120 and of 400 people nobody is in a group of fewer than five that could be computed."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.rules.questions import Question
from bot.services import closing
from storage.surveys import Survey
from tests.anonymity import mutants
from tests.anonymity.algebra import atoms, exposed
from tests.anonymity.companies import Population, invented
from tests.office import TUESDAY

COMPANIES = 60
LEAST = 5
QUESTION = Question("clarity-goals", "clarity", "agree", "up", {"en": "I know."})


def survey(company: Population) -> Survey:
    people = sum(company.asked.values())
    return Survey(
        id="0" * 32, local_date=date(2026, 3, 3), state="closing", opens_at=TUESDAY, closes_at=TUESDAY,
        question=QUESTION, cuts=company.cuts, asked_in=company.asked, people_in=company.asked, population=people,
        asked=people, least=LEAST, least_comments=10, batch=10,
    )  # fmt: skip


def shown(company: Population) -> list[frozenset[int]]:
    """The groups of which the bot shows figures when it closes a round."""
    segments = {cut.name: cut.segments for cut in company.cuts}
    return [segments[one.cut] for one in closing.shown(survey(company), company.answers)]


def people_in(segments: set[int], company: Population) -> int:
    return sum(company.asked[segment] for segment in segments)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("people", [120, 400])
def test_nobody_is_in_a_group_of_fewer_than_five_that_could_be_computed(people: int) -> None:
    every, groups = 0, 0
    for seed in range(COMPANIES):
        company = invented(seed, people)
        found = shown(company)
        groups += len(found)
        every += len(company.cuts)
        assert found and all(_holds(atom, company) >= LEAST for atom in atoms(found, company.asked))
        assert not exposed(found, company.answered, LEAST) and not exposed(found, company.asked, LEAST)
    rate = f"{groups / COMPANIES:.1f} of {every / COMPANIES:.1f} groups shown"
    print(f"\nA5 {COMPANIES} companies of {people}: {rate}, 0 people in a computable group of fewer than {LEAST}")


def _holds(atom: frozenset[int], company: Population) -> int:
    return sum(company.answered[segment] for segment in atom)


@pytest.mark.timeout(600)
def test_by_plain_thresholds_many_are_in_such_a_group() -> None:
    company = invented(0, 120)
    with mutants.plain_thresholds():
        caught = people_in(exposed(shown(company), company.answered, LEAST), company)
    print(f"\nA5 120 people, plain thresholds: {caught / 120:.1%} of people in a computable group of fewer than 5")
    assert caught / 120 > 0.1


@pytest.mark.parametrize(
    "groups, few",
    [
        ([{0, 1, 2}, {0, 1}], {2}),  # the whole less a part
        ([{0, 1}, {1, 2}, {0, 2}], {0, 1, 2}),  # half of the sum of two, less the third
        ([{0, 1, 2}, {3}], set()),
        ([{0, 1}, {0, 2}], {1, 2}),  # the difference of two tells of the few beside the many
    ],
)
def test_the_algebra_finds_what_can_be_computed(groups: Sequence[set[int]], few: set[int]) -> None:
    people = {0: 9, 1: 2, 2: 2, 3: 9} if few == {1, 2} else {0: 3, 1: 3, 2: 3, 3: 9}

    assert exposed([frozenset(group) for group in groups], people, LEAST) == few

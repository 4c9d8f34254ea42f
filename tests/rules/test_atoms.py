"""The atom rule: nothing that can be computed from what is shown is about fewer than the threshold."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.rules import atoms
from bot.rules.atoms import Cut

SEGMENTS = range(6)
PEOPLE = st.dictionaries(st.sampled_from(SEGMENTS), st.integers(0, 12), min_size=1)
CUTS = st.lists(st.frozensets(st.sampled_from(SEGMENTS), min_size=1), max_size=8).map(
    lambda groups: [Cut(str(place), group) for place, group in enumerate(groups)]
)


def shown(teams: dict[str, int], *, asked: dict[str, int] | None = None, least: int = 5) -> list[str]:
    """The names of what is shown, "" for the company, where so many of each team answered."""
    numbers = {name: place for place, name in enumerate(teams)}
    answered = {numbers[name]: count for name, count in teams.items()}
    invited = {numbers[name]: (asked or teams)[name] for name in teams}
    cuts = atoms.by_priority({name: {numbers[name]} for name in teams}, invited)
    return [cut.name for cut in atoms.shown(cuts, invited, answered, least)]


def test_a_team_of_four_hides_itself_and_what_it_could_be_subtracted_from() -> None:
    assert shown({"desk": 9, "night": 4}) == [""]


def test_teams_that_are_all_large_enough_are_all_shown() -> None:
    assert shown({"desk": 9, "night": 5, "kitchen": 7}) == ["", "desk", "kitchen", "night"]


def test_two_small_teams_hide_in_one_another() -> None:
    assert shown({"desk": 9, "night": 3, "garden": 2}) == ["", "desk"]


def test_a_team_in_which_nobody_answered_hides_another() -> None:
    """Else everybody could see that not one of these four took part."""
    asked = {"desk": 9, "night": 9, "garden": 4}
    assert shown({"desk": 9, "night": 9, "garden": 0}, asked=asked) == ["", "desk"]


def test_fewer_answers_than_the_threshold_show_nothing() -> None:
    assert shown({"desk": 2, "night": 2}) == []


def test_the_order_does_not_depend_on_who_answered() -> None:
    asked = {"a": 8, "b": 8, "c": 4}
    assert shown({"a": 5, "b": 8, "c": 4}, asked=asked) == ["", "a"]
    assert shown({"a": 8, "b": 5, "c": 4}, asked=asked) == ["", "a"]


@given(CUTS, PEOPLE, PEOPLE, st.integers(1, 6))
def test_every_group_that_subtraction_can_leave_is_large_enough(
    cuts: list[Cut], asked: dict[int, int], more: dict[int, int], least: int
) -> None:
    answered = {segment: min(asked.get(segment, 0), people) for segment, people in more.items()}
    kept = atoms.shown(cuts, asked, answered, least)

    groups = {cut.segments & {segment for segment, people in asked.items() if people} for cut in kept}
    for _ in range(3):  # unions, differences and common parts of what is shown, and of what these leave
        pairs = list(combinations(groups, 2))[:400]
        groups |= {part for one, other in pairs for part in (one - other, other - one, one & other, one | other)}
    for group in filter(None, groups):
        assert sum(answered.get(segment, 0) for segment in group) >= least
    if kept:
        assert atoms.smallest(kept, asked, answered) >= least

"""Who may be thanked as a helper (product.md 1, I had help; Points: up to 10 helpers a praise)."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.helping import MAX_HELPERS, entitle

PEOPLE = [f"p{number:02}" for number in range(30)]


def codes(named: Sequence[str], helped: Sequence[str] = ()) -> dict[str, str]:
    helpers, refused = entitle(
        named, namer="ann", praised={"ann", "bo"}, helped=set(helped), ineligible={"robot": "bot", "ex": "gone"}
    )
    return dict.fromkeys(helpers, "") | {one.person: one.code for one in refused}


def test_each_who_cannot_be_is_told_apart_and_the_others_count() -> None:
    assert codes(["cy", "ann", "bo", "robot", "ex", "di", "ed"], ["di"]) == {
        "cy": "",
        "ann": "self",
        "bo": "praised",
        "robot": "bot",
        "ex": "gone",
        "di": "helped",
        "ed": "",
    }


def test_somebody_named_twice_counts_once() -> None:
    assert codes(["cy", "cy"]) == {"cy": ""}


@given(st.lists(st.sampled_from(PEOPLE)), st.sets(st.sampled_from(PEOPLE), max_size=MAX_HELPERS))
def test_never_more_than_ten_for_all_time(named: list[str], helped: set[str]) -> None:
    told = codes(named, sorted(helped))
    helpers = {person for person, code in told.items() if not code}

    assert len(helpers | helped) <= MAX_HELPERS
    assert not helpers & helped
    if "most" in told.values():
        assert len(helpers | helped) == MAX_HELPERS

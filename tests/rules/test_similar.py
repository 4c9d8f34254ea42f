"""Search terms, and how much of them two texts share (product.md 3)."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rules import similar as rules


def test_words_lose_their_endings_and_what_says_little_is_left_out() -> None:
    assert rules.terms("The lifts are stopping!") == ("lift", "stop")
    assert set(rules.terms("charging cables")) == set(rules.terms("Charge a cable"))
    assert rules.terms("Café ﬁlter") == rules.terms("cafe filter")


def test_chinese_is_cut_into_overlapping_pairs_so_that_a_word_of_two_is_a_term() -> None:
    assert rules.terms("毛巾太薄") == ("毛巾", "巾太", "太薄")
    assert rules.terms("毛巾") == ("毛巾",) and rules.terms("傘") == ("傘",)
    assert rules.terms("wifi壞了，重開機") == ("wifi", "壞了", "重開", "開機")


@given(st.text())
def test_terms_hold_nothing_that_an_engine_could_read_as_more_than_a_word(text: str) -> None:
    for term in rules.terms(text):
        assert term and not set(term) & set(" \"'\\&|!()*:^-+{}\0")
        assert " ".join([term]).split() == [term]


@given(st.text())
def test_a_text_shares_all_with_itself(text: str) -> None:
    terms = rules.terms(text)
    weighed = rules.weights(terms, dict.fromkeys(terms, 1), 10)
    assert not terms or rules.score(weighed, 0, 10, " ".join(terms[: rules.USUAL])) > 0


def test_a_rare_term_says_more_than_a_common_one() -> None:
    weighed = rules.weights(["lift", "guest"], {"lift": 2, "guest": 500}, 1000)

    assert weighed["lift"] > weighed["guest"]
    assert rules.score(weighed, 0, 1000, "lift") > rules.score(weighed, 0, 1000, "the guest")
    assert rules.weights(["never", "lift"], {"lift": 1}, 10).keys() == {"lift"}


def test_rare_terms_suffice_alone_and_common_ones_must_stand_together() -> None:
    counts = {"lift": 3, "guest": 20_000, "slow": 10_000}

    groups = rules.telling(counts.keys(), counts, 100_000)

    assert ("lift",) in groups and ("guest",) not in groups
    assert rules.telling([], {}, 0) == ()
    assert rules.telling(["guest"], {"guest": 90_000}, 100_000) == (("guest",),)


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 1000), max_size=30))
def test_the_groups_stand_in_about_as_many_ideas_as_are_compared(counts: dict[str, int]) -> None:
    groups = rules.telling(counts.keys(), counts, 1000)

    assert bool(groups) == bool(counts) and len(groups) <= rules.GROUPS
    assert all(set(group) <= counts.keys() for group in groups)

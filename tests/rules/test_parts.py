"""The part of a mixed comment that is posted, and the rest that is kept back."""

import re
import unicodedata
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.rules.masking import mask, mask_pieces
from bot.rules.parts import GAP, Parts, divide
from bot.rules.praise import clean

WHOLE = "The lift was slow. Ling carried all our bags, in the rain! The tea was cold."
TYPED = st.lists(
    st.text(max_size=20)
    | st.sampled_from([" ", "\n", "\u3000", "…", "0912 345 678", "order 0912345678", "ann@example.com", "謝謝", "👩‍🍳"])
).map("".join)


@pytest.mark.parametrize(
    ("part", "words", "rest"),
    [
        ("Ling carried all our bags, in the rain!", "Ling carried all our bags, in the rain!",
         "The lift was slow.\n\nThe tea was cold."),
        (" Ling carried\n all   our bags", "Ling carried all our bags",
         "The lift was slow.\n\n, in the rain! The tea was cold."),
        ("The lift was slow.", "The lift was slow.", "Ling carried all our bags, in the rain! The tea was cold."),
        ("The tea was cold", "The tea was cold", "The lift was slow. Ling carried all our bags, in the rain!"),
        (WHOLE, WHOLE, ""),
        (WHOLE[:-1], WHOLE[:-1], ""),
        ("", WHOLE, ""),
        (" \n", WHOLE, ""),
        ("e", "e", "Th\n\nlift was slow. Ling carried all our bags, in the rain! The tea was cold."),
    ],
)  # fmt: skip
def test_the_part_and_the_rest_are_the_customers_own_text(part: str, words: str, rest: str) -> None:
    assert divide(WHOLE, part) == Parts(WHOLE, words, rest)


@pytest.mark.parametrize("part", ["ling carried", "Ling carried our bags", "Lingcarried", WHOLE + "x", "…", "[phone]"])
def test_what_does_not_stand_there_is_no_part(part: str) -> None:
    assert divide(WHOLE, part) is None


def test_blanks_and_line_breaks_may_differ_and_those_of_the_whole_are_kept() -> None:
    whole = "Hm.\r\n\r\nSo\u00a0kind\u3000and\u2028\tso quick.\n:-) 🙂"
    assert divide(whole, "So kind and so quick.") == Parts(
        whole, "So\u00a0kind\u3000and\u2028\tso quick.", "Hm.\n\n:-) 🙂"
    )


def test_signs_of_patterns_are_signs_like_others() -> None:
    whole = r"(a+)+$ [x] \s .* and (a+)+$"
    assert divide(whole, r"[x] \s .*") == Parts(whole, r"[x] \s .*", "(a+)+$\n\nand (a+)+$")


def test_a_part_with_something_masked_in_it_is_found_when_it_is_masked_alike() -> None:
    whole = "Write to lin@example.com. Ling helped, call 0912 345 678!"
    found = Parts(clean(whole), "Ling helped, call [phone]!", "Write to [email].")
    for copied in ("Ling helped, call 0912 345 678!", "Ling helped, call 0912-345-678!", "Ling helped, call [phone]!"):
        assert divide(whole, copied) == found
    assert divide(clean(whole), "Ling helped, call 0912 345 678!") == found


@pytest.mark.parametrize(
    ("whole", "part", "words", "rest"),
    [
        ("order 0912345678 at once. So kind!", "0912345678 at once.", "[phone] at once.", "order\n\nSo kind!"),
        ("So kind, order 0912345678 at once", "So kind, order", "So kind, order", "[phone] at once"),
        ("Call 0912 345 678, so kind", "678, so kind", "[phone], so kind", "Call [phone]"),
        ("Call 0912 345 678, so kind", "Call 0912", "Call [phone]", "[phone], so kind"),
        ("Mail lin@example.com or me", "example.com or me", "[email] or me", "Mail [email]"),
        ("a@b.co0912345678 was kind", "0912345678 was kind", "[phone] was kind", "[email]"),
    ],
)
def test_what_was_copied_is_found_and_masked_by_the_stricter_of_both_views(
    whole: str, part: str, words: str, rest: str
) -> None:
    assert divide(whole, part) == Parts(clean(whole), words, rest)


def test_a_number_that_only_its_neighbour_made_harmless_is_masked_when_they_part() -> None:
    whole = clean("order 0912345678 came")
    assert whole == "order 0912345678 came"
    assert divide(whole, "order") == Parts(whole, "order", "[phone] came")


def said(text: str) -> Counter[str]:
    """All but blanks and punctuation."""
    return Counter(char for char in text if unicodedata.category(char)[0] not in "ZCP")


@given(TYPED, st.data())
def test_nothing_is_lost_but_blanks_and_points_around_the_cut(text: str, data: st.DataObject) -> None:
    whole = clean(text)
    start = data.draw(st.integers(0, len(whole)))
    part = whole[start : data.draw(st.integers(start, len(whole)))].strip()
    parts = divide(whole, part)
    assert parts is not None and parts.words == (clean(part) or whole)
    if not any(char.isdigit() for char in whole):  # a cut may bare a number, which is masked then
        assert said(parts.words) + said(parts.rest) == said(whole)


@given(TYPED)
def test_a_text_in_one_piece_is_masked_as_ever(text: str) -> None:
    assert mask_pieces(text, (0, len(text))) == [mask(text)]


@given(TYPED, TYPED)
def test_all_pieces_stay_masked_and_stand_in_the_whole(text: str, typed: str) -> None:
    whole = clean(text)
    parts = divide(text, typed)
    if parts is None:
        assert typed not in text and clean(typed) not in whole
        return
    assert clean(parts.words) == parts.words and clean(parts.rest) == parts.rest
    assert bool(parts.words) == bool(whole)
    if not re.search(r"\d", whole):
        assert parts.words in whole
        assert all(piece in whole for piece in parts.rest.split(GAP))


@given(TYPED, st.data())
def test_a_part_copied_with_other_blanks_is_found(text: str, data: st.DataObject) -> None:
    whole = clean(text)
    words = whole.split()
    assume(words)
    start = data.draw(st.integers(0, len(words) - 1))
    chosen = words[start : data.draw(st.integers(start + 1, len(words)))]
    parts = divide(whole, "\n ".join(chosen))
    assert parts is not None
    assert re.search(r"\d", whole) or parts.words.split() == chosen

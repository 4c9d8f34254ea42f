"""Ideas without a name: codes and what is kept of them, signatures, teams (product.md 3)."""

import re
from datetime import date

import pytest

from bot.rules import letters
from bot.rules.refusal import Refusal

SECRET, OTHER = "0123456789abcdef" * 2, "f" * 32


def test_a_code_has_128_bits_in_groups_and_is_the_same_for_the_same_form() -> None:
    code = letters.code(SECRET)
    assert re.fullmatch(r"(?:[a-z2-7]{4}-){6}[a-z2-7]{2}", code), code
    assert code == letters.code(SECRET) != letters.code(OTHER)


def test_what_is_kept_of_a_form_and_of_its_code_do_not_tell_one_another() -> None:
    kept, code = letters.sent(SECRET), letters.code(SECRET)
    assert kept not in (SECRET, code) and len(kept) == 32
    assert kept != letters.sent(OTHER) and SECRET not in code.replace("-", "")


@pytest.mark.parametrize("secret", ["", "x", "F" * 32, "f" * 31, "f" * 33, "f" * 32 + "\n"])
def test_a_secret_that_is_none_of_ours_makes_no_code(secret: str) -> None:
    for what in (letters.sent, letters.code):
        with pytest.raises(Refusal, match="out_of_date"):
            what(secret)


def test_a_code_may_be_typed_in_capitals_with_blanks_or_misread() -> None:
    code = letters.code(SECRET)
    digest = letters.digest(code, "T1")
    assert len(digest) == 128
    misread = code.upper().replace("-", " ").replace("O", "0").replace("B", "8")
    assert letters.digest(misread, "T1") == letters.digest(f"  {code.replace('-', '')} ", "T1") == digest
    assert letters.digest(code, "T2") != digest
    assert letters.digest("", "T1") != letters.digest("x", "T1") != digest


def test_an_idea_is_signed_unless_somebody_says_otherwise() -> None:
    assert [letters.signed(name) for name in ("", *letters.SIGNED)] == ["name", *letters.SIGNED]
    with pytest.raises(Refusal, match="unknown_signature"):
        letters.signed("nobody")


def test_words_are_kept_without_what_nobody_sees_or_refused() -> None:
    assert letters.words(" one\x07two\nthree ") == "one two\nthree"
    for wrong, code in (("  ", "idea_text_missing"), ("x" * 1001, "idea_text_too_long")):
        with pytest.raises(Refusal, match=code):
            letters.words(wrong)


def test_a_team_of_five_may_be_named_and_one_of_four_may_not() -> None:
    assert letters.is_large(5) and not letters.is_large(4)


def test_an_address_is_kept_for_ninety_days() -> None:
    sent = date(2026, 3, 3)
    assert not letters.address_is_old(sent, date(2026, 5, 31)) and letters.address_is_old(sent, date(2026, 6, 1))

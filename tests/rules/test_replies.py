"""Words of answers and questions back, and what is kept of a receipt code."""

import pytest

from bot.rules.comments import digest
from bot.rules.refusal import Refusal
from bot.rules.replies import cleaned, of_round


def test_words_are_trimmed_and_masked() -> None:
    assert cleaned("  Call 0912-345-678.\n") == "Call [phone]."


@pytest.mark.parametrize(("words", "code"), [(" \n ", "reply_missing"), ("x" * 1001, "reply_too_long")])
def test_no_words_and_too_many_are_refused(words: str, code: str) -> None:
    with pytest.raises(Refusal, match=code) as caught:
        cleaned(words)
    assert caught.value.field == "words"


def test_one_code_leaves_another_mark_in_each_round() -> None:
    one = digest("Four words nobody guesses", "T1")

    assert one == digest("four  WORDS nobodyguesses", "T1") != digest("four words nobody guesses", "T2")
    assert of_round(one, "a" * 32) == of_round(one, "a" * 32) != of_round(one, "b" * 32)
    assert of_round("", "a" * 32) == ""

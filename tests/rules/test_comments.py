"""Whatever a comment is, it fits into its box."""

import pytest
from nacl.public import PrivateKey

from bot import sealing
from bot.rules.comments import MOST, cleaned, digest
from bot.rules.refusal import Refusal

PUBLIC = bytes(PrivateKey.generate().public_key).hex()


@pytest.mark.parametrize("letter", ["a", "😀", '"', "\\", "字", "\x01a", "\u2028a"])
def test_the_longest_comment_can_be_sealed(letter: str) -> None:
    words = cleaned((letter * MOST)[:MOST])

    sealing.seal(PUBLIC, {"segment": 99_999, "words": words, "receipt": "f" * 64}, sealing.COMMENT_BYTES)


def test_lines_and_tabs_stay() -> None:
    assert cleaned(" one\n\ttwo\x01three\x00 ") == "one\n\ttwo three"


@pytest.mark.parametrize(("words", "code"), [(" \x01 ", "comment_missing"), ("x" * 1001, "comment_too_long")])
def test_nothing_and_too_much_are_refused(words: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        cleaned(words)


def test_a_code_that_is_short_is_refused() -> None:
    with pytest.raises(Refusal, match="code_too_short"):
        digest("a b c d e f g h i j k", "T1")

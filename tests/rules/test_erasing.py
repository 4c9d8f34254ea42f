"""What is struck out of a text when somebody is erased, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.erasing import NAME, same, wanted


@pytest.mark.parametrize(
    ("names", "before", "after"),
    [
        (["Ann"], "Ann helped Anna and Joann.", f"{NAME} helped Anna and Joann."),
        (["Hope"], "I hope Hope comes", f"I hope {NAME} comes"),
        (["Ann Lee"], "ann  LEE, Ann\nLee and Ann", f"{NAME}, {NAME} and Ann"),
        (["林玲"], "謝謝林玲的早餐", f"謝謝{NAME}的早餐"),
        (["林玲"], "Thank you 林玲!", f"Thank you {NAME}!"),
        (["O'Neill (Bar)"], "by O'Neill (Bar).", f"by {NAME}."),
        (["雲"], "雲很美", "雲很美"),
        (["Tomáš"], "Tomáš's soup", f"{NAME}'s soup"),
        (["Ann", "Ann Lee"], "Ann Lee", NAME),
        ([""], "nothing", "nothing"),
    ],
)
def test_names_are_struck_out_as_whole_words(names: list[str], before: str, after: str) -> None:
    assert wanted(names).strike(before) == after


def test_a_slack_id_is_found_however_it_is_mentioned() -> None:
    found = wanted(["Ann Lee"], slack_id="U1", handle="ann.lee")
    assert found.strike("<@U1> and <@U1|ann>, U1 or @ann.lee, not U12, <@U12> or @ann.leech") == (
        f"{NAME} and {NAME}, {NAME} or {NAME}, not U12, <@U12> or @ann.leech"
    )


def test_a_mention_in_a_message_becomes_plain_words() -> None:
    other = {"type": "user", "user_id": "U2"}
    block = {"elements": [{"type": "user", "user_id": "U1"}, other, "by Ann Lee", 3, None]}
    assert wanted(["Ann Lee"], slack_id="U1").strike_all(block, "a former colleague") == {
        "elements": [{"type": "text", "text": "a former colleague"}, other, f"by {NAME}", 3, None]
    }


def test_customers_go_by_a_name_in_any_case() -> None:
    assert same(" Ms  Lin ", "ms lin") and not same("Ms Lin", "Ms Ling")


@given(st.text(), st.lists(st.text(max_size=8), max_size=3))
def test_no_name_makes_it_fail_and_what_has_no_hint_stays(text: str, names: list[str]) -> None:
    found = wanted(names)
    struck = found.strike(text)
    if not any(hint.casefold() in text.casefold() for hint in found.hints):
        assert struck == text

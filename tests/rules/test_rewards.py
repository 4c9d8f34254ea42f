"""What the catalogue may hold, numbers as people type them, and points entered by hand (product.md 5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import rewards
from bot.rules.grants import GrantLine, parse
from bot.rules.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "number"),
    [("5", 5), (" 1,200 ", 1200), ("１２０", 120), ("٣", 3), ("-7", -7), ("−7", -7), ("+40", 40), ("007", 7)],
)
def test_a_whole_number_is_read_in_whatever_digits(typed: str, number: int) -> None:
    assert rewards.whole(typed) == number


@pytest.mark.parametrize("typed", ["", "ten", "1.5", "1e3", "--1", "9" * 10, "5 6", "½", "<!channel>"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    assert rewards.whole(typed) is None
    with pytest.raises(Refusal) as caught:
        rewards.number(typed, field="price")
    assert (caught.value.code, caught.value.field) == ("reward_number", "price")


@given(st.text())
def test_whatever_is_typed_is_a_number_or_none(typed: str) -> None:
    assert isinstance(rewards.whole(typed), int | None)


def test_an_empty_limit_is_none_and_nought_is_one() -> None:
    assert rewards.limit(" ", field="stock") is None
    assert rewards.limit("0", field="stock") == 0
    with pytest.raises(Refusal):
        rewards.limit("-1", field="stock")


def test_a_name_is_on_one_line_and_masked() -> None:
    assert rewards.name(" A\nday  off ") == "A day off"
    assert rewards.name("ask ann@example.com") == "ask [email]"
    with pytest.raises(Refusal):
        rewards.name("  ")


def test_admins_decide_and_nobody_their_own() -> None:
    assert rewards.may_decide("ada", "ann", admin=True)
    assert not rewards.may_decide("ada", "ada", admin=True)
    assert not rewards.may_decide("lee", "ann", admin=False)


def test_more_than_five_hundred_need_a_second_admin_either_way() -> None:
    assert [rewards.needs_second(amount) for amount in (500, -500, 501, -501)] == [False, False, True, True]


@pytest.mark.parametrize("amount", [0, 100_001, -100_001])
def test_none_and_too_many_are_refused(amount: int) -> None:
    with pytest.raises(Refusal):
        rewards.by_hand(amount)


def test_a_grant_names_a_person_points_and_a_reason() -> None:
    assert parse("<@U1|ann> 100 for the night &amp; day") == GrantLine("U1", 100, "for the night & day")
    assert parse("<@U1> -20 counted twice") == GrantLine("U1", -20, "counted twice")


@pytest.mark.parametrize("text", ["", "<@U1>", "<@U1> 100", "100 for ann", "<@U1><@U2> 5 both", "<@U1> many thanks"])
def test_a_grant_that_lacks_something_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="grant_unclear"):
        parse(text)

"""How an account takes what is entered (product.md, Points)."""

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.points import Account, boards_of, enter

PARTS = st.integers(0, 1000)


def test_earnings_are_free_to_spend() -> None:
    assert enter(Account(5), 10) == Account(15)


def test_a_reversal_takes_what_is_free_and_books_the_rest_as_debt() -> None:
    assert enter(Account(spendable=4), -10) == Account(0, 0, 6)
    assert enter(Account(spendable=4, held=20), -10) == Account(0, 20, 6)


def test_earnings_settle_the_debt_first() -> None:
    assert enter(Account(0, 0, 6), 4) == Account(0, 0, 2)
    assert enter(Account(0, 0, 6), 10) == Account(4, 0, 0)


@given(PARTS, PARTS, PARTS, st.integers(-5000, 5000))
def test_the_balance_is_the_sum_and_no_part_is_negative(spendable: int, held: int, debt: int, amount: int) -> None:
    before = Account(spendable, held, debt)

    after = enter(before, amount)

    assert after.balance == before.balance + amount
    assert min(after.spendable, after.held, after.debt) >= 0
    assert after.held == held


@given(st.lists(st.integers(-50, 50)))
def test_an_account_never_has_something_to_spend_and_a_debt(amounts: list[int]) -> None:
    account = Account()
    for amount in amounts:
        account = enter(account, amount)
        assert account.spendable == 0 or account.debt == 0
        assert account.balance == account.spendable - account.debt


def test_each_deed_counts_on_the_points_board_and_on_its_own() -> None:
    assert boards_of("praise") == ("points", "praise")
    assert boards_of("kudos") == ("points", "kudos")
    assert boards_of("correction") == ("points",)

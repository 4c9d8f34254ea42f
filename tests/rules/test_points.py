"""How an account takes what is entered (product.md, Points)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.points import SPENT, Account, boards_of, enter, hold, release, take
from bot.rules.refusal import Refusal

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


def test_what_is_spent_counts_on_no_board() -> None:
    assert {boards_of(deed) for deed in SPENT} == {()}


ACTS = st.lists(st.tuples(st.sampled_from(["earn", "reverse", "hold", "release", "take"]), st.integers(1, 40)))


@given(ACTS)
def test_an_account_keeps_its_invariants_whatever_is_asked_for_and_answered(acts: list[tuple[str, int]]) -> None:
    """Free + put by - debt is the sum of the entries; nothing is negative, nobody has free points and a debt."""
    account, entries, holds = Account(), 0, []
    for act, amount in acts:
        if act == "hold":
            before = account
            try:
                account = hold(account, amount)
                holds.append(amount)
            except Refusal as refusal:
                assert before.spendable < amount and refusal.facts == {"have": before.spendable, "need": amount}
        elif act in ("release", "take"):
            if holds:
                amount = holds.pop()
                account = release(account, amount) if act == "release" else take(account, amount)
                entries -= amount if act == "take" else 0
        else:
            signed = amount if act == "earn" else -amount
            account, entries = enter(account, signed), entries + signed
        assert account.balance == entries and account.held == sum(holds)
        assert min(account.spendable, account.held, account.debt) >= 0
        assert account.spendable == 0 or account.debt == 0


def test_what_comes_back_settles_a_debt_first() -> None:
    assert release(Account(0, 10, 4), 10) == Account(6, 0, 0)
    assert release(Account(0, 10, 14), 10) == Account(0, 0, 4)


def test_nobody_puts_by_more_than_is_free() -> None:
    assert hold(Account(10), 10) == Account(0, 10)
    with pytest.raises(Refusal, match="points_short"):
        hold(Account(9, 5), 10)

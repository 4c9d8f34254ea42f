"""Weeks of praise, kudos, reactions and corrections by every way in, in any order: the ledger says what was earned."""

import pytest

from tests.ledger.shop import live
from tests.stores import Store

RUNS = 100


@pytest.mark.timeout(600)
def test_the_ledger_always_says_what_was_earned(store: Store) -> None:
    """`make soak` lives 1,500 such shops on each engine."""
    assert live(store, RUNS) >= RUNS

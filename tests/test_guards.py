"""The shop is a good witness: with a guard taken out, something is soon found wrong (`make soak`: with each)."""

import pytest

from tests.ledger.__main__ import missed
from tests.ledger.guards import GUARDS
from tests.stores import Store

MOST = 300
SOON = (
    "a ledger key is entered once",
    "a delivery has its effect once",
    "an idempotency key stands for one body",
    "an account is never below zero: rule and CHECK",
    "the same words, by file",
    "praise of oneself waits",
    "the first decision stands",
    "a helper is thanked once",
    "nobody reviews their own idea",
    "an idea goes the ways there are",
    "the first answer to a request stands",
    "a contribution is settled once",
    "no digest is left of what was erased",
)
"""Guards without which hardly ten shops are well."""


@pytest.mark.parametrize("guard", SOON)
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_guard_that_is_taken_out_is_missed(store: Store, guard: str) -> None:
    shop, said = missed(store, guard, MOST)
    assert shop, f"{len(GUARDS)} guards, and nobody misses this one"
    assert said

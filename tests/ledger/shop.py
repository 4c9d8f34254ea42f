"""A shop for some weeks: hypothesis lets its people act in any order, and after each step the books are compared.

Where CI is set these are the same shops every time, else others: what is found in passing must not stop a change.
"""

import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from itertools import cycle
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from bot.rules.company import Company
from storage import integrity
from tests.ledger.erasing import Erasing, erase_somebody
from tests.ledger.floor import NAMES, Floor
from tests.ledger.looks import looking
from tests.ledger.praising import Praising, Recording
from tests.ledger.spending import Spending
from tests.ledger.suggesting import Suggesting
from tests.ledger.thanking import Thanking
from tests.office import a_company
from tests.stores import Store

UNSAID = Phase.explicit, Phase.reuse, Phase.generate
"""Without Phase.shrink: a failure shows the forty steps as they were drawn, at once."""

FRESH = 10
"""Shops that hypothesis invents one by one; beyond them five of six are hardly changed copies of one another. Each ten
are others, where CI is set too: each has a seed of its own there, or they would be the same ten again and again."""


class Shop(Floor):
    """What every shop has: corrections, appointments, and time that passes."""

    def __init__(self, store: Store, company: Company, eye: Any) -> None:
        super().__init__(store, company, eye)
        self.prepare()

    @rule(name=NAMES, amount=st.integers(-25, 25))
    def correct(self, name: str, amount: int) -> None:
        self.correct_one(name, amount)

    @rule(name=NAMES, appointed=st.sampled_from(["", "lead", "admin"]))
    def appoint(self, name: str, appointed: str) -> None:
        self.appoint_one(name, appointed)

    @rule(hours=st.sampled_from([1, 13, 24, 24 * 7]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def wait_long(self) -> None:
        """Until nothing of today can be handed on."""
        self.now += timedelta(days=31)

    @invariant()
    def everybody_has_what_they_earned(self) -> None:
        """After each step."""
        self.looks.points()

    def teardown(self) -> None:
        """At the end everything, and what `golden-ear db check` says; a step that failed has said enough."""
        if failed := sys.exc_info()[1]:
            Floor.failed = Floor.failed or (Floor.runs if isinstance(failed, Exception) else 0)
            return
        try:
            self.look_through()
        except AssertionError:
            Floor.failed = Floor.failed or Floor.runs
            raise

    def look_through(self) -> None:
        self.looks.all()
        if len(self.books.lines) % 3 == 0:
            erase_somebody(self)
        assert self.database.read_now(lambda session: list(integrity.problems(session, real_now=0.0))) == []


class Voices(Shop, Praising, Thanking, Erasing):
    """Praise and thanks."""


class Thoughts(Shop, Recording, Suggesting):
    """Ideas, and praise that credits them."""


class Purses(Shop, Recording, Spending):
    """Rewards, projects, and praise that brings points."""


class Everything(Shop, Praising, Thanking, Suggesting, Spending, Erasing):
    """All of it."""


TRADES: tuple[type[Shop], ...] = (Voices, Thoughts, Voices, Purses, Everything)
"""Shops take turns: in forty steps a little of everything would come to much of nothing."""


def live(store: Store, runs: int, *, quiet: bool = False, trades: Sequence[type[Shop]] = TRADES) -> int:
    """So many shops of 40 steps; gives how many there were. Raises what the first one found."""
    Floor.runs, Floor.failed = 0, 0
    chosen = settings(
        max_examples=FRESH, stateful_step_count=40, deadline=None, derandomize=False, database=None,
        phases=UNSAID, print_blob=False, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        verbosity=Verbosity.quiet if quiet else Verbosity.normal,
    )  # fmt: skip
    with looking(store.database) as eye:
        for trade in cycle(trades):
            if Floor.runs >= runs:
                break
            shop: Any = partial(trade, store, a_company(), eye)
            if "CI" in os.environ:
                seed(Floor.runs)(shop)
            run_state_machine_as_test(shop, settings=chosen)
    return Floor.runs

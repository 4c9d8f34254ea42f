"""The ledger, the accounts and the totals stay together, whatever is entered, repeated or reversed."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlmodel import Session, func, select

from bot.rules.periods import start, starts
from bot.rules.points import SPENT, Account, Deed, boards_of
from bot.rules.refusal import Refusal
from storage import integrity, models, points
from storage.database import Database
from storage.points import KeyTaken, Line
from storage.select import columns
from tests.office import TEAM
from tests.stores import Store

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = NOW.date()


def line(key: str = "praise:p:ann", amount: int = 10, deed: Deed = "praise", person: str = "ann") -> Line:
    return Line(key, person, deed, amount, DAY, NOW)


@pytest.fixture
def session(database: Database) -> Session:
    """A session whose work is kept from the other tests by the next one's fresh database."""
    return Session(database.engine)


def entries(session: Session) -> int:
    return session.exec(select(func.count()).select_from(models.Entry)).one()


def test_a_deed_is_entered_once(session: Session) -> None:
    with session:
        assert points.enter(session, TEAM, line())
        assert not points.enter(session, TEAM, line())

        assert points.account(session, "ann") == Account(10)
        assert entries(session) == 1


def test_the_same_key_with_another_content_is_refused_and_never_overwritten(session: Session) -> None:
    others = [
        line(amount=11),
        line(person="bo"),
        line(deed="kudos"),
        Line("praise:p:ann", "ann", "praise", 10, DAY, NOW, "x"),
    ]
    with session:
        points.enter(session, TEAM, line())
        for other in others:
            with pytest.raises(KeyTaken):
                points.enter(session, TEAM, other)

        assert points.account(session, "ann") == Account(10)
        assert points.account(session, "bo") == Account()


def test_a_deed_that_is_delivered_again_another_day_is_the_same(session: Session) -> None:
    with session:
        points.enter(session, TEAM, line())
        tomorrow = NOW + timedelta(days=1)

        assert not points.enter(session, TEAM, Line("praise:p:ann", "ann", "praise", 10, tomorrow.date(), tomorrow))


def test_keys_of_two_workspaces_do_not_meet(session: Session) -> None:
    with session:
        assert points.enter(session, TEAM, line())
        assert points.enter(session, "T2", line(person="bo"))


def test_an_entry_is_reversed_once_on_its_own_day(session: Session) -> None:
    with session:
        points.enter(session, TEAM, line())
        later = NOW + timedelta(days=40)
        assert points.reverse(session, TEAM, "praise:p:ann", now=later)
        assert not points.reverse(session, TEAM, "praise:p:ann", now=later)

        assert points.account(session, "ann") == Account()
        (reversal, original) = points.latest(session, "ann", 10)
        assert (reversal.amount, reversal.counts_on, reversal.reverses) == (-10, DAY, original.key)
        assert points.total(session, TEAM, "ann", "points", "month", start("month", DAY)) == 0


def test_a_ledger_row_names_nobody(session: Session) -> None:
    """No Slack id, name or free text: erasing a person leaves the ledger (architecture.md, Domain keys)."""
    assert set(models.Entry.model_fields) == {
        "id", "workspace_id", "key", "person_id", "deed", "amount", "reverses", "counts_on", "entered_at",
    }  # fmt: skip
    session.close()


PLACE = (models.Total.person_id, models.Total.board, models.Total.period, models.Total.starts_on, models.Total.amount)
PEOPLE = st.sampled_from(["ann", "bo"])
DEEDS: st.SearchStrategy[Deed] = st.sampled_from(["praise", "kudos", "correction"])
DATES = st.dates(date(2025, 12, 25), date(2026, 1, 5))


class Ledger(RuleBasedStateMachine):
    """Entries, duplicates, forgeries, reversals and holds, compared with a plain account of them."""

    keys = Bundle("keys")

    def __init__(self, store: Store) -> None:
        super().__init__()
        store.empty()
        self.session = Session(store.database.engine)
        self.lines: dict[str, Line] = {}
        self.held: Counter[str] = Counter()

    def teardown(self) -> None:
        problems = integrity.problems(self.session, real_now=0.0)
        assert [one for one in problems if " put by" not in one] == []  # there are no requests here
        self.session.close()

    @rule(target=keys, person=PEOPLE, deed=DEEDS, amount=st.integers(1, 30), day=DATES)
    def earn(self, person: str, deed: Deed, amount: int, day: date) -> str:
        key = f"deed:{len(self.lines)}"
        self.lines[key] = Line(key, person, deed, amount, day, NOW)
        assert points.enter(self.session, TEAM, self.lines[key])
        return key

    @rule(target=keys, person=PEOPLE, amount=st.integers(-30, -1), day=DATES)
    def correct(self, person: str, amount: int, day: date) -> str:
        key = f"deed:{len(self.lines)}"
        self.lines[key] = Line(key, person, "correction", amount, day, NOW)
        assert points.enter(self.session, TEAM, self.lines[key])
        return key

    @rule(key=keys)
    def deliver_again(self, key: str) -> None:
        assert not points.enter(self.session, TEAM, self.lines[key])

    @rule(key=keys, by=st.integers(1, 5))
    def forge(self, key: str, by: int) -> None:
        true = self.lines[key]
        with pytest.raises(KeyTaken):
            points.enter(self.session, TEAM, Line(**{**true.__dict__, "amount": true.amount + by}))

    @rule(target=keys, key=keys)
    def reverse(self, key: str) -> object:
        true, mirrored = self.lines[key], f"reverse:{key}"
        if true.reverses:
            return multiple()
        fresh = mirrored not in self.lines
        assert points.reverse(self.session, TEAM, key, now=NOW) == fresh
        if not fresh:
            return multiple()
        self.lines[mirrored] = Line(mirrored, true.person_id, true.deed, -true.amount, true.counts_on, NOW, key)
        return mirrored

    @rule(person=PEOPLE, amount=st.integers(1, 20))
    def hold_for_a_reward(self, person: str, amount: int) -> None:
        """What is put by must not be taken by a reversal, and never more than is free is put by."""
        if amount <= points.account(self.session, person).spendable:
            points.hold(self.session, person, amount)
            self.held[person] += amount
            return
        with pytest.raises(Refusal):
            points.hold(self.session, person, amount)

    @rule(person=PEOPLE, amount=st.integers(1, 20))
    def give_back(self, person: str, amount: int) -> None:
        amount = min(amount, self.held[person])
        points.release(self.session, person, amount)
        self.held[person] -= amount

    @rule(target=keys, person=PEOPLE, amount=st.integers(1, 20), deed=st.sampled_from(sorted(SPENT)), day=DATES)
    def spend(self, person: str, amount: int, deed: Deed, day: date) -> object:
        if amount > self.held[person]:
            return multiple()
        key = f"redeem:{len(self.lines)}"
        self.lines[key] = Line(key, person, deed, -amount, day, NOW)
        assert points.spend(self.session, TEAM, self.lines[key])
        assert not points.spend(self.session, TEAM, self.lines[key])
        self.held[person] -= amount
        return key

    @invariant()
    def each_account_is_the_sum_of_its_entries(self) -> None:
        for person in ("ann", "bo"):
            account = points.account(self.session, person)
            assert account.balance == sum(each.amount for each in self.lines.values() if each.person_id == person)
            assert account.spendable == 0 or account.debt == 0
            assert account.held == self.held[person]

    @invariant()
    def each_total_is_what_was_earned_net_of_reversals(self) -> None:
        counted: Counter[tuple[str, str, str, date]] = Counter()
        for each in self.lines.values():
            for board in boards_of(each.deed):
                for period, first in starts(each.counts_on):
                    counted[each.person_id, board, period, first] += each.amount
        assert sorted(map(tuple, self.session.exec(columns(*PLACE)))) == sorted(
            (*place, amount) for place, amount in counted.items()
        )


def test_ledger_accounts_and_totals_stay_together(store: Store) -> None:
    modest = settings(max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(partial(Ledger, store), settings=modest)  # type: ignore[arg-type]

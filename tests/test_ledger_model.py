"""Weeks of praise, kudos, reactions and corrections in any order: the ledger always says what was earned."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func
from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import confirmations, kudos, praise, privacy, reactions
from bot.services.kudos import Given
from bot.services.praise import Telling
from bot.services.reactions import TakenBack
from storage import inbox, messages, points
from storage import people as roster
from storage.database import Database
from storage.inbox import Delivery, Repeated
from storage.models import KudosGift
from storage.points import Line
from storage.select import columns, table
from tests.office import TEAM, Office, mentions, restore, slack_id

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without Phase.shrink: a failure shows the thirty steps as they were drawn, at once."""
GIFT = table(KudosGift).c
COLLEAGUES = ("ann", "bo", "lee", "lou")
NAMES = st.sampled_from(COLLEAGUES)
SEVERAL = st.lists(st.sampled_from((*COLLEAGUES, "guest", "robot")), min_size=1, max_size=3)
WORDS = st.sampled_from(["So kind!", "So quick!", "so KIND", "Never seen better."])
LATE = st.sampled_from([0, 0, 0, 2, 5])


class Shop(RuleBasedStateMachine):
    """One company for some weeks; `earned` is a plain account of what each outcome said."""

    waiting = Bundle("waiting")
    given = Bundle("given")
    reacted = Bundle("reacted")

    def __init__(self, database: Database, company: Company, staffed: bytes) -> None:
        super().__init__()
        restore(database, staffed)
        self.office = Office(database, company)
        self.earned: Counter[str] = Counter()
        self.praised: set[tuple[str, str]] = set()
        self.deliveries: list[tuple[Delivery, Callable[[Session], Any]]] = []
        self.standing: dict[tuple[str, str], int] = {}
        self.heard = 100

    def act(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Deliver an act for the first time; None if it is refused, which must leave no delivery behind."""
        now, company = self.office.now, self.office.company
        delivery = Delivery(TEAM, "event", f"Ev{len(self.deliveries)}", now)

        def story(session: Session) -> Any:
            return service(session, company, *args, **kwargs, now=now)

        self.deliveries.append((delivery, story))
        try:
            return self.office.database.write_now(inbox.once(delivery, story))
        except Refusal:
            self.deliveries.pop()
            return None

    @rule(target=waiting, by=NAMES, of=SEVERAL, words=WORDS, days_ago=st.integers(0, 40))
    def praise(self, by: str, of: list[str], words: str, days_ago: int) -> Any:
        day = self.office.now.date() - timedelta(days=days_ago)
        recorded = self.act(praise.record, slack_id(by), Telling(tuple(mentions(*of)), words, happened_on=day))
        if recorded is None:
            return multiple()
        if recorded.waits:
            return recorded.praise.id
        self.award(recorded.praise.people)
        return multiple()

    @rule(praise_id=consumes(waiting), by=NAMES, accepted=st.booleans())
    def decide(self, praise_id: str, by: str, accepted: bool) -> None:
        decided = self.act(confirmations.decide, slack_id(by), praise_id, accepted=accepted, reason="I was there")
        if decided is not None and decided.accepted:
            self.award(decided.praise.people)

    def award(self, members: Any) -> None:
        for person in members:
            self.earned[person.name.lower()] += 10

    @rule(target=given, by=NAMES, to=SEVERAL)
    def thank(self, by: str, to: list[str]) -> Any:
        return self.gave(self.act(kudos.give, slack_id(by), mentions(*to), reason="for all", channel="CSHOP"))

    @rule(target=given, by=NAMES, joined=given)
    def join(self, by: str, joined: str) -> Any:
        return self.gave(self.act(kudos.join, slack_id(by), joined))

    @rule(target=reacted, by=NAMES, to=NAMES, late=LATE)
    def react(self, by: str, to: str, late: int) -> tuple[str, str]:
        self.hear(by, to, True, late)
        return by, to

    @rule(reaction=reacted, late=LATE)
    def react_again(self, reaction: tuple[str, str], late: int) -> None:
        self.hear(*reaction, True, late)

    @rule(reaction=reacted, late=LATE)
    def take_back(self, reaction: tuple[str, str], late: int) -> None:
        self.hear(*reaction, False, late)

    def hear(self, by: str, to: str, stands: bool, late: int) -> None:
        """An event of the kudos emoji on the one message of each author; it may come some events late."""
        self.heard += 1
        place = {"workspace_id": TEAM, "channel": f"C{to.upper()}", "ts": "1.0"}
        message = self.office.run(messages.identify, **place)
        facts = {"stands": stands, "event_ts": f"{self.heard - late}.0", "channel": "CSHOP"}
        outcome = self.act(reactions.react, slack_id(by), slack_id(to), message, **facts)
        if isinstance(outcome, TakenBack):
            self.earned[to] -= self.standing.pop((by, to))
        elif isinstance(outcome, Given):
            assert (by, to) not in self.standing
            self.standing[by, to] = outcome.gifts[0].points
            self.gave(outcome)

    def gave(self, outcome: Any) -> Any:
        if not isinstance(outcome, Given):
            return multiple()
        for gift in outcome.gifts:
            self.earned[gift.person.name.lower()] += gift.points
        return outcome.id

    @rule(name=NAMES, amount=st.integers(-25, 25))
    def correct(self, name: str, amount: int) -> None:
        """What an admin's correction will enter: it may take more than is there."""
        key, day = f"correct:{len(self.earned)}:{self.office.now}:{name}:{amount}", self.office.now.date()
        line = Line(key, self.office.member(name).id, "correction", amount, day, self.office.now)
        if self.office.run(points.enter, TEAM, line):
            self.earned[name] += amount

    @rule(number=st.integers(0, 99))
    def deliver_again(self, number: int) -> None:
        if not self.deliveries:
            return
        delivery, story = self.deliveries[number % len(self.deliveries)]
        outcome = self.office.database.write_now(inbox.once(delivery, story))
        assert isinstance(outcome, Repeated), "a second delivery had an effect"

    @rule(name=NAMES, appointed=st.sampled_from(["", "lead"]))
    def appoint(self, name: str, appointed: str) -> None:
        self.office.enrol(name, appointed=appointed)

    @rule(name=NAMES, private=st.booleans())
    def wish(self, name: str, private: bool) -> None:
        self.office.do(privacy.prefer, slack_id(name), private=private)

    @rule(hours=st.sampled_from([1, 13, 24, 24 * 7]))
    def wait(self, hours: int) -> None:
        self.office.later(hours=hours)

    @invariant()
    def everybody_has_what_they_earned(self) -> None:
        self.office.database.read_now(self.look)

    def look(self, session: Session) -> None:
        for slack, member in roster.by_slack(session, TEAM, mentions(*COLLEAGUES, "guest", "robot")).items():
            account = points.account(session, member.id)
            assert account.balance == self.earned[member.name.lower()], slack
            assert min(account.spendable, account.debt, account.held) >= 0

    def teardown(self) -> None:
        assert self.office.is_sound()
        for limit, group in ((5, ("daily", GIFT.giver_day)), (10, ("weekly", GIFT.week)), (3, (None, GIFT.week))):
            assert max(self.most(*group), default=0) <= limit

    def most(self, allowance: str | None, span: Any) -> list[int]:
        """How many gifts stand of each giver in each span: of one allowance, or else to each receiver."""
        group = (GIFT.giver_id, span) if allowance else (GIFT.giver_id, GIFT.receiver_id, span)
        mine = GIFT.allowance == allowance if allowance else GIFT.receiver_id != ""
        query = columns(func.count()).where(GIFT.taken_back.is_(False), mine).group_by(*group)
        return self.office.run(lambda session: list(session.scalars(query)))


def test_the_ledger_always_says_what_was_earned(database: Database, company: Company, _staffed: bytes) -> None:
    modest = settings(
        max_examples=25, stateful_step_count=30, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(partial(Shop, database, company, _staffed), settings=modest)  # type: ignore[arg-type]

"""The floor of a shop: who works there, and how each act is delivered. What they do is in the modules beside it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlmodel import Session

from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import erasing
from bot.services.erasing import Order
from storage import inbox, points, roles
from storage import people as roster
from storage.database import Database
from storage.inbox import Delivery, Repeated
from storage.people import Profile
from tests.ledger.books import Books, Line
from tests.ledger.ideas import Ideas
from tests.ledger.looks import Looks
from tests.ledger.treasury import Treasury
from tests.office import TEAM, TUESDAY, mentions, slack_id
from tests.stores import Store

COLLEAGUES = {"ann": "Asia/Taipei", "bo": "America/Los_Angeles", "cy": "", "lee": "", "lou": ""}
"""Who acts, each with their own zone."""
APPOINTED = {"lee": "lead", "lou": "admin"}
CROWD = tuple(f"h{number}" for number in range(12))
"""Who only ever helps: more than one praise may have."""
ABSENT = ("guest", "robot")
NAMES = st.sampled_from(tuple(COLLEAGUES))
SEVERAL = st.lists(st.sampled_from((*COLLEAGUES, *COLLEAGUES, *ABSENT)), min_size=1, max_size=3)
HELPERS = st.lists(st.sampled_from((*CROWD, *COLLEAGUES, "guest")), min_size=1, max_size=6)
WHICH = st.integers(0, 99)
REFUSED = object()


def crew(database: Database) -> None:
    """The people of the shop."""

    def known(name: str, **facts: Any) -> Profile:
        return Profile(slack_id=slack_id(name), name=name, email=f"{name}@example.com", **facts)

    staff = [known(name, zone=zone, appointed=APPOINTED.get(name, "")) for name, zone in COLLEAGUES.items()]
    others = [*map(known, CROWD), known("guest", is_guest=True), known("robot", is_bot=True)]
    database.write_now(lambda session: roster.enrol(session, TEAM, [*staff, *others], now=TUESDAY))


class Floor(RuleBasedStateMachine):
    """One company; each act is a transaction of its own, and its outcome goes into the books."""

    runs, failed = 0, 0
    """How many there were, and the first in which something was wrong."""

    def __init__(self, store: Store, company: Company, eye: Any) -> None:
        super().__init__()
        Floor.runs += 1
        store.fill(crew)
        self.database, self.company, self.now = store.database, company, TUESDAY
        everybody = self.database.read_now(
            lambda session: roster.by_slack(session, TEAM, mentions(*COLLEAGUES, *CROWD, *ABSENT))
        )
        self.ids = {member.name: member.id for member in everybody.values()}
        self.names = {member.id: member.name for member in everybody.values()}
        self.books = Books()
        self.books.leads, self.books.admins = {self.ids["lee"], self.ids["lou"]}, {self.ids["lou"]}
        self.ideas, self.treasury = Ideas(self.books), Treasury(self.books)
        self.looks = Looks(self.books, self.ideas, self.treasury, eye)
        self.deliveries: list[tuple[Delivery, Callable[[Session], Any]]] = []
        self.keys: dict[str, tuple[Any, str]] = {}
        self.reactions: dict[tuple[str, str], tuple[bool, int, int, str]] = {}
        self.messages: dict[str, str] = {}
        self.heard = 100

    def prepare(self) -> None:
        """What is there when the shop opens, so that more can become of it in forty steps."""

    def appoint_one(self, name: str, appointed: str) -> None:
        """What the settings say of somebody from now on."""
        books, person = self.books, {self.ids[name]}
        books.admins = books.admins | person if appointed == "admin" else books.admins - person
        books.leads = books.leads | person if appointed else books.leads - person
        admins, leads = ({slack_id(self.names[one]) for one in ids} for ids in (books.admins, books.leads))
        self.database.write_now(lambda session: roles.appoint(session, TEAM, admins=admins, leads=leads))

    def correct_one(self, name: str, amount: int) -> None:
        """Points past all rules: it may take more than is there."""
        key, person, day = f"correct:{len(self.books.lines)}", self.ids[name], self.now.date()
        line = points.Line(key, person, "correction", amount, day, self.now)
        assert self.database.write_now(lambda session: points.enter(session, TEAM, line))
        self.books.enter(key, Line(person, "correction", amount, day))

    def do(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.database.write_now(lambda session: service(session, self.company, *args, **kwargs, now=self.now))

    def erase(self, order: Order) -> int:
        """Erase for good; gives how many rows changed."""
        told = {"called": "somebody", "digest": "d" * 64, "by": None}
        return sum(self.do(erasing.erase, order, **told).rows.values())

    def act(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Deliver an act for the first time; REFUSED leaves no delivery behind."""
        delivery = Delivery(TEAM, "event", f"Ev{len(self.deliveries)}", self.now)
        story = partial(_story, service=partial(service, **kwargs), company=self.company, args=args, now=self.now)
        self.deliveries.append((delivery, story))
        try:
            return self.database.write_now(inbox.once(delivery, story))
        except Refusal:
            self.deliveries.pop()
            return REFUSED

    @rule(which=WHICH)
    @precondition(lambda self: self.deliveries)
    def deliver_again(self, which: int) -> None:
        delivery, story = self.deliveries[which % len(self.deliveries)]
        outcome = self.database.write_now(inbox.once(delivery, story))
        assert isinstance(outcome, Repeated), "a second delivery had an effect"


def _story(session: Session, *, service: Any, company: Company, args: Any, now: datetime) -> Any:
    return service(session, company, *args, now=now)

"""What must be of rewards: the books of a shop, continued by what product.md 5 says of points that are put by."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.services.fund import Given, Settled
from bot.services.grants import Granted
from bot.services.reward_decisions import Decided
from bot.services.rewards import Asked
from storage.rewards import Request
from tests.ledger.books import Books, Line

MONTH = timedelta(days=30)
ALONE = 500
"""Points that one admin may give."""
BACK = ("refused", "withdrawn", "expired")
"""States in which points, and what was taken from the stock, are returned."""


@dataclass
class Good:
    """A reward as it stands in the catalogue; None without a limit."""

    price: int
    stock: int | None
    budget: int | None
    offered: bool

    @property
    def left(self) -> bool:
        return self.offered and self.stock != 0 and (self.budget is None or self.budget >= self.price)

    def take(self, count: int, price: int) -> None:
        """One less, or one more."""
        self.stock = None if self.stock is None else self.stock - count
        self.budget = None if self.budget is None else self.budget - count * price
        assert (self.stock or 0) >= 0 and (self.budget or 0) >= 0, "stock or budget is below nothing"


@dataclass
class Wish:
    """A request, at the price of its time."""

    good: str
    person: str
    price: int
    asked_at: datetime
    state: str = "held"


@dataclass
class Pot:
    """A project of the fund; what each person gave to it and has put by for it yet."""

    goal: int
    given: int = 0
    state: str = "open"
    held: Counter[str] = field(default_factory=Counter)


@dataclass
class Grant:
    """Points by the hand of an admin."""

    asker: str
    person: str
    amount: int
    state: str
    asked_at: datetime
    many: bool


class Treasury:
    """The books of rewards; what they take from the accounts goes into the `books`."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.goods: dict[str, Good] = {}
        self.wishes: dict[str, Wish] = {}
        self.pots: dict[str, Pot] = {}
        self.grants: dict[str, Grant] = {}

    def free(self, person: str) -> int:
        return self.books.accounts.get(person, (0, 0, 0))[0]

    def put_by(self, person: str, amount: int) -> None:
        """So much is held; less than nothing: so much is free again, after debts."""
        free, held, debt = self.books.accounts[person]
        balance = free - debt - amount
        self.books.accounts[person] = (max(balance, 0), held + amount, max(-balance, 0))
        assert held + amount >= 0 and (amount < 0 or free >= amount), (
            "more is put by than is free, or returned than held"
        )

    def spend(self, key: str, person: str, deed: str, amount: int, now: datetime) -> None:
        """So much of what was put by is gone."""
        self.put_by(person, -amount)
        self.books.enter(key, Line(person, deed, -amount, now.date()))

    # ---- requests --------------------------------------------------------------------------------------------------

    def may_ask(self, good_id: str, person: str, price: int) -> bool:
        good = self.goods[good_id]
        return good.left and good.price == price and self.free(person) >= price

    def asked(self, asked: Asked, good_id: str, person: str, now: datetime) -> None:
        good = self.goods[good_id]
        assert asked.request.price == good.price and person not in {one.id for one in asked.admins}
        good.take(1, good.price)
        self.put_by(person, good.price)
        self.wishes[asked.request.id] = Wish(good_id, person, good.price, now)

    def may_answer(self, wish_id: str, by: str, was: str, becomes: str) -> bool:
        """Withdrawn by whose it is, else moved on by an admin who sees it as it is, and whose it is not."""
        one = self.wishes[wish_id]
        if becomes == "withdrawn":
            return by == one.person and one.state == "held"
        if by not in self.books.admins or by == one.person:
            return False
        ways = {"approved": ("held",), "delivered": ("approved",), "refused": ("held", "approved")}
        return one.state in ways[becomes] and (becomes != "refused" or was == one.state)

    def answered(self, answer: Decided | Request, becomes: str, now: datetime) -> None:
        request = answer.request if isinstance(answer, Decided) else answer
        one, key = self.wishes[request.id], f"redeem:{request.id}"
        assert request.state == becomes
        if becomes == "approved":
            self.spend(key, one.person, "redeem", one.price, now)
        if becomes in BACK:
            self.goods[one.good].take(-1, one.price)
            if one.state == "held":
                self.put_by(one.person, -one.price)
            else:
                self.books.reverse(key)
        one.state = becomes

    def tended(self, ended: tuple[Decided, ...], now: datetime) -> None:
        """What nobody answered for thirty days, and nothing else, is returned."""
        due = {id_ for id_, one in self.wishes.items() if one.state == "held" and one.asked_at <= now - MONTH}
        assert {one.request.id for one in ended} == due and len(ended) == len(due), "returned, or not, against the rule"
        for one in ended:
            self.answered(one, "expired", now)

    # ---- the fund --------------------------------------------------------------------------------------------------

    def may_give(self, pot_id: str, person: str, amount: int) -> bool:
        one = self.pots[pot_id]
        return one.state == "open" and 1 <= amount <= one.goal - one.given and self.free(person) >= amount

    def gave(self, given: Given, person: str, amount: int) -> None:
        one = self.pots[given.project.id]
        self.put_by(person, amount)
        one.given += amount
        one.held[person] += amount
        one.state = "reached" if one.given == one.goal else "open"
        assert (given.project.given, given.project.state) == (one.given, one.state)

    def settled(self, settled: tuple[Settled, ...], now: datetime) -> None:
        """Whoever gave to a project that ended has spent it, or has it again."""
        due = {(id_, who) for id_, one in self.pots.items() if one.state != "open" for who in one.held}
        assert {(one.project.id, one.share.person.id) for one in settled} == due, "settled, or not, against the rule"
        for one in settled:
            pot, person = self.pots[one.project.id], one.share.person.id
            assert one.share.amount == pot.held.pop(person)
            for gift, amount in one.share.gifts.items():
                if pot.state == "reached":
                    self.spend(f"fund:{gift}", person, "fund", amount, now)
                else:
                    self.put_by(person, -amount)

    # ---- by hand ---------------------------------------------------------------------------------------------------

    def many(self, by: str, to: str, amount: int, now: datetime) -> bool:
        """Whether so many, with those of the day that nobody else confirmed, need a second admin."""
        same = (one for one in self.grants.values() if (one.asker, one.person) == (by, to) and not one.many)
        today = (one for one in same if one.asked_at.date() == now.date() and (one.amount > 0) == (amount > 0))
        return abs(amount + sum(one.amount for one in today)) > ALONE

    def may_grant(self, by: str, to: str, amount: int, now: datetime) -> bool:
        second = not self.many(by, to, amount, now) or self.books.admins - {by, to}
        return by in self.books.admins and by != to and amount != 0 and bool(second)

    def granted(self, granted: Granted, by: str, to: str, amount: int, now: datetime) -> None:
        one, many = granted.correction, self.many(by, to, amount, now)
        assert {person.id for person in granted.admins} == (self.books.admins - {by, to} if many else set())
        self.grants[one.id] = Grant(by, to, amount, "waiting", now, many)
        self.confirmed(one.id, "waiting" if many else "entered", one.state, now)

    def expired(self, ended: tuple[Granted, ...], now: datetime) -> None:
        """What no second admin confirmed within thirty days, and nothing else, is entered no more."""
        due = {id_ for id_, one in self.grants.items() if one.state == "waiting" and one.asked_at <= now - MONTH}
        assert {one.correction.id for one in ended} == due, "expired, or not, against the rule"
        for one in ended:
            self.confirmed(one.correction.id, "expired", one.correction.state, now)

    def may_confirm(self, grant_id: str, by: str) -> bool:
        one = self.grants[grant_id]
        return one.state == "waiting" and by in self.books.admins and by not in (one.asker, one.person)

    def confirmed(self, grant_id: str, becomes: str, state: str, now: datetime) -> None:
        one = self.grants[grant_id]
        assert state == becomes, "entered, or not, against the rule"
        one.state = becomes
        if becomes == "entered":
            self.books.enter(f"grant:{grant_id}", Line(one.person, "correction", one.amount, now.date()))

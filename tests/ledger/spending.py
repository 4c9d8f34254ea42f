"""Rewards: asked for, answered, returned; projects to which many give; points by the hand of admins."""

from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlmodel import Session

from bot.rules.grants import GrantLine
from bot.services import catalogue, fund, grants, reward_decisions, rewards
from bot.services.catalogue import Draft
from bot.services.fund import ProjectDraft
from storage import rewards as storage
from tests.ledger.floor import COLLEAGUES, NAMES, REFUSED, WHICH, Floor
from tests.ledger.treasury import Good, Pot
from tests.office import TEAM, slack_id

PRICES = st.sampled_from([1, 5, 10, 20])
LIMITS = st.sampled_from(["", "0", "1", "2", "30"])
AMOUNTS = st.sampled_from([-501, -40, -30, 0, 5, 20, 40, 500, 501])
ANSWERS = st.sampled_from(["approved", "approved", "delivered", "refused", "withdrawn"])
MOST_PROJECTS = 8
SERVICES = {
    "approved": reward_decisions.approve.__name__, "delivered": reward_decisions.deliver.__name__,
    "refused": reward_decisions.refuse.__name__,
}  # fmt: skip


def _state(good_id: str, session: Session) -> str:
    return catalogue.state(storage.get(session, TEAM, good_id))


class Spending(Floor):
    """Acts about points that are spent. What the rules allow must be done, what they forbid refused."""

    def prepare(self) -> None:
        """Points for everybody, a reward of which there are two, and a project."""
        super().prepare()
        for name in COLLEAGUES:
            self.correct_one(name, 30)
        self.appoint_one("bo", "admin")
        reward = self.act(catalogue.edit, slack_id("lou"), catalogue.NEW, _draft(10, "2", ""), seen="")
        self.treasury.goods[reward.id] = Good(10, 2, None, offered=True)
        self.plan("lou", 40)

    def plan(self, name: str, goal: int) -> None:
        many = sum(one.state == "open" for one in self.treasury.pots.values()) >= MOST_PROJECTS
        project = self.act(
            fund.edit, slack_id(name), catalogue.NEW, ProjectDraft("A roof garden", "", str(goal)), seen=""
        )
        allowed = self.ids[name] in self.books.admins and not many
        assert (project is not REFUSED) == allowed, "planned, or not, against the rule"
        if allowed:
            self.treasury.pots[project.id] = Pot(goal)

    @rule(
        by=WHICH,
        which=WHICH,
        price=PRICES,
        limits=st.tuples(LIMITS, LIMITS),
        offered=st.sampled_from([True, True, False]),
    )
    def shelve(self, by: int, which: int, price: int, limits: tuple[str, str], offered: bool) -> None:
        """A new reward, or another price, stock and budget of one; or a project with a goal of some prices."""
        name, goods = self.one_admin(by), list(self.treasury.goods)
        allowed = self.ids[name] in self.books.admins
        if which % 3 == 0:
            self.plan(name, 2 * price)
            return
        good_id = goods[which % len(goods)] if goods and which % 3 == 2 else catalogue.NEW
        before = self.treasury.goods.get(good_id)
        draft = _draft(price, *limits, offered=offered)
        seen = self.database.read_now(partial(_state, good_id)) if before and which % 5 else ""
        edited = self.act(catalogue.edit, slack_id(name), good_id, draft, seen=seen)
        assert (edited is not REFUSED) == (allowed and (not before or which % 5 > 0)), (
            "edited, or not, against the rule"
        )
        if edited is not REFUSED:
            stock, budget = (int(limit) if limit else None for limit in limits)
            self.treasury.goods[edited.id] = Good(price, stock, budget, offered)

    @rule(by=NAMES, which=WHICH, price=PRICES)
    @precondition(lambda self: self.treasury.goods)
    def ask(self, by: str, which: int, price: int) -> None:
        """By somebody with points, as often as anybody; mostly at the price that it has."""
        rich = [name for name in COLLEAGUES if self.treasury.free(self.ids[name]) > 0]
        name = rich[which % len(rich)] if rich and which % 4 else by
        good_id = list(self.treasury.goods)[-1 - which % len(self.treasury.goods)]
        price = self.treasury.goods[good_id].price if which % 6 else price
        allowed = self.treasury.may_ask(good_id, self.ids[name], price)
        asked = self.act(rewards.ask, slack_id(name), good_id, price=str(price))
        assert (asked is not REFUSED) == allowed, "asked for, or not, against the rule"
        if allowed:
            self.treasury.asked(asked, good_id, self.ids[name], self.now)

    @rule(by=WHICH, which=WHICH, answers=st.lists(ANSWERS, min_size=1, max_size=3))
    @precondition(lambda self: self.treasury.wishes)
    def reply(self, by: int, which: int, answers: list[str]) -> None:
        """One or more answers to a request, by admins, by whose it is, by whoever it may be."""
        wish_id = list(self.treasury.wishes)[-1 - which % min(len(self.treasury.wishes), 3)]
        wish = self.treasury.wishes[wish_id]
        for becomes in answers:
            own = becomes == "withdrawn" and by % 3
            name = self.names[wish.person] if own or by % 7 == 0 else self.one_admin(by)
            was = wish.state if which % 5 else "held"
            allowed = self.treasury.may_answer(wish_id, self.ids[name], was, becomes)
            more = {"was": was, "reason": "Next year"} if becomes == "refused" else {}
            service = getattr(reward_decisions, SERVICES[becomes]) if becomes in SERVICES else rewards.withdraw
            answer = self.act(service, slack_id(name), wish_id, **more)
            assert (answer is not REFUSED) == allowed, f"{becomes}, or not, against the rule"
            if allowed:
                self.treasury.answered(answer, becomes, self.now)

    @rule(by=WHICH, which=WHICH, amount=st.sampled_from([0, 1, 5, 10, 40]), closes=st.integers(0, 5))
    @precondition(lambda self: self.treasury.pots)
    def contribute(self, by: int, which: int, amount: int, closes: int) -> None:
        """Give to a project, mostly what it needs or somebody has; or close it."""
        pot_id = list(self.treasury.pots)[-1 - which % min(len(self.treasury.pots), 3)]
        pot = self.treasury.pots[pot_id]
        if not closes:
            name, allowed = self.one_admin(by), pot.state == "open"
            closed = self.act(fund.close, slack_id(name), pot_id, reason="No roof")
            assert (closed is not REFUSED) == (allowed and self.ids[name] in self.books.admins)
            pot.state = pot.state if closed is REFUSED else "closed"
            return
        rich = sorted(COLLEAGUES, key=lambda name: self.treasury.free(self.ids[name]))
        name = rich[-1 - by % 3] if by % 4 else rich[by % len(rich)]
        amount = amount if which % 3 == 0 else min(pot.goal - pot.given, self.treasury.free(self.ids[name]))
        allowed = self.treasury.may_give(pot_id, self.ids[name], amount)
        given = self.act(fund.give, slack_id(name), pot_id, str(amount))
        assert (given is not REFUSED) == allowed, "given, or not, against the rule"
        if allowed:
            self.treasury.gave(given, self.ids[name], amount)

    @rule()
    @precondition(lambda self: self.treasury.wishes or self.treasury.pots)
    def tend(self) -> None:
        """What the timetable does."""
        self.treasury.tended(self.do(reward_decisions.tend), self.now)
        self.treasury.settled(self.do(fund.settle), self.now)
        self.treasury.expired(self.do(grants.tend), self.now)

    @rule(by=WHICH, to=NAMES, amount=AMOUNTS)
    def grant(self, by: int, to: str, amount: int) -> None:
        name = self.one_admin(by)
        allowed = self.treasury.may_grant(self.ids[name], self.ids[to], amount, self.now)
        granted = self.act(grants.grant, slack_id(name), GrantLine(slack_id(to), amount, "for the flood"))
        assert (granted is not REFUSED) == allowed, "granted, or not, against the rule"
        if allowed:
            self.treasury.granted(granted, self.ids[name], self.ids[to], amount, self.now)

    @rule(by=NAMES, which=WHICH, accepted=st.booleans())
    @precondition(lambda self: any(one.many for one in self.treasury.grants.values()))
    def confirm(self, by: str, which: int, accepted: bool) -> None:
        many = [id_ for id_, one in self.treasury.grants.items() if one.many]
        grant_id, name = many[-1 - which % len(many)], self.one_admin(which) if which % 2 else by
        allowed = self.treasury.may_confirm(grant_id, self.ids[name])
        confirmed = self.act(grants.confirm, slack_id(name), grant_id, accepted=accepted)
        assert (confirmed is not REFUSED) == allowed, "confirmed, or not, against the rule"
        if allowed:
            becomes = "entered" if accepted else "refused"
            self.treasury.confirmed(grant_id, becomes, confirmed.correction.state, self.now)

    def one_admin(self, by: int) -> str:
        """An admin; now and then whoever it may be."""
        able = [name for name in COLLEAGUES if self.ids[name] in self.books.admins]
        names = able if able and by % 5 else list(COLLEAGUES)
        return names[by // 5 % len(names)]


def _draft(price: int, stock: str, budget: str, *, offered: bool = True) -> Draft:
    return Draft("timeoff", "An hour", "", str(price), stock, budget, offered=offered)

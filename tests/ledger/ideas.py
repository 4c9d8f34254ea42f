"""What must be of ideas: the books of a shop, continued by what product.md 3 says of them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.services.credits import Credited, Solved
from bot.services.suggestions import Late, MovedOn, Sent
from tests.ledger.books import Books, Line

WAYS = {
    "new": ("review", "accepted", "declined"),
    "review": ("accepted", "declined"),
    "accepted": ("doing", "done", "declined"),
    "doing": ("done", "declined"),
    "done": (),
    "declined": ("review",),
}
WAITING, SETTLED = ("new", "review"), ("done", "declined")
PATIENCE = 5
"""Working days."""


@dataclass
class Idea:
    """An idea: `since` it is in its `state`, `praise` is the mixed comment of which it is the other part, `steps` are
    its changes, each with who made it."""

    author: str
    since: date
    state: str = "new"
    praise: str = ""
    reminded: bool = False
    erased: bool = False
    steps: list[tuple[str, str, str]] = field(default_factory=list)
    backers: set[str] = field(default_factory=set)
    solvers: set[str] = field(default_factory=set)
    praises: set[str] = field(default_factory=set)
    turns: int = 0


class Ideas:
    """The books of ideas; what points they bring goes into the `books`."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.known: dict[str, Idea] = {}

    def sent(self, sent: Sent, author: str, now: datetime, praise: str = "") -> None:
        """A colleague's idea, or what somebody set aside of a praise; its author is not asked to answer it."""
        idea = sent.suggestion
        assert idea.id not in self.known and idea.author_id == author and idea.state == "new"
        assert author not in {one.id for one in sent.reviewers}, "they are asked to answer their own"
        self.known[idea.id] = Idea(author, now.date(), praise=praise)

    def of_praise(self, praise_id: str) -> bool:
        return any(one.praise == praise_id for one in self.known.values())

    # ---- what may be -----------------------------------------------------------------------------------------------

    def may_back(self, idea_id: str, by: str) -> bool:
        one = self.known[idea_id]
        return by != one.author and one.state not in SETTLED

    def may_move(self, idea_id: str, by: str, was: str, becomes: str, reason: str) -> bool:
        one = self.known[idea_id]
        may = by in self.books.leads and by != one.author
        return may and was == one.state and becomes in WAYS[was] and bool(reason or becomes != "declined")

    def may_solve(self, idea_id: str, by: str, solvers: set[str]) -> bool:
        """Whether a lead or an admin who is none of them may confirm solvers, of whom one at least is new."""
        one = self.known[idea_id]
        may = one.state == "done" and by in self.books.leads and by != one.author and by not in solvers
        return may and bool(solvers - one.solvers)

    def may_credit(self, idea_id: str, by: str, praise_id: str) -> bool:
        one, told = self.known[idea_id], self.books.praises.get(praise_id)
        if told is None or one.state != "done" or by == one.author or praise_id in one.praises:
            return False
        return told.state == "accepted" and told.day >= one.since and (by in self.books.leads or by == told.recorder)

    # ---- what was done ---------------------------------------------------------------------------------------------

    def backed(self, idea_id: str, by: str, *, stands: bool, backers: int) -> None:
        one = self.known[idea_id]
        one.backers = one.backers | {by} if stands else one.backers - {by}
        assert backers == len(one.backers), "who backs an idea is counted wrongly"

    def moved(self, change: MovedOn, by: str, becomes: str, now: datetime) -> None:
        """The points come when it is accepted, and go when it is declined after that."""
        one, idea_id = self.known[change.suggestion.id], change.suggestion.id
        one.steps.append((one.state, becomes, by))
        had = one.state in ("accepted", "doing", "done")
        one.state, one.since, one.reminded = becomes, now.date(), False
        assert change.suggestion.state == becomes and change.place == len(one.steps)
        assert {person.id for person in change.backers} == one.backers, "somebody else is told than backs it"
        told = (change.awarded, change.taken)
        assert told == (20 * (becomes == "accepted"), 20 * (had and becomes == "declined")), "awarded, or not, wrongly"
        if change.awarded:
            one.turns += 1
            self.books.enter(_key(idea_id, one.turns), Line(one.author, "idea", 20, now.date()))
        if change.taken:
            self.books.reverse(_key(idea_id, one.turns))

    def solved(self, found: Solved, by: str, solvers: set[str], now: datetime) -> None:
        one, fresh = self.known[found.suggestion.id], {person.id for person in found.solvers}
        assert fresh == solvers - one.solvers and found.confirmer.id == by, "a solver has the points twice, or never"
        one.solvers |= fresh
        for person in fresh:
            self.books.enter(f"solved:{found.suggestion.id}:{person}", Line(person, "solved", 100, now.date()))

    def credited(self, credit: Credited) -> None:
        self.known[credit.suggestion.id].praises.add(credit.praise.id)

    def reminded(self, late: tuple[Late, ...], admins: set[str], now: datetime) -> None:
        """Whoever may answer is reminded once of what has waited for five working days, on one of them about ten."""
        hour = now.weekday() < 5 and time(10) <= now.time() <= time(14)
        due = {
            idea_id
            for idea_id, one in self.known.items()
            if one.state in WAITING and not one.reminded and worked(one.since, now.date()) and admins - {one.author}
        }
        assert {one.suggestion.id for one in late} == (due if hour else set()), "reminded, or not, against the rule"
        for one in late:
            idea = self.known[one.suggestion.id]
            assert {person.id for person in one.reviewers} == admins - {idea.author}
            idea.reminded = True


def _key(idea_id: str, turn: int) -> str:
    """The ledger's key of the points of an idea that was accepted for this time."""
    return f"idea:{idea_id}" if turn == 1 else f"idea:{idea_id}:{turn}"


def worked(since: date, today: date) -> bool:
    """Whether that many working days have passed."""
    days = [since + timedelta(ahead) for ahead in range((today - since).days)]
    return sum(day.weekday() < 5 for day in days) >= PATIENCE

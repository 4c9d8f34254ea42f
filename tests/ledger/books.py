"""What must be: the plain bookkeeping of a shop beside the bot's own, kept by what each outcome says.

It knows the rules of product.md by itself, asserts that no outcome breaks one, and foretells the ledger line by line.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.kudos import Given
from storage.people import Member
from storage.praise import Praise

MONTH = timedelta(days=30)
GONE = ("refused", "erased")
PERIODS = ("week", "month", "quarter", "year", "all")
BOARDS = {
    "praise": ("points", "praise"), "kudos": ("points", "kudos"), "help": ("points",), "correction": ("points",),
    "idea": ("points", "suggestions"), "solved": ("points", "suggestions"), "redeem": (), "fund": (),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line that the ledger must have; `reverses` is the key of the one that it takes back."""

    person: str
    deed: str
    amount: int
    day: date
    reverses: str | None = None


@dataclass
class Told:
    """A praise: `whole` is the mixed comment of which it is a part, `turns` says of each of the people how often it was
    handed on before it was theirs."""

    print: str
    day: date
    recorder: str
    people: list[str]
    state: str
    recorded_at: datetime
    accepted_at: datetime | None
    imported: bool = False
    whole: str = ""
    turns: dict[str, int] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    helpers: set[str] = field(default_factory=set)
    thanked: dict[str, str] = field(default_factory=dict)  # the helpers who have the point, by whose key


@dataclass
class Thanked:
    """A kudos: `lines` are the ledger's keys, until it is taken back."""

    giver: str
    day: date
    receivers: tuple[str, ...]
    lines: dict[str, str]
    joiners: set[str] = field(default_factory=set)


def plain(words: str) -> str:
    """The words without capitals, blanks and punctuation."""
    return "".join(char for char in words.lower() if char.isalnum())


class Books:
    """The books; people are named by our ids."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.accounts: dict[str, tuple[int, int, int]] = {}
        self.totals: dict[tuple[str, str, str, str], tuple[int, int]] = {}
        self.praises: dict[str, Told] = {}
        self.kudos: dict[str, Thanked] = {}
        self.gifts: Counter[tuple] = Counter()
        self.private: set[str] = set()
        self.leads: set[str] = set()  # the admins among them
        self.admins: set[str] = set()

    # ---- the ledger ------------------------------------------------------------------------------------------------

    def enter(self, key: str, line: Line) -> None:
        """A new line: its account and its totals follow."""
        assert key not in self.lines, f"{key} is entered twice"
        self.lines[key] = line
        free, held, debt = self.accounts.get(line.person, (0, 0, 0))
        balance = free - debt + line.amount
        self.accounts[line.person] = (max(balance, 0), held, max(-balance, 0))
        for board in BOARDS[line.deed]:
            self.count(line.person, board, line.day, line.amount, -1 if line.reverses else 1)

    def reverse(self, key: str) -> None:
        was = self.lines[key]
        self.enter(f"reverse:{key}", Line(was.person, was.deed, -was.amount, was.day, key))

    def count(self, person: str, board: str, day: date, amount: int, events: int) -> None:
        quarter = day.replace(month=(day.month + 2) // 3 * 3 - 2, day=1)
        firsts = (day - timedelta(day.weekday()), day.replace(day=1), quarter, day.replace(month=1, day=1))
        for period, first in zip(PERIODS, (*firsts, date(1970, 1, 1)), strict=True):
            place = (person, board, period, str(first))
            had = self.totals.pop(place, (0, 0))
            if (now := (had[0] + amount, had[1] + events)) != (0, 0):
                self.totals[place] = now

    # ---- praise ----------------------------------------------------------------------------------------------------

    def told(self, praise: Praise, now: datetime, *, print: str, whole: str = "", imported: bool = False) -> None:
        """A praise is stored: new words for each of them, and waiting where it must."""
        people, recorder = [person.id for person in praise.people], praise.recorder.id if praise.recorder else ""
        assert people and not any(person.absence for person in praise.people)
        known = [self.same(person, print, praise.happened_on, whole) for person in people]
        assert not any(known), "the same words again"
        due = recorder in people or any(self.lately(recorder, person, now) >= 3 for person in people)
        assert (praise.state == "waiting") == (bool(recorder) and due), "it waits, or does not, against the rule"
        self.shown(praise)
        accepted_at = now if praise.state == "accepted" else None
        stored = Told(print, praise.happened_on, recorder, people, praise.state, now, accepted_at, imported, whole)
        self.praises[praise.id] = stored
        if accepted_at and not imported:
            self.award(praise.id, people, now.date())

    def same(self, person: str, print: str, day: date, whole: str = "") -> list[str]:
        """The praises, not refused or erased, with these words, or with a comment of which one has the whole, for this
        person within 30 days."""
        near = [
            (id_, one)
            for id_, one in self.praises.items()
            if one.state not in GONE and person in one.people and abs(one.day - day) <= MONTH
        ]
        return [id_ for id_, one in near if one.print in (print, whole) or one.whole == print]

    def lately(self, recorder: str, person: str, now: datetime) -> int:
        """How many praises this colleague recorded for that person in 7 days."""
        since = now - timedelta(days=7)
        mine = [one for one in self.praises.values() if one.recorder == recorder and one.state != "refused"]
        return sum(person in one.people and one.recorded_at > since for one in mine)

    def shown(self, praise: Praise) -> None:
        public = {person.id for person in praise.people} - self.private
        assert {person.id for person in praise.shown} == public, "somebody is shown who keeps praise private"

    def award(self, praise_id: str, people: Iterable[str], day: date) -> None:
        for person in people:
            self.enter(f"praise:{praise_id}:{person}", Line(person, "praise", 10, day))

    def decided(self, praise: Praise, by: str, now: datetime) -> None:
        """The first decision, by a lead who has no part in it."""
        one = self.praises[praise.id]
        assert one.state == "waiting", "it was decided before"
        assert by in self.leads and by != one.recorder and by not in one.people, "who decided may not"
        one.state = praise.state
        if praise.state == "accepted":
            one.accepted_at = now
            self.award(praise.id, one.people, now.date())

    def handed(self, praise: Praise, giver: str, receiver: str, now: datetime) -> None:
        """The praise goes on, points and all."""
        one = self.praises[praise.id]
        assert one.state == "accepted" and not one.imported, "it does not stand, or is history"
        assert one.accepted_at and now - one.accepted_at <= MONTH, "it went on too late"
        assert giver in one.people and receiver not in one.people, "who had it, or gets it, is not right"
        assert receiver not in one.left and receiver != one.recorder, "it came back"
        assert not self.same(receiver, one.print, one.day, one.whole), "the same words again"
        one.turns[receiver] = one.turns.get(giver, 0) + 1
        assert one.turns[receiver] <= 2, "it went on too often"
        one.people[one.people.index(giver)] = receiver
        one.left.add(giver)
        was = self.lines[f"praise:{praise.id}:{giver}"]
        self.reverse(f"praise:{praise.id}:{giver}")
        if receiver in one.thanked:
            self.reverse(one.thanked.pop(receiver))
        self.award(praise.id, [receiver], was.day)
        self.shown(praise)

    def helped(self, praise_id: str, namer: str, helpers: Sequence[Member], now: datetime) -> None:
        """Helpers are thanked, each once."""
        one, ids = self.praises[praise_id], [person.id for person in helpers]
        assert one.state == "accepted" and namer in one.people, "who names helpers may not"
        assert not set(one.people) & set(ids), "one of the praised is a helper"
        assert not one.thanked.keys() & set(ids), "a helper is thanked twice"
        assert ids and not any(person.absence for person in helpers)
        one.helpers |= set(ids)
        for person in ids:
            key = f"help:{praise_id}:{person}"
            one.thanked[person] = f"{key}:2" if key in self.lines else key  # it was theirs between
            self.enter(one.thanked[person], Line(person, "help", 1, now.date()))
        assert len(one.thanked) <= 10, "too many helpers"

    # ---- kudos -----------------------------------------------------------------------------------------------------

    def gave(self, given: Given, zone: str, now: datetime, key: str = "") -> None:
        """Thanks within the allowances: 5 a day of the giver, for leads 10 a week of five points, 3 a week for one."""
        giver, own = given.giver.id, now.astimezone(ZoneInfo(zone) if zone else UTC).date()
        lines = {gift.person.id: f"{key or f'kudos:{given.id}'}:{gift.person.id}" for gift in given.gifts}
        assert lines and len(lines) == len(given.gifts) and giver not in lines, "thanks to oneself, or twice"
        for gift in given.gifts:
            assert gift.person.absence is None and gift.points in (1, 5) and (gift.points == 1 or giver in self.leads)
            self.enter(lines[gift.person.id], Line(gift.person.id, "kudos", gift.points, now.date()))
        self.kudos[given.id] = Thanked(giver, own, tuple(lines), lines)
        self.allowed(given.id, 1)
        if given.joined:
            joined = self.kudos[given.joined.id]
            assert joined.lines and giver != joined.giver and giver not in joined.joiners, "joined against the rule"
            joined.joiners.add(giver)

    def allowed(self, kudos_id: str, count: int) -> None:
        """Take a kudos from the allowances, or give it back."""
        one = self.kudos[kudos_id]
        for person, key in one.lines.items():
            day, weekly = self.lines[key].day, self.lines[key].amount == 5
            week = day - timedelta(day.weekday())
            own: tuple = ("week", one.giver, week) if weekly else ("day", one.giver, one.day)
            for span, most in ((own, 10 if weekly else 5), (("pair", one.giver, person, week), 3)):
                self.gifts[span] += count
                assert self.gifts[span] <= most, f"more than {most}: {span[0]}"
            self.count(one.giver, "given", day, count, count)

    def took_back(self, kudos_id: str) -> None:
        """Points and allowance of a kudos return."""
        one = self.kudos[kudos_id]
        assert one.lines, "it was taken back before"
        for key in one.lines.values():
            self.reverse(key)
        self.allowed(kudos_id, -1)
        one.lines = {}

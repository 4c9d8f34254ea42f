"""Praise by every way in, and what becomes of it: decided, handed on, helpers named."""

from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlmodel import Session

from bot.services import confirmations, handing_on, helping, history, intake, praise, privacy
from bot.services.intake import KeyUsed, Taken, Unfit
from bot.services.telling import Telling
from storage import praise as praises
from tests.ledger.books import plain
from tests.ledger.floor import COLLEAGUES, HELPERS, NAMES, REFUSED, SEVERAL, WHICH, Floor
from tests.office import mentions, slack_id

WORDS = st.sampled_from([("So kind!", ""), ("so KIND", ""), ("So kind! But slow.", "So kind!"), ("So quick!", "")])
DAYS_AGO = st.sampled_from([0, 0, 0, 2, 30, 31, 45])


class Recording(Floor):
    """Praise by colleagues."""

    def telling(self, of: list[str], words: str, days_ago: int, part: str = "", by: Any = slack_id) -> Telling:
        return Telling(tuple(map(by, of)), words, part=part, happened_on=self.day(days_ago))

    def day(self, days_ago: int) -> date:
        return self.now.date() - timedelta(days=days_ago)

    @rule(by=NAMES, of=SEVERAL, words=WORDS, days_ago=DAYS_AGO)
    def tell(self, by: str, of: list[str], words: tuple[str, str], days_ago: int) -> None:
        """By form or command."""
        self.tell_one(by, of, words, days_ago)

    def tell_one(self, by: str, of: list[str], words: tuple[str, str], days_ago: int) -> None:
        recorded = self.act(praise.record, slack_id(by), self.telling(of, words[0], days_ago, words[1]))
        if recorded is not REFUSED:
            whole = plain(words[0]) if recorded.rest else ""
            self.books.told(recorded.praise, self.now, print=plain(recorded.praise.words), whole=whole)


class Praising(Recording):
    """All other acts about praise."""

    @rule(by=st.sampled_from(["cy", "lee"]), of=st.sampled_from(["ann", "bo"]), times=st.integers(2, 3))
    def tell_much(self, by: str, of: str, times: int) -> None:
        """A colleague full of praise, always in other words."""
        for number in range(times):
            self.tell_one(by, [of], (f"Praise {len(self.books.praises)} and {number}", ""), 0)

    @rule(key=st.sampled_from("abc"), of=SEVERAL, words=WORDS, days_ago=DAYS_AGO)
    def send(self, key: str, of: list[str], words: tuple[str, str], days_ago: int) -> None:
        """By the signed intake, under one of few keys."""
        self.taken_in(key, self.telling(of, words[0], days_ago, by="{}@example.com".format))

    @rule(key=st.sampled_from("abc"))
    @precondition(lambda self: self.keys)
    def send_again(self, key: str) -> None:
        key = key if key in self.keys else next(iter(self.keys))
        self.taken_in(key, self.keys[key][0])

    def taken_in(self, key: str, telling: Telling) -> None:
        before = self.keys.get(key)
        try:
            taken: Taken = self.do(intake.take_in, key, sha256(str(telling).encode()).hexdigest(), telling)
        except Unfit:
            return
        except KeyUsed:
            changed = before and (before[0] != telling or self.books.praises[before[1]].state == "erased")
            assert changed, "a key was refused that is free, or has this body"
            return
        assert not before or (before == (telling, taken.praise_id) and not taken.praise), "a key was used twice"
        self.keys[key] = (telling, taken.praise_id)
        if taken.praise:
            self.books.told(taken.praise, self.now, print=plain(telling.words))
        stored = self.books.praises[taken.praise_id]
        assert before or plain(telling.words) in (stored.print, stored.whole), "other words were taken for these"

    @rule(rows=st.lists(st.tuples(SEVERAL, WORDS, DAYS_AGO), min_size=1, max_size=3), award=st.booleans())
    def bring(self, rows: list[tuple[list[str], tuple[str, str], int]], award: bool) -> None:
        """By a file."""
        tellings = [self.telling(of, words[0], days_ago) for of, words, days_ago in rows]
        brought = self.do(history.bring, tellings, award=award)
        stored = list(self.database.read_now(partial(_unknown, known=set(self.books.praises))))
        entered, due = self.looks.keys(), set[str]()
        for telling, one in zip(tellings, brought, strict=True):
            if one.added:
                new = next(each for each in stored if self.is_of(each, telling))
                self.books.told(stored.pop(stored.index(new)), self.now, print=plain(new.words), imported=True)
            for person in self.named(telling) if award and not one.unfit else ():
                due |= self.due(person, telling, entered)
        assert not stored, "more is stored than was added"
        due -= self.books.lines.keys()
        for _, praise_id, person in (key.split(":") for key in due):
            self.books.award(praise_id, [person], self.books.praises[praise_id].day)
        assert sum(one.awarded for one in brought) == len(due), "an award is missing, or given twice"

    def is_of(self, stored: praises.Praise, telling: Telling) -> bool:
        same = (stored.words, stored.happened_on) == (telling.words, telling.happened_on)
        return same and {person.id for person in stored.people} <= set(self.named(telling))

    def named(self, telling: Telling) -> list[str]:
        return [self.ids[one.removeprefix("U").lower()] for one in telling.people]

    def due(self, person: str, telling: Telling, entered: set[str]) -> set[str]:
        """Of the praises that these words repeat, the one that a file brought and that is nearest to the day: its key.
        Of two as near it is either."""
        day, praises = telling.happened_on or self.now.date(), self.books.praises
        same = [one for one in self.books.same(person, plain(telling.words), day) if praises[one].imported]
        near = min((abs(praises[one].day - day) for one in same), default=None)
        keys = [f"praise:{one}:{person}" for one in same if abs(praises[one].day - day) == near]
        return set(sorted(keys, key=lambda key: key in self.books.lines or key not in entered)[:1])

    def praise_of(self, which: int, *states: str) -> str:
        """One of the praises: the latest, as often as any."""
        ids = [id_ for id_, one in self.books.praises.items() if one.state in states]
        return ids[-1 - which % (len(ids) if which % 2 else min(len(ids), 2))] if ids else "none"

    def one_of(self, praise_id: str, which: int) -> str:
        """One of the praised, or now and then whoever it may be."""
        told = self.books.praises.get(praise_id)
        names = [self.names[one] for one in told.people] if told and which % 8 else list(COLLEAGUES)
        return names[which % len(names)]

    @rule(which=WHICH, by=NAMES, accepted=st.booleans())
    @precondition(lambda self: any(one.recorder for one in self.books.praises.values()))
    def decide(self, which: int, by: str, accepted: bool) -> None:
        waiting = [id_ for id_, one in self.books.praises.items() if one.recorder]
        praise_id = waiting[-1 - which % min(len(waiting), 4)]
        given = {"accepted": accepted, "reason": "I was there"}
        decided = self.act(confirmations.decide, slack_id(by), praise_id, **given)
        if decided is not REFUSED:
            self.books.decided(decided.praise, self.ids[by], self.now)

    @rule(which=WHICH, giver=WHICH, to=st.sampled_from((*COLLEAGUES, "guest")))
    @precondition(lambda self: self.books.praises)
    def hand_on(self, which: int, giver: int, to: str) -> None:
        """By one of the praised: as often as not by whom it was handed to last."""
        went = [(id_, list(one.turns)[-1]) for id_, one in self.books.praises.items() if one.turns]
        praise_id = self.praise_of(which, "accepted", "waiting", "erased")
        by = self.one_of(praise_id, giver)
        if went and giver % 2:
            praise_id, by = went[-1][0], self.names[went[-1][1]]
        handed = self.act(handing_on.hand_on, slack_id(by), praise_id, slack_id(to))
        if handed is not REFUSED:
            self.books.handed(handed.praise, self.ids[by], self.ids[to], self.now)

    @rule(which=WHICH, by=WHICH, helpers=HELPERS)
    @precondition(lambda self: self.books.praises)
    def help(self, which: int, by: int, helpers: list[str]) -> None:
        praise_id = self.praise_of(which, "accepted")
        namer = self.one_of(praise_id, by)
        helped = self.act(helping.name, slack_id(namer), praise_id, mentions(*helpers))
        if helped is not REFUSED:
            self.books.helped(praise_id, self.ids[namer], helped.helpers, self.now)

    @rule(name=NAMES, private=st.booleans())
    def wish(self, name: str, private: bool) -> None:
        self.do(privacy.prefer, slack_id(name), private=private)
        self.books.private -= {self.ids[name]}
        self.books.private |= {self.ids[name]} if private else set()


def _unknown(session: Session, known: set[str]) -> tuple[praises.Praise, ...]:
    ids = [id_ for (id_,) in session.connection().exec_driver_sql("SELECT id FROM praise") if id_ not in known]
    return praises.several(session, ids)

"""Ideas: sent, backed, moved by whoever may and may not; what became of those that were done."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlmodel import Session

from bot.rules.company import Company
from bot.services import aside, credits, suggestions
from bot.services.suggestions import Draft
from storage.suggestions import Suggestion
from tests.ledger.floor import ABSENT, COLLEAGUES, NAMES, REFUSED, SEVERAL, WHICH, Floor
from tests.ledger.ideas import WAYS
from tests.office import mentions, slack_id

TITLES = st.sampled_from(["Umbrellas at the door", "A shelf for umbrellas", "門口放雨傘", "More light"])
WALKS = st.lists(st.tuples(WHICH, WHICH), min_size=1, max_size=4)
REASONS = st.sampled_from(["", "We tried it", "Too dear"])


class Suggesting(Floor):
    """Acts about ideas. What the rules allow must be done, what they forbid refused."""

    def prepare(self) -> None:
        """An idea, and one that is done."""
        super().prepare()
        for author, states in (("lee", ("accepted", "done")), ("ann", ())):
            sent = self.act(suggestions.send, slack_id(author), Draft("More light", "At the door"))
            self.ideas.sent(sent, self.ids[author], self.now)
            for state in states:
                idea = self.ideas.known[sent.suggestion.id]
                self.answer_one("lou", sent.suggestion.id, idea.state, state, "")

    @rule(by=NAMES, title=TITLES, walk=WALKS)
    def suggest(self, by: str, title: str, walk: list[tuple[int, int]]) -> None:
        """Some are answered at once."""
        sent = self.act(suggestions.send, slack_id(by), Draft(title, f"For rainy days, says <@{slack_id(by)}>"))
        self.ideas.sent(sent, self.ids[by], self.now)
        self.walk(sent.suggestion.id, walk[1:], "Why not?")

    @rule(which=WHICH)
    @precondition(lambda self: self.books.praises)
    def set_aside(self, which: int) -> None:
        """What a customer said beside the praise, by its recorder or whoever it may be."""
        mixed = [id_ for id_, one in self.books.praises.items() if one.whole] or list(self.books.praises)
        praise_id = mixed[-1 - which % min(len(mixed), 3)]
        told = self.books.praises[praise_id]
        by = self.names[told.recorder] if told.recorder and which % 8 else list(COLLEAGUES)[which % len(COLLEAGUES)]
        put = self.act(aside.set_aside, slack_id(by), praise_id)
        allowed = bool(told.whole) and told.recorder == self.ids[by]
        assert (put is not REFUSED) == allowed, "set aside, or not, against the rule"
        if allowed:
            assert (put.sent is None) == self.ideas.of_praise(praise_id), "an idea is made twice, or never"
        if allowed and put.sent:
            self.ideas.sent(put.sent, self.ids[by], self.now, praise_id)

    @rule(which=WHICH, walk=WALKS, reason=REASONS)
    @precondition(lambda self: self.ideas.known)
    def answer(self, which: int, walk: list[tuple[int, int]], reason: str) -> None:
        """One or more answers to an idea, now and then to one that somebody moved meanwhile, or by a way there is
        not."""
        self.walk(self.idea_of(which), walk, reason)

    def walk(self, idea_id: str, walk: list[tuple[int, int]], reason: str) -> None:
        idea = self.ideas.known[idea_id]
        for by, step in walk:
            ways, was, before = WAYS[idea.state], idea.state, {was for was, _, _ in idea.steps}
            becomes = ways[-1 if step % 3 == 0 else step % max(len(ways) - 1, 1)] if ways else "review"
            if step % 7 == 0:
                becomes = list(WAYS)[step % len(WAYS)]
            if step % 9 == 0 and before:
                was = min(before)
            self.answer_one(self.one_who_leads(by), idea_id, was, becomes, reason)

    def answer_one(self, name: str, idea_id: str, was: str, becomes: str, reason: str) -> None:
        allowed = self.ideas.may_move(idea_id, self.ids[name], was, becomes, reason)
        moved = self.act(suggestions.move, slack_id(name), idea_id, becomes, was=was, reason=reason)
        assert (moved is not REFUSED) == allowed, "moved, or not, against the rule"
        if allowed:
            self.ideas.moved(moved, self.ids[name], becomes, self.now)

    @rule(by=NAMES, which=WHICH, stands=st.sampled_from([True, True, False]))
    @precondition(lambda self: self.ideas.known)
    def back(self, by: str, which: int, stands: bool) -> None:
        idea_id, person = self.idea_of(which), self.ids[by]
        allowed = self.ideas.may_back(idea_id, person)
        backed = self.act(_back, slack_id(by), idea_id, stands=stands)
        assert (backed is not REFUSED) == allowed, "backed, or not, against the rule"
        if allowed:
            self.ideas.backed(idea_id, person, stands=stands, backers=backed.backers)

    @rule(by=WHICH, which=WHICH, solvers=SEVERAL)
    @precondition(lambda self: any(one.state == "done" for one in self.ideas.known.values()))
    def solve(self, by: int, which: int, solvers: list[str]) -> None:
        """Now and then somebody among them of whom it was known."""
        idea_id, name = self.idea_of(which, *(["done"] if which % 5 else [])), self.one_who_leads(by)
        known = self.ideas.known[idea_id].solvers if which % 2 else ()
        solvers = [*solvers, *(self.names[one] for one in sorted(known))]
        ids = {self.ids[one] for one in solvers}
        allowed = self.ideas.may_solve(idea_id, self.ids[name], ids) and not set(solvers) & set(ABSENT)
        found = self.act(credits.solved, slack_id(name), idea_id, mentions(*solvers))
        assert (found is not REFUSED) == allowed, "confirmed, or not, against the rule"
        if allowed:
            self.ideas.solved(found, self.ids[name], ids, self.now)

    @rule(by=WHICH, which=WHICH, praise=WHICH)
    @precondition(lambda self: self.books.praises and any(one.state == "done" for one in self.ideas.known.values()))
    def credit(self, by: int, which: int, praise: int) -> None:
        """A praise came because of an idea: of the newest ones, as often as not by whoever recorded it."""
        idea_id, praises = self.idea_of(which, "done"), list(self.books.praises)
        praise_id = praises[-1 - praise % min(len(praises), 3)]
        recorder = self.books.praises[praise_id].recorder
        name = self.names[recorder] if recorder and by % 2 else self.one_who_leads(by)
        allowed = self.ideas.may_credit(idea_id, self.ids[name], praise_id)
        credited = self.act(credits.credit, slack_id(name), praise_id, idea_id)
        assert (credited is not REFUSED) == allowed, "credited, or not, against the rule"
        if allowed:
            self.ideas.credited(credited)

    @rule()
    @precondition(lambda self: self.ideas.known)
    def remind(self) -> None:
        """What the timetable does each day."""
        self.ideas.reminded(self.do(suggestions.remind), self.books.admins, self.now)

    def idea_of(self, which: int, *states: str) -> str:
        """One of the ideas: one of the latest two, as often as any."""
        ids = [id_ for id_, one in self.ideas.known.items() if not states or one.state in states]
        return ids[-1 - which % (len(ids) if which % 4 == 0 else min(len(ids), 2))]

    def one_who_leads(self, by: int) -> str:
        """A lead or an admin; now and then whoever it may be."""
        able = [name for name in COLLEAGUES if self.ids[name] in self.books.leads]
        names = able if able and by % 4 else list(COLLEAGUES)
        return names[by // 4 % len(names)]


def _back(session: Session, company: Company, *args: Any, now: datetime, stands: bool) -> Suggestion:
    """It keeps no time."""
    return suggestions.back(session, company, *args, stands=stands)

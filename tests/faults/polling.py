"""One round of the pulse after another, each with its kills, and what came of them."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.sealing import Keys, tag
from bot.services.voting import Voter
from storage import people, surveys
from tests.faults import ballotbox, lives, posts
from tests.faults.ballotbox import OVER, Ballot
from tests.faults.killing import CLOSING, DONE, GIVING_UP, MIXING, Aim, Killing
from tests.faults.snapshots import snapshot
from tests.faults.voters import Orders, Step, Vote
from tests.office import TEAM

LEAST, MOST = 80, 116
"""Votes of a round."""
SHORTEST, LONGEST = 7, 16
"""Lives that take them."""
ENDS = 4
"""Lives that close a round, beside the last."""
LATE = 3
"""Votes that come to each of these."""
NOBODY = 1_000_000
"""The number of each who votes too late: none of those who may be acknowledged."""
COMMENTING, LOSING, THOROUGH = 0.3, 0.25, 0.05
"""Shares: of those who comment, of rounds whose key is lost, of kills after which every table is looked through."""
AN_HOUR = timedelta(hours=1)


class Wrong(Exception):
    """Something is wrong with a round: nothing more is to be learnt from it."""


class Polling:
    """Rounds, one after another, from `now` on. `counts` are the figures, `faults` what is wrong."""

    def __init__(self, killing: Killing, now: datetime) -> None:
        self.killing, self.now = killing, now
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self._dice, self._world = killing.dice, killing.world
        self._keys = Keys(self._world.folder / "keys")

    def round(self) -> None:
        """One round, from its opening until nothing is left of it, or something is wrong. Raises Wrong."""
        self.counts["rounds"] += 1
        ballot = self._opened()
        loses = not self.killing.gentle and self._dice.random() < LOSING
        self._vote(ballot, loses=loses)
        if loses and not ballot.is_lost:
            self._close_and_lose(ballot)
        self._close(ballot)
        with snapshot(self._world) as shot:
            self._found(posts.faults(self._world.posted(), shot.session, ballot))
        self._count(ballot)
        self.now = ballot.survey.closes_at + AN_HOUR

    def _opened(self) -> Ballot:
        """The next round: in half of them the bot is killed once while it opens."""
        orders, killing, dice = Orders(self.now, opens=True), self.killing, self._dice
        if not killing.gentle and dice.random() < 0.5:
            killing.life("opening", orders, killing.at(dice.choice((Step.KEY, Step.OPENING))))
        killing.life("opening", orders, DONE)
        with snapshot(self._world) as shot:
            survey, staff = surveys.current(shot.session, TEAM), people.present(shot.session, TEAM)
            assert survey and survey.state == "open", survey
            segment = ballotbox.segments(shot.session, survey.id)
        key = self._keys.find(survey.id, survey.public_key)
        assert key
        mark = f"canary of round {self.counts['rounds']}:"
        voters = {
            number: Voter(staff[number], survey, segment[staff[number].id], tag(survey.secret, staff[number].id))
            for number in dice.sample(range(len(staff)), dice.randint(LEAST, MOST))
        }
        values = {number: dice.choice(survey.question.values) for number in voters}
        words = {number: f"{mark} {number} likes it" for number in voters if dice.random() < COMMENTING}
        late = [member for number, member in enumerate(staff) if number not in voters][:LATE]
        return Ballot(survey, key, voters, values, words, mark, late)

    def _vote(self, ballot: Ballot, *, loses: bool) -> None:
        """People vote, and are mixed, in several lives. The key may be lost in one of them, or when all are over."""
        many = 1 if self.killing.gentle else self._dice.randint(SHORTEST, LONGEST)
        loses_in = self._dice.randint(0, many) if loses else -1
        fresh, some = list(ballot.voters), math.ceil(len(ballot.voters) / many)
        waiting: list[int] = []
        for number in range(many):
            waiting, fresh = waiting + fresh[:some], fresh[some:]
            again = self._dice.sample(sorted(ballot.told), math.ceil(len(ballot.told) / 10))
            orders = Orders(
                ballot.survey.opens_at + AN_HOUR, survey_id=ballot.survey.id,
                votes=tuple(self._first(ballot, one) for one in waiting),
                again=tuple(self._other(ballot, one) for one in again),
            )  # fmt: skip
            self._life(ballot, "voting", orders, self._while_voting(ballot, waiting), loses=number == loses_in)
            waiting = [one for one in waiting if one not in ballot.through]

    def _while_voting(self, ballot: Ballot, waiting: list[int]) -> Aim:
        """When to kill a life that takes these votes: mostly while it mixes, if there is enough to be mixed."""
        if ballot.may_be_mixed(waiting) and self._dice.random() < 0.7:
            return self.killing.at(self._dice.choice(MIXING))
        return self.killing.voting() if self._dice.random() < 0.8 else self.killing.anywhen()

    def _first(self, ballot: Ballot, number: int) -> Vote:
        return Vote(number, ballot.voters[number].member.slack_id, ballot.values[number], ballot.words.get(number, ""))

    def _other(self, ballot: Ballot, number: int) -> Vote:
        """Another answer of somebody who was acknowledged, and other words: they must change nothing."""
        others = [value for value in ballot.survey.question.values if value != ballot.values[number]]
        words = f"{ballot.mark} second thoughts" if number in ballot.commented else ""
        return Vote(number, ballot.voters[number].member.slack_id, self._dice.choice(others), words)

    def _close_and_lose(self, ballot: Ballot) -> None:
        """The key is lost while the round is read: it may still close with all its answers, or is void."""
        self._life(ballot, "closing", self._ending(ballot), self.killing.from_(Step.READING), loses=True)

    def _close(self, ballot: Ballot) -> None:
        """The round closes, in several lives; who votes now comes too late. Without a key it waits an hour first."""
        steps = GIVING_UP if ballot.is_lost else CLOSING
        if ballot.is_lost and ballot.state not in OVER and self._key_is_gone(ballot):
            self._life(ballot, "closing", self._ending(ballot), self.killing.at(Step.WAITING))
            if ballot.state in OVER:
                self._found(["lost: a round was given up at once whose key might have come back"])
        aims = [] if self.killing.gentle else sorted(self._dice.sample(steps, ENDS))
        orders = self._ending(ballot, timedelta() if not ballot.is_lost else AN_HOUR)
        for step in aims:
            self._life(ballot, "closing", orders, self.killing.from_(step))
        self._life(ballot, "closing", orders, DONE)
        if not ballot.scrubbed:
            self._found([f"wrong: a round that is over stays {ballot.state}, and something is left of it"])

    def _ending(self, ballot: Ballot, after: timedelta = timedelta()) -> Orders:
        late = tuple(Vote(NOBODY, one.slack_id, ballot.survey.question.values[0]) for one in ballot.others)
        return Orders(ballot.survey.closes_at + after, survey_id=ballot.survey.id, votes=late, late=True)

    def _key_is_gone(self, ballot: Ballot) -> bool:
        return ballot.survey.id not in self._keys.ids()

    def _life(self, ballot: Ballot, phase: str, orders: Orders, aim: Aim, *, loses: bool = False) -> None:
        """One life of the round, and what is wrong afterwards."""
        was_lost = ballot.is_lost
        try:
            said = self.killing.life(phase, orders, aim, self._loser(ballot) if loses else lambda: None)
        except lives.Stuck as why:
            self._found([f"wrong: {why} while {phase}"])
            return
        if not orders.late:
            ballot.told |= said.told
            ballot.commented |= said.commented
            self.counts["repeated"] += said.repeated
        with snapshot(self._world) as shot:
            thorough = self._dice.random() < THOROUGH or Step.DONE in said.steps
            found = list(ballotbox.faults(self._world, ballot, shot, thorough=thorough))
        if said.broke:
            found.append("wrong: a life broke; what it died of stands above")
        if orders.late and said.told:
            found.append("wrong: a vote was acknowledged that came too late")
        if was_lost and Step.UNSEALING in said.steps:
            found.append("readable: envelopes were opened when the key was lost")
        self._found(found)
        ballot.may_be_read = not ballot.is_lost or (ballot.may_be_read and ballot.state in OVER)

    def _found(self, faults: Iterable[str]) -> None:
        self.faults += faults
        if self.faults:
            raise Wrong

    def _loser(self, ballot: Ballot) -> Callable[[], None]:
        def lose() -> None:
            file = self._keys.folder / f"{ballot.survey.id}.key"
            ballot.is_lost = True
            if self._dice.random() < 0.5:
                file.unlink(missing_ok=True)
            elif file.exists():
                file.write_bytes(self._dice.randbytes(32))

        return lose

    def _count(self, ballot: Ballot) -> None:
        stored = ballot.took_part["answer"]
        self.counts["answers"] += len(ballot.told)
        self.counts["unheard"] += len(stored - ballot.told)
        self.counts["comments"] += len(ballot.commented)
        self.counts["mixed"] += ballot.mixed
        self.counts[ballot.state] += 1
        self.counts["keys"] += ballot.is_lost

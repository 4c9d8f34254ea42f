"""Who is killed when: lives of the pulse with an aim, and the figures of where they died."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from random import Random

from tests.faults import lives, voters
from tests.faults.lives import World
from tests.faults.voters import AGAIN, COMMENT, FAILED, STEP, Orders, Step

MIXING = (Step.UNSEALING, Step.MIXING)
CLOSING = (
    Step.ENDING, Step.READING, Step.UNSEALING, Step.KEEPING, Step.BURNING, Step.TELLING, Step.DESTROYING,
    Step.DESTROYING, Step.SCRUBBING, Step.FINISHING,
)  # fmt: skip
GIVING_UP = (Step.GIVING_UP, Step.BURNING, Step.DESTROYING, Step.SCRUBBING, Step.FINISHING)
WORDS = {
    Step.KEY: "making the key",
    Step.OPENING: "storing the round",
    Step.UNSEALING: "opening envelopes",
    Step.MIXING: "writing what was mixed",
    Step.ENDING: "ending the vote",
    Step.READING: "reading envelopes",
    Step.KEEPING: "keeping the result",
    Step.GIVING_UP: "giving up without a key",
    Step.BURNING: "destroying the key",
    Step.TELLING: "owing the result",
    Step.DESTROYING: "destroying rows",
    Step.SCRUBBING: "scrubbing the files",
    Step.FINISHING: "noting that all is gone",
}
A_VOTE_S = 0.005
NO_MOMENT_S = 0.001
"""No step is taken to be shorter, or none would be killed later than at its beginning."""


@dataclass(frozen=True)
class Aim:
    """A life is killed so many seconds after the first word that is awaited, or after its birth."""

    seconds: float
    awaited: Callable[[int], bool] | None = None


@dataclass
class Said:
    """What a life has said."""

    told: set[int] = field(default_factory=set)
    commented: set[int] = field(default_factory=set)
    repeated: int = 0
    steps: list[Step] = field(default_factory=list)
    broke: bool = False


@dataclass
class Killing:
    """All lives of a run, which end well while it is `gentle`; half of the others are killed where a guard is missed if
    it `aims` there. `struck` counts kills, by phase and by what was under way."""

    world: World
    dice: Random
    aims: bool
    gentle: bool = False
    struck: Counter[tuple[str, str]] = field(default_factory=Counter)
    lengths: dict[Step, float] = field(default_factory=dict)
    longest: float = 1.0

    @property
    def kills(self) -> int:
        """Kills in the midst of voting, mixing and closing."""
        return sum(times for (phase, what), times in self.struck.items() if phase != "opening" and what != "nothing")

    def life(self, phase: str, orders: Orders, aim: Aim, then: Callable[[], None] = lambda: None) -> Said:
        """One life, and its death; `then` is called just before."""
        if self.gentle:
            return self._undisturbed(phase, orders)
        if self.aims and phase != "opening" and self.dice.random() < 0.5:
            aim = GAP
        living = partial(voters.live, self.world, orders)
        said = _said(lives.born(self.world, living, aim.seconds, awaited=aim.awaited, then=then))
        last = next((step for step in reversed(said.steps) if step != Step.VOTING), Step.WAITING)
        idle = Step.DONE in said.steps and phase != "voting"
        if last in (*MIXING, Step.SCRUBBING) and phase == "voting":
            phase = "mixing"
        what = "nothing" if idle else WORDS.get(last, "votes" if phase == "voting" else "between two steps")
        self.struck[phase, what] += 1
        return said

    def _undisturbed(self, phase: str, orders: Orders) -> Said:
        """A life that ends well, in this process: compiles what the others inherit, and measures the steps."""
        self.world.lives += 1
        heard: list[tuple[float, int]] = []
        began = time.monotonic()
        say = lambda word: heard.append((time.monotonic(), word))  # noqa: E731
        asyncio.run(asyncio.wait_for(voters.live(self.world, orders, say, forever=False), lives.NEVER_S))
        if phase == "voting":
            self.longest = time.monotonic() - began
        steps = [(at, Step(word & ~STEP)) for at, word in heard if word & STEP and word != STEP | Step.VOTING]
        for (at, step), (end, _) in pairwise(steps):
            self.lengths[step] = end - at
        return _said([word for _, word in heard])

    def anywhen(self) -> Aim:
        """At any moment of a life that has a few of a round's votes to take."""
        return Aim(self.dice.uniform(0, self.longest / 4))

    def voting(self) -> Aim:
        """While somebody's vote is stored, or just before or after they are told."""
        left = self.dice.randint(1, 12)

        def awaited(word: int) -> bool:
            nonlocal left
            left -= word == STEP | Step.VOTING
            return not left or word == STEP | Step.DONE

        return Aim(self.dice.uniform(0, A_VOTE_S), awaited)

    def at(self, *steps: Step) -> Aim:
        """At some moment of one of these steps; if none of them comes, when nothing is left to do."""
        awaited = {STEP | step for step in (*steps, Step.DONE)}
        return Aim(self._within(*steps), awaited.__contains__)

    def from_(self, step: Step) -> Aim:
        """At some moment of this step, or of the next one that comes if this one is over."""
        return Aim(self._within(step), lambda word: bool(word & STEP) and word & ~STEP >= step)

    def _within(self, *steps: Step) -> float:
        return self.dice.uniform(0, max(NO_MOMENT_S, *(self.lengths.get(step, 0) for step in steps)))


DONE = Aim(0, (STEP | Step.DONE).__eq__)
"""When nothing is left to do."""
GAP = Aim(0, {STEP | Step.GAP, STEP | Step.DONE}.__contains__)
"""Where a guard is missed; or when nothing is left to do."""


def _said(words: list[int]) -> Said:
    said = Said()
    for word in words:
        if word & STEP:
            said.steps.append(Step(word & ~STEP))
        elif word & FAILED:
            said.broke = True
        elif word & COMMENT:
            said.commented.add(word & ~COMMENT & ~AGAIN)
        else:
            said.told.add(word & ~AGAIN)
            said.repeated += bool(word & AGAIN)
    return said

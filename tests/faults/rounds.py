"""Kill the pulse 1,000 times: rounds that are voted in, mixed and closed by lives that end by SIGKILL.

`python -m tests.faults.rounds --kills 1000 --seed 7 --engine postgresql`. Each life runs the bot's own jobs, and people
who vote four at once; a tenth of those who were acknowledged vote again, with another answer. Kills strike while people
vote, while answers are mixed, and at every step of closing. After each the database is looked through
(`tests.faults.ballotbox`). In some rounds the key is removed or damaged at some moment: these must be void, unread.
"""

import random
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime

from sqlmodel import Session

from storage import people
from tests.faults import lives, round_mutants
from tests.faults.killing import Killing
from tests.faults.lives import World
from tests.faults.polling import Polling, Wrong
from tests.faults.voters import COMPANY
from tests.office import TEAM, Office

MONDAY = datetime.fromisoformat("2026-03-02T08:00+00:00")
TUESDAY = datetime.fromisoformat("2026-03-03T10:00+00:00")
STAFF = tuple(f"p{number:03}" for number in range(118))
TEAMS = ("Kitchen", "Reception")
UNDISTURBED = 2
"""Rounds without kills, of which the second measures how long the steps are."""
KINDS = ("lost", "doubled", "readable", "wrong")


def found(world: World) -> None:
    """A company of two teams, with a lead and an admin, on the day before its first round."""
    opened = world.open()
    office = Office(opened, COMPANY)
    office.now = MONDAY
    office.enrol(*STAFF)
    office.enrol("lee", appointed="lead")
    office.enrol("ada", is_slack_admin=True)
    office.keep_ritual()

    def listed(session: Session) -> None:
        for place, member in enumerate(people.present(session, TEAM)):
            if member.role != "admin":
                people.list_as(session, member.id, team=TEAMS[place % len(TEAMS)])

    opened.write_now(listed)
    opened.close()


def run(world: World, kills: int, seed: int, at_most_s: float, *, aims: bool = False) -> tuple[str, list[str]]:
    """So many kills on an empty, migrated database, fewer if they take longer than `at_most_s` or something is wrong,
    half of them where a mutant misses its guard if it `aims` there; gives a table, and what went wrong."""
    found(world)
    killing = Killing(world, random.Random(seed), aims=aims, gentle=True)
    polling, began = Polling(killing, TUESDAY), time.monotonic()
    with suppress(Wrong):
        for _ in range(UNDISTURBED):
            polling.round()
        killing.gentle = False
        while killing.kills < kills and time.monotonic() - began < at_most_s:
            polling.round()
    return _table(polling, time.monotonic() - began), polling.faults


def _table(polling: Polling, seconds: float) -> str:
    """The figures of a run."""
    killing, counts = polling.killing, polling.counts
    lines = [f"{'kills while voting, mixing and closing':46}{killing.kills}"]
    for (phase, what), times in sorted(killing.struck.items()):
        lines.append(f"  {phase + ', ' + what:44}{times}")
    lines += [
        f"{'rounds':46}{counts['rounds']}, {UNDISTURBED} of them undisturbed",
        f"{'  of which the key was lost':46}{counts['keys']}; {counts['void']} void, the others had been read before",
        f"{'votes acknowledged':46}{counts['answers']}, and {counts['comments']} comments",
        f"{'  given again, acknowledged and not counted':46}{counts['repeated']}",
        f"{'  stored, and killed before they were heard':46}{counts['unheard']}",
        f"{'  mixed before their round closed, at least':46}{counts['mixed']}",
    ]
    kinds = Counter(fault.partition(":")[0] for fault in polling.faults)
    names = {"readable": "readable, or beside a tag"}
    lines += [f"{names.get(kind, kind):46}{kinds[kind]}" for kind in KINDS]
    return "\n".join([*lines, f"{'seconds':46}{seconds:.0f}"])


def main() -> int:
    """The exit status: 0 if nothing is wrong."""
    asked = lives.asked("tests.faults.rounds", __doc__, kills=1000, mutants=round_mutants.MUTANTS)
    if asked.mutant:
        round_mutants.MUTANTS[asked.mutant]()
    with lives.fresh(asked.engine) as (url, folder):
        table, faults = run(
            World(url, folder), asked.kills, asked.seed, asked.minutes * 60, aims=asked.mutant in round_mutants.AIMED
        )
    print(table)
    print(*faults[:8], sep="\n", end="\n" if faults else "")
    verdict = "RED" if faults else "nothing wrong"
    print(f"seed {asked.seed}, {asked.engine}, {asked.mutant or 'the bot as it is'}: {verdict}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

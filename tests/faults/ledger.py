"""What the database of a crash run must hold: each deed once, each entry explained, nothing more."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.faults.truth import IDS, Deed, Truth

Rows = Callable[[str], list[tuple[Any, ...]]]

GIFTS = "SELECT kudos_id, slack_id, entry_key, points, taken_back FROM kudosgift JOIN person ON person.id = receiver_id"


@dataclass(frozen=True)
class Kudos:
    """A kudos as it is stored; `receivers` are Slack ids, `stands` is False once all was taken back."""

    id: str
    giver: str
    reason: str
    origin: str
    of: str
    receivers: tuple[str, ...]
    stands: bool


@dataclass(frozen=True)
class Held:
    """The deeds that the database holds; praise as {id: words}, who is praised as Slack ids."""

    praise: dict[str, str]
    praised: dict[str, set[str]]
    kudos: dict[str, Kudos]

    def of(self, deed: Deed) -> list[str]:
        """The ids of what is stored for a deed: one if all is well."""
        if deed.kind == "praise":
            return [id_ for id_, words in self.praise.items() if deed.token in words]
        mine = [one for one in self.kudos.values() if one.giver == IDS[deed.actor]]
        if deed.kind == "kudos":
            return [one.id for one in mine if deed.token in one.reason and not one.of]
        return [one.id for one in mine if one.of and deed.of in one.reason]

    def people(self, deed: Deed, id_: str) -> set[str]:
        """Whom what is stored is about."""
        return self.praised[id_] if deed.kind == "praise" else set(self.kudos[id_].receivers)


def read(rows: Rows) -> Held:
    """Read the database."""
    praised: dict[str, set[str]] = defaultdict(set)
    for id_, slack_id in rows("SELECT praise_id, slack_id FROM praised JOIN person ON person.id = person_id"):
        praised[id_].add(slack_id)
    receivers: dict[str, list[str]] = defaultdict(list)
    standing = set()
    for id_, slack_id, _, _, taken_back in rows(GIFTS):
        receivers[id_].append(slack_id)
        standing |= set() if taken_back else {id_}
    asked = "SELECT kudos.id, slack_id, reason, origin, joined_id FROM kudos JOIN person ON person.id = giver_id"
    kudos = {
        id_: Kudos(id_, giver, reason, origin, of or "", tuple(receivers[id_]), id_ in standing)
        for id_, giver, reason, origin, of in rows(asked)
    }
    return Held(dict(rows("SELECT id, words FROM praise")), dict(praised), kudos)


def faults(held: Held, truth: Truth, rows: Rows) -> Iterator[str]:
    """One sentence, beginning with "lost", "doubled" or "wrong", for each thing that is not as it must be."""
    for deed in truth.deeds:
        found = held.of(deed)
        if deed.told and not found:
            yield f"lost: {deed.kind} {deed.token} of {deed.actor} was acknowledged and is not stored"
        if len(found) > 1:
            yield f"doubled: {deed.kind} {deed.token} of {deed.actor} is stored {len(found)} times"
        for id_ in found:
            if held.people(deed, id_) != {IDS[one] for one in deed.people}:
                yield f"wrong: {deed.kind} {deed.token} is not for {', '.join(deed.people)}"
    yield from _entries(held, rows)
    yield from _unasked(held, truth)


def _entries(held: Held, rows: Rows) -> Iterator[str]:
    """Each praised person and each gift has its one entry, each gift taken back its reversal; there are no others."""
    due: Counter[tuple[str, int]] = Counter()
    for praise_id, person_id in rows(
        "SELECT praise_id, person_id FROM praised JOIN praise ON praise.id = praise_id WHERE state = 'accepted'"
    ):
        due[f"praise:{praise_id}:{person_id}", 10] += 1
    for _, _, key, points, taken_back in rows(GIFTS):
        due[key, points] += 1
        if taken_back:
            due[f"reverse:{key}", -points] += 1
    there = Counter((key, amount) for key, amount in rows("SELECT key, amount FROM entry"))
    for (key, amount), count in sorted((due - there).items()):
        yield f"lost: {count} ledger entry {key} of {amount}"
    for (key, amount), count in sorted((there - due).items()):
        yield f"doubled: no deed explains {count} ledger entry {key} of {amount}"


def _unasked(held: Held, truth: Truth) -> Iterator[str]:
    """Nothing is stored that nobody asked for."""
    known = {id_ for deed in truth.deeds for id_ in held.of(deed)}
    for id_ in held.praise.keys() - known:
        yield f"wrong: praise {id_} was never asked for"
    for one in held.kudos.values():
        if one.origin != "reaction" and one.id not in known:
            yield f"wrong: kudos {one.id} was never asked for"


def stars(standing: dict[tuple[str, str], bool], rows: Rows) -> Iterator[str]:
    """Each kudos emoji counts as Slack shows it now; `standing` says so by (giver's Slack id, timestamp)."""
    net: Counter[tuple[str, str]] = Counter()
    asked = (
        "SELECT person.slack_id, ts, gift.taken_back FROM kudosgift gift JOIN person ON person.id = gift.giver_id "
        "JOIN message ON gift.entry_key LIKE 'react:' || message.id || ':%'"
    )
    for giver, ts, taken_back in rows(asked):
        net[giver, ts] += not taken_back
    for place in standing.keys() | net.keys():
        wanted, got = int(standing.get(place, False)), net[place]
        if got < wanted:
            yield f"lost: the kudos emoji of {place[0]} on {place[1]} stands in Slack and does not count"
        if got > wanted:
            yield f"doubled: the kudos emoji of {place[0]} on {place[1]} counts {got} times instead of {wanted}"

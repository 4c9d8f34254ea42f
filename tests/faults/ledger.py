"""What the database of a crash run must hold: each deed once, each entry explained, nothing more."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tests.faults import spent, thoughts
from tests.faults.spent import Spent
from tests.faults.thoughts import Thoughts
from tests.faults.truth import IDS, SPENDINGS, THOUGHTS, TOKEN, Deed, Rows, Truth

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
    """The deeds that the database holds: praise by token, with ids; by id whom it praised first, as Slack ids, and
    whom it praises now; by praise and giver to whom it went on; helpers by praise and who named them."""

    tokens: dict[str, list[str]]
    first: dict[str, set[str]]
    praised: dict[str, set[str]]
    went_on: dict[tuple[str, str], str]
    helpers: dict[tuple[str, str], set[str]]
    kudos: dict[str, Kudos]
    thoughts: Thoughts
    spent: Spent

    def of(self, deed: Deed) -> list[str]:
        """The ids of what is stored for a deed: one if all is well; of what is about another the id of that."""
        if deed.kind in THOUGHTS:
            return self.thoughts.of(deed)
        if deed.kind in SPENDINGS:
            return self.spent.of(deed)
        match deed.kind:
            case "praise" | "intake" | "import":
                return self.tokens.get(deed.token, [])
            case "hand-on":
                return [id_ for id_ in self.tokens.get(deed.of, ()) if (id_, IDS[deed.actor]) in self.went_on]
            case "help":
                return [id_ for id_ in self.tokens.get(deed.of, ()) if (id_, IDS[deed.actor]) in self.helpers]
        mine = [one for one in self.kudos.values() if one.giver == IDS[deed.actor]]
        if deed.kind == "kudos":
            return [one.id for one in mine if deed.token in one.reason and not one.of]
        return [one.id for one in mine if one.of and deed.of in one.reason]

    def people(self, deed: Deed, id_: str) -> set[str]:
        """Whom what is stored is about."""
        if deed.kind in THOUGHTS:
            return self.thoughts.people(deed, id_)
        if deed.kind in SPENDINGS:
            return self.spent.people(deed, id_)
        match deed.kind:
            case "praise" | "intake" | "import":
                return self.first[id_]
            case "hand-on":
                return {self.went_on[id_, IDS[deed.actor]]}
            case "help":
                return self.helpers[id_, IDS[deed.actor]]
        return set(self.kudos[id_].receivers)


def read(rows: Rows) -> Held:
    """Read the database."""
    known: dict[str, str] = dict(rows("SELECT id, slack_id FROM person"))
    tokens: dict[str, list[str]] = defaultdict(list)
    for id_, words in rows("SELECT id, words FROM praise"):
        for token in set(TOKEN.findall(words)) or {""}:
            tokens[token].append(id_)
    praised: dict[str, set[str]] = defaultdict(set)
    for id_, person_id in rows("SELECT praise_id, person_id FROM praised"):
        praised[id_].add(known[person_id])
    first, went_on = {id_: set(people) for id_, people in praised.items()}, {}
    for id_, giver, receiver in rows("SELECT praise_id, from_id, to_id FROM handover ORDER BY turn DESC"):
        first[id_] = first[id_] - {known[receiver]} | {known[giver]}
        went_on[id_, known[giver]] = known[receiver]
    helpers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id_, person_id, by in rows("SELECT praise_id, person_id, named_by FROM helper"):
        helpers[id_, known[by]].add(known[person_id])
    told = (dict(tokens), first, dict(praised), went_on, dict(helpers))
    return Held(*told, _kudos(rows), thoughts.read(rows), spent.read(rows))


def _kudos(rows: Rows) -> dict[str, Kudos]:
    receivers: dict[str, list[str]] = defaultdict(list)
    standing = set()
    for id_, slack_id, _, _, taken_back in rows(GIFTS):
        receivers[id_].append(slack_id)
        standing |= set() if taken_back else {id_}
    asked = "SELECT kudos.id, slack_id, reason, origin, joined_id FROM kudos JOIN person ON person.id = giver_id"
    return {
        id_: Kudos(id_, giver, reason, origin, of or "", tuple(receivers[id_]), id_ in standing)
        for id_, giver, reason, origin, of in rows(asked)
    }


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
    yield from _entries(rows)
    yield from thoughts.faults(held.thoughts, truth)
    yield from spent.faults(held.spent, truth, rows)
    yield from _unasked(held, truth)


def _entries(rows: Rows) -> Iterator[str]:
    """Each praised person, each helper and each gift has its one entry; what went on or was taken back has its reversal
    too; there are no others."""
    due: Counter[tuple[str, int]] = Counter()

    def entered(key: str, points: int, *, reversed_: bool = False) -> None:
        due[key, points] += 1
        due[f"reverse:{key}", -points] += int(reversed_)

    for praise_id, person_id in rows(
        "SELECT praise_id, person_id FROM praised JOIN praise ON praise.id = praise_id WHERE state = 'accepted'"
    ):
        entered(f"praise:{praise_id}:{person_id}", 10)
    went_on = rows("SELECT praise_id, from_id, to_id FROM handover")
    for praise_id, giver, _ in went_on:
        entered(f"praise:{praise_id}:{giver}", 10, reversed_=True)
    receivers = {(praise_id, receiver) for praise_id, _, receiver in went_on}
    for praise_id, person_id in rows("SELECT praise_id, person_id FROM helper"):
        key, had_it = f"help:{praise_id}:{person_id}", (praise_id, person_id) in receivers
        entered(key, 1, reversed_=had_it)
        if had_it and any((praise_id, person_id) == (one, giver) for one, giver, _ in went_on):
            due.update({(key, 1): 1 for (key,) in rows(f"SELECT key FROM entry WHERE key = '{key}:2'")})
    for _, _, key, points, taken_back in rows(GIFTS):
        entered(key, points, reversed_=bool(taken_back))
    due.update([*thoughts.entries(rows), *spent.entries(rows)])
    there = Counter((key, amount) for key, amount in rows("SELECT key, amount FROM entry"))
    for (key, amount), count in sorted((due - there).items()):
        yield f"lost: {count} ledger entry {key} of {amount}"
    for (key, amount), count in sorted((there - due).items()):
        yield f"doubled: no deed explains {count} ledger entry {key} of {amount}"


def _unasked(held: Held, truth: Truth) -> Iterator[str]:
    """Nothing is stored that nobody asked for."""
    known = {id_ for deed in truth.deeds for id_ in held.of(deed)}
    for id_ in {id_ for ids in held.tokens.values() for id_ in ids} - known:
        yield f"wrong: praise {id_} was never asked for"
    asked = {
        (deed.kind, id_, IDS[deed.actor]) for deed in truth.deeds if deed.of and deed.actor for id_ in held.of(deed)
    }
    for kind, stored in (("hand-on", held.went_on.keys()), ("help", held.helpers.keys())):
        for id_, by in stored:
            if (kind, id_, by) not in asked:
                yield f"wrong: {kind} of {id_} by {by} was never asked for"
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

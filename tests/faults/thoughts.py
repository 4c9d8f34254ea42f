"""What the database of a crash run must hold of ideas, and what people must see of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tests.faults.truth import ADMIN, HANDLES, IDS, THOUGHTS, TOKEN, Deed, Rows, Truth

STEPS = "SELECT suggestion_id, place, became, slack_id, reason FROM step JOIN person ON person.id = moved_by"
BACKINGS = "SELECT suggestion_id, slack_id FROM backing JOIN person ON person.id = person_id"
SOLVERS = "SELECT suggestion_id, slack_id FROM solver JOIN person ON person.id = person_id"


@dataclass(frozen=True)
class Step:
    """The change of an idea's state that somebody made with a token in its reason."""

    idea: str
    place: int
    became: str
    by: str


@dataclass(frozen=True)
class Thoughts:
    """Ideas by the token in their title, their authors and solvers by id, as Slack ids, who backs which, and by token
    the changes."""

    tokens: dict[str, list[str]]
    authors: dict[str, str]
    backings: set[tuple[str, str]]
    steps: dict[str, list[Step]]
    solvers: dict[str, set[str]]

    def of(self, deed: Deed) -> list[str]:
        """The ids of the ideas that hold a deed: one if all is well."""
        match deed.kind:
            case "idea":
                return self.tokens.get(deed.token, [])
            case "move":
                return [one.idea for one in self.steps.get(deed.token, ())]
            case "back":
                return [id_ for id_ in self.tokens.get(deed.of, ()) if (id_, IDS[deed.actor]) in self.backings]
        return [id_ for id_ in self.tokens.get(deed.of, ()) if id_ in self.solvers]

    def people(self, deed: Deed, id_: str) -> set[str]:
        """Whom what is stored is about, as Slack ids."""
        if deed.kind == "idea":
            return {self.authors[id_]}
        return self.solvers[id_] if deed.kind == "solve" else set()


def read(rows: Rows) -> Thoughts:
    """Read the database."""
    tokens: dict[str, list[str]] = defaultdict(list)
    authors: dict[str, str] = {}
    for id_, title, author in rows(
        "SELECT suggestion.id, title, slack_id FROM suggestion JOIN person ON person.id = author_id"
    ):
        authors[id_] = author
        for token in set(TOKEN.findall(title)) or {""}:
            tokens[token].append(id_)
    steps: dict[str, list[Step]] = defaultdict(list)
    for idea, place, became, by, reason in rows(STEPS):
        for token in set(TOKEN.findall(reason)) or {""}:
            steps[token].append(Step(idea, place, became, by))
    solvers: dict[str, set[str]] = defaultdict(set)
    for idea, person in rows(SOLVERS):
        solvers[idea].add(person)
    return Thoughts(dict(tokens), authors, {(idea, one) for idea, one in rows(BACKINGS)}, dict(steps), dict(solvers))


def entries(rows: Rows) -> Iterator[tuple[str, int]]:
    """The ledger entries that there must be."""
    for (idea,) in rows("SELECT DISTINCT suggestion_id FROM step WHERE became = 'accepted'"):
        yield f"idea:{idea}", 20
    for idea, person in rows("SELECT suggestion_id, person_id FROM solver"):
        yield f"solved:{idea}:{person}", 100


def faults(held: Thoughts, truth: Truth) -> Iterator[str]:
    """What is stored otherwise than it was asked for, or that nobody asked for."""
    mine = [deed for deed in truth.deeds if deed.kind in THOUGHTS]
    asked = {(deed.kind, id_, IDS[deed.actor]) for deed in mine for id_ in held.of(deed)}
    tokens = {deed.token: deed for deed in truth.deeds}
    for token, steps in held.steps.items():
        deed = tokens.get(token)
        for step in steps:
            if not deed or (f"to {step.became}", step.by) != (deed.way, IDS[deed.actor]):
                yield f"wrong: idea {step.idea} went to {step.became} as nobody asked"
    for idea, author in held.authors.items():
        if ("idea", idea, author) not in asked:
            yield f"wrong: idea {idea} was never sent"
    for idea, person in held.backings:
        if ("back", idea, person) not in asked:
            yield f"wrong: {person} never backed idea {idea}"
    for idea in held.solvers.keys() - {id_ for kind, id_, _ in asked if kind == "solve"}:
        yield f"wrong: nobody said that idea {idea} solved anything"


def messages(held: Thoughts, truth: Truth, deed: Deed, id_: str) -> Iterator[tuple[str, str]]:
    """What a deed must have brought, each once: to whom, "" for the praise channel, and how its key begins."""
    author = next(handle for handle in HANDLES if IDS[handle] == held.authors[id_])
    if deed.kind == "idea" and author != ADMIN:
        yield ADMIN, f"idea:{id_}:to:"
    if deed.kind == "solve":
        yield from ((handle, f"solved:{id_}:") for handle in deed.people)
    if deed.kind == "move":
        (step,) = held.steps[deed.token]
        earlier = truth.deeds[: truth.deeds.index(deed)]
        backers = {one.actor for one in earlier if (one.kind, one.of, one.told) == ("back", deed.of, True)}
        yield from ((handle, f"idea:{id_}:{step.place}:") for handle in sorted({author, *backers}))
        if step.became == "done":
            yield "", f"idea:{id_}:echo"

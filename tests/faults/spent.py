"""What the database of a crash run must hold of rewards, and what people must hear of them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tests.faults.spenders import STOCK
from tests.faults.truth import ADMIN, HANDLES, IDS, TOKEN, Deed, Rows, Truth

REQUESTS = "SELECT rewardrequest.id, note, slack_id, state FROM rewardrequest JOIN person ON person.id = person_id"
GIFTS = "SELECT project_id, slack_id, amount, contribution.state FROM contribution JOIN person ON person.id = person_id"
STOCKS = "SELECT id, stock, (SELECT count(*) FROM rewardrequest WHERE reward_id = reward.id) FROM reward"
ANSWERED = ("approved", "delivered")


@dataclass(frozen=True)
class Spent:
    """By token the ids of rewards and projects, and of requests; whose each request is, and how it stands; by project
    and giver, as Slack ids, what was given; the projects that have their goal."""

    put_up: dict[str, list[str]]
    requests: dict[str, list[str]]
    askers: dict[str, str]
    states: dict[str, str]
    gifts: dict[tuple[str, str], list[int]]
    reached: set[str]

    def of(self, deed: Deed) -> list[str]:
        """The ids of what is stored for a deed: one if all is well."""
        match deed.kind:
            case "reward" | "project":
                return self.put_up.get(deed.token, [])
            case "request":
                return self.requests.get(deed.token, [])
            case "gift":
                projects = self.put_up.get(deed.of, [])
                return [id_ for id_ in projects for _ in self.gifts.get((id_, IDS[deed.actor]), ())]
        wanted = ANSWERED if deed.kind == "approve" else ("delivered",)
        return [id_ for id_ in self.requests.get(deed.of, ()) if self.states[id_] in wanted]

    def people(self, deed: Deed, id_: str) -> set[str]:
        """Whom what is stored is about, as Slack ids."""
        if deed.kind == "gift":
            return {IDS[deed.actor]}
        return {self.askers[id_]} if deed.kind == "request" else set()


def read(rows: Rows) -> Spent:
    """Read the database."""
    put_up: dict[str, list[str]] = defaultdict(list)
    for id_, name in [*rows("SELECT id, name FROM reward"), *rows("SELECT id, name FROM project")]:
        for token in TOKEN.findall(name):
            put_up[token].append(id_)
    requests: dict[str, list[str]] = defaultdict(list)
    askers, states = {}, {}
    for id_, note, slack_id, state in rows(REQUESTS):
        askers[id_], states[id_] = slack_id, state
        for token in TOKEN.findall(note):
            requests[token].append(id_)
    gifts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for project, slack_id, amount, _ in rows(GIFTS):
        gifts[project, slack_id].append(amount)
    reached = {id_ for (id_,) in rows("SELECT id FROM project WHERE state = 'reached'")}
    return Spent(dict(put_up), dict(requests), askers, states, dict(gifts), reached)


def entries(rows: Rows) -> Iterator[tuple[str, int]]:
    """The ledger entries that there must be."""
    for id_, price in rows("SELECT id, price FROM rewardrequest WHERE state IN ('approved', 'delivered')"):
        yield f"redeem:{id_}", -price
    for id_, amount in rows("SELECT id, amount FROM contribution WHERE state = 'taken'"):
        yield f"fund:{id_}", -amount


def faults(held: Spent, truth: Truth, rows: Rows) -> Iterator[str]:
    """What nobody asked for, what is missing from a stock or too much in it, and projects that are not settled."""
    asked = {id_ for deed in truth.deeds if deed.kind == "request" for id_ in held.of(deed)}
    for id_ in held.askers.keys() - asked:
        yield f"wrong: request {id_} was never made"
    tokens = {(kind, deed.of) for kind in ("approve", "deliver") for deed in truth.deeds if deed.kind == kind}
    for token, ids in held.requests.items():
        for id_ in ids:
            if held.states[id_] in ANSWERED and ("approve", token) not in tokens:
                yield f"wrong: nobody granted request {id_}"
    for id_, left, taken in rows(STOCKS):
        if left != STOCK - taken:
            yield f"{'lost' if left < STOCK - taken else 'doubled'}: {left} are left of {id_}, {taken} were taken"
    for project, given, summed in rows(
        "SELECT id, given, (SELECT sum(amount) FROM contribution WHERE project_id = project.id) FROM project"
    ):
        if given != (summed or 0):
            yield f"wrong: project {project} has {given}, and {summed} was given"


def messages(held: Spent, deed: Deed, id_: str) -> Iterator[tuple[str, str]]:
    """What a deed must have brought, each once: to whom, and how its key begins."""
    match deed.kind:
        case "request":
            yield ADMIN, f"reward:{id_}:to:"
        case "approve" | "deliver":
            asker = next(handle for handle in HANDLES if IDS[handle] == held.askers[id_])
            yield asker, f"reward:{id_}:{'approved' if deed.kind == 'approve' else 'delivered'}"
        case "gift" if id_ in held.reached:
            yield deed.actor, f"project:{id_}:settled:"

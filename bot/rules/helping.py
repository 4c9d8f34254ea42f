"""Who may be thanked as a helper: *I had help* (product.md 1 and Points)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

MAX_HELPERS = 10
"""Of one praise, by all the praised together and for all time."""


@dataclass(frozen=True)
class Refused:
    """A person who is no helper of it, and the code that says why."""

    person: str
    code: str


def entitle(
    named: Sequence[str],
    *,
    namer: str,
    praised: Collection[str],
    helped: Collection[str],
    ineligible: Mapping[str, str],
) -> tuple[tuple[str, ...], tuple[Refused, ...]]:
    """Who of the named counts as a helper, in their order, and who does not.

    `helped` are those whose help has counted before, `ineligible` says why one takes no part.
    """
    room = MAX_HELPERS - len(set(helped))
    helpers: list[str] = []
    refused: list[Refused] = []
    for person in dict.fromkeys(named):
        code = _obstacle(person, namer, praised, helped, ineligible)
        if code or len(helpers) >= room:
            refused.append(Refused(person, code or "most"))
        else:
            helpers.append(person)
    return tuple(helpers), tuple(refused)


def _obstacle(
    person: str, namer: str, praised: Collection[str], helped: Collection[str], ineligible: Mapping[str, str]
) -> str:
    if person == namer:
        return "self"
    if person in praised:
        return "praised"
    if person in ineligible:
        return ineligible[person]
    return "helped" if person in helped else ""

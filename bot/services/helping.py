"""*I had help*: a praised person names those who helped, and each is thanked (product.md 1 and Points)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.rules import helping as rules
from bot.rules import periods
from bot.rules.company import Company
from bot.rules.refusal import Refusal
from bot.services import people
from bot.services.handing_on import own
from bot.services.praise import post_at
from storage import helping as storage
from storage import people as roster
from storage import points as ledger
from storage import praise as praises
from storage.people import Member
from storage.points import Line
from storage.praise import Praise


@dataclass(frozen=True)
class NotHelper:
    """A person who was not counted as a helper, which cost nothing, and the code that says why."""

    person: Member
    code: str


@dataclass(frozen=True)
class Helped:
    """Who was named as helpers of a praise by whom, who could not be, the earliest time for words that leave, and the
    points that each helper gets."""

    praise: Praise
    namer: Member
    helpers: tuple[Member, ...]
    refused: tuple[NotHelper, ...]
    named_at: datetime
    post_at: datetime
    points: int


class NobodyHelped(Refusal):
    """None of the named people counts as a helper; `refused` says why of each."""

    def __init__(self, refused: tuple[NotHelper, ...]) -> None:
        super().__init__("nobody_helped", field="people")
        self.refused = refused


def name(
    session: Session, company: Company, namer_slack_id: str, praise_id: str, slack_ids: Sequence[str], *, now: datetime
) -> Helped:
    """Thank those who helped with a point each; those who may be helpers are, the others are told apart.

    Raises Refusal if the praise is not the namer's or nobody is named, NobodyHelped if nobody of them can be.
    """
    if not slack_ids:
        raise Refusal("people_missing", field="people")
    named = people.named(session, company, slack_ids)
    praises.lock(session, praise_id)  # before the look at who helped: two of the praised may name at once
    namer, praise = own(session, company, namer_slack_id, praise_id)
    for person_id in sorted(person.id for person in named):
        roster.lock(session, person_id)
    helpers, refused = rules.entitle(
        [person.id for person in named],
        namer=namer.id,
        praised={person.id for person in praise.people},
        helped=_thanked(session, company, praise_id),
        ineligible={person.id: person.absence for person in named if person.absence},
    )
    known = roster.by_id(session, [person.id for person in named])
    not_helpers = tuple(NotHelper(known[one.person], one.code) for one in refused)
    if not helpers:
        raise NobodyHelped(not_helpers)
    storage.add(session, company.workspace_id, praise_id, helpers, named_by=namer.id, now=now)
    day = periods.local_day(now, company.zone)
    for person_id in sorted(helpers):
        _, key = ledger.turn(session, company.workspace_id, f"help:{praise_id}:{person_id}")
        line = Line(key, person_id, "help", company.help_points, day, now)
        ledger.enter(session, company.workspace_id, line)
    thanked = tuple(known[person_id] for person_id in helpers)
    return Helped(praise, namer, thanked, not_helpers, now, post_at(session, company, now), company.help_points)


def _thanked(session: Session, company: Company, praise_id: str) -> set[str]:
    """The helpers who have the point for it; it was taken back from whom the praise came to, and they may go on."""
    ids = {person.id for person in storage.of(session, praise_id)}
    return {one for one in ids if ledger.turn(session, company.workspace_id, f"help:{praise_id}:{one}")[0]}

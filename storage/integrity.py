"""Is everything as it must be? Accounts and totals are compared with the ledger's sum (`golden-ear db check`)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, func, inspect, text
from sqlmodel import Session, col, select

from bot.rules import periods, points
from storage import stopped
from storage.models import Account, Contribution, Entry, KudosGift, Project, RewardRequest, Total
from storage.select import columns

Place = tuple[str, str, str, str, date]
"""Workspace, person, board, period, first day."""


def problems(session: Session, *, real_now: float) -> Iterator[str]:
    """One sentence for each thing that is wrong; nothing if all is well. `real_now` is the epoch's second."""
    yield from _database(session)
    yield from _accounts(session)
    if inspect(session.connection()).has_table("rewardrequest"):  # a backup of an older version has none
        yield from _held(session)
        yield from _projects(session)
    yield from _totals(session)
    if stuck := stopped.stuck(session, real_now=real_now):
        yield f"{stuck} messages were being sent when the bot ended; start it and it looks whether they arrived"


def _database(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name != "sqlite":
        return
    for (verdict,) in session.execute(text("PRAGMA integrity_check")):
        if verdict != "ok":
            yield f"the database file is damaged: {verdict}"
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"a row of {row[0]} refers to a row of {row[2]} that is not there"


def _accounts(session: Session) -> Iterator[str]:
    sums = dict(session.exec(select(Entry.person_id, func.sum(Entry.amount)).group_by(Entry.person_id)).all())
    balance = col(Account.spendable) + col(Account.held) - col(Account.debt)
    kept = dict(session.exec(select(Account.person_id, balance)).all())
    for person_id in sorted(sums.keys() | kept.keys()):
        if sums.get(person_id, 0) != kept.get(person_id, 0):
            yield (
                f"the account of person {person_id} is {kept.get(person_id, 0)}, "
                f"its ledger entries sum to {sums.get(person_id, 0)}"
            )


def _held(session: Session) -> Iterator[str]:
    """What is put by in each account is what its requests and contributions hold."""
    sums: Counter[str] = Counter()
    for table, amount in ((RewardRequest, col(RewardRequest.price)), (Contribution, col(Contribution.amount))):
        asked = columns(table.person_id, func.sum(amount)).where(col(table.state) == "held").group_by(table.person_id)
        sums.update({person_id: int(held) for person_id, held in session.execute(asked)})
    put_by = session.execute(columns(Account.person_id, Account.held).where(col(Account.held) != 0))
    kept = {person_id: held for person_id, held in put_by}
    for person_id in sorted(sums.keys() | kept.keys()):
        if sums[person_id] != kept.get(person_id, 0):
            yield (
                f"the account of person {person_id} has {kept.get(person_id, 0)} put by, "
                f"requests and contributions hold {sums[person_id]}"
            )


def _projects(session: Session) -> Iterator[str]:
    """What was given to each project that was not closed is the sum of its contributions."""
    given = func.coalesce(func.sum(Contribution.amount), 0)
    stands = and_(col(Contribution.project_id) == Project.id, col(Contribution.state).in_(("held", "taken")))
    asked = columns(Project.id, Project.given, given).join(Contribution, stands, isouter=True)
    under_way = asked.where(col(Project.state).in_(("open", "reached"))).group_by(Project.id, Project.given)
    for project_id, said, summed in session.execute(under_way):
        if said != summed:
            yield f"project {project_id} was given {said}, its contributions sum to {summed}"


def _totals(session: Session) -> Iterator[str]:
    amounts, events = _earned(session)
    rows = session.exec(
        columns(
            Total.workspace_id, Total.person_id, Total.board, Total.period, Total.starts_on, Total.amount, Total.events
        )
    )
    for *place, amount, count in rows:
        key = tuple(place)
        if (amount, count) != (amounts.pop(key, 0), events.pop(key, 0)):
            yield f"a total is {amount} of {count} deeds and differs from its entries: {' '.join(map(str, key[1:]))}"
    for key, amount in amounts.items():
        if amount or events[key]:
            yield f"a total is missing: {' '.join(map(str, key[1:]))}"


def _earned(session: Session) -> tuple[Counter[Place], Counter[Place]]:
    """What the totals must be, from the ledger and from the kudos given."""
    amounts: Counter[Place] = Counter()
    events: Counter[Place] = Counter()

    def add(workspace_id: str, person_id: str, board: str, day: date, amount: int, count: int) -> None:
        for period, starts_on in periods.starts(day):
            amounts[workspace_id, person_id, board, period, starts_on] += amount
            events[workspace_id, person_id, board, period, starts_on] += count

    reversal = col(Entry.reverses).is_not(None)
    grouped = (Entry.workspace_id, Entry.person_id, Entry.deed, Entry.counts_on, reversal)
    entries = session.execute(columns(*grouped, func.sum(Entry.amount), func.count()).group_by(*grouped))
    for workspace_id, person_id, deed, day, reverses, amount, count in entries:
        for board in points.boards_of(deed):
            add(workspace_id, person_id, board, day, amount, -count if reverses else count)
    gifts = (KudosGift.workspace_id, KudosGift.giver_id, KudosGift.counts_on)
    given = session.execute(columns(*gifts, func.count()).where(col(KudosGift.taken_back).is_(False)).group_by(*gifts))
    for workspace_id, giver_id, day, count in given:
        add(workspace_id, giver_id, "given", day, count, count)
    return amounts, events

"""Every deed of a database reaches the ledger once more: its own key, kept for ever, must refuse each of them.

Deliveries are forgotten after 30 days and states can be restored from a backup; the ledger's key is the last guard, so
a crash run tries it by itself: `python -m tests.faults.again` with the bot's own settings, while the bot is down.
"""

import os
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from bot import config
from bot.rules.company import Company
from bot.running import company_of
from bot.services import praise, suggestions
from storage import models, points
from storage import praise as praises
from storage import suggestions as ideas
from storage.database import Database
from storage.points import Line


def enter_all(session: Session, company: Company, now: datetime) -> int:
    """Award every accepted praise and idea, enter every helper's and solver's thanks and every gift, reverse what was
    taken back or went on; gives how many deeds."""
    accepted = session.exec(select(models.Praise.id).where(models.Praise.state == "accepted")).all()
    for one in praises.several(session, accepted):
        praise.award(session, company, one, now=now)
    helpers = session.exec(select(models.Helper)).all()
    for helper in helpers:
        key = f"help:{helper.praise_id}:{helper.person_id}"
        points.enter(
            session, company.workspace_id, Line(key, helper.person_id, "help", company.help_points, now.date(), now)
        )
    for handover in session.exec(select(models.Handover)).all():
        points.reverse(session, company.workspace_id, f"praise:{handover.praise_id}:{handover.from_id}", now=now)
    gifts = session.exec(select(models.KudosGift).order_by(col(models.KudosGift.entry_key))).all()
    for gift in gifts:
        line = Line(gift.entry_key, gift.receiver_id, "kudos", gift.points, gift.counts_on, now)
        points.enter(session, company.workspace_id, line)
        if gift.taken_back:
            points.reverse(session, company.workspace_id, gift.entry_key, now=now)
    others = _enter_ideas(session, company, now) + _spend(session, company, now)
    return len(accepted) + len(helpers) + len(gifts) + others


def _enter_ideas(session: Session, company: Company, now: datetime) -> int:
    accepted = session.exec(select(models.Step.suggestion_id).where(models.Step.became == "accepted")).all()
    for one in ideas.several(session, company.workspace_id, accepted):
        suggestions.award(session, company, one, now=now)
    solvers = session.exec(select(models.Solver)).all()
    for solver in solvers:
        key = f"solved:{solver.suggestion_id}:{solver.person_id}"
        points.enter(
            session, company.workspace_id, Line(key, solver.person_id, "solved", company.solved_points, now.date(), now)
        )
    return len(accepted) + len(solvers)


def _spend(session: Session, company: Company, now: datetime) -> int:
    spent = ("approved", "delivered")
    requests = session.exec(select(models.RewardRequest).where(col(models.RewardRequest.state).in_(spent))).all()
    gifts = session.exec(select(models.Contribution).where(models.Contribution.state == "taken")).all()
    lines = [Line(f"redeem:{one.id}", one.person_id, "redeem", -one.price, now.date(), now) for one in requests]
    lines += [Line(f"fund:{one.id}", one.person_id, "fund", -one.amount, now.date(), now) for one in gifts]
    for line in lines:
        points.spend(session, company.workspace_id, line)
    return len(lines)


def main() -> None:
    """Do it to the database of the settings, and say how many deeds there were."""
    settings = config.load(os.environ)
    database = Database(settings.database_url)
    try:
        workspace_id = database.read_now(lambda session: session.exec(select(models.Ritual.workspace_id)).one())
        company = company_of(settings, workspace_id)
        print(database.write_now(lambda session: enter_all(session, company, datetime.now(UTC))))
    finally:
        database.close()


if __name__ == "__main__":
    main()

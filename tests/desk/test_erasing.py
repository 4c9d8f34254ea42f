"""What admins are asked to do stays to be done when words of it are erased."""

import pytest
from sqlmodel import Session, select

from bot.desk import erasing, rewarding
from bot.rules.grants import GrantLine
from bot.services import erasing as aims
from bot.services import grants
from storage.models import Outbox
from tests.office import Office
from tests.rewards import approve, ask, earn, offer

CUSTOMER = "Mrs Hathersage"


def tasks(office: Office, kind: str) -> list[str]:
    """What is owed to admins of a kind, as the screen reader says it and with its buttons."""

    def look(session: Session) -> list[str]:
        return [row.payload for row in session.exec(select(Outbox)) if row.subject and row.subject.startswith(kind)]

    return office.database.read_now(look)


def erase(office: Office) -> None:
    order = office.do(aims.aim, "customer", CUSTOMER).order
    office.do(erasing.erase, order, digest="d" * 64, by=None, rehearse=False)


@pytest.mark.parametrize("granted", [False, True])
def test_a_request_that_waits_keeps_its_buttons(office: Office, granted: bool) -> None:
    earn(office, "ann", 100)
    asked = ask(office, "ann", offer(office), f"A walk with {CUSTOMER}")
    office.do(rewarding.asked, asked)
    if granted:
        approve(office, asked.request.id)
    erase(office)

    (task,) = tasks(office, "reward:")
    assert CUSTOMER not in task and ("reward_deliver" if granted else "reward_approve") in task


def test_points_that_wait_for_a_second_admin_keep_their_buttons(office: Office) -> None:
    office.enrol("amy", is_slack_admin=True)
    act = office.do(grants.grant, "UADA", GrantLine("UANN", 900, f"For the night with {CUSTOMER}"))
    office.do(rewarding.granted, act)
    erase(office)

    (task,) = tasks(office, "grant:")
    assert CUSTOMER not in task and "grant_confirm" in task

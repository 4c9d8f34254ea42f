"""The roster: what Slack says of people, in whatever order it says it, and what they asked for themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from sqlmodel import Session

from storage import people, roles
from storage.database import Database
from storage.people import Member, Profile, Role
from tests.office import TEAM

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as session:
        yield session


def enrol(session: Session, name: str = "Ann", **facts: Any) -> None:
    people.enrol(session, TEAM, [Profile(**{"slack_id": "U1", "name": name, **facts})], now=NOW)


def ann(session: Session) -> Member:
    return people.by_slack(session, TEAM, ["U1"])["U1"]


def test_a_person_is_enrolled_once_and_keeps_their_id(session: Session) -> None:
    enrol(session)
    before = ann(session)
    enrol(session, "Anna", zone="Asia/Taipei")

    after = ann(session)
    assert (before.id, len(before.id)) == (after.id, 32)
    assert (after.name, after.zone) == ("Anna", "Asia/Taipei")
    assert people.by_id(session, [after.id]) == {after.id: after}


def test_a_description_without_locale_and_zone_leaves_the_known_ones(session: Session) -> None:
    enrol(session, locale="zh-TW", zone="Asia/Taipei")
    enrol(session, "Anna")

    assert (ann(session).name, ann(session).locale, ann(session).zone) == ("Anna", "zh-TW", "Asia/Taipei")


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))), ids=str)
def test_whatever_the_order_of_arrival_the_newest_description_stands(
    session: Session, order: tuple[int, int, int]
) -> None:
    for told_at in order:
        enrol(session, f"Ann {told_at}", told_at=told_at, is_gone=told_at == 3)

    assert (ann(session).name, ann(session).is_gone) == ("Ann 3", True)


def test_a_description_without_a_time_counts_and_does_not_let_older_ones_win(session: Session) -> None:
    enrol(session, "Ann 5", told_at=5)
    enrol(session, "Ann now")
    enrol(session, "Ann 4", told_at=4)

    assert ann(session).name == "Ann now"


@pytest.mark.parametrize("told_at", [-(10**30), 2**31, 2**63, 10**30])
def test_a_time_that_no_column_holds_harms_nobody(session: Session, told_at: int) -> None:
    enrol(session, told_at=told_at)
    enrol(session, "Anna", told_at=told_at)

    assert ann(session).name == "Anna"


def test_what_a_person_asked_for_stays(session: Session) -> None:
    enrol(session)
    people.prefer(session, ann(session).id, keeps_private=True)
    people.prefer(session, ann(session).id, hides_rank=True)
    enrol(session, "Anna")

    assert (ann(session).keeps_private, ann(session).hides_rank) == (True, True)


def test_the_settings_appoint_those_whom_they_name_and_nobody_else(session: Session) -> None:
    people.enrol(
        session, TEAM, [Profile(slack_id=f"U{n}", name=f"{n}", appointed="lead") for n in range(1, 5)], now=NOW
    )

    roles.appoint(session, TEAM, admins={"U1", "U2"}, leads={"U2", "U3"})

    found = people.by_slack(session, TEAM, ["U1", "U2", "U3", "U4"])
    assert {slack_id: member.role for slack_id, member in found.items()} == {
        "U1": "admin", "U2": "admin", "U3": "lead", "U4": "employee",
    }  # fmt: skip
    roles.appoint(session, TEAM, admins=(), leads=())
    assert {member.role for member in people.by_slack(session, TEAM, found).values()} == {"employee"}


def test_appointments_of_another_workspace_are_its_own(session: Session) -> None:
    enrol(session, appointed="lead")

    roles.appoint(session, "T2", admins=(), leads=())

    assert ann(session).role == "lead"


@pytest.mark.parametrize(
    ("facts", "lead", "admin"),
    [
        ({"appointed": "lead"}, True, False),
        ({"appointed": "admin"}, False, True),
        ({"is_slack_admin": True}, False, True),
        ({"is_slack_admin": True, "appointed": "lead"}, False, True),
        ({}, False, False),
        ({"appointed": "lead", "is_gone": True}, False, False),
        ({"is_slack_admin": True, "is_guest": True}, False, False),
    ],
)
def test_leaders_are_those_of_exactly_that_role(session: Session, facts: dict, lead: bool, admin: bool) -> None:
    enrol(session, **facts)
    roles: tuple[Role, Role] = ("lead", "admin")

    assert [bool(people.leaders(session, TEAM, role)) for role in roles] == [lead, admin]


def test_people_who_are_not_there_are_left_out(session: Session) -> None:
    assert people.by_slack(session, TEAM, []) == people.by_slack(session, TEAM, ["U9"]) == {}
    assert people.by_id(session, ["0" * 32]) == {}

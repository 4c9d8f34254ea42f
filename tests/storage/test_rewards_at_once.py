"""Many ask at once, each in a transaction of their own: no balance and no stock ever falls below nothing."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from bot.rules.points import Account
from bot.rules.refusal import Refusal
from bot.services import fund, grants, reward_decisions
from bot.services import rewards as service
from storage import integrity, models
from tests.office import Office
from tests.rewards import ask, earn, offer, project
from tests.stores import behind_its_back

AT_ONCE = 12


def rush(office: Office, acts: Sequence[Callable[[Session], object]]) -> list[str]:
    """Let all these be done at the same moment; gives for each "done" or the code of its refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[Session], object]) -> str:
        barrier.wait()
        try:
            office.database.write_now(act)
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def asks(office: Office, who: str, reward: str) -> Callable[[Session], object]:
    return lambda session: service.ask(session, office.company, f"U{who.upper()}", reward, price="100", now=office.now)


def held(office: Office) -> int:
    query = select(func.count()).where(models.RewardRequest.state == "held")
    return office.database.read_now(lambda session: session.exec(query).one())


def test_one_person_asks_a_dozen_times_and_has_points_for_three(office: Office) -> None:
    earn(office, "ann", 350)
    reward = offer(office)

    outcomes = rush(office, [asks(office, "ann", reward)] * AT_ONCE)
    assert outcomes == ["done"] * 3 + ["points_short"] * (AT_ONCE - 3)
    assert office.account("ann") == Account(50, 300) and held(office) == 3
    assert office.is_sound()


def test_a_dozen_ask_for_the_last_two(office: Office) -> None:
    names = [f"p{number}" for number in range(AT_ONCE)]
    office.enrol(*names)
    for name in names:
        earn(office, name, 100)
    reward = offer(office, stock="2", budget="500")

    outcomes = rush(office, [asks(office, name, reward) for name in names])
    assert outcomes == ["done"] * 2 + ["reward_sold_out"] * (AT_ONCE - 2)
    assert office.do(service.existing, reward).stock == 0 and held(office) == 2
    assert sum(office.account(name).held for name in names) == 200
    assert office.is_sound()


def test_admins_and_the_one_who_asked_decide_at_once_and_one_of_them_does(office: Office) -> None:
    office.enrol("amy", is_slack_admin=True)
    earn(office, "ann", 100)
    reward = offer(office, stock="1")
    request, company, now = ask(office, "ann", reward).request.id, office.company, office.now
    acts: list[Callable[[Session], object]] = [
        lambda session: reward_decisions.approve(session, company, "UADA", request, now=now),
        lambda session: reward_decisions.approve(session, company, "UAMY", request, now=now),
        lambda session: reward_decisions.refuse(session, company, "UAMY", request, was="held", reason="No", now=now),
        lambda session: service.withdraw(session, company, "UANN", request, now=now),
    ]

    outcomes = rush(office, acts * 2)
    assert outcomes.count("done") == 1 and set(outcomes) == {"done", "request_answered"}
    assert office.account("ann").held == 0 and office.is_sound()


def test_a_project_never_gets_more_than_its_goal(office: Office) -> None:
    names = [f"p{number}" for number in range(AT_ONCE)]
    office.enrol(*names)
    for name in names:
        earn(office, name, 100)
    lift, company, now = project(office, goal=250), office.company, office.now

    def gives(name: str) -> Callable[[Session], object]:
        return lambda session: fund.give(session, company, f"U{name.upper()}", lift, "50", now=now)

    outcomes = rush(office, [gives(name) for name in names])
    assert outcomes.count("done") == 5 and set(outcomes) <= {"done", "project_moved", "project_over", "reward_number"}
    done = office.do(fund.existing, lift)
    assert (done.given, done.state) == (250, "reached")
    settled = rush(office, [lambda session: fund.settle(session, company, now=now)] * 4)
    assert settled == ["done"] * 4 and sum(office.account(name).spendable for name in names) == 950
    assert office.is_sound()


def test_a_leaver_is_settled_once_by_two_admins_at_once(office: Office) -> None:
    office.enrol("amy", is_slack_admin=True)
    earn(office, "ann", 100)
    office.enrol("ann", is_gone=True)
    ann, company, now = office.member("ann").id, office.company, office.now

    def settles(admin: str) -> Callable[[Session], object]:
        return lambda session: grants.settle(
            session, company, admin, ann, kind="paid", reason="Salary", seen="100", now=now
        )

    assert rush(office, [settles("UADA"), settles("UAMY")] * 3) == ["done"] + ["nothing_to_settle"] * 5
    assert office.account("ann") == Account() and office.is_sound()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET spendable = -1",
        "UPDATE account SET held = -1",
        "UPDATE reward SET stock = -1",
        "UPDATE reward SET budget = -1",
        "UPDATE reward SET price = 0",
        "UPDATE project SET given = goal + 1",
        "UPDATE project SET given = -1",
    ],
)
def test_the_database_itself_refuses_what_must_not_be(office: Office, statement: str) -> None:
    earn(office, "ann", 5)
    offer(office, stock="1", budget="100")
    project(office)

    with pytest.raises(IntegrityError):
        office.database.write_now(lambda session: session.connection().execute(text(statement)))


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE account SET held = held + 1, spendable = spendable - 1", "put by, requests and contributions hold"),
        ("UPDATE rewardrequest SET state = 'expired'", "put by, requests and contributions hold"),
        ("DELETE FROM contribution", "was given 10, its contributions sum to 0"),
    ],
)
def test_db_check_finds_what_is_put_by_for_nothing(office: Office, statement: str, says: str) -> None:
    earn(office, "ann", 200)
    ask(office, "ann", offer(office))
    office.do(fund.give, "UANN", project(office), "10")
    assert office.is_sound()
    behind_its_back(office.database, statement)

    found = office.database.read_now(lambda session: list(integrity.problems(session, real_now=0.0)))
    assert any(says in problem for problem in found)

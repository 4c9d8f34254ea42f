"""`golden-ear db check` finds every kind of damage and names it (storage/integrity.py)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.services import kudos
from storage import integrity, outbox, points
from storage.database import connect
from storage.points import Line
from tests.office import TEAM, Office, mentions
from tests.stores import behind_its_back

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
REAL_NOW = 1_000_000.0


@pytest.fixture
def busy(office: Office) -> Office:
    """A company with something in every account and on every board."""
    office.praise("ann", "bo cy", "So kind!")
    office.do(kudos.give, "ULEE", mentions("bo", "ann"), reason="for all", channel="CSHOP")
    office.do(kudos.give, "UANN", mentions("lee"), reason="for all", channel="CSHOP")
    return office


def damage(office: Office, *statements: str) -> None:
    behind_its_back(office.database, *statements)


def problems(office: Office) -> Sequence[str]:
    return office.database.read_now(lambda session: list(integrity.problems(session, real_now=REAL_NOW)))


def test_all_is_well_with_what_the_bot_itself_wrote(busy: Office) -> None:
    assert problems(busy) == []


def test_all_is_well_with_nothing(office: Office) -> None:
    assert problems(office) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET spendable = spendable + 1 WHERE person_id = (SELECT person_id FROM entry LIMIT 1)",
        "UPDATE account SET debt = debt + 1 WHERE person_id = (SELECT person_id FROM entry LIMIT 1)",
        "DELETE FROM account WHERE person_id = (SELECT person_id FROM entry LIMIT 1)",
        "INSERT INTO account VALUES ('nobody', 'T1', 7, 0, 0)",
    ],
)
def test_an_account_that_differs_from_its_entries_is_found(busy: Office, statement: str) -> None:
    damage(busy, statement)

    (problem,) = problems(busy)
    assert problem.startswith("the account of person ")


def test_an_entry_that_was_slipped_in_is_found_in_account_and_totals(busy: Office) -> None:
    damage(
        busy,
        "INSERT INTO entry (workspace_id, key, person_id, deed, amount, counts_on, entered_at) SELECT workspace_id,"
        " 'forged', person_id, 'praise', 10, counts_on, entered_at FROM entry LIMIT 1",
    )

    found = problems(busy)
    assert any("account" in problem for problem in found)
    assert sum("total" in problem for problem in found) == 10  # two boards, five periods


def test_an_entry_that_was_removed_is_found(busy: Office) -> None:
    damage(busy, "DELETE FROM entry WHERE deed = 'praise'")

    assert any("account" in problem for problem in problems(busy))
    assert any("total" in problem for problem in problems(busy))


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE total SET amount = amount + 1 WHERE board = 'points' AND period = 'week'", "differs"),
        ("UPDATE total SET events = events + 1 WHERE board = 'praise' AND period = 'year'", "differs"),
        ("UPDATE total SET amount = 99 WHERE board = 'given' AND period = 'all'", "differs"),
        ("DELETE FROM total WHERE board = 'points' AND period = 'month'", "missing"),
        ("DELETE FROM total WHERE board = 'given' AND period = 'all'", "missing"),
        (
            "INSERT INTO total (workspace_id, person_id, board, period, starts_on, amount, events)"
            " VALUES ('T1', 'nobody', 'points', 'all', '1970-01-01', 5, 1)",
            "differs",
        ),
    ],
)
def test_a_total_that_differs_from_its_entries_is_found(busy: Office, statement: str, says: str) -> None:
    damage(busy, statement)

    found = problems(busy)
    assert found and all(says in problem and "total" in problem for problem in found)


def test_a_missing_total_of_deeds_that_cancel_out_is_found(office: Office) -> None:
    """Two corrections, +5 and -5: nothing earned, but two deeds."""
    day, now = "'2026-03-03'", "'2026-03-03 10:00:00.000000'"
    damage(
        office,
        f"INSERT INTO entry (workspace_id, key, person_id, deed, amount, counts_on, entered_at) VALUES"
        f" ('T1', 'a', 'p', 'correction', 5, {day}, {now}), ('T1', 'b', 'p', 'correction', -5, {day}, {now})",
    )

    assert any("missing" in problem for problem in problems(office))


def test_a_gift_that_vanished_is_found_on_the_board_of_givers(busy: Office) -> None:
    damage(busy, "UPDATE kudosgift SET taken_back = true")

    assert any(" given " in problem for problem in problems(busy))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # PostgreSQL has no other rows
def test_a_row_that_refers_to_nothing_is_found(busy: Office) -> None:
    damage(busy, "DELETE FROM praise")

    assert "a row of praised refers to a row of praise that is not there" in problems(busy)


def test_a_message_whose_sender_never_came_back_is_found(busy: Office) -> None:
    facts = {"workspace_id": TEAM, "key": "k", "channel": "C1", "message": {"text": "a"}, "now": busy.now}
    busy.run(outbox.post, **facts)
    damage(busy, f"UPDATE outbox SET state = 'sending', lease_until = {REAL_NOW - 61}")

    (problem,) = problems(busy)
    assert problem.startswith("1 ")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # PostgreSQL looks after its files by itself
def test_a_damaged_file_is_found(database_url: str) -> None:
    engine = connect(database_url)
    with Session(engine) as session, session.begin():
        for number in range(50):
            points.enter(session, TEAM, Line(f"k{number}", "ann", "praise", 10, date(2026, 3, 3), NOW))
    engine.dispose()
    path = Path(database_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    place = content.rindex(b"k30")  # in the index of the keys
    content[place : place + 3] = b"k99"
    path.write_bytes(content)

    with Session(engine) as session:
        found = list(integrity.problems(session, real_now=REAL_NOW))
    engine.dispose()

    assert any("damaged" in problem for problem in found)

"""Nobody is tied to an answer by the order of rows (A1) or by a copy of every commit (A2); on both engines.

`-s` prints the rates. With a defence taken out, each attack succeeds.
"""

from math import sqrt
from pathlib import Path

import pytest

from tests.anonymity import mutants
from tests.anonymity.attacks import Links, bound, by_copies, by_order, chance_of_order, correlation
from tests.anonymity.pages import insertion_order
from tests.anonymity.polls import FEW, K, Poll, played
from tests.office import Office
from tests.stores import Store

ONE = {"Shop": 34}
"""A company whose rows lie in one page of SQLite's."""

sqlite_alone = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def told(attack: str, links: Links) -> Links:
    print(f"\n{attack}: {links}")
    return links


def engine(poll: Poll) -> str:
    return poll.round.office.database.engine.dialect.name


@pytest.fixture
def poll(empty_office: Office, tmp_path: Path) -> Poll:
    return played(empty_office, tmp_path)


def test_neither_the_order_of_rows_nor_every_copy_ties_an_answer_to_a_person(poll: Poll) -> None:
    """A1 and A2. PostgreSQL's heap keeps the order of batches, so there the bound is that of a batch."""
    order, copies = (
        told(f"A1 order, {engine(poll)}", by_order(poll)),
        told(f"A2 copies, {engine(poll)}", by_copies(poll)),
    )

    chance = chance_of_order(poll) if engine(poll) == "sqlite" else 1 / K
    assert order.answers == len(poll.last.readable) > 60
    assert order.rate <= bound(chance, order.answers)
    assert copies.rate <= 1 / K and copies.surest <= 1 / K and copies.certain == 0


def test_every_copy_of_a_company_with_a_small_team_ties_nobody(empty_office: Office, tmp_path: Path) -> None:
    """What is opened carries its segment: the three of a small team are never opened before the end."""
    poll = played(empty_office, tmp_path, FEW)

    assert told(f"A2 copies, a team of three, {engine(poll)}", by_copies(poll)).surest <= 1 / K
    assert {segment for _, segment, _ in poll.last.readable} == {0, 1}


@sqlite_alone
def test_the_rows_of_sqlite_lie_in_no_order(poll: Poll) -> None:
    found = correlation(poll.last.took_part, poll.order)
    print(f"\nA1 rank correlation of the stored and the real order, sqlite: {found:.3f}")

    assert abs(found) <= 3 / sqrt(len(poll.order) - 1)


@sqlite_alone
def test_not_even_the_places_of_bytes_tie_an_answer_to_a_person(empty_office: Office, tmp_path: Path) -> None:
    """Inside a page new rows are put before older ones, whatever their keys. That tells who took part after whom, and
    which batch came after which: no more."""
    poll = played(empty_office, tmp_path, ONE)
    links = told("A1 places of bytes, sqlite", by_order(poll, insertion_order(poll)))

    assert links.answers == 20 and links.rate <= bound(1 / K, links.answers)


def test_without_sealing_every_copy_ties_every_answer(empty_office: Office, tmp_path: Path) -> None:
    with mutants.readable_answers():
        poll = played(empty_office, tmp_path)

    assert told(f"A2 copies, readable in the voter's transaction, {engine(poll)}", by_copies(poll)).rate == 1


@sqlite_alone
def test_without_sealing_one_copy_ties_every_answer_by_the_places_of_bytes(
    empty_office: Office, tmp_path: Path
) -> None:
    with mutants.readable_answers():
        poll = played(empty_office, tmp_path, ONE)

    assert told("A1 places of bytes, readable", by_order(poll, insertion_order(poll))).rate == 1


@sqlite_alone
def test_in_ordinary_tables_the_order_of_rows_tells_who_came_after_whom(
    empty_office: Office, tmp_path: Path, store: Store
) -> None:
    with mutants.ordinary_tables(store.database):
        poll = played(empty_office, tmp_path)
        assert correlation(poll.last.took_part, poll.order) == 1


@sqlite_alone
def test_in_ordinary_tables_without_sealing_the_order_of_rows_ties_every_answer(
    empty_office: Office, tmp_path: Path, store: Store
) -> None:
    with mutants.ordinary_tables(store.database), mutants.readable_answers():
        poll = played(empty_office, tmp_path, ONE)
        assert told("A1 order, ordinary tables, readable", by_order(poll)).rate == 1


def test_batches_over_all_segments_tie_the_people_of_small_teams(empty_office: Office, tmp_path: Path) -> None:
    with mutants.batches_over_all():
        poll = played(empty_office, tmp_path, {"Shop": 50, "Bar": 12, "Desk": 5})

    assert told(f"A2 copies, batches over all segments, {engine(poll)}", by_copies(poll)).surest > 1 / K

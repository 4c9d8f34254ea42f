"""Nobody is tied to an answer by the order of rows (A1) or by a copy of every commit (A2); on both engines.

Without the key nothing can be read at all. With it, and what is no longer behind a tag, an answer is one of a batch of
its team. `-s` prints the rates. With a defence taken out, each attack succeeds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from pathlib import Path

import pytest

from storage.database import Database
from tests.anonymity import mutants
from tests.anonymity.attacks import (
    Links,
    bound,
    by_boxes,
    by_copies,
    by_key,
    by_order,
    chance_of_order,
    content,
    correlation,
)
from tests.anonymity.pages import insertion_order, large_pages
from tests.anonymity.polls import AGREEING, FEW, TEAMS, YES, K, Poll, played
from tests.office import Office, a_company, fresh_url
from tests.stores import Store

ONE = {"Shop": 34}
"""A company whose rows lie in one page of SQLite's."""

sqlite_alone = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def told(attack: str, links: Links) -> Links:
    print(f"\n{attack}: {links}")
    return links


def engine(poll: Poll) -> str:
    return poll.round.office.database.engine.dialect.name


@contextmanager
def in_large_pages(folder: Path) -> Iterator[Office]:
    """A company in a SQLite file of large pages."""
    folder.mkdir(exist_ok=True)
    url = fresh_url(folder)
    large_pages(folder / Path(url).name)
    office = Office(Database(url), a_company())
    yield office
    office.database.close()


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Office]:
    with in_large_pages(tmp_path) as office:
        yield office


@pytest.fixture
def poll(empty_office: Office, tmp_path: Path) -> Poll:
    return played(empty_office, tmp_path)


def another(store: Store, folder: Path) -> Poll:
    """An independent round: a bound that mere chance exceeds once in some hundreds must be exceeded in both."""
    store.empty()
    return played(Office(store.database, a_company()), folder)


def test_without_the_key_no_copy_tells_anything_of_an_answer(poll: Poll) -> None:
    """A1 and A2. No box that was behind a tag stands behind an id later: it was sealed again."""
    nothing = Links(len(poll.last.mixed))
    assert nothing.answers > 60
    assert told(f"A1 order, {engine(poll)}", by_order(poll)) == nothing
    assert told(f"A2 copies, {engine(poll)}", by_copies(poll)) == nothing
    assert told(f"A2 copies, the same boxes, {engine(poll)}", by_boxes(poll)) == nothing


@pytest.mark.parametrize("teams", [{"Shop": 100}, TEAMS], ids=["one team", "three teams"])
def test_without_the_key_no_copy_tells_what_a_company_that_agrees_answered(
    empty_office: Office, tmp_path: Path, teams: dict[str, int]
) -> None:
    """Nine in ten say yes: of a batch that could be read, everybody's answer would be known without a link."""
    poll = played(empty_office, tmp_path, teams, values=AGREEING, question=YES)

    nothing = Links(len(poll.last.mixed))
    assert nothing.answers > 60
    assert told(f"A2 copies, nine in ten say yes, {engine(poll)}", by_copies(poll)) == nothing


def test_if_mixed_answers_were_readable_copies_would_tell_what_those_who_agree_answered(
    empty_office: Office, tmp_path: Path
) -> None:
    with mutants.readable_when_mixed():
        poll = played(empty_office, tmp_path, {"Shop": 100}, values=AGREEING, question=YES)

    links = told(f"A2 copies, nine in ten say yes, mixed answers readable, {engine(poll)}", by_copies(poll))
    assert links.answers > 60 and links.rate > 0.5


def test_if_boxes_were_not_sealed_again_copies_would_tie_all_of_them_to_their_tags(
    empty_office: Office, tmp_path: Path
) -> None:
    with mutants.the_same_boxes():
        poll = played(empty_office, tmp_path)

    assert told(f"A2 copies, boxes that only lost their tags, {engine(poll)}", by_boxes(poll)).rate == 1


def test_with_the_key_neither_order_nor_every_change_ties_a_mixed_answer_to_a_person(
    poll: Poll, store: Store, tmp_path: Path
) -> None:
    """A1 and A2. PostgreSQL's heap keeps the order of batches, so there the bound is that of a batch."""
    order = told(f"A1 order, with the key, {engine(poll)}", by_order(poll, key=poll.key))
    copies = told(f"A2 changes, with the key, {engine(poll)}", by_copies(poll, poll.key))
    seized = told(f"A2 key and database seized, {engine(poll)}", by_key(poll))

    chance = chance_of_order(poll) if engine(poll) == "sqlite" else 1 / K
    assert order.answers == copies.answers == seized.answers == len(poll.last.mixed)
    for links in (copies, seized):
        assert links.rate <= 1 / K and links.surest <= 1 / K and links.certain == 0
    if order.rate > bound(chance, order.answers):
        poll = another(store, tmp_path)
        order = told(f"A1 order, with the key, another round, {engine(poll)}", by_order(poll, key=poll.key))
    assert order.rate <= bound(chance, order.answers)


def test_the_answers_of_a_small_team_are_never_mixed_with_others(empty_office: Office, tmp_path: Path) -> None:
    """What is mixed carries its segment: with the key, one of three would be known among all."""
    poll = played(empty_office, tmp_path, FEW)

    assert told(f"A2 changes, with the key, a team of three, {engine(poll)}", by_copies(poll, poll.key)).surest <= 1 / K
    assert {one[0] for _, box in poll.last.mixed if (one := content(box, poll.key))} == {0, 1}


@sqlite_alone
def test_the_rows_of_sqlite_lie_in_no_order(poll: Poll, store: Store, tmp_path: Path) -> None:
    most = 3 / sqrt(len(poll.order) - 1)
    found = correlated(poll)
    if abs(found) > most:
        found = correlated(another(store, tmp_path))
    assert abs(found) <= most


def correlated(poll: Poll) -> float:
    found = correlation(poll.last.took_part, poll.order)
    print(f"\nA1 rank correlation of the stored and the real order, sqlite: {found:.3f}")
    return found


def test_not_even_with_the_key_the_places_of_bytes_tie_an_answer_to_a_person(large: Office, tmp_path: Path) -> None:
    """Inside a page new rows are put before older ones, whatever their keys. That tells who took part after whom, and
    which batch came after which: no more."""
    links = by_places(played(large, tmp_path, ONE))
    if links.rate > bound(1 / K, links.answers):
        with in_large_pages(tmp_path / "again") as office:
            links = by_places(played(office, tmp_path, ONE))
    assert links.answers == 20 and links.rate <= bound(1 / K, links.answers)


def by_places(poll: Poll) -> Links:
    return told("A1 places of bytes, with the key, sqlite", by_order(poll, insertion_order(poll), poll.key))


def test_without_sealing_every_copy_ties_every_answer(empty_office: Office, tmp_path: Path) -> None:
    with mutants.readable_answers():
        poll = played(empty_office, tmp_path)

    assert told(f"A2 copies, readable in the voter's transaction, {engine(poll)}", by_copies(poll)).rate == 1


def test_without_sealing_one_copy_ties_every_answer_by_the_places_of_bytes(large: Office, tmp_path: Path) -> None:
    with mutants.readable_answers():
        poll = played(large, tmp_path, ONE)

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

    links = by_copies(poll, poll.key)
    assert told(f"A2 changes, with the key, batches over all segments, {engine(poll)}", links).surest > 1 / K

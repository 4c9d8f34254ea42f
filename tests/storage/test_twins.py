"""Which posts may stand twice: claimed again while an earlier sender may have had them, until a sweep has looked."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from storage import claims, outbox, twins
from storage.database import Database
from storage.twins import SETTLED_S, Suspect
from tests.storage.owing import NOW, REAL, TEAM, change, claim, owe, sent

LEASE = claims.LEASE


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as session:
        yield session
        session.rollback()


def suspects(session: Session, real_now: float) -> list[Suspect]:
    """What a sweep would take; nothing is changed."""
    with session.begin_nested() as look:
        found = twins.take(session, workspace_id=TEAM, real_now=real_now, limit=9)
        look.rollback()
    assert twins.any_due(session, workspace_id=TEAM, real_now=real_now) == bool(found)
    return found


def test_a_post_that_one_sender_had_alone_is_no_suspect(session: Session) -> None:
    owe(session, "k")
    sent(session, claim(session)[0])
    assert suspects(session, REAL + 9999) == []


def test_a_post_claimed_over_the_end_of_a_lease_is_a_suspect_a_lease_after_it_was_sent(session: Session) -> None:
    owe(session, "k")
    claim(session)
    (second,) = claim(session, owner="another", real_now=REAL + LEASE)
    assert suspects(session, REAL + 9999) == [], "it is not sent yet"
    assert sent(session, second, "7.7")
    assert suspects(session, REAL + 2 * LEASE + SETTLED_S - 1) == []
    assert suspects(session, REAL + 2 * LEASE + SETTLED_S) == [Suspect(second.id, "k", "C1", "", "7.7", REAL, NOW)]


def test_a_post_whose_try_got_no_answer_is_a_suspect_when_it_is_tried_again(session: Session) -> None:
    owe(session, "k")
    claims.mark_failed(session, claim(session)[0], error="x", retry_at=REAL + 1, unsure_since=REAL)
    sent(session, claim(session, real_now=REAL + 1)[0])
    assert [one.key for one in suspects(session, REAL + 9999)] == ["k"]


@pytest.mark.parametrize("reached", [0.0, REAL])
def test_what_was_given_back_or_refused_makes_no_suspect(session: Session, reached: float) -> None:
    owe(session, "k")
    if reached:
        claims.release(session, claim(session)[0])
    else:
        claims.mark_failed(session, claim(session)[0], error="not_in_channel", retry_at=REAL)
    sent(session, claim(session)[0])
    assert suspects(session, REAL + 9999) == []


def test_an_update_is_never_a_suspect(session: Session) -> None:
    owe(session, "k")
    sent(session, claim(session)[0])
    change(session, "k", "new")
    claim(session, outbox.UPDATE)
    (again,) = claim(session, outbox.UPDATE, owner="another", real_now=REAL + LEASE)
    sent(session, again)
    assert suspects(session, REAL + 9999) == []


def test_of_two_senders_the_one_that_records_first_counts_and_the_other_learns_it(session: Session) -> None:
    owe(session, "k")
    (first,) = claim(session)
    (second,) = claim(session, owner="another", real_now=REAL + LEASE)
    assert sent(session, first, "1.1"), "it woke up before the other was done"
    assert not sent(session, second, "2.2")
    assert twins.another(session, second.id, "2.2") and not twins.another(session, second.id, "1.1")
    assert [one.ts for one in suspects(session, REAL + 9999)] == ["1.1"]


def test_a_sender_that_wakes_up_after_the_sweep_makes_it_a_suspect_again(session: Session) -> None:
    owe(session, "k")
    (first,) = claim(session)
    (second,) = claim(session, owner="another", real_now=REAL + LEASE)
    sent(session, second, "2.2")
    twins.clear(session, suspects(session, REAL + 9999))
    assert suspects(session, REAL + 9999) == []
    claims.mark_failed(session, first, error="x", retry_at=REAL + 5000, unsure_since=REAL + 4000)
    assert suspects(session, REAL + 5000) == []
    assert [(one.ts, one.since) for one in suspects(session, REAL + 9999)] == [("2.2", REAL + 4000)]
    twins.clear(session, suspects(session, REAL + 9999))
    assert not sent(session, first, "1.1")
    assert [one.ts for one in suspects(session, REAL + 9999)] == ["2.2"]
    twins.clear(session, suspects(session, REAL + 9999))
    assert not sent(session, first, "2.2"), "it found the copy that counts"
    assert suspects(session, REAL + 9999) == []


def test_a_suspect_comes_again_unless_it_is_cleared(session: Session) -> None:
    owe(session, "k")
    claim(session)
    sent(session, claim(session, owner="another", real_now=REAL + LEASE)[0])
    (one,) = twins.take(session, workspace_id=TEAM, real_now=REAL + 100, limit=9)
    assert suspects(session, REAL + 100) == []
    assert suspects(session, REAL + 100 + twins.TAKEN_S) == [one]
    twins.put_off(session, [one], until=REAL + 5000)
    assert suspects(session, REAL + 4999) == [] and suspects(session, REAL + 5000) == [one]


def test_an_answer_is_looked_for_in_its_thread(session: Session) -> None:
    owe(session, "parent", "U1")
    claims.mark_sent(session, claim(session)[0], channel="D1", ts="1.1", now=NOW)
    owe(session, "answer", "U1", thread="parent")
    owe(session, "foreign", "C1", thread="ts:3.3")
    claim(session)
    for row in claim(session, owner="another", real_now=REAL + LEASE):
        sent(session, row, "4.4")
    found = [(one.key, one.channel, one.thread_ts) for one in suspects(session, REAL + 9999)]
    assert sorted(found) == [("answer", "D1", "1.1"), ("foreign", "C1", "3.3")]

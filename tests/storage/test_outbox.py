"""What is owed: once a key, the newest look of a post, and one sender a row, in whatever order things happen."""

from collections.abc import Iterator
from datetime import timedelta, timezone

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from storage import circulars, claims, expiry, messages, outbox, stopped
from storage.circulars import Addressee
from storage.database import Database
from storage.models import Outbox
from storage.payloads import Post
from tests.storage.owing import LATER, NOW, REAL, TEAM, change, claim, figures, owe, sent
from tests.storage.test_leaderboards import plans


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as session:
        yield session
        session.rollback()


def test_a_post_is_owed_once_a_key(session: Session) -> None:
    assert owe(session, "k", words="first")
    assert not owe(session, "k", words="second")
    assert [row.message for row in claim(session)] == [{"text": "first"}]


def test_rows_that_are_stored_together_are_stored_alike(session: Session) -> None:
    posts = [Post(f"k{number}", "C1", {"text": ""}) for number in range(3)]
    east = NOW.astimezone(timezone(timedelta(hours=8)))
    outbox.post_all(session, posts, workspace_id=TEAM, now=NOW, not_before=east)

    kept = session.execute(text("SELECT DISTINCT CAST(not_before AS TEXT), CAST(created_at AS TEXT) FROM outbox"))
    assert len({moment for row in kept for moment in row}) == 1


def test_many_are_owed_the_same_each_in_their_language_and_once_a_key(session: Session) -> None:
    owe(session, "k1", "U1", words="first")
    people = [Addressee(f"k{number}", f"U{number}", ("en", "zh-Hant")[number % 2], NOW) for number in range(4)]
    for _ in range(2):
        circulars.post(
            session, workspace_id=TEAM, to=people, said=lambda language: {"text": language}, now=NOW, not_after=NOW
        )
    circulars.post(session, workspace_id=TEAM, to=[], said=lambda language: {"text": language}, now=NOW)

    rows = session.exec(select(Outbox).order_by(Outbox.id)).all()  # type: ignore[arg-type]
    assert [(row.key, row.channel, row.payload, row.not_after) for row in rows] == [
        ("k1", "U1", '{"text":"first"}', None),
        ("k0", "U0", '{"text":"en"}', NOW),
        ("k2", "U2", '{"text":"en"}', NOW),
        ("k3", "U3", '{"text":"zh-Hant"}', NOW),
    ]


def test_a_claim_takes_the_earliest_of_each_channel_and_none_that_is_taken(session: Session) -> None:
    owe(session, "late", "C1", at=NOW)
    owe(session, "early", "C1", at=NOW - LATER)
    owe(session, "other", "C2", at=NOW)
    owe(session, "tomorrow", "C3", at=NOW + LATER)
    assert [row.key for row in claim(session)] == ["early", "other"]
    assert claim(session, owner="another") == []


@pytest.mark.parametrize("busy", [0, 1, 70, 200])
def test_a_claim_leaves_busy_channels_alone_however_many_there_are(session: Session, busy: int) -> None:
    for number in range(4):
        owe(session, f"k{number}", f"C{number}")
    names = [f"C{number}" for number in range(busy)]

    rows = claims.claim(
        session, workspace_id=TEAM, method=outbox.POST, owner="me", now=NOW, real_now=REAL, limit=9, busy=names
    )

    assert [row.key for row in rows] == [f"k{number}" for number in range(busy, 4)]


def test_a_claim_passes_by_a_crowded_channel(session: Session) -> None:
    for number in range(40):
        owe(session, f"k{number}", "C1")
    owe(session, "beyond", "C2")
    assert [row.key for row in claim(session, limit=2)] == ["k0", "beyond"]


def test_when_a_lease_has_run_out_the_next_sender_knows_since_when_it_may_have_arrived(session: Session) -> None:
    owe(session, "k")
    (first,) = claim(session)
    assert first.unsure_since == 0
    assert claim(session, owner="another", real_now=REAL + claims.LEASE - 1) == []
    (second,) = claim(session, owner="another", real_now=REAL + claims.LEASE)
    assert second.unsure_since == REAL
    claims.mark_failed(session, first, error="too late", retry_at=0.0)  # the first wakes up: not its row any more
    assert claim(session, real_now=REAL + claims.LEASE + 1) == []


def test_a_released_row_is_as_it_was(session: Session) -> None:
    owe(session, "k")
    (row,) = claim(session)
    claims.release(session, row)
    assert claim(session) == [row]


def test_a_sent_post_is_known_by_its_subject_and_its_words_are_forgotten(session: Session) -> None:
    early = messages.identify(session, workspace_id=TEAM, channel="C1", ts="1.1")  # a reaction was faster
    owe(session, "k", words="a secret")
    (row,) = claim(session)
    assert sent(session, row)
    assert not sent(session, row, "2.2")
    known = messages.by_subject(session, workspace_id=TEAM, subject="k")
    assert known == messages.Known(early, "C1", "1.1", "k")
    assert messages.at(session, workspace_id=TEAM, channel="C1", ts="1.1") == known
    assert session.connection().exec_driver_sql("SELECT payload FROM outbox").scalar() == ""


def test_a_post_that_has_not_left_is_changed_itself(session: Session) -> None:
    owe(session, "k", words="old")
    assert change(session, "k", "new")
    assert [row.message["text"] for row in claim(session)] == ["new"]
    assert change(session, "k", "newer")  # it is on its way now
    assert figures(session).waiting == 2
    assert claim(session, outbox.UPDATE) == []  # its post is not known yet


def test_what_is_owed_no_longer_takes_along_what_waits_for_it(session: Session) -> None:
    owe(session, "k")
    owe(session, "answer", thread="k")
    owe(session, "other", "C2")
    assert outbox.alive(session, TEAM, "k")
    assert outbox.cancel(session, workspace_id=TEAM, subject="k")
    assert not outbox.alive(session, TEAM, "k")
    assert figures(session).waiting == 1 and [row.key for row in claim(session)] == ["other"]
    assert owe(session, "k") and owe(session, "answer", thread="k"), "it can be owed again"


def test_what_may_have_left_cannot_be_taken_back(session: Session) -> None:
    owe(session, "k")
    claim(session)
    owe(session, "answer", thread="k")
    assert not outbox.cancel(session, workspace_id=TEAM, subject="k")
    assert figures(session).waiting == 2


def test_a_stream_of_changes_does_not_put_an_update_off(session: Session) -> None:
    owe(session, "k")
    sent(session, claim(session)[0])
    change(session, "k", "one", at=NOW)
    change(session, "k", "two", at=NOW + LATER)
    (row,) = claim(session, outbox.UPDATE)
    assert (row.message["text"], row.channel, row.thread_ts) == ("two", "C1", "1.1")


def test_a_newer_update_waits_for_the_one_on_its_way(session: Session) -> None:
    owe(session, "k")
    sent(session, claim(session)[0])
    change(session, "k", "one")
    (old,) = claim(session, outbox.UPDATE)
    change(session, "k", "two")
    assert claim(session, outbox.UPDATE) == []
    sent(session, old)
    assert [row.message["text"] for row in claim(session, outbox.UPDATE)] == ["two"]


def test_what_waits_for_its_time_or_its_post_has_no_age(session: Session) -> None:
    owe(session, "night", at=NOW + LATER)
    owe(session, "answer", "C2", thread="night", at=NOW - LATER)
    assert figures(session) == outbox.Figures(0.0, 2, 0)
    assert figures(session, NOW + 2 * LATER) == outbox.Figures(LATER.total_seconds(), 2, 0)


def test_an_answer_to_somebody_elses_message_needs_no_post_of_ours(session: Session) -> None:
    owe(session, "k", thread="ts:12.34")
    assert [row.thread_ts for row in claim(session)] == ["12.34"]


def test_a_post_can_be_changed_and_answered_when_its_row_is_forgotten(session: Session) -> None:
    owe(session, "k")
    sent(session, claim(session)[0])
    expiry.forget_old(session, now=NOW + timedelta(days=31))
    assert change(session, "k", "new")
    owe(session, "answer", thread="k")
    assert [row.thread_ts for row in claim(session, outbox.UPDATE) + claim(session)] == ["1.1", "1.1"]


def test_the_messages_about_one_matter_are_looked_up_in_the_index(database: Database, session: Session) -> None:
    for subject in ("a:1:to:x", "a:1:to:y", "a:1:tp:x", "a:1:to", "a:12:to:x", "A:1:TO:z"):
        owe(session, subject)
    assert outbox.subjects(session, workspace_id=TEAM, prefix="a:1:to:") == {"a:1:to:x", "a:1:to:y"}
    if database.engine.dialect.name == "sqlite":
        found = plans(database.engine, lambda: outbox.subjects(session, workspace_id=TEAM, prefix="a:1:to:"))
        assert [plan.count("subject>? AND subject<?") for plan in found] == [1, 1], found


def test_after_an_outage_only_what_got_no_answer_is_hastened(session: Session) -> None:
    owe(session, "lost", "C1")
    owe(session, "refused", "C2")
    lost, refused = claim(session)
    claims.mark_failed(session, lost, error=claims.UNANSWERED + "timeout", retry_at=REAL + 900, unsure_since=REAL)
    claims.mark_failed(session, refused, error="not_in_channel", retry_at=REAL + 900)
    assert claim(session) == []
    claims.hasten(session, workspace_id=TEAM)
    assert [(row.key, row.unsure_since, row.attempts) for row in claim(session)] == [("lost", REAL, 1)]


def test_a_row_whose_sender_never_came_back_is_stuck(session: Session) -> None:
    owe(session, "k")
    claim(session)
    assert stopped.stuck(session, real_now=REAL + claims.LEASE) == 0
    assert stopped.stuck(session, real_now=REAL + claims.LEASE + 61) == 1

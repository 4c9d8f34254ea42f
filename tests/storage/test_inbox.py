"""What was delivered has its effect once, whatever is delivered again (architecture.md, Inbox)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, func, select

from bot.rules.refusal import Refusal
from storage import inbox
from storage.database import Database
from storage.inbox import ECHO, KEPT, Delivery, Repeated
from storage.models import Channel, Inbox
from storage.upsert import insert
from tests.office import TEAM

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)


def event(key: str = "Ev1", workspace_id: str = TEAM) -> Delivery:
    return Delivery(workspace_id, "event", key, NOW)


def command(key: str, at: datetime = NOW, echo: str = "ann /praise bo") -> Delivery:
    return Delivery(TEAM, "command", key, at, echo)


def effect(session: Session) -> int:
    """A story that writes one more row each time it runs."""
    count = session.exec(select(func.count()).select_from(Channel)).one()
    row = {"workspace_id": TEAM, "slack_id": f"C{count}", "locale": "", "is_member": True, "checked_at": NOW}
    insert(session, Channel, row)
    return count + 1


def deliver(database: Database, delivery: Delivery, story: Callable[[Session], int] = effect) -> int | None:
    """How often the story has run, None if the delivery was known."""
    outcome = database.write_now(inbox.once(delivery, story))
    return None if isinstance(outcome, Repeated) else outcome


def kept(database: Database) -> int:
    return database.read_now(lambda session: session.exec(select(func.count()).select_from(Inbox)).one())


async def test_a_second_delivery_changes_nothing(database: Database) -> None:
    assert await database.write(effect, event()) == 1

    with pytest.raises(Repeated) as caught:
        await database.write(effect, event())

    assert caught.value.code == "already_done"
    assert await database.read(lambda session: session.exec(select(func.count()).select_from(Channel)).one()) == 1


def test_another_key_kind_or_workspace_is_another_delivery(database: Database) -> None:
    deliveries = [event(), event("Ev2"), event(workspace_id="T2"), Delivery(TEAM, "press", "Ev1", NOW)]

    assert [deliver(database, delivery) for delivery in deliveries] == [1, 2, 3, 4]
    assert [deliver(database, delivery) for delivery in deliveries] == [None] * 4


def test_a_delivery_whose_story_failed_had_no_effect_and_may_come_again(database: Database) -> None:
    """Slack repeats what was answered with 500; a redelivery may be the only copy that arrives."""

    def fails(session: Session) -> int:
        effect(session)
        raise Refusal("no_such_praise")

    with pytest.raises(Refusal):
        database.write_now(inbox.once(event(), fails))

    assert kept(database) == 0
    assert deliver(database, event()) == 1


def test_a_row_holds_no_payload(database: Database) -> None:
    deliver(database, command("t1"))

    assert set(Inbox.model_fields) == {"workspace_id", "kind", "key", "received_at"}


# --- commands are repeated by people


@pytest.mark.parametrize("later", [timedelta(0), timedelta(seconds=59), timedelta(seconds=-59)])
def test_a_command_said_again_within_a_minute_writes_nothing(database: Database, later: timedelta) -> None:
    """Replicas' clocks may differ, so a little earlier counts as again."""
    assert deliver(database, command("t1")) == 1

    assert deliver(database, command("t2", NOW + later)) is None
    assert kept(database) == 3


def test_what_was_an_echo_stays_one_when_it_is_delivered_again_later(database: Database) -> None:
    deliver(database, command("t1"))
    assert deliver(database, command("t2", NOW + timedelta(seconds=30))) is None

    assert deliver(database, command("t2", NOW + timedelta(seconds=90))) is None
    assert deliver(database, command("t3", NOW + timedelta(seconds=90))) == 2


def test_after_a_minute_it_is_meant(database: Database) -> None:
    deliver(database, command("t1"))

    assert deliver(database, command("t2", NOW + ECHO)) == 2
    assert deliver(database, command("t3", NOW + ECHO + timedelta(seconds=59))) is None
    assert deliver(database, command("t4", NOW + 2 * ECHO)) == 3


def test_a_repetition_that_wrote_nothing_does_not_begin_the_minute_anew(database: Database) -> None:
    deliver(database, command("t1"))
    assert deliver(database, command("t2", NOW + timedelta(seconds=59))) is None

    assert deliver(database, command("t3", NOW + timedelta(seconds=61))) == 2


def test_other_words_or_another_person_are_another_command(database: Database) -> None:
    deliver(database, command("t1"))

    assert deliver(database, command("t2", echo="ann /praise cy")) == 2


def test_a_command_that_was_refused_may_be_said_again_at_once(database: Database) -> None:
    def refuse(_session: Session) -> int:
        raise Refusal("words_missing")

    with pytest.raises(Refusal):
        database.write_now(inbox.once(command("t1"), refuse))

    assert deliver(database, command("t2")) == 1


def test_the_trigger_of_a_command_counts_even_after_a_minute(database: Database) -> None:
    deliver(database, command("t1"))

    assert deliver(database, command("t1", NOW + 2 * ECHO)) is None


# --- forgetting


def test_rows_are_kept_for_thirty_days(database: Database) -> None:
    deliver(database, event("old"))
    deliver(database, Delivery(TEAM, "event", "new", NOW + timedelta(seconds=1)))

    database.write_now(lambda session: inbox.forget_old(session, now=NOW + KEPT + timedelta(microseconds=1)))

    assert database.read_now(lambda session: session.exec(select(col(Inbox.key))).all()) == ["new"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example undoes what it did
@given(st.lists(st.tuples(st.sampled_from(["t1", "t2", "t3", "t4"]), st.sampled_from("ab"), st.integers(0, 90))))
def test_a_command_acts_once_a_trigger_and_once_a_minute(database: Database, said: list[tuple[str, str, int]]) -> None:
    """Compared with a plain account of which triggers came, and when each text last acted."""
    came: set[str] = set()
    last: dict[str, datetime] = {}

    class Undone(Exception):
        pass

    def story(session: Session) -> None:
        now = NOW
        for trigger, words, seconds in said:
            now += timedelta(seconds=seconds)
            outcome = inbox.once(command(trigger, now, words), lambda _session: None)(session)
            expected = trigger not in came and (words not in last or now - last[words] >= ECHO)
            assert (outcome is None) == expected
            came.add(trigger)
            if expected:
                last[words] = now
        raise Undone

    with pytest.raises(Undone):
        database.write_now(story)

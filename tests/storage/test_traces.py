"""The messages that tell of something are found by their names, wherever they stand."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from storage import messages, models, outbox, traces
from storage.database import Database
from storage.select import table
from storage.traces import Traces

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
PRAISE, PERSON, SURVEY, OTHER = "a" * 32, "b" * 32, "c" * 32, "d" * 32


def find(database: Database, *ids: str, answered: Collection[str] = frozenset()) -> Traces:
    return database.write_now(lambda session: traces.find(session, "T1", ids, answered=answered))


def stands(session: Session, subject: str, channel: str, ts: str) -> None:
    messages.name(session, workspace_id="T1", channel=channel, ts=ts, subject=subject)


def owed(session: Session, key: str, channel: str, **more: Any) -> None:
    outbox.post(session, workspace_id="T1", key=key, channel=channel, message={"text": "x"}, now=NOW, **more)


def sent(session: Session, key: str, ts: str) -> None:
    rows = table(models.Outbox)
    session.execute(rows.update().where(rows.c.key == key).values(state="sent", ts=ts, payload=""))


def test_messages_are_found_where_they_stand_and_where_they_are_owed(database: Database) -> None:
    def story(session: Session) -> None:
        stands(session, f"praise:{PRAISE}", "C1", "1.1")
        stands(session, f"praise:{OTHER}", "C1", "1.2")
        owed(session, f"told:{PRAISE}:{PERSON}", "U1", subject=f"told:{PRAISE}:{PERSON}")

    database.write_now(story)
    assert find(database, PRAISE) == Traces((f"praise:{PRAISE}", f"told:{PRAISE}:{PERSON}"), 0)


def test_messages_without_a_name_get_one_if_it_is_known_where_they_stand(database: Database) -> None:
    """As versions before left them: in a channel, in direct messages that are known, and in some that are not."""

    def story(session: Session) -> None:
        stands(session, f"told:{OTHER}:{PERSON}", "D1", "1.1")
        for key, channel, ts in (
            (f"credit:{PRAISE}:{SURVEY}", "C1", "1.2"),
            (f"helped:{PRAISE}:dm:{PERSON}", "U1", "1.3"),
            (f"helped:{PRAISE}:dm:{OTHER}", "U2", "1.4"),
        ):
            owed(session, key, channel)
            sent(session, key, ts)

    database.write_now(story)
    found = find(database, PRAISE)
    assert found == Traces((f"credit:{PRAISE}:{SURVEY}", f"helped:{PRAISE}:dm:{PERSON}"), 1)
    here = database.read_now(
        lambda session: messages.by_subject(session, workspace_id="T1", subject=f"helped:{PRAISE}:dm:{PERSON}")
    )
    assert here and (here.channel, here.ts) == ("D1", "1.3")
    assert find(database, PRAISE) == found, "the same again"


def test_what_the_pulse_asks_and_shows_names_nobody(database: Database) -> None:
    said = f"pulse_said:{SURVEY}:"

    def story(session: Session) -> None:
        owed(session, f"pulse:{SURVEY}#{OTHER}", "U2")
        owed(session, f"pulse_result:{SURVEY}:{OTHER}:0", "U2")
        owed(session, said, "C1", subject=said)
        stands(session, f"pulse_replies:2026-03-02:{OTHER}:0", "D2", "1.5")

    database.write_now(story)
    assert find(database, SURVEY) == Traces((said,), 0)
    assert find(database, SURVEY, answered={OTHER}).subjects == (f"pulse_replies:2026-03-02:{OTHER}:0", said)


def test_what_was_looked_up_for_many_is_found_for_each_and_what_came_since_too(database: Database) -> None:
    def story(session: Session) -> None:
        stands(session, f"praise:{PRAISE}", "C1", "1.1")
        stands(session, f"praise:{OTHER}", "C1", "1.2")
        stands(session, f"told:{OTHER}:{PERSON}", "D1", "1.3")
        owed(session, f"told:{PRAISE}:{PERSON}", "U1", subject=f"told:{PRAISE}:{PERSON}")
        owed(session, f"helped:{PRAISE}:dm:{PERSON}", "U1")
        sent(session, f"helped:{PRAISE}:dm:{PERSON}", "1.4")

    database.write_now(story)
    known = database.read_now(lambda session: traces.look(session, "T1", [PRAISE, OTHER]))
    database.write_now(lambda session: owed(session, f"credit:{PRAISE}:{SURVEY}", "C1"))

    def both(session: Session) -> list[Traces]:
        return [traces.find(session, "T1", [each], known=known) for each in (PRAISE, OTHER)]

    for _ in range(2):
        assert database.write_now(both) == [find(database, PRAISE), find(database, OTHER)]
    assert f"credit:{PRAISE}:{SURVEY}" in find(database, PRAISE).subjects

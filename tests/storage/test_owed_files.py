"""Files that are owed leave with nothing that was erased since."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text
from sqlmodel import Session

from bot.rules.erasing import wanted
from storage import claims, outbox, owed_files, sent_files
from storage.database import Database
from tests.office import Office
from tests.services.test_erasing import erase
from tests.storage.owing import NOW, REAL, TEAM

ANN, BO, PRAISE = "a" * 32, "b" * 32, "c" * 32


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as session:
        yield session
        session.rollback()


def owe_file(session: Session, key: str, content: str, *about: str) -> None:
    words = {"channel": "U1", "name": "board.csv", "content": content.encode(), "comment": ""}
    assert outbox.file(session, workspace_id=TEAM, key=key, **words, about=about, now=NOW)  # type: ignore[arg-type]


def begin(session: Session) -> claims.Claimed:
    """Slack has the bytes of the file that is owed, and may be sharing it."""
    (row,) = claims.claim(session, workspace_id=TEAM, method=outbox.FILE, owner="a", now=NOW, real_now=REAL, limit=1)
    assert claims.keep(session, row, {**row.message, "id": "F1"})
    return row


def test_a_file_that_has_somebody_by_name_alone_is_owed_no_longer_when_they_are_erased(session: Session) -> None:
    owe_file(session, "theirs", "Place,Name\r\n1,Ann\r\n", ANN, BO)
    owe_file(session, "of others", "Place,Name\r\n1,Bo\r\n", BO)
    assert owed_files.forget_telling(session, TEAM, {ANN}, now=NOW) == 1
    assert owed_files.forget_telling(session, TEAM, {ANN}, now=NOW) == 0
    assert owed_files.forget_telling(session, TEAM, {BO}, now=NOW) == 1


def test_a_file_that_tells_of_something_by_its_id_is_owed_no_longer(session: Session) -> None:
    owe_file(session, "k", f"praise,{PRAISE}\r\n", ANN)
    assert owed_files.forget_telling(session, TEAM, set(), now=NOW) == 0
    assert owed_files.forget_telling(session, TEAM, {PRAISE}, now=NOW) == 1


WAYS: dict[str, Callable[[Session], int]] = {
    "by id": lambda session: owed_files.forget_telling(session, TEAM, {ANN}, now=NOW),
    "by name": lambda session: owed_files.forget_with(session, TEAM, wanted(["Ann Lee"]), now=NOW),
    "by reader": lambda session: owed_files.forget_to(session, TEAM, "U1", now=NOW),
}


def withdrawals(session: Session) -> list[str]:
    return list(session.execute(text("SELECT key FROM outbox WHERE method = 'file' ORDER BY key")).scalars())


@pytest.mark.parametrize("forget", WAYS.values(), ids=list(WAYS))
def test_a_file_that_slack_may_have_goes_from_there_when_it_is_owed_no_longer(
    forget: Callable[[Session], int], session: Session
) -> None:
    owe_file(session, "k", "Place,Name\r\n1,Ann Lee\r\n", ANN)
    row = begin(session)
    assert forget(session) == 1 and withdrawals(session) == ["withdraw:F1"]
    assert forget(session) == 0

    sent_files.arrived(session, TEAM, "F1", b"", row=(row.id, row.key), sent=False, now=NOW)
    assert withdrawals(session) == ["withdraw:F1", "withdraw:F1:late"], "Slack may have finished it after it was told"


def test_a_file_that_slack_never_had_is_forgotten_alone(session: Session) -> None:
    owe_file(session, "k", "Ann Lee", ANN)
    assert WAYS["by id"](session) == 1 and withdrawals(session) == []


def test_a_file_to_somebody_who_is_erased_goes_from_slack_whatever_is_in_it(office: Office) -> None:
    def story(session: Session) -> None:
        owe_file(session, "k", "Place,Name\r\n1,Bo\r\n")
        session.execute(text("UPDATE outbox SET channel = 'UANN' WHERE key = 'k'"))
        begin(session)

    office.database.write_now(story)
    erase(office, "person", "UANN")
    assert office.run(withdrawals) == ["withdraw:F1"]

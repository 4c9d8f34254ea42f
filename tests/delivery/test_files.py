"""Every file owed is shared exactly once, whatever Slack and the network do to it, and nothing of it is kept."""

from time import time

import pytest
from sqlmodel import Session

from bot.delivery import sender
from storage import claims, outbox, owed_files, sent_files, stopped
from storage.database import Database
from tests.delivery.bench import TEAM, all_sent, delivering, now, owe, rows, standing, until
from tests.delivery.faulty import Fault, FaultySlack, refused

PERSON, PRAISE, OTHER = "a" * 32, "b" * 32, "c" * 32
CONTENT = f"\ufeffName,Points\r\nAnn,{PRAISE}\r\n".encode()
ASK, FINISH, INFO = "files.getUploadURLExternal", "files.completeUploadExternal", "files.info"
DELETE = "files.delete"
FAULTS = {
    "a rate limit": Fault(status=429, headers={"Retry-After": "0.2"}, body={"ok": False}),
    "a server error before it was taken": Fault(status=500, body="oops"),
    "a server error after it was taken": Fault(accept=True, status=503, body="oops"),
    "a reset before it was taken": Fault(reset=True),
    "a reset after it was taken": Fault(accept=True, reset=True),
    "an answer too late": Fault(accept=True, hang=1.0),
    "an answer cut short": Fault(accept=True, body='{"ok": tr'),
    "a token that is mended": refused("invalid_auth"),
}


def owe_file(session: Session, key: str = "f", channel: str = "U1") -> bool:
    return outbox.file(
        session, workspace_id=TEAM, key=key, channel=channel, name="points.csv", content=CONTENT, comment="a & b",
        about=[PERSON], now=now(),
    )  # fmt: skip


def shared(slack: FaultySlack) -> list[tuple[str, bytes]]:
    return [(post["channel"], post["content"]) for post in slack.posts if "content" in post]


async def test_a_file_reaches_the_person_and_is_forgotten(url: str, slack: FaultySlack) -> None:
    async with delivering(url, slack) as (_, database):
        assert await database.write(lambda session: [owe_file(session), owe_file(session)]) == [True, False]
        await all_sent(database)
        assert rows(database, "state, payload, error") == [("sent", "", "")]
    assert shared(slack) == [("D1", CONTENT)]
    finished = next(arguments for _, name, arguments in slack.calls if name == FINISH)
    assert finished["initial_comment"] == "a &amp; b"
    assert "Authorization" not in slack.upload_headers


@pytest.mark.parametrize("method", ["conversations.open", ASK, "upload", FINISH])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
async def test_one_file_is_seen_after(
    fault: Fault, method: str, url: str, slack: FaultySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault.hang:
        monkeypatch.setattr(sender, "CALL_S", 0.5)
    slack.faults[method] = [fault]
    async with delivering(url, slack) as (_, database):
        await database.write(owe_file)
        await all_sent(database)
        assert rows(database, "state, payload") == [("sent", "")]
    assert shared(slack) == [("D1", CONTENT)]


async def test_slack_is_asked_for_the_file_after_its_answer_was_lost(url: str, slack: FaultySlack) -> None:
    slack.faults[FINISH] = [Fault(accept=True, reset=True)]
    slack.faults[INFO] = [Fault(status=500), Fault(body={"ok": False, "error": "file_not_found"})]
    async with delivering(url, slack) as (_, database):
        await database.write(owe_file)
        await all_sent(database)
    assert len(shared(slack)) == 1
    assert slack.count("upload") == 1


async def test_what_slack_threw_away_is_uploaded_anew(url: str, slack: FaultySlack) -> None:
    slack.faults[FINISH] = [Fault(status=500, body="oops")]
    async with delivering(url, slack) as (_, database):
        await database.write(owe_file)
        await until(lambda: slack.count(FINISH) == 1)
        slack.uploads.clear()
        await all_sent(database)
    assert shared(slack) == [("D1", CONTENT)]
    assert slack.count("upload") == 2


async def test_a_sender_that_stood_still_shares_nothing_twice(url: str, slack: FaultySlack) -> None:
    """It had sent the bytes; another sender found the row free, and finished that very upload."""
    database = Database(url)
    database.write_now(owe_file)
    died_at = time() - claims.LEASE - 1
    (row,) = database.write_now(
        lambda session: claims.claim(
            session, workspace_id=TEAM, method=outbox.FILE, owner="frozen", now=now(), real_now=died_at, limit=1
        )
    )
    ticket = slack.ticket(len(CONTENT))
    slack.uploads[ticket["file_id"]] = CONTENT
    assert database.write_now(lambda session: claims.keep(session, row, {**row.message, "id": ticket["file_id"]}))
    async with delivering(url, slack):
        await all_sent(database)
    assert shared(slack) == [("D1", CONTENT)]
    assert slack.count("upload") == 0
    assert not database.write_now(lambda session: claims.keep(session, row, row.message))
    database.close()


@pytest.mark.parametrize(
    ("method", "code"),
    [("conversations.open", "user_disabled"), (ASK, "file_uploads_disabled"), (FINISH, "invalid_channel")],
)
async def test_a_file_that_slack_will_never_take_is_forgotten_and_shown(
    method: str, code: str, url: str, slack: FaultySlack
) -> None:
    slack.faults[method] = [refused(code)]
    async with delivering(url, slack) as (_, database):
        await database.write(owe_file)
        await until(lambda: standing(database).dead == 1)
        assert rows(database, "state, payload, error") == [("dead", "", code)]
        (letter,) = database.read_now(lambda session: stopped.dead_letters(session, workspace_id=TEAM))
        assert letter.error == code
    assert shared(slack) == []


async def test_files_and_messages_do_not_hold_up_one_another(url: str, slack: FaultySlack) -> None:
    slack.faults["upload"] = [Fault(status=500, body="oops")] * 3
    async with delivering(url, slack) as (_, database):
        await database.write(lambda session: [owe_file(session), owe(session, "k", "U1")])
        await all_sent(database)
    assert len(slack.posts) == 2


def withdraw(session: Session, *ids: str) -> int:
    return sent_files.withdraw(session, TEAM, set(ids), now=now())


@pytest.mark.parametrize("erased", [PERSON, PRAISE])
@pytest.mark.parametrize(
    ("faults", "calls"),
    [
        ([], 1),
        ([Fault(accept=True, reset=True), refused("file_deleted")], 2),
        ([Fault(status=500, body="oops")], 2),
        ([refused("file_not_found")], 1),
    ],
    ids=["well", "a reset after it was taken", "a server error", "taken away by somebody before"],
)
async def test_a_file_goes_from_slack_with_what_is_erased_of_it(
    erased: str, faults: list[Fault], calls: int, url: str, slack: FaultySlack
) -> None:
    slack.faults[DELETE] = [*faults]
    async with delivering(url, slack) as (_, database):
        await database.write(owe_file)
        await all_sent(database)
        assert await database.write(lambda session: withdraw(session, OTHER)) == 0
        assert await database.write(lambda session: withdraw(session, erased)) == 1
        await all_sent(database)
        assert rows(database, "state, payload") == [("sent", "")] * 2
        assert await database.write(lambda session: withdraw(session, erased)) == 0, "once"
    deleted = {str(arguments["file"]) for _, name, arguments in slack.calls if name == DELETE}
    assert len(deleted) == 1 and slack.count(DELETE) >= calls


async def test_a_file_of_which_something_is_erased_on_its_way_goes_when_it_has_arrived(
    url: str, slack: FaultySlack
) -> None:
    slack.faults[FINISH] = [Fault(accept=True, hang=1.5)]
    async with delivering(url, slack) as (_, database):
        await database.write(owe_file)
        await until(lambda: slack.count(FINISH) == 1)
        assert await database.write(lambda session: owed_files.forget_telling(session, TEAM, {PRAISE}, now=now())) == 1
        await until(lambda: slack.count(DELETE) == 2)
        await all_sent(database)

"""What PostgreSQL brings: writers on many connections, a server that goes and comes, text that it cannot hold."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from signal import SIGINT, SIGQUIT
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, func, select

from bot.rules.company import Company
from bot.services import kudos, rituals
from bot.services.rituals import Morning
from storage import channels, claims, database, inbox, messages, people, postgresql
from storage.database import Database, connect
from storage.inbox import Delivery, Repeated
from storage.migrations import standing
from storage.models import Channel, Person
from storage.people import Profile
from storage.postgresql import Unsure
from storage.upsert import insert
from tests.office import TEAM, Office, mentions, staffed
from tests.servers import NotToBeHad, Server, server
from tests.storage.owing import NOW, REAL, claim, owe
from tests.stores import PostgresqlStore, Store, patient

pytestmark = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


def channel(name: str) -> Callable[[Session], str]:
    """A story that writes one row."""

    def story(session: Session) -> str:
        row = {"workspace_id": TEAM, "slack_id": name, "locale": "", "is_member": True, "checked_at": NOW}
        assert insert(session, Channel, row)
        return name

    return story


def owed(key: str, where: str) -> Callable[[Session], bool]:
    return lambda session: owe(session, key, where)


def said(statement: str) -> Callable[[Session], object]:
    """A story of one statement."""
    return lambda session: session.connection().execute(text(statement))


def names(of: Database) -> set[str]:
    return set(of.read_now(lambda session: session.exec(select(Channel.slack_id)).all()))


def together(*acts: Callable[[], object]) -> None:
    """Do all of this at once, each in a thread; what one raises is raised here."""
    failures: list[BaseException] = []
    start = threading.Barrier(len(acts))

    def work(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for failure in failures:
        raise failure


@pytest.fixture
def replicas(store: Store, tmp_path: Path) -> Iterator[list[Database]]:
    """Two bots' databases, which are one."""
    url = store.fresh_url(tmp_path)
    both = [patient(Database(url)), patient(Database(url))]
    staffed(both[0])
    yield both
    for each in both:
        each.close()


@pytest.fixture
def offices(replicas: list[Database], company: Company) -> list[Office]:
    return [Office(each, company) for each in replicas]


# --- connections


@pytest.mark.parametrize("read_only", [False, True])
def test_every_connection_is_set_up(database_url: str, read_only: bool) -> None:
    engine = connect(database_url, read_only=read_only)
    settings = {
        "TimeZone": "UTC",
        "synchronous_commit": "on",  # the tests' server says "off"
        "lock_timeout": f"{postgresql.WAIT_MS}ms",
        "idle_in_transaction_session_timeout": "0" if read_only else f"{postgresql.IDLE_MS // 1000}s",
        "transaction_isolation": "repeatable read" if read_only else "read committed",
        "transaction_read_only": "on" if read_only else "off",
    }
    with engine.connect() as connection:
        found = {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in settings}
    engine.dispose()
    assert found == settings


def test_a_writing_transaction_is_alone_from_its_beginning(replicas: list[Database]) -> None:
    other = connect(replicas[0].engine.url.render_as_string(hide_password=False), read_only=True)
    free = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")

    def story(session: Session) -> int:
        session.connection().execute(text("SELECT 1"))
        with other.connect() as connection:
            return int(connection.execute(free).scalar_one())

    assert replicas[0].write_now(story) == 1
    with other.connect() as connection:
        assert connection.execute(free).scalar_one() == 0
    other.dispose()


def test_a_server_that_keeps_other_text_is_refused_with_advice(store: PostgresqlStore) -> None:
    store._query(store.server.url(), "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")

    with pytest.raises(postgresql.Unusable, match="UTF8"):
        standing(store.server.url("latin"))


def test_what_the_server_quotes_of_rows_is_in_no_error(database: Database) -> None:
    """Its DETAIL holds words of people, and errors reach the log."""
    database.write_now(channel("canary"))
    broken = [
        "INSERT INTO channel SELECT * FROM channel",
        "UPDATE channel SET locale = NULL",
    ]
    for statement in broken:
        with pytest.raises(DBAPIError) as caught:
            database.write_now(said(statement))
        assert "canary" not in f"{caught.value} {caught.value.orig!r} {caught.value.__cause__!r}"


@pytest.mark.parametrize("hostile", ["\0", "\ud800", "\udc00\ud800", "a\0b", "\ud83d\ude00"])
def test_text_that_no_database_holds_is_stored_and_found_again(database: Database, hostile: str) -> None:
    profile = Profile(slack_id=f"U{hostile}", name=hostile, locale=hostile, zone=hostile, email=hostile, handle=hostile)

    def story(session: Session) -> None:
        people.enrol(session, TEAM, [profile], now=NOW)
        people.enrol(session, TEAM, [profile], now=NOW)
        channels.describe(session, TEAM, hostile, is_member=True, now=NOW, locale=hostile)
        messages.identify(session, workspace_id=TEAM, channel=hostile, ts=hostile)
        owe(session, hostile, channel=hostile, words=hostile)

    database.write_now(story)
    delivery = Delivery(TEAM, "event", hostile, NOW)

    assert [isinstance(database.write_now(inbox.once(delivery, lambda _session: 1)), Repeated) for _ in "12"] == [0, 1]
    assert len(database.read_now(lambda session: session.exec(select(Person.name)).all())) == 1
    assert database.read_now(lambda session: channels.get(session, TEAM, hostile)) is not None


# --- many writers


def test_the_same_delivery_eight_times_at_once_has_its_effect_once(replicas: list[Database]) -> None:
    effects = count()

    def deliver(number: int) -> None:
        for key in range(25):
            delivery = Delivery(TEAM, "event", f"Ev{key}", NOW)
            story = inbox.once(delivery, channel(f"C{key}"))
            if not isinstance(replicas[number % 2].write_now(story), Repeated):
                next(effects)

    together(*(lambda number=number: deliver(number) for number in range(8)))

    assert next(effects) == 25
    assert names(replicas[0]) == {f"C{key}" for key in range(25)}


def test_people_who_thank_one_another_crosswise_hold_up_nobody(offices: list[Office]) -> None:
    for office in offices:
        office.at(2026, 3, 3)

    def thank(office: Office, giver: str, *receivers: str) -> None:
        for _ in range(2):
            office.do(kudos.give, f"U{giver.upper()}", mentions(*receivers), reason="for all", channel="CSHOP")

    ann, bo = offices
    together(
        *(lambda: thank(ann, "ann", "bo", "cy"), lambda: thank(bo, "bo", "cy", "ann")),
        *(lambda: thank(ann, "cy", "ann", "bo"), lambda: thank(bo, "di", "cy", "bo", "ann")),
    )

    assert ann.is_sound()
    assert [ann.points(name) for name in ("ann", "bo", "cy")] == [5, 6, 6]  # Di's five a day run out at the fifth


def test_the_same_words_told_by_two_at_once_are_one_praise(offices: list[Office]) -> None:
    told: list[str] = []

    def tell(office: Office, recorder: str) -> None:
        for number in range(3):
            try:
                told.append(office.praise(recorder, "bo", f"So kind, {number} times!").praise.id)
            except Exception as refusal:
                assert getattr(refusal, "code", "") == "duplicate"

    together(lambda: tell(offices[0], "ann"), lambda: tell(offices[1], "cy"))

    assert len(told) == 3
    assert offices[0].points("bo") == 30 and offices[0].is_sound()


def test_no_praise_is_left_out_by_a_ritual_that_is_decided_beside_it(offices: list[Office]) -> None:
    """The praise has read the clock and is not stored when the ritual's hour comes: the ritual waits for it."""
    at, tick = offices
    for office in offices:
        office.at(2026, 3, 2, 12)
    at.keep_ritual()
    for office in offices:
        office.at(2026, 3, 3, 8, 59)
    accepted, deciding = threading.Event(), threading.Event()

    def praise() -> None:
        from bot.services.praise import record
        from bot.services.telling import Telling

        def story(session: Session) -> None:
            record(session, at.company, "UANN", Telling(people=("UBO",), words="So kind!"), now=at.now)
            accepted.set()
            deciding.wait(30)
            wait_for_waiter(session)

        at.database.write_now(story)

    def decide() -> None:
        accepted.wait(30)
        tick.at(2026, 3, 3, 9)
        deciding.set()
        outcomes.extend(tick.do(rituals.open_due, "default"))

    outcomes: list[Any] = []
    together(praise, decide)

    (morning,) = outcomes
    assert isinstance(morning, Morning) and morning.opening.words == "So kind!" and not morning.is_older


def wait_for_waiter(session: Session) -> None:
    """Until somebody waits for the lock that this transaction holds."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    end = time.monotonic() + 50
    while not session.connection().execute(waiting).scalar_one():
        assert time.monotonic() < end, "nobody waits"


def test_two_senders_claim_different_rows_and_never_two_of_a_channel(replicas: list[Database]) -> None:
    for number in range(24):
        replicas[0].write_now(owed(f"k{number}", f"C{number % 6}"))
    claimed: list[list[claims.Claimed]] = [[], []]

    def work(which: int) -> None:
        mine = replicas[which].write_now(lambda session: claim(session, owner=f"{which}", limit=3))
        claimed[which].extend(mine)

    together(lambda: work(0), lambda: work(1))

    rows = claimed[0] + claimed[1]
    assert len({row.id for row in rows}) == len({row.lane for row in rows}) == len(rows) == 6
    assert replicas[0].write_now(lambda session: claim(session, limit=9)) == []  # six are on their way


def test_a_row_that_somebody_holds_is_passed_by(database: Database) -> None:
    database.write_now(lambda session: owe(session, "held", "C1") and owe(session, "free", "C2"))
    operator = connect(database.engine.url.render_as_string(hide_password=False), read_only=True)
    raw = operator.raw_connection()
    cursor = raw.cursor()
    cursor.execute("BEGIN")
    cursor.execute("SELECT id FROM outbox WHERE key = 'held' FOR UPDATE")

    assert [row.key for row in database.write_now(claim)] == ["free"]

    cursor.execute("ROLLBACK")
    raw.close()
    operator.dispose()
    assert [row.key for row in database.write_now(lambda session: claim(session, real_now=REAL))] == ["held"]


MIGRATE = "import sys; from storage.migrations import upgrade; upgrade(sys.argv[1])"


def test_processes_that_migrate_at_once_make_one_schema(store: Store, tmp_path: Path) -> None:
    url = store.blank_url(tmp_path)
    processes = [subprocess.Popen([sys.executable, "-c", MIGRATE, url]) for _ in range(3)]

    assert [process.wait(120) for process in processes] == [0, 0, 0]
    assert standing(url) == standing(store.fresh_url(tmp_path))


# --- a server that goes and comes


@pytest.fixture(scope="module")
def shaky() -> Iterator[Server]:
    """A server of this module's own, to be stopped and started."""
    try:
        with server() as running:
            yield running
    except NotToBeHad as why:
        pytest.skip(f"there is no PostgreSQL to test with: {why}")


@pytest.fixture
def own(shaky: Server, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database on it; its tries are close together."""
    monkeypatch.setattr(postgresql, "PAUSES_S", (0.01,) * 3 + (0.5,) * 120)
    made = f"own_{next(NUMBERS)}"
    PostgresqlStore._query(shaky.url(), f"CREATE DATABASE {made}")
    opened = database.open_database(shaky.url(made))
    yield opened
    opened.close()


NUMBERS = count()


async def test_a_restart_between_two_stories_is_not_noticed(own: Database, shaky: Server) -> None:
    await own.write(channel("C1"))
    assert await own.read(lambda session: session.exec(select(func.count()).select_from(Channel)).one()) == 1
    await asyncio.to_thread(shaky.stop)
    await asyncio.to_thread(shaky.start)

    assert await own.write(channel("C2")) == "C2"
    assert await own.read(lambda session: set(session.exec(select(Channel.slack_id)).all())) == {"C1", "C2"}


@pytest.mark.parametrize("how", [SIGINT, SIGQUIT], ids=["restart", "crash"])
async def test_a_story_in_whose_middle_the_server_restarts_is_run_again_and_stored_once(
    own: Database, shaky: Server, how: Any
) -> None:
    runs: list[int] = []

    def story(session: Session) -> str:
        channel("C1")(session)
        runs.append(1)
        if len(runs) == 1:
            shaky.stop(how)
            shaky.start()
        return channel("C2")(session)

    await own.write(channel("C0"))
    outcomes = await asyncio.gather(own.write(story), own.write(channel("C3")))

    assert set(outcomes) == {"C2", "C3"} and len(runs) == 2
    assert names(own) == {"C0", "C1", "C2", "C3"}


async def test_while_there_is_no_server_nobody_is_told_that_anything_is_stored(
    own: Database, shaky: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "PAUSES_S", (0.01,) * 3)
    await own.write(channel("C1"))
    await asyncio.to_thread(shaky.stop)

    with pytest.raises(OperationalError):
        await own.write(channel("C2"))
    with pytest.raises(OperationalError):
        await own.read(lambda session: session.exec(select(Channel.slack_id)).all())

    await asyncio.to_thread(shaky.start)
    assert await own.write(channel("C3")) == "C3"
    assert names(own) == {"C1", "C3"}


async def test_what_was_told_to_be_stored_outlives_a_crash_of_the_server(own: Database, shaky: Server) -> None:
    acknowledged = await asyncio.gather(*(own.write(channel(f"C{number}")) for number in range(30)))
    await asyncio.to_thread(shaky.stop, SIGQUIT)
    await asyncio.to_thread(shaky.start)

    assert names(own) == set(acknowledged)


@pytest.mark.parametrize("stored", [True, False])
async def test_a_commit_whose_answer_is_lost_is_no_success_and_the_next_delivery_settles_it(
    database_url: str, stored: bool
) -> None:
    own = Database(database_url)
    commit = own.engine.dialect.do_commit
    lost: list[int] = []

    def cut(connection: Any) -> None:
        if lost:
            return commit(connection)
        lost.append(1)
        if stored:
            commit(connection)
        connection.driver_connection.pgconn.finish()  # the socket is closed
        return commit(connection)

    own.engine.dialect.do_commit = cut  # type: ignore[assignment, method-assign]
    delivery = Delivery(TEAM, "event", "Ev1", NOW)

    with pytest.raises(Unsure):
        await own.write(channel("C1"), delivery)
    if stored:
        with pytest.raises(Repeated):
            await own.write(channel("C1"), delivery)
    else:
        assert await own.write(channel("C1"), delivery) == "C1"

    assert names(own) == {"C1"}
    own.close()


@pytest.mark.parametrize("before", ["story", "commit"])
async def test_the_transaction_of_a_process_that_stood_still_holds_up_nobody_and_is_run_again(
    database_url: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A suspended machine that wakes up: the server has ended its transaction, which had the lock."""
    monkeypatch.setattr(postgresql, "PAUSES_S", (0.05, 0.1, 0.2) + (0.5,) * 120)
    stalled, other = Database(database_url), patient(Database(database_url))
    event.listen(stalled.engine, "connect", lambda raw, _: raw.execute("SET idle_in_transaction_session_timeout=1000"))
    runs: list[int] = []

    def stall() -> None:
        if len(runs) == 1:
            assert other.write_now(channel("C2")) == "C2"

    def story(session: Session) -> str:
        runs.append(1)
        channel("C1")(session)
        if before == "story":
            stall()
        return channel("C3")(session)

    commit = stalled.engine.dialect.do_commit

    def commit_late(connection: Any) -> None:
        if before == "commit":
            stall()
        commit(connection)

    stalled.engine.dialect.do_commit = commit_late  # type: ignore[assignment, method-assign]

    assert await stalled.write(story) == "C3"

    assert len(runs) == 2 and names(other) == {"C1", "C2", "C3"}
    stalled.close()
    other.close()


WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")


async def test_a_deadlock_is_solved_by_running_the_story_again(database_url: str) -> None:
    """None comes of stories alone, which have one lock; an operator's session can make one."""
    own = Database(database_url)
    own.write_now(lambda session: [channel(name)(session) for name in ("C1", "C2")])
    operator = connect(database_url, read_only=True)
    raw: Any = operator.raw_connection()
    cursor = raw.cursor()
    cursor.execute("SET deadlock_timeout='1h'")  # so that ours is the one that is ended
    update = "UPDATE channel SET locale = 'zh' WHERE slack_id = '{}'"
    cursor.execute("BEGIN")
    cursor.execute(update.format("C2"))
    held, runs = threading.Event(), []

    def story(session: Session) -> int:
        runs.append(1)
        session.connection().execute(text(update.format("C1")))
        held.set()
        while len(runs) == 1 and not session.connection().execute(WAITING).scalar_one():
            time.sleep(0.01)  # until the operator waits for us, and there is a deadlock to be found
        session.connection().execute(text(update.format("C2")))
        return len(runs)

    def cross() -> None:
        held.wait(120)
        cursor.execute(update.format("C1"))
        cursor.execute("COMMIT")

    event.listen(own.engine, "connect", lambda raw, _: raw.execute("SET lock_timeout=0; SET deadlock_timeout='50ms'"))
    own.engine.dispose()
    crossing = asyncio.create_task(asyncio.to_thread(cross))
    assert await own.write(story) == 2
    await crossing
    raw.close()
    operator.dispose()
    own.close()

"""Nothing is left of a round that closed: not in rows, files, the write-ahead log or a backup (A3).

Five hundred answers and comments are canaries here: words that stand nowhere else, sealed like any other. While a round
runs, nothing is left in files of envelopes whose answers were mixed.
"""

import secrets
import sys
from collections.abc import Iterator, Set
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from sqlmodel import Session

from bot import sealing
from bot.jobs import pulse
from storage import ballots
from storage.backup import back_up
from storage.database import Database
from tests.anonymity import mutants
from tests.jobs.test_pulse import desk_of
from tests.office import TEAM, Office, a_company, fresh_url, path_of
from tests.pulses import Round
from tests.stores import PostgresqlStore, Store

CANARIES = 500
WORD = 8
"""Bytes that are looked up at once."""
TEAMS = {"Shop": CANARIES}


class Marked:
    """A round with canaries: what must be found nowhere when it is over."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.round = Round(office, folder, TEAMS, secret=secrets.token_hex(32))
        self.words = [f"canary-{secrets.token_hex(8)}" for _ in range(CANARIES)]
        secret = self.round.survey.secret
        self.tags = [sealing.tag(secret, member.id) for member in self.round.members.values()]
        self.boxes: list[bytes] = []
        office.run(self._sealed)

    def _sealed(self, session: Session) -> None:
        for tag, word in zip(self.tags, self.words, strict=True):
            for part, size in (("answer", sealing.ANSWER_BYTES), ("comment", sealing.COMMENT_BYTES)):
                content = {"segment": 0, "value": word, "words": word, "receipt": ""}
                self.boxes.append(sealing.seal(self.round.survey.public_key, content, size))
                ballots.put(session, TEAM, self.round.id, part, tag, self.boxes[-1])  # type: ignore[arg-type]

    @property
    def canaries(self) -> list[bytes]:
        """Texts, and how boxes begin: pages cut a long one."""
        texts = [self.round.survey.secret, *self.tags, *self.words]
        return [text.encode() for text in texts] + [box[:32] for box in self.boxes]

    def found_in(self, *files: Path) -> int:
        """How many canaries stand in these files, deleted or not."""
        content = b"".join(contents_of(*files))
        words = set(memoryview(content[: len(content) // WORD * WORD]).cast("Q"))
        return sum(canary in content for canary in self.canaries if _may_stand(canary, words))


def _may_stand(canary: bytes, words: Set[int]) -> bool:
    """Whether content of these machine words can hold it: else one of the first it covers whole would be among them.
    To search for thousands in hundreds of files takes minutes."""
    return any(int.from_bytes(canary[at : at + WORD], sys.byteorder) in words for at in range(WORD))


def contents_of(*files: Path) -> Iterator[bytes]:
    """What stands in files, of which a server that goes on may remove some meanwhile."""
    for file in files:
        with suppress(FileNotFoundError):
            yield file.read_bytes()


def changed(folder: Path) -> dict[Path, int]:
    """When each file of a server that goes on was changed."""
    found = {}
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if file.is_file():
                found[file] = file.stat().st_mtime_ns
    return found


def files_of(database: Database) -> list[Path]:
    path = path_of(database)
    return [file for file in path.parent.glob(f"{path.name}*") if file.is_file()]


def own_database(folder: Path) -> Office:
    """A company in a database of this test's own, opened now."""
    folder.mkdir()
    return Office(Database(fresh_url(folder)), a_company())


def closed(marked: Marked) -> None:
    """Close it to the end; comments that could be shown are left out, they are to be read."""
    marked.round.mix()
    mixed = marked.round.office.run(ballots.boxes, marked.round.id, "mixed")
    assert len(mixed) == CANARIES - 10
    marked.boxes += [box for _, box in mixed]
    marked.round.close()


@pytest.fixture
def no_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments that are shown are stored; these are looked for as if none were."""
    monkeypatch.setattr("bot.services.closing.commented", lambda *_: ())


@pytest.mark.usefixtures("no_comments")
def test_five_hundred_canaries_are_nowhere_after_the_close(tmp_path: Path) -> None:
    office = own_database(tmp_path / "whole")
    marked = Marked(office, tmp_path)
    files = files_of(office.database)
    before = marked.found_in(*files)
    closed(marked)
    back_up(path_of(office.database), tmp_path / "backup.db")
    after = marked.found_in(*files_of(office.database), tmp_path / "backup.db", *(tmp_path / "keys").glob("*"))
    office.database.close()

    print(f"\nA3 canaries in file, write-ahead log, backup and keys: {before} while it ran, {after} after the close")
    assert before > 2 * CANARIES and after == 0


@pytest.mark.usefixtures("no_comments")
@pytest.mark.parametrize("without", ["overwriting", "emptying the log"])
def test_without_overwriting_or_emptying_the_log_canaries_are_left(tmp_path: Path, without: str) -> None:
    with ExitStack() as stack:
        if without == "overwriting":
            stack.enter_context(mutants.kept_when_deleted())
        office = own_database(tmp_path / "whole")
        marked = Marked(office, tmp_path)
        if without == "emptying the log":
            marked.round.scrub = lambda: True  # type: ignore[method-assign]
        closed(marked)
        after = marked.found_in(*files_of(office.database))
        office.database.close()

    print(f"\nA3 canaries after the close without {without}: {after}")
    assert after > CANARIES


@pytest.mark.parametrize("wiped", [True, False], ids=["as it is", "without emptying the log"])
async def test_whoever_seizes_files_and_key_finds_no_envelope_of_what_was_mixed(
    tmp_path: Path, wiped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's write-ahead log has every envelope as it came, beside the key that opens it."""
    office = own_database(tmp_path / "whole")
    round_ = Round(office, tmp_path, {"Shop": 60})
    round_.all_answer("Shop", "4" * 60)
    boxes = dict(office.run(ballots.boxes, round_.id, "answer"))
    if not wiped:
        monkeypatch.setattr(office.database, "scrub", _in_vain)

    await pulse.mix(desk_of(office, round_.keys))

    sealed = office.run(ballots.tags, round_.id, "answer")
    files = b"".join(file.read_bytes() for file in files_of(office.database))
    found = {tag for tag, box in boxes.items() if box in files}
    office.database.close()
    print(f"\nA3 envelopes in the files after mixing: {len(found - sealed)} of {60 - len(sealed)} that were mixed")
    assert len(sealed) == 10 and found >= sealed
    assert found - sealed == (set() if wiped else set(boxes) - sealed)


async def _in_vain() -> bool:
    return True


@pytest.mark.usefixtures("no_comments")
@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_on_postgresql_the_tables_are_gone_with_their_files(empty_office: Office, tmp_path: Path, store: Store) -> None:
    """Its write-ahead log keeps boxes that nobody can open any more, and tags: docs/anonymity.md says so."""
    assert isinstance(store, PostgresqlStore)
    before = changed(store.server.data / "base")
    marked = Marked(empty_office, tmp_path)
    closed(marked)
    with empty_office.database.engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        named = f"SELECT count(*) FROM pg_class WHERE position('{marked.round.id}' in relname) > 0"
        there = connection.exec_driver_sql(named).scalar_one()
        connection.rollback()
    files = [file for file, when in changed(store.server.data / "base").items() if when != before.get(file)]
    found = marked.found_in(*files)
    secret = sum(marked.round.survey.secret.encode() in content for content in contents_of(*files))

    print(f"\nA3 postgresql: {there} tables of the round; {found} canaries in the files of tables, {secret} of them")
    print("   the secret, in the old version of its row")
    assert there == 0 and found - secret == 0

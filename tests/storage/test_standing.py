"""What a database is, before anything is put into it (storage/migrations)."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.database import open_database
from storage.migrations import revisions, standing, upgrade
from storage.postgresql import Unusable
from tests.stores import Store


def do(url: str, *statements: str) -> None:
    """What another program does, with settings of its own."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def blank(store: Store, tmp_path: Path) -> str:
    return store.blank_url(tmp_path)


def test_an_empty_database_has_no_revision_and_is_not_touched_by_the_look(blank: str) -> None:
    assert standing(blank) == ""
    assert not blank.startswith("sqlite") or not Path(blank.removeprefix("sqlite:///")).exists()


def test_each_revision_is_known(blank: str) -> None:
    for revision in revisions():
        upgrade(blank, revision)
        assert standing(blank) == revision


@pytest.mark.parametrize("table", ["theirs", "alembic_version", "praise"])
def test_tables_of_another_program_are_left_alone(blank: str, table: str) -> None:
    do(blank, f"CREATE TABLE {table} (id integer)", f"INSERT INTO {table} VALUES (1)")
    before = content(blank)

    for use in (standing, upgrade, open_database):
        with pytest.raises(Unusable, match="another program"):
            use(blank)

    assert content(blank) == before


def content(url: str) -> object:
    """All bytes of a file; the tables of a server's database."""
    if url.startswith("sqlite"):
        folder = Path(url.removeprefix("sqlite:///")).parent
        return {path.name: path.read_bytes() for path in folder.iterdir()}
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    engine.dispose()
    return found


def test_the_schema_of_a_newer_version_is_refused(database_url: str) -> None:
    do(database_url, "UPDATE alembic_version SET version_num = '9999'")

    for use in (standing, upgrade, open_database):
        with pytest.raises(Unusable, match="newer"):
            use(database_url)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_file_that_is_no_database_is_named(blank: str) -> None:
    Path(blank.removeprefix("sqlite:///")).write_bytes(b"no database at all" * 1000)

    with pytest.raises(Unusable, match=r"blank\.db cannot be opened"):
        upgrade(blank)

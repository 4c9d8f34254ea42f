"""What tests of rules, storage and services share: a database on either engine, a company, its people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.rules.company import Company
from storage.database import Database
from tests import stores
from tests.office import Office, a_company, staffed
from tests.servers import NotToBeHad
from tests.stores import Store

pytest_plugins = ["tests.canary"]  # no test may put anybody's words, or a secret, into the log
settings.register_profile("untimed", deadline=None)  # no test asserts a time
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with stores.sqlite(tmp_path_factory.mktemp("database")) as store:
        yield store


@pytest.fixture(scope="session")
def postgresql_store() -> Iterator[Store]:
    try:
        with stores.postgresql() as store:
            yield store
    except NotToBeHad as why:
        pytest.skip(f"there is no PostgreSQL to test with: {why}")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """One engine after the other; `@pytest.mark.parametrize("store", ["sqlite"], indirect=True)` is for one alone."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


@pytest.fixture
def database_url(store: Store, tmp_path: Path) -> str:
    """The address of an empty database of this test's own, with the newest schema."""
    return store.fresh_url(tmp_path)


@pytest.fixture
def database(store: Store) -> Database:
    """An empty database with the newest schema."""
    store.empty()
    return store.database


@pytest.fixture
def company() -> Company:
    return a_company()


@pytest.fixture
def empty_office(database: Database, company: Company) -> Office:
    """A company in which nobody works yet."""
    return Office(database, company)


@pytest.fixture
def office(store: Store, company: Company) -> Office:
    """Colleagues Ann, Bo, Cy, Di and Ed; leads Lee and Lou; admin Ada; and those who take no part."""
    store.fill(staffed)
    return Office(store.database, company)

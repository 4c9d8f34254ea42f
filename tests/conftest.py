"""What tests of rules, storage and services share: a database in a file, a company, its people."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bot.rules.company import Company
from storage.database import Database
from tests.office import TEAM, Office, fresh_url, image, migrated, path_of, restore

settings.register_profile("untimed", deadline=None)  # no test asserts a time
settings.load_profile("untimed")


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The address of an empty database with the newest schema; another engine would be a parameter here."""
    return fresh_url(tmp_path)


@pytest.fixture(scope="session")
def _warm_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all tests of a process: its engines have compiled the queries already."""
    database = Database(fresh_url(tmp_path_factory.mktemp("database")))
    yield database
    database.close()


@pytest.fixture
def database(_warm_database: Database) -> Database:
    """An empty database with the newest schema."""
    restore(_warm_database, migrated())
    return _warm_database


@pytest.fixture
def company() -> Company:
    return _company()


def _company() -> Company:
    return Company(workspace_id=TEAM, praise_channel="CPRAISE", zone=ZoneInfo("UTC"), values=("care", "courage"))


@pytest.fixture
def empty_office(database: Database, company: Company) -> Office:
    """A company in which nobody works yet."""
    return Office(database, company)


@pytest.fixture
def office(_staffed: bytes, empty_office: Office) -> Office:
    """Colleagues Ann, Bo, Cy, Di and Ed; leads Lee and Lou; admin Ada; and those who take no part."""
    restore(empty_office.database, _staffed)
    return empty_office


@pytest.fixture(scope="session")
def _staffed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    database = Database(fresh_url(tmp_path_factory.mktemp("staff")))
    office = Office(database, _company())
    office.enrol("ann", "bo", "cy", "di", "ed")
    office.enrol("lee", "lou", appointed="lead")
    office.enrol("ada", is_slack_admin=True)
    office.enrol("guest", is_guest=True)
    office.enrol("robot", is_bot=True)
    office.enrol("gone", is_gone=True)
    office.enrol("stranger", is_stranger=True)
    database.close()
    return image(path_of(database))

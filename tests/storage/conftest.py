"""What tests of backups share: a company with a praise, and a backup of it."""

from pathlib import Path

import pytest

from storage import outbox
from storage.backup import back_up
from tests.office import TEAM, Office, path_of


@pytest.fixture
def live(office: Office) -> Path:
    """The file of a company in which one praise is recorded, still open."""
    office.praise("ann", "bo", "She found my ring!")
    owed = {"channel": "CPRAISE", "message": {"text": "She found my ring!"}, "now": office.now}
    office.run(outbox.post, workspace_id=TEAM, key="praise:1", subject="praise:1", **owed)
    return path_of(office.database)


@pytest.fixture
def saved(live: Path, tmp_path: Path) -> Path:
    back_up(live, tmp_path / "saved.db")
    return tmp_path / "saved.db"

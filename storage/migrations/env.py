"""Run by Alembic: migrations in one transaction that holds the write lock from its first statement."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

from storage import models  # noqa: F401  (fills the metadata)
from storage.database import connect
from storage.migrations import is_model

WAIT_S = 60
engine = connect(context.config.attributes["url"])
with engine.connect() as connection:
    driver: Any = connection.connection.driver_connection
    # before the transaction, whose begin waits for the lock
    if engine.dialect.name == "postgresql":
        driver.execute(f"SET lock_timeout='{WAIT_S}s'; SET idle_in_transaction_session_timeout=0")
    else:
        driver.execute(f"PRAGMA busy_timeout={WAIT_S}000")
        driver.execute("PRAGMA temp_store=FILE")  # what a new index sorts may be larger than the memory
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_name=is_model,
        transactional_ddl=True,
        render_as_batch=False,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

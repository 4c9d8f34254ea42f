"""Files as Slack takes them: a ticket, the bytes sent to its address, and only when that is finished a file."""

import base64
import mimetypes
import secrets
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.workspace import staff
from bot.workspace.clock import WorkspaceClock
from bot.workspace.shapes import Impossible, Json, SlackError


@dataclass
class File:
    """One upload. Nobody sees it until it is `finished`, which can be done once."""

    id: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    finished: bool = False
    deleted: bool = False
    created: float = 0.0
    shares: list[tuple[str, str, str]] = field(default_factory=list)  # public or private, channel, ts


@dataclass
class Files:
    """All uploads, by the secret part of their address and by id."""

    clock: WorkspaceClock
    base: str = ""
    _tickets: dict[str, File] = field(default_factory=dict)
    kept: dict[str, File] = field(default_factory=dict)

    def ticket(self, name: str, length: int) -> Json:
        """Give the address that takes the bytes of a file, and the id that it will have."""
        key, file = secrets.token_urlsafe(24), File(f"F0{secrets.token_hex(5).upper()}", name, length)
        self._tickets[key] = self.kept[file.id] = file
        return {"upload_url": f"{self.base}/upload/v1/{key}", "file_id": file.id}

    async def handle(self, request: Request) -> Response:
        """Take the bytes, which come without a token; Slack answers 200 with "OK - " and their number."""
        file = self._tickets.get(request.path_params["key"])
        if file is None or file.finished:
            return PlainTextResponse("not found", 404)
        content = await request.body()
        if len(content) != file.length:
            return PlainTextResponse("wrong length", 400)
        file.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    def finish(self, file_id: str, title: str) -> File:
        """Make an upload a file. Slack lets this be done once; file_not_found for what has no bytes, or was done."""
        file = self.kept.get(file_id)
        if file is None or file.content is None or file.finished:
            raise SlackError("file_not_found")
        file.finished, file.title, file.created = True, title or file.name, self.clock.now()
        return file

    def get(self, file_id: str) -> File:
        """Give a finished file; file_not_found otherwise, file_deleted for one that was there."""
        file = self.kept.get(file_id)
        if file is None or not file.finished:
            raise SlackError("file_not_found")
        if file.deleted:
            raise SlackError("file_deleted")
        return file

    def delete(self, file_id: str) -> File:
        """Take a finished file away: of it nothing is left but where it was shared."""
        file = self.get(file_id)
        file.deleted, file.content = True, None
        return file

    def read(self, file_id: str) -> Json:
        """Give name and content (base64) of a finished file, as whoever downloads it has them."""
        try:
            file = self.get(file_id)
        except SlackError:
            raise Impossible(f"there is no file {file_id}") from None
        return {"name": file.name, "content": base64.b64encode(file.content or b"").decode()}


def shown(file: File) -> Json:
    """Give a file as it stands in a message."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    where = f"https://files.slack.com/files-pri/{staff.TEAM_ID}-{file.id}"
    suffix = file.name.rpartition(".")[2]
    return {
        "id": file.id,
        "created": int(file.created),
        "timestamp": int(file.created),
        "name": file.name,
        "title": file.title,
        "mimetype": kind,
        "filetype": suffix,
        "pretty_type": suffix.upper(),
        "user": staff.BOT_USER_ID,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(kind == "public" for kind, _, _ in file.shares),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{where}/{file.name}",
        "url_private_download": f"{where}/download/{file.name}",
        "has_rich_preview": False,
    }

"""Sends a file that is owed: an address is asked for, the bytes go there, and the upload is finished into a channel.

Only the last step shows anything, and Slack takes it once for an upload: so the upload's id is recorded before it, and
whoever has the row next, after an answer was lost or a sender died, asks Slack first whether that very file is shared,
and otherwise finishes that very upload. What was uploaded and never finished Slack throws away by itself.
"""

import asyncio
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.call import Refused, Unanswered, call
from bot.delivery.look_up import LookUp
from bot.delivery.pace import FILE as FINISH
from bot.delivery.plain import escape
from storage import claims
from storage.claims import Claimed
from storage.database import Database

ASK = "files.getUploadURLExternal"
INFO = "files.info"
DELETE = "files.delete"
UNKNOWN, DELETED = "file_not_found", "file_deleted"
SURE = 3
"""Failures of a row after which an upload that Slack does not know is taken for thrown away, and not for one that it
was still sharing when it was asked."""

Left = Callable[[], float]
"""Seconds that a call may take; raises when there is no time for one more."""


class Files:
    """Sends files over `client`, one step after the other; `look_up` knows the direct messages."""

    def __init__(self, client: AsyncWebClient, database: Database, look_up: LookUp) -> None:
        self._client = client
        self._database = database
        self._look_up = look_up

    async def send(self, row: Claimed, deadline: float, left: Left) -> dict[str, Any] | None:
        """Where the file of `row` stands now, as an answer to a post has it; None if somebody else has the row.

        A row that owes that a file goes has no channel, and nothing stands anywhere then. Raises what
        `bot.delivery.call.call` raises; before the last step nothing can have happened.
        """
        try:
            if gone := row.message.get("withdraw"):
                return await self._withdrawn(gone, left)
            channel = await self._look_up.place(row.channel, deadline)
            ready, place = await self._ready(row, channel, deadline, left)
        except Unanswered as failure:
            raise Unanswered(failure.reason, reached=False) from None
        if ready is None or place is not None:
            return place
        return await self._finish(ready, channel, left)

    async def _ready(
        self, row: Claimed, channel: str, deadline: float, left: Left
    ) -> tuple[Claimed | None, dict[str, Any] | None]:
        """The row with an upload that can be finished, None if it is somebody else's; and where it stands already."""
        if not row.message["id"]:
            return await self._uploaded(row, left), None
        ts = await self._shared(row.message["id"], channel, deadline)
        return row, None if ts is None else {"channel": channel, "ts": ts, "file": row.message["id"]}

    async def _shared(self, file_id: str, channel: str, deadline: float) -> str | None:
        """The timestamp under which that file stands in the channel; None if Slack does not show it there."""
        try:
            answer = await self._look_up.ask(INFO, {"file": file_id}, deadline)
        except Refused as refusal:
            if refusal.code == DELETED:  # it had arrived, and was thrown away since
                return ""
            if refusal.code == UNKNOWN:
                return None
            raise
        shares = (answer.get("file") or {}).get("shares") or {}
        found = [share for kind in shares.values() for share in kind.get(channel, [])]
        return str(found[0].get("ts", "")) if found else None

    async def _uploaded(self, row: Claimed, left: Left) -> Claimed | None:
        """Send the bytes and record under which id; None if the row is somebody else's by now."""
        name, content = row.message["name"], b64decode(row.message["content"])
        ticket = await call(
            self._client, ASK, {"filename": name, "length": len(content)}, timeout=left(), reads=True
        )  # a query, as the SDK sends it
        await self._upload(str(ticket["upload_url"]), content, left())
        message = {**row.message, "id": str(ticket["file_id"])}
        kept = await self._database.write(lambda session: claims.keep(session, row, message))
        return replace(row, message=message) if kept else None

    async def _upload(self, url: str, content: bytes, timeout: float) -> None:
        """Post the bytes as they are; without the token, for the address itself is the secret."""
        session = self._client.session
        try:
            async with asyncio.timeout(timeout):
                if session is None:
                    async with aiohttp.ClientSession() as own:
                        status = await _posted(own, url, content)
                else:
                    status = await _posted(session, url, content)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from None
        if status != 200:
            raise Unanswered(f"http_{status}")

    async def _finish(self, row: Claimed, channel: str, left: Left) -> dict[str, Any]:
        """Let the file be seen. Raises Unanswered if an upload from before is unknown, which may mean that it was
        finished a moment ago; after several tries it is forgotten, and the next one uploads anew."""
        message = row.message
        arguments = {
            "files": [{"id": message["id"], "title": message["name"]}],
            "channel_id": channel,
            "initial_comment": escape(message["comment"]),
        }
        try:
            await call(self._client, FINISH, arguments, timeout=left())
        except Refused as refusal:
            if refusal.code != UNKNOWN:
                raise
            if row.attempts >= SURE:
                forgotten = {**message, "id": ""}
                await self._database.write(lambda session: claims.keep(session, row, forgotten))
            raise Unanswered("upload_unknown") from None
        return {"channel": channel, "ts": "", "file": message["id"]}

    async def _withdrawn(self, file_id: str, left: Left) -> dict[str, Any]:
        """Take a file away; one that is gone already is."""
        try:
            await call(self._client, DELETE, {"file": file_id}, timeout=left())
        except Refused as refusal:
            if refusal.code not in (UNKNOWN, DELETED):
                raise
        return {"channel": "", "ts": ""}


async def _posted(session: aiohttp.ClientSession, url: str, content: bytes) -> int:
    headers = {"Content-Type": "application/octet-stream"}
    async with session.post(url, data=content, headers=headers, allow_redirects=False) as answer:
        return answer.status

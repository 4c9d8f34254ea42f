"""A file comes to Slack in three steps, the last of which can be done once."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Control, Running
from tests.workspace.test_web_api import refused

IM = "D0MEI00000"


async def uploaded(client: AsyncWebClient, content: bytes = b"a,b\r\n") -> str:
    ticket = await client.files_getUploadURLExternal(filename="a.csv", length=len(content))
    async with aiohttp.ClientSession() as session, session.post(ticket["upload_url"], data=content) as reply:
        assert (reply.status, await reply.text()) == (200, f"OK - {len(content)}")
    return str(ticket["file_id"])


async def test_slacks_own_client_sends_a_file(client: AsyncWebClient, people: Control) -> None:
    await client.conversations_open(users="U0MEI00000")
    await client.files_upload_v2(channel=IM, content=b"\xef\xbb\xbfa", filename="a.csv", initial_comment="for you")
    (seen,) = await people.dms("mei")
    assert (seen["text"], seen["subtype"]) == ("for you", "file_share")
    (file,) = seen["files"]
    assert (file["name"], file["mimetype"], file["size"]) == ("a.csv", "text/csv", 4)
    assert await people.file(file["id"]) == b"\xef\xbb\xbfa"


async def test_an_upload_is_finished_once(client: AsyncWebClient, people: Control) -> None:
    await client.conversations_open(users="U0MEI00000")
    file_id = await uploaded(client)
    assert (await refused(client.files_info(file=file_id)))["error"] == "file_not_found"
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": "a"}], channel_id=IM)
    again = client.files_completeUploadExternal(files=[{"id": file_id, "title": "a"}], channel_id=IM)
    assert (await refused(again))["error"] == "file_not_found"
    (seen,) = await people.dms("mei")
    info = await client.files_info(file=file_id)
    assert info["file"]["shares"] == {"private": {IM: [{"ts": seen["ts"], "reply_count": 0}]}}


async def test_nothing_is_shared_of_what_has_no_bytes_or_no_place(client: AsyncWebClient, people: Control) -> None:
    ticket = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    empty = client.files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": "a"}])
    assert (await refused(empty))["error"] == "file_not_found"
    file_id = await uploaded(client)
    for where, error in (("U0MEI00000", "channel_not_found"), ("C0RANDOM01", "not_in_channel")):
        lost = client.files_completeUploadExternal(files=[{"id": file_id, "title": "a"}], channel_id=where)
        assert (await refused(lost))["error"] == error
    nothing = client.files_getUploadURLExternal(filename="a.csv", length=0)
    assert (await refused(nothing))["error"] == "missing_argument"
    assert await people.dms("mei") == []


@pytest.mark.parametrize("path", ["/upload/v1/nobody-knows", ""])
async def test_bytes_are_taken_only_as_announced(client: AsyncWebClient, slack: Running, path: str) -> None:
    ticket = await client.files_getUploadURLExternal(filename="a.csv", length=3)
    url = slack.url + path if path else ticket["upload_url"]
    async with aiohttp.ClientSession() as session, session.post(url, data=b"four") as reply:
        assert reply.status == (404 if path else 400)


async def test_a_file_that_is_deleted_is_gone_from_its_message(client: AsyncWebClient, people: Control) -> None:
    await client.conversations_open(users="U0MEI00000")
    await client.files_upload_v2(channel=IM, content=b"a,b", filename="a.csv", initial_comment="for you")
    (file,) = (await people.dms("mei"))[0]["files"]
    assert (await client.files_delete(file=file["id"]))["ok"]
    (seen,) = await people.dms("mei")
    assert seen["text"] == "for you" and seen["files"] == [{"id": file["id"], "mode": "tombstone"}]
    for again in (client.files_delete(file=file["id"]), client.files_info(file=file["id"])):
        assert (await refused(again))["error"] == "file_deleted"
    assert (await refused(client.files_delete(file="F0NOBODY")))["error"] == "file_not_found"

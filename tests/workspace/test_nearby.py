"""A website that one visits meanwhile reaches nothing of the workspace, by whichever door."""

import aiohttp
import pytest

from bot.workspace import Running, staff

FOREIGN = (
    {"Host": "example.com"},
    {"Host": "127.0.0.1.example.com"},
    {"Host": "[::1"},
    {"Origin": "https://example.com"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Host": "example.com", "Origin": "http://example.com"},
)
DOORS = (
    ("POST", "/api/chat.postMessage"),
    ("POST", "/api/apps.connections.open"),
    ("GET", "/api/users.list"),
    ("POST", "/hooks/commands/key"),
    ("POST", "/upload/v1/key"),
    ("POST", "/control/state"),
    ("GET", "/"),
    ("GET", "/page/older"),
    ("GET", "/page/emoji.json"),
    ("GET", "/page/static/page.js"),
    ("GET", "/nowhere"),
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_no_door_opens_to_a_page_of_another_site(slack: Running, headers: dict[str, str]) -> None:
    settings = slack.workspace.settings
    form = {"token": settings.bot_token, "channel": staff.PRAISE_CHANNEL, "text": "not mine"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for method, path in DOORS:
            async with session.request(method, slack.url + path, data=form if method == "POST" else None) as reply:
                assert reply.status == 403, path
    assert slack.workspace.messages.newest(staff.PRAISE_CHANNEL) is None


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", ["/link/?ticket={}", "/page/live"])
async def test_no_socket_opens_to_a_page_of_another_site(slack: Running, path: str, headers: dict[str, str]) -> None:
    ticket = slack.workspace.socket_tickets.new()
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(slack.url + path.format(ticket), headers=headers)
    assert slack.workspace.socket_tickets.use(ticket), "the ticket is still there for whom it was made"


async def test_this_computer_by_each_of_its_names_is_answered(slack: Running) -> None:
    port = slack.url.rsplit(":", 1)[1]
    async with aiohttp.ClientSession() as session:
        for name in ("127.0.0.1", "localhost", "[::1]"):
            headers = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
            async with session.get(f"{slack.url}/page/static/page.js", headers=headers) as reply:
                assert reply.status == 200
                assert reply.headers["X-Content-Type-Options"] == "nosniff"
                assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
                assert reply.headers["Cache-Control"] == "no-cache"

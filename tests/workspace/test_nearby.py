"""A website that one visits meanwhile reaches nothing of the workspace, by whichever door."""

import aiohttp
import pytest

from bot.workspace import Running, Settings, staff

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


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(("mode", "kind"), [("no-cors", "image"), ("navigate", "document"), ("navigate", "iframe")])
async def test_nothing_that_stands_in_a_page_of_another_site_acts_here(
    slack: Running, site: str, mode: str, kind: str
) -> None:
    """Browsers send no Origin of a picture, a frame or a link, but where it stands."""
    mine = slack.workspace.messages.post(staff.PRAISE_CHANNEL, {"user": staff.BOT_USER_ID, "text": "mine"})
    said = {"channel": staff.PRAISE_CHANNEL, "text": "not mine", "ts": mine["ts"]}
    headers = {
        "Sec-Fetch-Site": site,
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Dest": kind,
        "Authorization": f"Bearer {slack.workspace.settings.bot_token}",
    }
    calls = [("GET", f"/api/{name}") for name in ("chat.postMessage", "chat.update", "chat.delete", "users.list")]
    async with aiohttp.ClientSession(headers=headers) as session:
        for method, path in [*calls, *(door for door in DOORS if door[1] != "/")]:
            async with session.request(method, slack.url + path, params=said) as reply:
                assert reply.status == 403, path
    assert [one["text"] for one in slack.workspace.messages.of(staff.PRAISE_CHANNEL)] == ["mine"]


async def test_one_comes_to_the_page_from_elsewhere_but_only_in_a_window(slack: Running) -> None:
    async with aiohttp.ClientSession() as session:
        for mode, kind, status in (("navigate", "document", 200), ("navigate", "iframe", 403), ("cors", "empty", 403)):
            headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": kind}
            async with session.get(f"{slack.url}/", headers=headers) as reply:
                assert reply.status == status, kind


async def test_no_token_is_taken_from_an_address(slack: Running) -> None:
    said = {"channel": staff.PRAISE_CHANNEL, "text": "not mine", "token": slack.workspace.settings.bot_token}
    async with aiohttp.ClientSession() as session:
        for ask in (session.get, session.post):
            async with ask(f"{slack.url}/api/chat.postMessage", params=said) as reply:
                assert (await reply.json())["error"] == "not_authed"
        async with session.post(f"{slack.url}/api/chat.postMessage", data=said) as reply:
            assert (await reply.json())["ok"]
    assert len(list(slack.workspace.messages.of(staff.PRAISE_CHANNEL))) == 1


def test_each_workspace_has_tokens_of_its_own() -> None:
    one, other = Settings(), Settings()
    assert len({one.bot_token, one.app_token, other.bot_token, other.app_token}) == 4


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

"""Reaching Slack: who we are, and Socket Mode; both are tried until Slack answers."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.jobs import applause

log = logging.getLogger(__name__)

T = TypeVar("T")

REFUSED = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""Answers after which trying again is useless: the token is wrong."""
LONGEST_WAIT_S = 30
WATCH_S = 5.0
GOODBYE_S = 1.0
CONNECT_S = 10.0


class TokenRefused(Exception):
    """Slack does not accept a token; the message names the setting and Slack's reason."""


async def identify(client: AsyncWebClient) -> AuthorizeResult:
    """Ask Slack who we are, until it answers. Raises TokenRefused if it says no."""
    answer: Any = await _until_answered(client.auth_test, "SLACK_BOT_TOKEN")
    return AuthorizeResult(
        enterprise_id=answer.get("enterprise_id"),
        team_id=answer["team_id"],
        team=answer.get("team"),
        url=answer.get("url"),
        bot_user_id=answer.get("user_id"),
        bot_id=answer.get("bot_id"),
        bot_token=client.token,
    )


@contextlib.asynccontextmanager
async def socket(bolt: AsyncApp, token: str, desk: Desk) -> AsyncIterator[None]:
    """Hear Slack over Socket Mode; after a lost connection the applause is read again. Raises TokenRefused."""
    handler = AsyncSocketModeHandler(bolt, token)
    async with contextlib.AsyncExitStack() as parts:
        parts.push_async_callback(_hang_up, handler)
        await _until_answered(lambda: _connect(handler), "SLACK_APP_TOKEN")
        watching = asyncio.create_task(_watch(handler, desk))
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)


async def _connect(handler: AsyncSocketModeHandler) -> None:
    """Ask for an address and connect to it. By itself the client tries a refused token or a stale address for ever."""
    handler.client.wss_uri = await handler.client.issue_new_wss_url()
    async with asyncio.timeout(CONNECT_S):
        await handler.connect_async()  # type: ignore[no-untyped-call]


async def _hang_up(handler: AsyncSocketModeHandler) -> None:
    """Close the connection. The receiver ends first: it would eat the closing frame that `close` waits 10 s for."""
    client = handler.client
    client.auto_reconnect_enabled = False
    for task in (client.current_session_monitor, client.message_receiver):
        if task is not None:
            task.cancel()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GOODBYE_S):
            await handler.close_async()  # type: ignore[no-untyped-call]


async def _until_answered(ask: Callable[[], Awaitable[T]], token_setting: str) -> T:
    """Call `ask` until it succeeds, with growing pauses. Raises TokenRefused if Slack refuses the token."""
    wait = 1
    while True:
        try:
            return await ask()
        except SlackApiError as error:
            reason = str(error.response.get("error"))
            if reason in REFUSED:
                raise TokenRefused(f"{token_setting} is refused by Slack: {reason}") from error
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            reason = type(error).__name__
        log.warning("Slack cannot be reached with %s: %s; trying again in %d s", token_setting, reason, wait)
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT_S)


async def _watch(handler: AsyncSocketModeHandler, desk: Desk) -> None:
    connected = True
    while True:
        await asyncio.sleep(WATCH_S)
        was, connected = connected, await handler.client.is_connected()
        if was and not connected:
            log.warning("Socket Mode lost its connection; the client connects again by itself")
        elif connected and not was:
            log.info("Socket Mode is connected again; reactions missed meanwhile are read from Slack")
            await _catch_up(desk)


async def _catch_up(desk: Desk) -> None:
    try:
        await applause.after_outage(desk)
    except Exception:
        log.exception("the applause could not be marked to be read again; the next ritual reads its own")

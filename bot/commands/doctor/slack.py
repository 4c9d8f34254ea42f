"""What Slack says of the tokens, of what they may do, and of the time."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

import bot
from bot.commands.doctor.finding import Finding, error, ok, warning
from bot.connection import REFUSED

SKEW_ERROR_S, SKEW_S = 60.0, 5.0
"""Slack's signatures fail at 300 s; a clock that is a minute off gets there."""
OAUTH = "the Slack app page, OAuth & Permissions"


class Refused(Exception):
    """Slack answered with an error; the text is Slack's word."""


class Unreachable(Exception):
    """Slack did not answer; the text names the failure."""


@dataclass(frozen=True)
class Answer:
    """What Slack answered, and the headers that came with it, their names in lower case."""

    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


async def ask(client: AsyncWebClient, method: str, **arguments: Any) -> Answer:
    """Call a method once. Raises Refused or Unreachable."""
    try:
        answer = await getattr(client, method)(**arguments)
    except SlackApiError as refusal:
        raise Refused(str(refusal.response.get("error"))) from refusal
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as failure:
        raise Unreachable(type(failure).__name__) from failure
    return Answer(dict(answer.data), {name.lower(): value for name, value in answer.headers.items()})


def wanted() -> frozenset[str]:
    """The scopes of the manifest."""
    manifest = json.loads((Path(bot.__file__).parent / "manifest.json").read_text(encoding="utf-8"))
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])


async def token(client: AsyncWebClient) -> tuple[Finding, Answer | None]:
    """Whether the bot's token is good; with what Slack said of it if it is."""
    try:
        answer = await ask(client, "auth_test")
    except Refused as refusal:
        advice = f"copy the Bot User OAuth Token again from {OAUTH}" if str(refusal) in REFUSED else "try again later"
        return error("bot token", f"Slack refuses SLACK_BOT_TOKEN: {refusal}", advice), None
    except Unreachable as failure:
        advice = "look at this machine's network, name server, proxy and firewall, and at SLACK_API_URL"
        return error("bot token", f"Slack cannot be reached at {client.base_url} ({failure})", advice), None
    team, user = answer.body.get("team"), answer.body.get("user")
    return ok("bot token", f"workspace {team} ({answer.body.get('team_id')}), as @{user}"), answer


def scopes(answer: Answer) -> Iterator[Finding]:
    """What the token may do, beside what the manifest asks for."""
    granted = frozenset(filter(None, (one.strip() for one in answer.headers.get("x-oauth-scopes", "").split(","))))
    missing, more = wanted() - granted, granted - wanted()
    if missing:
        yield error(
            "scopes",
            f"the token lacks {', '.join(sorted(missing))}",
            f"give the app the scopes of bot/manifest.json and install it again ({OAUTH}, Reinstall to Workspace)",
        )
    if more:
        yield warning(
            "scopes", f"the token may more than it needs: {', '.join(sorted(more))}", f"take them out again ({OAUTH})"
        )
    if not missing and not more:
        yield ok("scopes", f"all {len(granted)} of the manifest and no others")


def clock(answer: Answer, real_now: float | None = None) -> Finding:
    """This machine's clock against Slack's."""
    try:
        slack = parsedate_to_datetime(answer.headers["date"]).timestamp()
    except (KeyError, ValueError):
        return warning("clock", "Slack's answer has no date to compare with", "look whether a proxy stands between")
    off = (time.time() if real_now is None else real_now) - slack
    seen = f"this machine is {abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} Slack"
    advice = "set the clock by NTP (timedatectl set-ntp true); at 300 s everything that Slack signs is refused"
    if abs(off) > SKEW_ERROR_S:
        return error("clock", seen, advice)
    return warning("clock", seen, advice) if abs(off) > SKEW_S else ok("clock", "as Slack's")


async def app_token(client: AsyncWebClient, app_level: str) -> Finding:
    """Whether Socket Mode can be opened."""
    try:
        await ask(client, "apps_connections_open", app_token=app_level)
    except Refused as refusal:
        return error(
            "Socket Mode",
            f"Slack refuses SLACK_APP_TOKEN: {refusal}",
            "make an App-Level Token with the scope connections:write (Basic Information), and switch Socket Mode on",
        )
    except Unreachable as failure:
        return error("Socket Mode", f"Slack did not answer ({failure})", "try again; else look at the network")
    return ok("Socket Mode", "a connection can be opened")

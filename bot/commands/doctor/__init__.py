"""golden-ear doctor: everything that can be wrong before the bot says so, and what to do about each."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.commands import FAILED, OK, WRONG
from bot.commands.doctor.finding import Finding, Level

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.commands.doctor.slack import Answer
    from bot.config import Settings
    from storage.rituals import Ritual

COLOURS: dict[Level, str] = {"ok": "green", "warning": "yellow", "error": "bold red"}
PATIENCE_S = 8
ENV_FILE = Path(".env")


def doctor() -> None:
    """Look at settings, Slack, channels, clock, calendar, database and outbox; say what to do about each."""
    from bot import config
    from bot.commands.doctor import written
    from bot.environment import SettingsError

    try:
        settings = config.load(os.environ, ENV_FILE)
    except SettingsError as wrong:
        for problem in wrong.problems:
            _say(Finding("error", "settings", f"{problem.setting} {problem.wrong}", f"write {problem.instead}"), ())
        for finding in written.env_file(ENV_FILE):
            _say(finding, ())
        raise typer.Exit(WRONG) from wrong
    levels = asyncio.run(_tell_all(settings))
    count = {level: levels.count(level) for level in COLOURS}
    typer.echo(f"{count['error']} errors, {count['warning']} warnings, {count['ok']} things in order.")
    raise typer.Exit(FAILED if count["error"] else OK)


async def _tell_all(settings: "Settings") -> list[Level]:
    levels: list[Level] = []
    async for finding in examine(settings):
        _say(finding, settings.secrets)
        levels.append(finding.level)
    return levels


def _say(finding: Finding, secrets: Iterable[str]) -> None:
    """One line, coloured on a terminal, and under it what to do."""
    from rich.console import Console

    from bot import logs

    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{finding.level:8}", style=COLOURS[finding.level], end="")
    console.print(logs.redact(f"{finding.about}: {finding.seen}", secrets))
    if finding.advice:
        console.print(logs.redact(f"        → {finding.advice}", secrets))


async def examine(settings: "Settings", env_file: Path = ENV_FILE) -> AsyncIterator[Finding]:
    """Every finding, as it is made; changes nothing, in Slack or here."""
    from bot.clock import Clock
    from bot.commands.doctor import machine, pulse, stored, written

    for finding in (*written.env_file(env_file), *written.meaning(settings)):
        yield finding
    yield await machine.running(settings)
    team = ""
    async for finding, known in _slack(settings):
        yield finding
        team = known
    settings = stored.as_it_stands(settings, team)
    now = Clock(settings.clock_file).now()
    for finding in (
        *stored.look(settings.database_url, team, now),
        *pulse.look(settings, team, now),
        *pulse.letters(settings, team),
        *_calendars(settings, team, now),
    ):
        yield finding


async def _slack(settings: "Settings") -> AsyncIterator[tuple[Finding, str]]:
    """What Slack has to say, each with the workspace's id ("" if Slack does not know the token)."""
    import aiohttp
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.commands.doctor import slack

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_S)) as session:
        client = AsyncWebClient(
            token=settings.slack_bot_token,
            base_url=settings.slack_api_url,
            session=session,
            timeout=PATIENCE_S,
            retry_handlers=[],
        )
        finding, answer = await slack.token(client)
        team = str(answer.body.get("team_id")) if answer else ""
        yield finding, team
        if answer:
            async for finding in _known_to_slack(client, settings, answer, team):
                yield finding, team


async def _known_to_slack(
    client: "AsyncWebClient", settings: "Settings", answer: "Answer", team: str
) -> AsyncIterator[Finding]:
    """What Slack can be asked once it knows the token."""
    from bot.commands.doctor import groups, places, slack, stored

    settings = stored.as_it_stands(settings, team)
    for finding in slack.scopes(answer):
        yield finding
    yield slack.clock(answer)
    if settings.slack_app_token:
        yield await slack.app_token(client, settings.slack_app_token)
    yield await places.channel(client, settings.praise_channel, places.PRAISE, "PRAISE_CHANNEL")
    for ritual in _rituals(settings, team):
        if ritual.channel != settings.praise_channel:
            about, setting = f"ritual {ritual.name}", "the channel of `golden-ear ritual`"
            yield await places.channel(client, ritual.channel, about, setting)
    for setting, ids in {"ADMINS": settings.admins, "LEADS": settings.leads}.items():
        async for finding in places.people(client, setting, ids):
            yield finding
    async for finding in groups.look(client, settings.leads_group or "", settings.team_groups):
        yield finding


def _rituals(settings: "Settings", team: str) -> tuple["Ritual", ...]:
    from bot.commands.doctor import stored

    return stored.rituals_of(settings.database_url, team) if team else ()


def _calendars(settings: "Settings", team: str, now: datetime) -> Iterator[Finding]:
    """The company's calendar, and those that rituals have of their own."""
    from bot.commands.doctor import machine
    from bot.running import company_of

    company = company_of(settings, team)
    today = now.astimezone(settings.timezone).date()
    yield machine.calendar(company, today)
    others = {ritual.holidays for ritual in _rituals(settings, team)} - {company.holidays, ""}
    for holidays in sorted(others):
        yield machine.calendar(replace(company, holidays=holidays), today)

"""golden-ear doctor against the local workspace, over real sockets: what it sees, and what it says to do."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.doctor import examine
from bot.commands.doctor.finding import Finding
from bot.config import Settings
from bot.workspace import Control, Manifest, Running, read_manifest, serve, staff
from bot.workspace import Settings as WorkspaceSettings
from storage.migrations import upgrade
from tests.commands.invoked import invoke, invoked
from tests.ports import free_port
from tests.whole.house import ROOT, environ_of, settings_of, until, workspace
from tests.whole.programs import PATIENCE_S, program

MANIFEST = read_manifest(ROOT / "bot" / "manifest.json")


def settings(slack: Running, folder: Path, transport: str = "socket", **environ: str) -> Settings:
    port = {"PORT": str(free_port())}
    return settings_of(environ_of(slack, f"sqlite:///{folder}/golden-ear.db", transport, **port, **environ))


async def found(chosen: Settings, level: str = "", about: str = "") -> list[Finding]:
    """What the doctor finds: all, or of one level, or about one thing."""
    every = [finding async for finding in examine(chosen, Path("/nonexistent/.env"))]
    text = "\n".join(map(str, every))
    assert not any(secret in text for secret in chosen.secrets)
    return [each for each in every if level in ("", each.level) and about in ("", each.about)]


@contextlib.asynccontextmanager
async def limited(folder: Path, manifest: Manifest) -> AsyncIterator[Running]:
    """A workspace that has installed the app by another manifest."""
    chosen = WorkspaceSettings(manifest=manifest, clock_file=folder / "clock", quiet=True)
    async with serve(chosen) as slack, Control(slack.url) as people:
        await people.set_clock("2026-11-23T10:00:00+08:00")
        yield slack


def one(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


# ---- all is well


async def test_beside_a_running_bot_all_is_well_and_the_status_is_0(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, people):
        environ = environ_of(slack, f"sqlite:///{tmp_path}/golden-ear.db", "socket", PORT=str(free_port()))
        async with program(tmp_path, "run", **environ) as bot:
            await bot.is_("/healthz", 200)
            await people.wait({"connections": 1}, PATIENCE_S)
            await until(lambda: "the roster has" in bot.said)
            status, said = await invoke("doctor", **environ)
    assert status == 0 and "0 errors" in said, said
    for seen in (
        "bot: up on 127.0.0.1:", "bot token: workspace", "scopes: all 16", "clock: as Slack's", "Socket Mode: a connec",
        "praise channel: the bot is in #praise", "people: LEADS: Slack knows all 2", "database: whole", "schema: 0",
        "outbox: 0 messages wait", "people: the roster was last read", "calendar: no holidays", "intake: closed",
        "time zone: Asia/Hong_Kong",
    ):  # fmt: skip
        assert seen in said, (seen, said)
    assert not any(environ[name] in said for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))
    assert "\x1b" not in said and "Traceback" not in said


async def test_before_the_first_start_it_says_how_to_start(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, _):
        every = await found(settings(slack, tmp_path, "http"))
    assert [each for each in every if each.level == "error"] == []
    told = {(each.about, each.level): each for each in every}
    assert "nobody answers on" in told["bot", "warning"].seen and "golden-ear run" in told["bot", "warning"].advice
    assert "is not there yet" in told["database", "warning"].seen
    assert not (tmp_path / "golden-ear.db").exists()


# ---- Slack says no


async def test_a_refused_token_is_told_and_ends_the_questions(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, _):
        environ = environ_of(slack, f"sqlite:///{tmp_path}/golden-ear.db", "http", PORT=str(free_port()))
        status, said = await invoke("doctor", **{**environ, "SLACK_BOT_TOKEN": "xoxb-wrong-one"})
    assert status == 1 and "bot token: Slack refuses SLACK_BOT_TOKEN: invalid_auth" in said, said
    assert "→ copy the Bot User OAuth Token again" in said and "wrong-one" not in said and "scopes" not in said


async def test_an_unreachable_slack_is_told_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path}/golden-ear.db")
    async with workspace(tmp_path) as (slack, _):
        gone = settings(slack, tmp_path, SLACK_API_URL=f"http://127.0.0.1:{free_port()}/api/")
    every = await found(gone)
    assert "cannot be reached" in one([each for each in every if each.level == "error"]).seen
    assert [each.seen for each in every if each.about == "schema"] != []


async def test_a_refused_app_token_is_told(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, _):
        refused = one(await found(settings(slack, tmp_path, SLACK_APP_TOKEN="xapp-wrong"), "error"))
    assert refused.about == "Socket Mode" and "connections:write" in refused.advice


async def test_missing_and_superfluous_scopes_are_named(tmp_path: Path) -> None:
    granted = MANIFEST.scopes - {"reactions:read", "users:read.email"} | {"files:read", "admin"}
    async with limited(tmp_path, replace(MANIFEST, scopes=frozenset(granted))) as slack:
        missing, more = await found(settings(slack, tmp_path), about="scopes")
    assert (missing.level, more.level) == ("error", "warning")
    assert "reactions:read, users:read.email" in missing.seen and "install it again" in missing.advice
    assert "admin" in more.seen and "files:read" not in more.seen


# ---- channels and people


async def test_a_mistyped_channel_is_told(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, _):
        finding = one(await found(settings(slack, tmp_path, PRAISE_CHANNEL="C0PRAISE99"), "error"))
    assert finding.about == "praise channel" and "C0PRAISE99" in finding.seen and "PRAISE_CHANNEL" in finding.advice


@pytest.mark.parametrize(
    "name, private, inside, level, seen",
    [
        ("open", False, False, "ok", "the bot joins it"),
        ("private", True, True, "ok", "the bot is in"),
        ("private", True, False, "error", "private and the bot is not in it"),
        ("archived", False, True, "error", "is archived"),
    ],
    ids=["public", "private with the bot", "private without", "archived"],
)
async def test_the_praise_channel_is_looked_at(
    tmp_path: Path, name: str, private: bool, inside: bool, level: str, seen: str
) -> None:
    async with workspace(tmp_path) as (slack, people):
        made = await people.add_channel(name, private=private, bot=inside, members=["sam"])
        slack.workspace.channels.find(made["id"]).archived = name == "archived"
        finding = one(await found(settings(slack, tmp_path, PRAISE_CHANNEL=made["id"]), about="praise channel"))
    assert finding.level == level and seen in finding.seen, finding
    assert bool(finding.advice) == (level != "ok")


async def test_people_whom_slack_does_not_know_or_who_left_are_told(tmp_path: Path) -> None:
    async with workspace(tmp_path) as (slack, people):
        await people.update_user("noah", deleted=True)
        some = settings(slack, tmp_path, ADMINS="U0NOBODY99,U0SAM00000", LEADS="U0NOAH0000")
        unknown, left, *_ = await found(some, about="people")
    assert unknown.level == "error" and "U0NOBODY99 in ADMINS: user_not_found" in unknown.seen
    assert left.level == "warning" and "U0NOAH0000 in LEADS has left" in left.seen


# ---- settings


def test_wrong_settings_are_all_told_with_the_line_that_may_have_been_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nPRAISE_CHANEL=C1\nTIMEZONE=Mars\n", encoding="utf-8")
    status, said = invoked("doctor")
    assert status == 2 and "Traceback" not in said
    assert "PRAISE_CHANNEL is missing" in said and "SLACK_SIGNING_SECRET is missing" in said
    assert "PRAISE_CHANEL in .env is no setting and is ignored; PRAISE_CHANNEL is one" in said
    assert "'Mars' is not a time zone" in said and "xoxb-1" not in said
    assert "others on this machine may read it" in said and "chmod 600 .env" in said


async def test_user_groups_that_are_gone_switched_off_empty_or_alike_are_told(tmp_path: Path) -> None:
    reception, service, kitchen = staff.TEAMS.values()
    async with workspace(tmp_path) as (slack, _):
        known = {group["id"]: group for group in slack.workspace.usergroups}
        known[reception]["users"] = [*known[reception]["users"], known[kitchen]["users"][0]]
        chosen = settings(slack, tmp_path, LEADS_GROUP="S0NOWHERE", TEAM_GROUPS=f"{reception},{service},{kitchen}")
        lost, *well, several = await found(chosen, about="user group")
        assert lost.level == "error" and "S0NOWHERE in LEADS_GROUP is gone" in lost.seen
        assert [each.level for each in well] == ["ok"] * 3 and "are of the team Kitchen" in well[2].seen
        assert several.level == "warning" and "TEAM_GROUPS at once: 1" in several.seen
        known[service] |= {"users": [], "name": "kitchen"}
        known[reception]["date_delete"] = 1
        _, off, empty, _, alike, *_ = await found(chosen, about="user group")
        assert off.level == "error" and "TEAM_GROUPS is switched off" in off.seen
        assert empty.level == "warning" and "has no members" in empty.seen
        assert alike.level == "warning" and "are called kitchen" in alike.seen


async def test_a_token_that_may_not_read_user_groups_is_told(tmp_path: Path) -> None:
    without = replace(MANIFEST, scopes=frozenset(MANIFEST.scopes - {"usergroups:read"}))
    async with limited(tmp_path, without) as slack:
        refused = one(await found(settings(slack, tmp_path, TEAM_GROUPS="S0KITCHEN1"), about="user group"))
    assert refused.level == "error" and "missing_scope" in refused.seen

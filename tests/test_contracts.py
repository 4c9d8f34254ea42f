"""Promises that no module can keep alone."""

import ast
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import grimp
import pytest
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from slack_bolt.async_app import AsyncApp

import handlers
from bot import schedule
from bot.config import Settings as SettingsClass
from bot.config import load
from bot.environment import SettingsError
from bot.services import bank
from bot.views import others
from bot.views.pulse import PULSE_ANSWER
from bot.views.setting_forms import SETTINGS_GROUP, SETTINGS_TEAMS, SETTINGS_ZONE
from handlers import policy

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "storage")
SETTINGS = sorted(field.name.upper() for field in fields(SettingsClass))


def tracked() -> list[Path]:
    """Every file that is or would be in the repository; none when this is a copy without git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


# ---- the house -----------------------------------------------------------------------------------------------------


def test_the_layers_hold() -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_module_has_its_place_in_the_layers() -> None:
    configure()
    layers = read_user_options(str(ROOT / "pyproject.toml")).contracts_options[0]["layers"]
    placed = {name.strip() for layer in layers for name in re.split(r"[|:]", layer)}
    data_and_stand_in = {"bot.content", "bot.locales", "bot.workspace"}
    modules = {
        f"bot.{path.stem}"
        for path in (ROOT / "bot").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert modules - {"bot.__init__"} <= placed | data_and_stand_in


def test_the_local_workspace_and_the_bot_do_not_know_each_other() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    inside = {module for module in graph.modules if module.startswith("bot.workspace")}
    for module in inside:
        assert graph.find_modules_directly_imported_by(module) <= inside
        assert graph.find_modules_that_directly_import(module) <= inside | {"bot.__main__"}


RULES = sources("bot/rules")


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rules_are_pure(path: Path) -> None:
    """Standard library only, and no clock: the present is passed in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert all(alias.name.partition(".")[0] in sys.stdlib_module_names for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            assert node.level or origin.startswith("bot.rules") or origin.partition(".")[0] in sys.stdlib_module_names
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"now", "utcnow", "today"}, f"line {node.lineno} asks for the time"


OURS = [path for path in sources(*PACKAGES) if "versions" not in path.parts]  # migrations are written by Alembic


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= 40, f"{node.name} is too long"


# ---- the settings --------------------------------------------------------------------------------------------------


def test_every_setting_is_in_the_example_and_the_readme() -> None:
    example = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M)
    table = re.findall(r"^\| (`[^|]+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    assert sorted(example) == SETTINGS
    assert sorted(name for cell in table for name in re.findall(r"`([A-Z_]+)`", cell)) == SETTINGS


def test_the_example_is_right_but_for_what_only_the_owner_knows() -> None:
    with pytest.raises(SettingsError) as caught:
        load({}, ROOT / ".env.example")
    assert {problem.setting for problem in caught.value.problems} == {
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "PRAISE_CHANNEL",
    }
    filled = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "PRAISE_CHANNEL": "C1"}
    assert load(filled, ROOT / ".env.example") == load(filled, ROOT / "no such file")


# ---- the repository ------------------------------------------------------------------------------------------------

FOREIGN = re.compile(r"(?<![\w.*])/(root|opt|work|home/\w+)/\w|\.{2}/shared|index[-]url|find[-]links", re.I)
SECRET = re.compile(r"xox[abp]-\d{9,}-\d{9,}-\w{20,}|xapp-\d-A[A-Z0-9]{8,}-\d{9,}-\w{30,}|BEGIN [A-Z ]*PRIVATE KEY")


def test_no_file_names_a_place_of_one_machine_or_holds_a_secret() -> None:
    files = tracked()
    if not files:
        pytest.skip("not a git repository")
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        for pattern in (FOREIGN, SECRET):
            found = pattern.search(text)
            assert not found, f"{path.relative_to(ROOT)}: {found}"


def test_every_pin_is_a_plain_version() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), line


# ---- the app -------------------------------------------------------------------------------------------------------

MANIFEST = json.loads((ROOT / "bot" / "manifest.json").read_text(encoding="utf-8"))
BY_BOLT = {"ack", "action", "body", "command", "context", "event", "view"}
BY_US = {"desk"}


class Recorder:
    """Stands where the app stands and writes down what is registered."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any, Callable[..., Any]]] = []

    def __getattr__(self, kind: str) -> Callable[[Any], Callable[[Callable[..., Any]], None]]:
        return lambda name: lambda listener: self.heard.append((kind, name, listener))

    def error(self, listener: Callable[..., Any]) -> None:
        self.heard.append(("error", "", listener))


def listeners() -> list[tuple[str, Any, Callable[..., Any]]]:
    recorder = Recorder()
    handlers.register(cast(AsyncApp, recorder))
    return [heard for heard in recorder.heard if heard[0] != "error"]


def named(kind: str) -> list[str]:
    """What the app names of a kind, without the net that catches all the rest."""
    return sorted(name for heard, name, _ in listeners() if heard == kind and isinstance(name, str))


def test_listeners_ask_only_for_what_is_there() -> None:
    """Bolt gives None, silently, for an argument that it does not know."""
    for _, name, listener in listeners():
        assert set(inspect.signature(listener).parameters) <= BY_BOLT | BY_US, name


def test_every_listener_declares_who_may_use_it() -> None:
    assert all(listener in policy.DECLARED for _, _, listener in listeners())


def test_commands_and_events_are_those_of_the_manifest() -> None:
    commands = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
    assert named("command") == sorted(commands)
    assert all(command["should_escape"] for command in MANIFEST["features"]["slash_commands"])
    assert named("event") == sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


def test_shortcuts_are_those_of_the_manifest() -> None:
    granted = [(f"{one['type']}_shortcut", one["callback_id"]) for one in MANIFEST["features"]["shortcuts"]]
    heard = [(kind, name) for kind, name, _ in listeners() if kind.endswith("_shortcut")]
    assert sorted(heard) == sorted(granted)


def ids_of_views(pattern: str) -> list[str]:
    """The ids that views emit: constants beside the views that draw them."""
    texts = "".join(path.read_text(encoding="utf-8") for path in sources("bot/views"))
    return sorted(re.findall(pattern, texts, re.M))


def test_every_button_and_form_has_exactly_one_listener() -> None:
    forms = ids_of_views(r'^(?:\w+_)?FORM = "(\w+)"')
    buttons = ids_of_views(
        r'^(?!\w*FORM)[A-Z_]+ = "((?:praise|kudos|pulse|idea|reward|grant|home|settings|audit|setup|erase)_\w+)"'
    )
    patterns = [name for kind, name, _ in listeners() if kind == "action" and isinstance(name, re.Pattern)]
    answers = [f"{PULSE_ANSWER}_{value}" for question in bank.questions() for value in question.values]
    assert forms and named("view") == forms
    assert buttons and named("action") == sorted(set(buttons) - {PULSE_ANSWER, SETTINGS_GROUP, SETTINGS_ZONE})
    assert all(sum(bool(pattern.search(each)) for pattern in patterns) == 2 for each in answers)  # one is the net
    assert named("options") == [others.OTHERS, SETTINGS_GROUP, SETTINGS_ZONE, SETTINGS_TEAMS]


def test_every_job_is_in_the_timetable() -> None:
    public = {
        f"{path.stem}.{node.name}"
        for path in sources("bot/jobs")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
    }
    called_by_others = {"applause.before_rituals", "applause.after_outage"}
    assert {schedule.name(job) for job in schedule.TIMETABLE} == public - called_by_others

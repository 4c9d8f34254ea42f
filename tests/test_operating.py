"""The operator's handbook and what lies beside it: every metric, command, path and setting that they name is there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer
from prometheus_client import REGISTRY, CollectorRegistry

from bot import figures, server
from bot.__main__ import app
from bot.commands import WRONG
from bot.config import Settings, load
from bot.delivery import figures as of_delivery
from tests.door import ENVIRON

ROOT = Path(__file__).parents[1]
HANDBOOK = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
UNIT = (ROOT / "docs" / "golden-ear.service").read_text(encoding="utf-8")
CONTAINER = (ROOT / "docs" / "Containerfile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETTINGS = {name.upper() for name in Settings.__dataclass_fields__}
assert figures and of_delivery


def unit(name: str) -> str:
    """The value of a directive of the systemd unit."""
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)[0]


def metrics() -> dict[str, str]:
    """Every metric of ours with its description, as `/metrics` names it, over every transport."""
    doors = CollectorRegistry()
    chosen = load({**ENVIRON, "INTAKE_SECRET": "a secret of sixteen"[:16].replace(" ", "-")}, Path("/nonexistent"))
    server.build(chosen, dispatch=None, health=None, registry=doors)  # type: ignore[arg-type]
    families = [family for registry in (REGISTRY, doors) for family in registry.collect()]
    ends = {"counter": "_total"}
    return {
        family.name + ends.get(family.type, ""): family.documentation
        for family in families
        if family.name.startswith("golden_ear")
    }


def test_every_metric_is_described_and_in_the_handbook_with_its_alarm_and_no_other() -> None:
    rows = re.findall(r"^\| `(golden_ear_\w+)` \| (.+?) \| (.+?) \| (.*?) ?\|$", HANDBOOK, re.MULTILINE)
    told = {name: (what, alarm, deed) for name, what, alarm, deed in rows}
    found = metrics()

    assert told.keys() == found.keys() and len(rows) == len(told)
    assert all(found.values())
    for name, (what, alarm, deed) in told.items():
        assert what and alarm and (deed or re.search("none|as over", alarm)), name


def test_what_sealed_things_log_stands_in_the_handbook_as_it_is_logged_with_its_level() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (INFO|WARNING|ERROR) \| (.+?) \|$", HANDBOOK, re.MULTILINE)
    source = "".join((ROOT / "bot" / "jobs" / f"{job}.py").read_text(encoding="utf-8") for job in ("pulse", "letters"))
    logged = re.findall(r'log\.(info|warning|error)\(\s*"(.+?)"', source)

    told = {(level.lower(), re.sub(r"%\w", "…", words)) for level, words in logged}
    named = {(level.lower(), words) for words, level, _ in rows}
    shortened = {(level, words.replace("date=… state=… asked", "date=… state=open asked")) for level, words in told}
    assert named == {(level, words.replace("in …: …;", "in …;")) for level, words in shortened}


def test_the_restore_drill_runs_as_it_stands_in_the_handbook(tmp_path: Path) -> None:
    drill = re.search(r"### The drill\n.*?```sh\n(.*?)```", HANDBOOK, re.DOTALL)
    assert drill
    (tmp_path / "golden-ear").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m bot "$@"\n', encoding="utf-8"
    )
    (tmp_path / "golden-ear").chmod(0o755)
    place = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    environ = {**place, "DATABASE_URL": f"sqlite:///{tmp_path}/golden-ear.db"}
    script = "golden-ear db upgrade\n" + drill[1].replace("/var/backups/golden-ear", str(tmp_path))

    done = subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path, env=environ, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "All is well" in done.stdout and "is as it was when" in done.stdout
    assert sorted(path.name for path in tmp_path.glob("*drill*")) == []


@pytest.mark.parametrize("text", [HANDBOOK, UNIT, CONTAINER], ids=["handbook", "unit", "container"])
def test_every_command_that_is_named_is_there(text: str) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    lines = re.findall(r"```sh\n(.*?)```|`([^`\n]+)`|^ExecStart=(.*)$", text, re.DOTALL | re.MULTILINE)
    named = re.findall(r"(?:^|/| )golden-ear ([a-z]+)", "\n".join("".join(line) for line in lines), re.MULTILINE)

    assert {name for name in named if name not in commands} <= {"is", "pull"}  # "golden-ear is ready", and git's


def test_every_setting_that_is_named_is_one() -> None:
    named = set(re.findall(r"`?\b([A-Z]+_[A-Z_]+)\b(?!=)", HANDBOOK))

    assert named <= SETTINGS, named - SETTINGS


def test_the_unit_starts_what_the_handbook_installs_and_waits_as_long_as_the_bot_needs() -> None:
    program = unit("ExecStart").split()[0]

    assert program.rpartition("/")[2] in PROJECT["project"]["scripts"]
    assert program in HANDBOOK and unit("WorkingDirectory") in HANDBOOK
    assert unit("StateDirectory") == unit("WorkingDirectory").rpartition("/")[2]
    assert f"useradd --system --home-dir {unit('WorkingDirectory')}" in HANDBOOK and unit("User") == unit("Group")
    assert int(unit("RestartPreventExitStatus")) == WRONG
    assert int(unit("TimeoutStopSec")) > 10


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    here = tmp_path / "golden-ear.service"
    here.write_text(
        re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", UNIT, flags=re.MULTILINE), encoding="utf-8"
    )

    done = subprocess.run(["systemd-analyze", "verify", str(here)], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_image_copies_what_is_there_and_all_that_is_packed() -> None:
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE) for name in line.split()[:-1]
    }

    assert all((ROOT / name).exists() for name in copied)
    project = PROJECT["project"]
    packed = {*PROJECT["tool"]["hatch"]["build"]["packages"], project["readme"], *project["license-files"]}
    assert packed | {"pyproject.toml", "constraints.txt"} <= copied


def test_the_image_starts_the_bot_with_settings_that_exist_and_asks_how_it_is() -> None:
    environ = re.findall(r"(?:ENV|^   ) (\w+)=(\S+)", CONTAINER, re.MULTILINE)
    settings = {name: value for name, value in environ if name in SETTINGS}

    assert {name for name, _ in environ} - SETTINGS == {"PATH", "PYTHONUNBUFFERED"}
    chosen = load({**ENVIRON, **settings}, Path("/nonexistent"))
    assert f"PORT={chosen.port} " in CONTAINER and f"EXPOSE {chosen.port}" in CONTAINER and "/healthz" in CONTAINER
    assert chosen.database_url == "sqlite:////data/golden-ear.db" and "VOLUME /data" in CONTAINER
    (entry,) = re.findall(r'^ENTRYPOINT \["(.+)"\]$', CONTAINER, re.MULTILINE)
    assert entry in PROJECT["project"]["scripts"] and 'CMD ["run"]' in CONTAINER
    assert "USER golden-ear" in CONTAINER and re.findall("^FROM (.+?)(?: AS .+)?$", CONTAINER, re.MULTILINE) == [
        "python:3.11-slim",
        "python:3.11-slim",
    ]

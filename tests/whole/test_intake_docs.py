"""The examples of docs/intake.md, run as they stand there against a bot on loopback."""

import ast
import asyncio
import os
import re
import shutil
import sys

import pytest

from storage import models
from tests.whole.conftest import Opening
from tests.whole.crm import SECRET
from tests.whole.house import ROOT

TEXT = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
NEEDED = ("sh", "curl", "openssl", "date", "sed")
MISSING = [name for name in NEEDED if not shutil.which(name)]


def example(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.M | re.S)
    return str(found)


async def run(url: str, *command: str) -> str:
    """What a program prints that knows the secret and the bot's address, and nothing else of this machine."""
    environ = {"PATH": os.environ["PATH"], "INTAKE_SECRET": SECRET, "BOT": url, "no_proxy": "127.0.0.1"}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, env=environ, stdout=pipe, stderr=pipe)
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


@pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")
async def test_the_example_with_curl_stores_the_praise_once(opened: Opening) -> None:
    async with opened("http", INTAKE_SECRET=SECRET) as house:
        first = await run(house.url, "sh", "-c", example("sh"))
        assert await run(house.url, "sh", "-c", example("sh")) == first
        (row,) = house.rows(models.Praise)
        assert row["id"] in first and row["words"] == "Rosa found my ring and ran after the taxi"
        await house.posted("Rosa found my ring", "Ms Lin")


async def test_the_example_in_python_stores_the_praise_once(opened: Opening) -> None:
    async with opened("socket", INTAKE_SECRET=SECRET) as house:
        first, again = [ast.literal_eval(await run(house.url, sys.executable, "-c", example("python"))) for _ in "12"]
        assert (first[0], again) == (201, (200, first[1]))
        assert house.rows(models.Praise)[0]["id"] == first[1]["id"]

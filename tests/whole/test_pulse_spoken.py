"""Nothing that leaves the bot, and no line of its log, tells an answer, a tag or who it came from (A4, A6)."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot import sealing
from bot.rules.languages import LANGUAGES
from bot.services import voting
from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House
from tests.whole.rounds import STAFF, answers, comments, everybody_is_asked, round_of

VALUES = "123451234512"
WORDS, CODE = "The night desk needs a lamp.", "four words nobody guesses"


@pytest.fixture
async def pulsing(opened: Opening, tmp_path: Path) -> AsyncIterator[House]:
    async with opened("http", PULSE="on", KEYS_DIR=str(tmp_path / "keys")) as house:
        yield house


@contextmanager
def recorded() -> Iterator[list[tuple[str, str]]]:
    """Everything that the bot sends to Slack: the address, and what it sends there."""
    sent: list[tuple[str, str]] = []
    request = aiohttp.ClientSession._request

    async def noted(self: Any, method: str, url: Any, **given: Any) -> Any:
        if urlsplit(str(url)).path.startswith(("/api/", "/hooks/")):  # not the workspace's requests, nor the test's
            sent.append((str(url), repr([given.get(part) for part in ("json", "data", "params")])))
        return await request(self, method, url, **given)

    with patch.object(aiohttp.ClientSession, "_request", noted):
        yield sent


@contextmanager
def thanks_that_depend_on_the_answer() -> Iterator[None]:
    """The thank-you says what was answered."""
    answer = voting.answer

    def telling(session: Any, company: Any, slack_id: str, survey_id: str, value: str, *, now: Any) -> Any:
        voter = answer(session, company, slack_id, survey_id, value, now=now)
        question = voter.survey.question
        words = {language: f"{said} ({value})" for language, said in question.words.items()}
        return replace(voter, survey=replace(voter.survey, question=replace(question, words=words)))

    with patch.object(voting, "answer", telling):
        yield


async def everybody_answers(house: House) -> list[tuple[str, str]]:
    """What the bot sends while everybody answers, some twice, and one comments."""
    await everybody_is_asked(house)
    with recorded() as sent:
        for user, value in zip(STAFF, VALUES, strict=True):
            await answers(house, user, value)
        await comments(house, "noah", WORDS, CODE)
        await house.settled()
    return sent


def differing(sent: list[tuple[str, str]]) -> int:
    """How many thank-yous there are beside one for each language."""
    thanks = {body for _, body in sent if "replace_original" in body}
    assert thanks, "nobody was thanked"
    return max(0, len(thanks) - len(LANGUAGES))


async def test_no_payload_and_no_line_of_the_log_tells_an_answer(pulsing: House) -> None:
    house = pulsing
    sent = await everybody_answers(house)
    secret = round_of(house)["secret"]
    people = {row["id"]: sealing.tag(secret, row["id"]) for row in house.rows(models.Person)}

    said = "\n".join(f"{url} {body}" for url, body in sent)
    log = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in house.records)
    forbidden = [secret, WORDS, CODE, *people.values()]
    print(f"\nA6 {len(sent)} payloads, {differing(sent)} thank-yous depend on more than the language")
    print(f"A4 {len(house.records)} lines of the log, {sum(one in log for one in forbidden)} canaries")
    assert differing(sent) == 0
    assert not [one for one in forbidden if one in said]
    assert not [one for one in [*forbidden, "pulse_answer"] if one in log]
    assert not [key for key in people if key in said or key in log]


async def test_a_thank_you_that_depends_on_the_answer_is_seen(pulsing: House) -> None:
    with thanks_that_depend_on_the_answer():
        sent = await everybody_answers(pulsing)

    assert differing(sent) > 0

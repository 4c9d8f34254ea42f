"""Home is published to whoever looks: once for many changes, the newest always, and never against Slack's limits."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import allowance, homes
from bot.delivery.homes import Homes
from bot.workspace import Control, Running, Settings, serve
from tests.delivery.bench import until

ANN, BO = "U0NOAH0000", "U0LING0000"


class Wall:
    """What there is to see, a number for each person, and how often it was drawn."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.drawn: Counter[str] = Counter()
        self.gone: set[str] = set()
        self.trouble: Exception | None = None
        self.before: Callable[[], None] = lambda: None

    async def draw(self, slack_id: str) -> dict[str, Any] | None:
        self.drawn[slack_id] += 1
        if self.trouble:
            raise self.trouble
        if slack_id in self.gone:
            return None
        words = f"number {self.words[slack_id]}"
        self.before()
        return {"type": "home", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": words}}]}


class Place:
    """A workspace, and one process or several that publish Homes in it."""

    def __init__(self, slack: Running, people: Control) -> None:
        self.slack, self.people, self.wall = slack, people, Wall()
        self.skipped = 0.0
        ready = slack.ready()
        self.client = AsyncWebClient(ready["bot_token"], base_url=ready["api_url"], retry_handlers=[])

    @contextlib.asynccontextmanager
    async def process(self) -> AsyncIterator[Homes]:
        kept = Homes(self.client, lambda: monotonic() + self.skipped)
        running = asyncio.create_task(kept.run(self.wall.draw))
        try:
            yield kept
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    @property
    def calls(self) -> int:
        return self.slack.program.web_api.counts.get(homes.PUBLISH, 0)

    def hash(self, user: str = ANN) -> str:
        view = self.slack.workspace.views.home(user)
        return str(view["hash"]) if view else ""

    def seen(self, user: str = ANN) -> str:
        view = self.slack.workspace.views.home(user)
        return str(view["blocks"][0]["text"]["text"]) if view else ""

    async def sees(self, number: int, user: str = ANN) -> None:
        await until(lambda: self.seen(user) == f"number {number}")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "GAP_S", 0.05)
    monkeypatch.setattr(homes, "OWN_GAP_S", 0.01)
    monkeypatch.setattr(homes, "POLL_S", 0.5)
    monkeypatch.setattr(homes, "AGAIN_S", (0.1, 0.2))
    monkeypatch.setattr(allowance, "A_SECOND", 200.0)
    monkeypatch.setattr(allowance, "AT_ONCE", 200.0)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with serve(Settings(quiet=True)) as slack, Control(slack.url) as people:
        yield Place(slack, people)


async def test_it_is_published_when_opened_and_when_it_has_changed_and_not_otherwise(place: Place) -> None:
    async with place.process() as kept:
        kept.opened(ANN)
        await place.sees(0)
        for _ in range(5):
            kept.changed()
            await asyncio.sleep(0.05)
        await until(lambda: place.wall.drawn[ANN] > 2)
        kept.opened(ANN, place.hash())
        assert place.calls == 1 and place.seen(BO) == ""
        place.wall.words[ANN] = 1
        kept.changed()
        await place.sees(1)
        assert place.calls == 2 and place.wall.drawn[BO] == 0


async def test_many_changes_become_few_calls_and_the_newest_is_seen(place: Place) -> None:
    async with place.process() as kept:
        kept.opened(ANN)
        kept.opened(BO)
        await place.sees(0, BO)
        for number in range(1, 501):
            place.wall.words[ANN] = place.wall.words[BO] = number
            kept.changed()
            if number % 50 == 0:
                await asyncio.sleep(0.01)
        await place.sees(500, ANN)
        await place.sees(500, BO)
        assert place.calls < 60


async def test_what_changes_while_it_is_on_its_way_is_seen_in_the_end(place: Place) -> None:
    async with place.process() as kept:
        kept.opened(ANN)
        await place.sees(0)
        await place.people.fault("slow", homes.PUBLISH, seconds=0.3)
        place.wall.words[ANN] = 1
        kept.changed()
        await until(lambda: place.wall.drawn[ANN] >= 2)
        place.wall.words[ANN] = 2
        kept.changed()
        await place.sees(2)


async def test_whoever_opened_it_long_ago_is_not_published_to(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    async with place.process() as kept:
        kept.opened(ANN)
        await place.sees(0)
        monkeypatch.setattr(homes, "LOOKS_S", 0.0)
        place.wall.words[ANN] = 1
        kept.changed()
        await until(lambda: len(kept) == 0)
        assert place.seen() == "number 0" and place.calls == 1


async def test_who_presses_in_home_looks_whoever_knew_before(place: Place) -> None:
    async with place.process() as kept:
        kept.opened(ANN)
        await place.sees(0)
    async with place.process() as kept:
        kept.acted(BO)
        kept.acted(ANN, place.hash())
        place.wall.words[ANN] = 1
        kept.changed()
        await place.sees(1)
        assert len(kept) == 1


async def test_an_older_home_of_another_process_never_replaces_a_newer_one(place: Place) -> None:
    async with place.process() as one, place.process() as other:
        one.opened(ANN)
        await place.sees(0)
        other.opened(ANN, place.hash())
        place.wall.words[ANN] = 1
        other.changed()
        await place.sees(1)
        await until(lambda: len(one) == 0)  # it met a view that is not its own, and lets the other go on
        place.wall.words[ANN] = 2
        other.changed()
        await place.sees(2)


async def test_an_answer_that_was_lost_does_not_stop_the_next(place: Place) -> None:
    """The call arrived, and what stands in Slack is not what this process thinks."""
    async with place.process() as kept:
        kept.opened(ANN)
        await place.sees(0)
        await place.people.fault("reset_after", homes.PUBLISH)
        place.wall.words[ANN] = 1
        kept.changed()
        await place.sees(1)
        place.wall.words[ANN] = 2
        kept.changed()
        await place.sees(2)
        assert len(kept) == 1


@pytest.mark.parametrize("kind", ["429", "500", "reset_before", "timeout", "truncated"])
async def test_a_failure_is_tried_again_while_somebody_looks(
    place: Place, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "TIMEOUT_S", 0.5)  # the fault is silent for 1 s
    await place.people.fault(kind, homes.PUBLISH, count=2, seconds=1)
    async with place.process() as kept:
        kept.opened(ANN)
        await place.sees(0)


async def test_a_limit_holds_all_of_them_back(place: Place) -> None:
    await place.people.fault("429", homes.PUBLISH, seconds=30)
    async with place.process() as kept:
        kept.opened(ANN)
        await until(lambda: kept._allowance.wait(urgent=True) > 0)
        kept.opened(BO)
        await asyncio.sleep(0.3)
        assert place.calls <= 2 and place.seen(BO) == ""
        place.skipped = 30.0
        kept._woken.set()
        await place.sees(0, BO)
        await place.sees(0, ANN)


async def test_what_slack_refuses_is_not_tried_again(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    async with place.process() as kept:
        kept.opened("U0NOBODY00")
        await until(lambda: place.calls == 1 and len(kept) == 0)
        assert ANN not in caplog.text and "user_not_found" in caplog.text


async def test_who_has_no_home_is_forgotten(place: Place) -> None:
    place.wall.gone.add(ANN)
    async with place.process() as kept:
        kept.opened(ANN)
        await until(lambda: len(kept) == 0)
        assert place.calls == 0


async def test_a_home_that_cannot_be_drawn_is_tried_again(place: Place) -> None:
    place.wall.trouble = RuntimeError("the database is away")
    async with place.process() as kept:
        kept.opened(ANN)
        await until(lambda: place.wall.drawn[ANN] >= 1)
        place.wall.trouble = None
        await place.sees(0)


async def test_only_so_many_are_kept(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "MOST", 2)
    async with place.process() as kept:
        for who in (ANN, BO, "U0AIKO0000"):
            kept.opened(who)
        assert len(kept) == 2
        await place.sees(0, BO)


async def test_within_slacks_own_limits_nothing_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    await place.people.limit_rates()
    async with place.process() as kept:
        for number in range(20):
            kept.opened(f"U0GUEST{number:03}")
            kept.opened(ANN)
        for number in range(200):
            place.wall.words[ANN] = number
            kept.changed()
            await asyncio.sleep(0.02)
        await place.sees(199)
        assert place.slack.program.web_api.rates.refused[homes.PUBLISH] == 0

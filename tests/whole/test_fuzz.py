"""The real bot behind its real doors, whatever comes to them: no failure of ours, nothing stored that a rule refuses.

`FUZZ=5` in the environment makes five times as many cases (`make soak`). A case that fails is shown as it was sent.
"""

import asyncio
import json
import os
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.rules import kudos, praise
from bot.workspace import staff
from storage import models
from tests.door import FORM, JSON, signature
from tests.fuzz import known
from tests.fuzz.bends import TEXTS, Bender, as_sent, fresh
from tests.fuzz.door import ask, told, web_of
from tests.whole import crm
from tests.whole.conftest import Opening
from tests.whole.house import House

TIMES = int(os.environ.get("FUZZ", "1"))
EVENTS, INTAKES = 9_600 * TIMES, 4_000 * TIMES
AT_ONCE = 16
"""Requests that come together, as in the bot's own loop."""
TODAY = "2026-11-24"
Case = tuple[str, bytes, dict[str, str], Callable[[int, bytes], bool]]
"""Path, body, headers, and whether this is an answer to it."""


@dataclass
class Victim:
    """A hotel with a bot, its doors, what Slack really sent it, and dice."""

    house: House
    web: Starlette
    payloads: list[dict[str, Any]]
    seed: int = field(default_factory=lambda: 7 if "CI" in os.environ else random.SystemRandom().randrange(10**9))
    status: dict[int, int] = field(default_factory=dict)

    async def meet(self, cases: Iterator[Case], count: int) -> None:
        """Send so many cases, some at once."""
        for _ in range(0, count, AT_ONCE):
            await asyncio.gather(*(self._send(*next(cases)) for _ in range(AT_ONCE)))

    async def _send(self, path: str, body: bytes, headers: dict[str, str], right: Callable[[int, bytes], bool]) -> None:
        status, answer = await ask(self.web, path, body, headers)
        self.status[status] = self.status.get(status, 0) + 1
        assert right(status, answer), f"seed {self.seed}: {status} {answer[:200]!r} to {headers} {body[:3000]!r}"


@pytest.fixture
async def victim(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Victim]:
    async with opened("http", INTAKE_SECRET=crm.SECRET) as house:
        payloads = [*await known.heard(house), *known.forgeries(house)]
        await house.settled()
        monkeypatch.setattr("bot.delivery.Delivery._wanted", lambda _: {})  # what is owed is another folder's matter
        yield Victim(house, web_of(house.bot), payloads)
        assert keeps_the_rules(house)
        owed = house.count(models.Outbox, models.Outbox.state == "due")
        await house.people.wait({"idle": True})
        assert house.failures() == []
        known.forget_owed(house)
        assert owed, "nothing of all that had an effect"


def keeps_the_rules(house: House) -> bool:
    """Nothing is stored that a form, command, request or file would have been refused for."""
    absent = {row["id"] for row in house.rows(models.Person) if row["is_bot"] or row["is_guest"] or row["is_gone"]}
    settled = {row["id"] for row in house.rows(models.Praise) if row["state"] == "accepted" and not row["decided_by"]}
    for row in house.rows(models.Praise):
        assert 0 < len(row["words"]) <= praise.MAX_WORDS and praise.clean(row["words"]) == row["words"]
        assert len(row["customer"]) <= praise.MAX_CUSTOMER and row["source"] in praise.SOURCES
        assert len(row["rest"]) <= praise.MAX_WORDS + 2 and praise.clean(row["rest"]) == row["rest"]
        assert not row["link"] or praise.is_link(row["link"])
        assert row["happened_on"].isoformat() <= TODAY and row["workspace_id"] == staff.TEAM_ID
    people = house.rows(models.Praised)
    assert absent.isdisjoint(row["person_id"] for row in people)
    assert settled.isdisjoint(row["praise_id"] for row in people if row["recorder_id"] == row["person_id"])
    gifts = house.rows(models.KudosGift)
    assert absent.isdisjoint(row["receiver_id"] for row in gifts)
    assert all(row["receiver_id"] != row["giver_id"] for row in gifts)
    for giver in {row["giver_id"] for row in gifts}:
        own = [row for row in gifts if row["giver_id"] == giver and not row["taken_back"]]
        assert len([row for row in own if row["allowance"] == "daily"]) <= kudos.Terms.daily
        assert len([row for row in own if row["allowance"] == "weekly"]) <= kudos.Terms.weekly
        receivers = [row["receiver_id"] for row in own]
        assert all(receivers.count(receiver) <= kudos.PAIR_LIMIT for receiver in receivers)
    for row in house.rows(models.Kudos):
        assert len(row["reason"]) <= kudos.MAX_REASON and row["value"] in ("", "care", "speed")
    assert house.count(models.Outbox, models.Outbox.state == "dead") == 0
    return True


# ---- what Slack sends, bent ----------------------------------------------------------------------------------------


def below_500(status: int, _: bytes) -> bool:
    return status < 500


def is_401(status: int, _: bytes) -> bool:
    return status == 401


def slack(victim: Victim) -> Iterator[Case]:
    """Payloads of every kind: bent, as they are, as no payload at all, and with what is no signature."""
    dice, secret = random.Random(victim.seed), victim.house.slack.workspace.settings.signing_secret
    bender, path = Bender(dice, victim.payloads), "/slack/events"
    while True:
        payload, now, kind_of_case = fresh(dice.choice(victim.payloads)), str(int(time.time())), dice.random()
        body, kind = as_sent(bender.bent(payload) if kind_of_case < 0.75 else payload)
        body = bender.bytes(body) if 0.8 < kind_of_case < 0.9 else body
        kind = dice.choice((FORM, JSON, "text/plain", "")) if kind_of_case > 0.98 else kind
        headers = {"Content-Type": kind, **signature(body, now, secret)}
        if 0.9 < kind_of_case < 0.98:
            yield path, body, {**headers, **unsigned(dice, body, secret)}, is_401
        else:
            yield path, body, headers, below_500


NO_TIME = ("abc", "", "-1", "1e9", "0x10", "9" * 40, "\u00b2\u00b3", "nan", "1_000_000_000")


def unsigned(dice: random.Random, body: bytes, secret: str) -> dict[str, str]:
    """A timestamp or a signature that Slack does not send."""
    now = int(time.time())
    stamp = dice.choice((*NO_TIME, f" {now} 1", f"{now}.5", f"+{now}", str(now - 400), str(now + 400)))
    if dice.random() < 0.6:
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signed_as(stamp, body, secret)}
    right = signature(body, str(now), secret)["X-Slack-Signature"]
    wrong = (
        "",
        "v0=",
        right[:-1],
        right.upper(),
        right.replace("v0", "v1"),
        "v0=\xe9",
        signed_as(str(now), body, "no"),
    )
    return {"X-Slack-Request-Timestamp": str(now), "X-Slack-Signature": dice.choice(wrong)}


def signed_as(stamp: str, body: bytes, secret: str) -> str:
    return signature(body, stamp.encode("ascii", "ignore").decode(), secret)["X-Slack-Signature"]


@pytest.mark.timeout(600 * TIMES)
async def test_what_slack_sends_out_of_shape(victim: Victim) -> None:
    await victim.meet(slack(victim), EVENTS)
    assert victim.status[200] > EVENTS / 10 and victim.status[401] > EVENTS / 20


# ---- what other programs send, bent --------------------------------------------------------------------------------

PRAISE = {
    "people": ["rosa@example.com", "U0LING0000"],
    "words": "She found my ring",
    "customer": "Ms Lin",
    "source": "review",
    "happened_on": "2026-11-20",
    "link": "https://a.example/r/1",
}


def told_or_named(status: int, answer: bytes) -> bool:
    """Taken, or refused with reasons."""
    said = told(answer)
    if status in (200, 201):
        return list(said) == ["id"] and bool(said["id"])
    return status in (409, 422) and list(said) == ["errors"] and bool(said["errors"])


def programs(victim: Victim) -> Iterator[Case]:
    """Praise under few keys and many: bent, bent as bytes, too long, and with what is no signature."""
    dice, path = random.Random(victim.seed), "/intake/praise"
    bender = Bender(dice, [PRAISE, *victim.payloads[:20]])
    while True:
        case, words = dice.random(), dice.choice(("Kind", "So kind!", "She found my ring", f"Number {dice.random()}"))
        praise = {**PRAISE, "words": words}
        body = json.dumps(bender.bent(praise) if case < 0.7 else praise).encode()
        body = bender.bytes(body) if 0.7 < case < 0.8 else body
        key = dice.choice((f"case-{dice.randrange(40)}", f"case-{dice.random()}", dice.choice(TEXTS).strip()))
        headers = {"Idempotency-Key": "".join(char for char in key if " " <= char < "\x7f"), **crm.signature(body)}
        if case > 0.99:
            yield path, b" " * 262_145, headers, lambda status, _: status == 413
        elif case > 0.9:
            wrong = {
                **crm.signature(body + b" "),
                "X-Golden-Ear-Timestamp": dice.choice(("", "abc", "1", "-5", "9" * 30)),
            }
            yield path, body, {**headers, dice.choice(list(wrong)): dice.choice(list(wrong.values()))}, is_401
        else:
            yield path, body, headers, told_or_named


@pytest.mark.timeout(600 * TIMES)
async def test_what_other_programs_send_out_of_shape(victim: Victim) -> None:
    await victim.meet(programs(victim), INTAKES)
    assert victim.status[201] > INTAKES / 50 and victim.status[422] > INTAKES / 5

"""The real bot behind its real door, whatever comes to it: no failure of ours, nothing stored that a rule refuses."""

import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rules import kudos, praise
from storage import models
from tests.door import FORM, JSON, signature
from tests.whole import forged
from tests.whole.conftest import Opening
from tests.whole.house import House

TEAM = "T0GEHOTEL1"
many = settings(
    max_examples=1_000,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
fewer = settings(many, max_examples=250)


@dataclass
class Victim:
    """A hotel with a bot, a connection to its door, and what Slack really sent it."""

    house: House
    session: aiohttp.ClientSession
    payloads: list[dict[str, Any]]

    async def send(self, body: bytes, headers: dict[str, str]) -> int:
        async with self.session.post(f"{self.house.url}/slack/events", data=body, headers=headers) as answer:
            await answer.read()
            return answer.status

    async def signed(self, body: bytes, kind: str) -> int:
        secret = self.house.slack.workspace.settings.signing_secret
        return await self.send(body, {"Content-Type": kind, **signature(body, str(int(time.time())), secret)})


@pytest.fixture
async def victim(opened: Opening) -> AsyncIterator[Victim]:
    async with opened("http") as house, aiohttp.ClientSession() as session:
        yield Victim(house, session, await real_payloads(house))
        await house.settled()
        assert await house.is_in_order()
        assert keeps_the_rules(house)


async def real_payloads(house: House) -> list[dict[str, Any]]:
    """One payload of every kind that the bot hears, as the workspace sends it when people act."""
    await house.type("jun", "/praise @jun He carried my bags")
    await house.type("noah", "/kudos @ling @hao for staying late #care")
    for name in ("/points", "/leaderboard week given", "/golden-ear private"):
        await house.people.command("rosa", "#general", name)
    line = await house.posted("staying late", channel="#general")
    await house.press("rosa", line, "kudos_join")
    question = await house.dm("tomas", "carried my bags", action_id="praise_accept")
    await house.people.click("tomas", "@goldenear", question["ts"], "praise_refuse")
    form = (await house.people.wait({"view": "tomas"}))[-1]
    await house.people.submit("tomas", form["id"], {"reason": "You said so"})
    form = await house.form("noah", "/praise @priya")
    await house.people.submit("noah", form["id"], {"words": "Wonderful", "link": "https://example.com"})
    form = await house.form("noah", "/kudos @priya")
    await house.people.submit("noah", form["id"], {"reason": "the evening"})
    await house.press("priya", await house.dm("priya", "Wonderful"), "praise_private")
    ts = await house.people.say("tomas", "#general", "I fixed the lift")
    await house.people.react("priya", "#general", ts, "star")
    await house.settled()
    await house.people.unreact("priya", "#general", ts, "star")
    await house.people.add_user("wei", real_name="Wei")
    await house.people.update_user("wei", tz="Asia/Tokyo")
    await house.people.invite("goldenear", "#random")
    await house.people.remove("goldenear", "#random")
    await house.settled()
    accept = forged.press(house, "tomas", "praise_accept", house.rows(models.Praise)[0]["id"])
    return [*(one["payload"] for one in await house.people.traffic(2_000) if one["way"] == "to_app"), accept]


def keeps_the_rules(house: House) -> bool:
    """Nothing is stored that a form or command would have been refused for."""
    absent = {row["id"] for row in house.rows(models.Person) if row["is_bot"] or row["is_guest"] or row["is_gone"]}
    for row in house.rows(models.Praise):
        assert 0 < len(row["words"]) <= praise.MAX_WORDS and praise.clean(row["words"]) == row["words"]
        assert len(row["customer"]) <= praise.MAX_CUSTOMER and row["source"] in praise.SOURCES
        assert not row["link"] or praise.is_link(row["link"])
        assert row["happened_on"].isoformat() <= "2026-11-24" and row["workspace_id"] == TEAM
    assert absent.isdisjoint(row["person_id"] for row in house.rows(models.Praised))
    gifts = house.rows(models.KudosGift)
    assert absent.isdisjoint(row["receiver_id"] for row in gifts)
    assert all(row["receiver_id"] != row["giver_id"] for row in gifts)
    for giver in {row["giver_id"] for row in gifts}:
        own = [row for row in gifts if row["giver_id"] == giver and not row["taken_back"]]
        assert len([row for row in own if row["allowance"] == "daily"]) <= kudos.DAILY
        assert len([row for row in own if row["allowance"] == "weekly"]) <= kudos.WEEKLY_LEAD
        receivers = [row["receiver_id"] for row in own]
        assert all(receivers.count(receiver) <= kudos.PAIR_LIMIT for receiver in receivers)
    for row in house.rows(models.Kudos):
        assert len(row["reason"]) <= kudos.MAX_REASON and row["value"] in ("", "care", "speed")
    assert house.count(models.Outbox, models.Outbox.state == "dead") == 0
    return True


# ---- what Slack sends, bent ----------------------------------------------------------------------------------------

Place = tuple[Any, ...]


def paths(value: Any, so_far: Place = ()) -> Iterator[Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*so_far, key)
        yield from paths(inner, (*so_far, key))


texts = st.text(max_size=8) | st.sampled_from(
    ["", "U0LING0000", "U0OLU00000", "U0SAM00000", "U0NOBODY01", "C0PRAISE01", TEAM, "T0OTHER001", "on", "2099-01-01",
     "0001-01-01", "1.2", "praise_form", "kudos_join",
     "/kudos", "/praise", "[]", '"x"', "{}", "x" * 10_000, "<!channel>",
     "<@U0LING0000> <@U0OLU00000> thank you", "\x00", "\u202e"]
)  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)
bends = st.lists(st.tuples(st.integers(0, 10_000), st.just("gone") | values), min_size=1, max_size=3)


def bent(payload: dict[str, Any], changes: list[tuple[int, Any]]) -> dict[str, Any]:
    """The payload as a new delivery, with some of its places exchanged for something else or, by "gone", taken away."""
    payload = fresh(json.loads(json.dumps(payload)))
    for number, value in changes:
        found = list(paths(payload))
        if found:
            *way, last = found[number % len(found)]
            place: Any = payload
            for key in way:
                place = place[key]
            if value == "gone":
                del place[last]
            else:
                place[last] = value
    return payload


def fresh(payload: dict[str, Any]) -> dict[str, Any]:
    """New keys, so that it is not taken for a repetition."""
    if "event" in payload:
        payload |= {"event_id": f"Ev{forged.stamp()}"}
        payload["event"]["event_ts"] = forged.stamp()
    if "command" in payload:
        payload |= {"trigger_id": forged.stamp(), "text": f"{payload['text']} {forged.stamp()}".strip()}
    if "view" in payload:
        kept = json.loads(payload["view"]["private_metadata"] or "{}")
        payload["view"]["private_metadata"] = json.dumps({**kept, "nonce": forged.stamp()})
    for action in payload.get("actions", ()):
        action["action_ts"] = forged.stamp()
    return payload


def as_sent(payload: dict[str, Any]) -> tuple[bytes, str]:
    if "command" in payload:
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in payload.items()}
        return urlencode(fields, errors="surrogatepass").encode(), FORM
    if "event" in payload:
        return json.dumps(payload).encode(), JSON
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


@many
@given(number=st.integers(0, 10_000), changes=bends)
async def test_signed_payloads_out_of_shape(victim: Victim, number: int, changes: list[tuple[int, Any]]) -> None:
    payload = bent(victim.payloads[number % len(victim.payloads)], changes)
    assert await victim.signed(*as_sent(payload)) < 500


@fewer
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from([FORM, JSON, "text/plain", ""]),
    prefix=st.sampled_from([b"", b"payload=", b"{", b"command=/praise&text="]),
)
async def test_signed_bytes(victim: Victim, body: bytes, kind: str, prefix: bytes) -> None:
    assert 400 <= await victim.signed(prefix + body, kind) < 500


header_texts = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80)
names = [
    "X-Slack-Request-Timestamp",
    "X-Slack-Signature",
    "Content-Type",
    "X-Slack-Retry-Num",
    "Authorization",
    "X-Any",
]


@fewer
@given(body=st.binary(max_size=200), headers=st.dictionaries(st.sampled_from(names), header_texts))
async def test_unsigned_bytes_and_headers(victim: Victim, body: bytes, headers: dict[str, str]) -> None:
    assert await victim.send(body, headers) == 401

"""Whatever comes to /intake/praise: no failure of ours, and nothing stored that a rule refuses."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rules import praise
from storage import models
from tests.whole.conftest import Opening
from tests.whole.crm import SECRET, Crm, crm_of, signature
from tests.whole.house import House

many = settings(
    max_examples=1_500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
fewer = settings(many, max_examples=500)  # what is stored is posted too
PEOPLE = ["rosa@example.com", "U0LING0000", "U0OLU00000", "U0ROTABOT0"]
texts = st.text(max_size=12) | st.sampled_from([*PEOPLE, "review", "2026-11-20", "2199-01-01", "https://a.example", ""])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3))
fields = st.sampled_from(["people", "words", "customer", "source", "happened_on", "link", "costumer"])
near = st.fixed_dictionaries(
    {"people": st.lists(st.sampled_from(PEOPLE), max_size=3) | values, "words": texts | values},
    optional=dict.fromkeys(["customer", "source", "happened_on", "link", "other"], values),
)
keys = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=8)


@pytest.fixture
async def victim(opened: Opening) -> AsyncIterator[tuple[House, Crm]]:
    async with opened("http", INTAKE_SECRET=SECRET) as house, crm_of(house.url) as crm:
        yield house, crm
        await house.settled()
        assert await house.is_in_order()
        for row in house.rows(models.Praise):
            assert 1 <= len(row["words"]) <= praise.MAX_WORDS and row["source"] in praise.SOURCES
            assert row["happened_on"].isoformat() <= "2026-11-24"
            assert not row["link"] or praise.is_link(row["link"])
        praised = {row["person_id"] for row in house.rows(models.Praised)}
        for person in house.rows(models.Person, models.Person.id.in_(praised)):  # type: ignore[attr-defined]
            assert not person["is_bot"] and not person["is_guest"]


@fewer
@given(told=near | st.dictionaries(fields, values), key=keys)
async def test_signed_json_of_any_kind_is_never_a_5xx(
    victim: tuple[House, Crm], told: dict[str, Any], key: str
) -> None:
    status, answer = await victim[1].signed(json.dumps(told).encode(), key.strip())
    assert status in (200, 201, 409, 422) and answer.keys() <= {"id", "errors"}


@many
@given(body=st.binary(max_size=200), prefix=st.sampled_from([b"", b"{", b'{"people":', b'{"words":"']))
async def test_signed_bytes_of_any_kind_are_never_a_5xx(victim: tuple[House, Crm], body: bytes, prefix: bytes) -> None:
    status, answer = await victim[1].signed(prefix + body)
    assert (status, list(answer)) == (422, ["errors"])


@many
@given(
    body=st.binary(max_size=60),
    headers=st.fixed_dictionaries({}, optional=dict.fromkeys([*signature(b""), "Idempotency-Key"], keys)),
)
async def test_whatever_is_not_signed_is_401(victim: tuple[House, Crm], body: bytes, headers: dict[str, str]) -> None:
    raw = {name: text.strip() for name, text in headers.items()}
    assert (await victim[1].send(body, raw))[0] == 401

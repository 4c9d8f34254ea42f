"""A few thousand invented requests: whatever comes to /slack/events, it is never a failure of ours."""

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.door import COMMAND, FORM, JSON, MEMBER, PRESS, REACTION, SUBMIT, Running, served


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    with served() as running:
        yield running


many = settings(
    max_examples=700, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
fewer = settings(many, max_examples=300)  # inventing them takes longest
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["T1", "U1", "1.2"])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
valid = st.sampled_from([REACTION, MEMBER, PRESS, SUBMIT, COMMAND])


def paths(value: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*so_far, key)
        yield from paths(inner, (*so_far, key))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """What Slack sends, with one to three of its places exchanged for something else, or gone."""
    payload: dict[str, Any] = json.loads(json.dumps(draw(valid)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(list(paths(payload))))
        place: Any = payload
        for key in way:
            place = place[key]
        if draw(st.booleans()):
            place[last] = draw(values)
        else:
            del place[last]
        if not payload:
            break
    return payload


def as_sent(payload: dict[str, Any]) -> tuple[bytes, str]:
    if "command" in payload:
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in payload.items()}
        return urlencode(fields, errors="surrogatepass").encode(), FORM
    if "event" in payload:
        return json.dumps(payload).encode(), JSON
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


@many
@given(payload=mutated())
def test_a_signed_payload_out_of_shape_is_never_a_5xx(shared: Running, payload: dict[str, Any]) -> None:
    assert shared.signed(*as_sent(payload))[0] < 500


@fewer
@given(
    payload=st.dictionaries(st.sampled_from([*REACTION, *PRESS, *SUBMIT, *COMMAND]), values),
    kind=st.sampled_from([FORM, JSON]),
)
def test_signed_json_of_any_kind_is_never_a_5xx(shared: Running, payload: dict[str, Any], kind: str) -> None:
    text = json.dumps(payload)
    assert shared.signed(text.encode() if kind == JSON else urlencode({"payload": text}).encode(), kind)[0] < 500


@many
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from([FORM, JSON, "text/plain", ""]),
    prefix=st.sampled_from([b"", b"payload=", b"{"]),
)
def test_signed_bytes_of_any_kind_are_never_a_5xx(shared: Running, body: bytes, kind: str, prefix: bytes) -> None:
    assert 400 <= shared.signed(prefix + body, kind)[0] < 500


header_texts = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=80)


@many
@given(
    body=st.binary(max_size=200),
    headers=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ["X-Slack-Request-Timestamp", "X-Slack-Signature", "Content-Type", "X-Slack-Bolt-Lazy-Only"], header_texts
        ),
    ),
)
def test_unsigned_bytes_and_headers_are_always_401(shared: Running, body: bytes, headers: dict[str, str]) -> None:
    assert shared.send("POST", "/slack/events", body, headers)[0] == 401


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(min_size=1, max_size=400), head=st.sampled_from([b"", b"POST /slack/events HTTP/1.1\r\n"]))
def test_bytes_that_are_no_http_are_never_a_5xx(shared: Running, noise: bytes, head: bytes) -> None:
    with socket.create_connection(("127.0.0.1", shared.port), timeout=20) as connection:
        connection.sendall(head + noise + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(4096)
    assert not answer.startswith(b"HTTP/1.1 5")

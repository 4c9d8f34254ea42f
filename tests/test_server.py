"""The door: what is not Slack's is turned away, and what is nonsense too, before anything of ours sees it."""

import asyncio
import contextlib
import http.client
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from prometheus_client import CollectorRegistry

from bot import server
from tests.door import COMMAND, FORM, JSON, MEMBER, PRESS, REACTION, SETTINGS, SUBMIT, WELL, Running, served, signature


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    with served() as running:
        yield running


@pytest.fixture
def running(shared: Running) -> Running:
    shared.ready, shared.state = True, WELL
    shared.heard.clear()
    shared.records.clear()
    return shared


def test_each_kind_of_delivery_reaches_its_listener(running: Running) -> None:
    assert running.signed(json.dumps(REACTION).encode(), JSON) == (200, b"")
    assert running.signed(json.dumps(MEMBER).encode(), JSON + "; charset=utf-8") == (200, b"")
    assert running.signed(urlencode(COMMAND).encode(), FORM)[0] == 200
    assert running.signed(urlencode({"payload": json.dumps(PRESS)}).encode(), FORM)[0] == 200
    assert running.signed(urlencode({"payload": json.dumps(SUBMIT)}).encode(), FORM)[0] == 200
    assert running.heard == [
        "Ev1 U1 C1 1360782804.083113",
        "U1None",
        "1.2.abc" + COMMAND["text"],  # though the text holds the word "payload"
        "U1join",
        "[{'a': {'value': 'x'}}]",
    ]


def test_the_challenge_is_given_back_and_only_to_slack(running: Running) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"}).encode()
    assert running.signed(body, JSON) == (200, b'{"challenge":"3eZbrw1a"}')
    assert running.send("POST", "/slack/events", body, {"Content-Type": JSON})[0] == 401


def test_checks_of_slack_itself_are_confirmed(running: Running) -> None:
    assert running.signed(b"ssl_check=1&token=x", FORM)[0] == 200
    assert (
        running.signed(b'{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820}', JSON)[0] == 200
    )


BODY = json.dumps(REACTION).encode()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=abc"},
        {"X-Slack-Request-Timestamp": str(int(time.time()))},
        *(
            {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=" + "0" * 64}
            for stamp in ("", "abc", "9" * 5000)
        ),
        *({**signature(BODY, stamp)} for stamp in ("abc", "-1", "1e9", "0", "9" * 12, "9" * 300, "٣", " ", "+1")),
    ],
)
def test_a_malformed_header_is_answered_with_401(running: Running, headers: dict[str, str]) -> None:
    raw = {name: value.encode("utf-8").decode("latin-1") for name, value in headers.items()}
    assert running.send("POST", "/slack/events", BODY, {"Content-Type": JSON, **raw})[0] == 401
    assert not running.heard


@pytest.mark.parametrize("forge", ["v0=é", "", "v0=", "v1=" + "0" * 64, "v0=" + "F" * 64, "x" * 9000])
def test_a_forged_signature_is_answered_with_401_and_the_body_is_in_no_log(running: Running, forge: str) -> None:
    headers = signature(BODY, str(int(time.time()))) | {"X-Slack-Signature": forge}
    assert running.send("POST", "/slack/events", BODY, {"Content-Type": JSON, **headers})[0] == 401
    assert not running.heard
    assert not any("reaction" in record.getMessage() for record in running.records)


def test_old_new_and_foreign_signatures_are_refused(running: Running) -> None:
    now = int(time.time())
    for moved, status in ((-240, 200), (-360, 401), (240, 200), (360, 401)):
        assert (
            running.send("POST", "/slack/events", BODY, {"Content-Type": JSON, **signature(BODY, str(now + moved))})[0]
            == status
        )
    foreign = signature(BODY, str(now), secret="another")
    assert running.send("POST", "/slack/events", BODY, {"Content-Type": JSON, **foreign})[0] == 401
    assert (
        running.send("POST", "/slack/events", BODY + b" ", {"Content-Type": JSON, **signature(BODY, str(now))})[0]
        == 401
    )


def test_a_body_beyond_the_limit_is_refused_by_its_word_and_by_its_length(running: Running) -> None:
    long = b'{"x": "' + b"a" * server.MAX_BODY + b'"}'
    assert running.signed(long, JSON)[0] == 413
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    with contextlib.closing(connection):
        connection.request(
            "POST", "/slack/events", iter([b"a" * 65536] * 17), {"Content-Type": JSON}, encode_chunked=True
        )
        assert connection.getresponse().status == 413


NONSENSE = [
    (b"", JSON),
    (b"", FORM),
    (b"[]", JSON),
    (b"null", JSON),
    (b'"x"', JSON),
    (b"{", JSON),
    (b"{}", JSON),
    (b'{"type":"block_actions"}', JSON),
    (b'{"type":"event_callback"}', JSON),
    (b'{"type":"event_callback","event":null,"event_id":"Ev1","team_id":"T1"}', JSON),
    (b'{"type":"url_verification"}', JSON),
    (b'{"type":NaN}', JSON),
    (b"[" * 100_000, JSON),
    (b'{"x":' * 60 + b"1" + b"}" * 60, JSON),
    (b"1" * 10_000, JSON),
    (json.dumps(REACTION).replace("star", "\\ud800").encode(), JSON),
    (json.dumps(REACTION).replace('"star"', '"\\ud800"').replace("\\\\", "\\").encode(), JSON),
    (json.dumps(REACTION).replace('"star"', '"a\\u0000"').encode(), JSON),
    (json.dumps(REACTION).encode(), "text/plain"),
    (json.dumps(REACTION).encode("utf-16"), JSON),
    (json.dumps(MEMBER).replace('"team_id": "T1", "deleted"', '"updated": true, "deleted"').encode(), JSON),
    (b"payload=", FORM),
    (b"payload=[]", FORM),
    (urlencode({"payload": json.dumps({**PRESS, "type": "url_verification"})}).encode(), FORM),
    (urlencode({"payload": json.dumps({**PRESS, "type": "dialog_cancellation"})}).encode(), FORM),
    (b"payload=%7B%7D", FORM),
    (b"payload=%FF", FORM),
    (b"command=%2Fpraise", FORM),
    (urlencode(COMMAND).encode() + b"&text=%ff%fe", FORM),
    (urlencode(COMMAND).encode() + b"&text=%00", FORM),
    (b"&".join(b"a%d=1" % n for n in range(200)), FORM),
]


@pytest.mark.parametrize(("body", "kind"), NONSENSE)
def test_signed_nonsense_is_answered_with_400_and_a_reference(running: Running, body: bytes, kind: str) -> None:
    status, answer = running.signed(body, kind)
    assert status in (400, 401)  # what is no UTF-8 cannot be signed as Slack signs
    reference = json.loads(answer)["reference"]
    assert any(getattr(record, "reference", "") == reference for record in running.records)
    assert not running.heard


def test_before_slack_is_reached_it_is_asked_to_come_again(running: Running) -> None:
    running.ready = False
    assert running.signed(BODY, JSON)[0] == 503
    running.ready = True
    assert running.signed(BODY, JSON)[0] == 200


def test_other_methods_and_paths_are_not_there(running: Running) -> None:
    assert running.send("GET", "/slack/events")[0] == 405
    assert running.send("POST", "/slack/other")[0] == 404
    assert running.send("GET", "/")[0] == 404


def test_health_is_told_with_200_only_when_all_is_well(running: Running) -> None:
    status, body = running.send("GET", "/healthz")
    assert (status, json.loads(body)) == (
        200,
        {"status": "ok", "database": "ok", "clock": "2026-11-02T09:00:00+00:00", "outbox_age_s": 0.0},
    )
    running.state = replace(running.state, status="starting")
    assert running.send("GET", "/healthz")[0] == 503
    running.state = None  # type: ignore[assignment]
    status, body = running.send("GET", "/healthz")
    assert (status, json.loads(body)["status"]) == (503, "failing")


def test_metrics_count_the_answers(running: Running) -> None:
    running.signed(BODY, JSON)
    status, body = running.send("GET", "/metrics")
    assert status == 200
    assert b'golden_ear_slack_requests_total{status="200"}' in body


def test_with_socket_mode_there_is_no_door(running: Running) -> None:
    with served(replace(SETTINGS, slack_app_token="xapp-1")) as quiet:
        assert quiet.signed(BODY, JSON)[0] == 404
        assert quiet.send("GET", "/healthz")[0] == 200
        assert not quiet.heard


async def test_an_address_in_use_is_an_error_of_the_caller(running: Running) -> None:
    web = server.build(SETTINGS, dispatch=None, health=None, registry=CollectorRegistry())  # type: ignore[arg-type]
    with pytest.raises(OSError):
        await server.serve(web, "127.0.0.1", running.port, stop=asyncio.Event())

"""Holds what the workspace emits against Slack's own key names (`slack_keys`)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.workspace.slack_keys import SHAPES


def strange(shape: str, body: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Give each key that Slack has not, each that it has and `body` lacks, and each object nobody knows."""
    if shape == "file" and body.get("mode") == "tombstone":  # of a file that was deleted nothing else is left
        shape = "tombstone"
    must, may = (dict(_word(word) for word in words.split()) for words in SHAPES[shape])
    for key in must.keys() - body.keys():
        yield f"{where or shape}.{key} is missing"
    for key, value in body.items():
        path = f"{where or shape}.{key}"
        if key not in must and key not in may:
            yield f"{path} is not Slack's"
            continue
        inner = must.get(key) or may.get(key) or ""
        for part in (value if isinstance(value, list) else [value]) if inner != "*" else []:
            if isinstance(part, Mapping) and inner:
                yield from strange(inner, part, path)
            elif isinstance(part, Mapping):
                yield f"{path} holds an object nobody knows"
    if shape == "state":
        for fields in body["values"].values():
            for name, entry in fields.items():
                yield from strange("state_entry", entry, f"{where}.values…{name}")


def _word(word: str) -> tuple[str, str]:
    key, _, shape = word.partition(":")
    return key, shape


def delivered(payload: Mapping[str, Any]) -> Iterator[str]:
    """Judge the payload of one delivery by what it says it is."""
    kind = payload.get("type")
    if kind == "event_callback":
        yield from strange("event_callback", payload)
        yield from strange(f"event.{payload['event']['type']}", payload["event"])
    else:
        yield from strange(str(kind) if kind else "command", payload)


def answered(method: str, body: Mapping[str, Any]) -> Iterator[str]:
    """Judge one answer of the Web API."""
    yield from strange(method if body["ok"] else "refusal", body, method)


def judged(traffic: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Judge a journal: every delivery and every answer in it."""
    for entry in traffic:
        if entry["way"] == "to_app":
            yield from delivered(entry["payload"])
        elif entry["way"] == "from_app" and entry["method"] != "response_url":
            yield from answered(entry["method"], entry["result"])

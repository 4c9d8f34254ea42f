"""A signed HTTP body -> the payload Slack means, or `Nonsense`: nothing misshapen (`bot/shapes.py`) goes further.

Bolt's own reading of a body is not used: it takes a command whose text holds the word "payload" for an empty one.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from bot.shapes import COMMAND, COMMAND_FIELDS, COMMON, EVENT, EVENTS, ID, INTERACTIONS, TEXT, Payload

MAX_DEPTH = 48  # rich text in a form nests about 15 deep; what copies payloads recurses
MAX_FIELDS = 100  # a command has about 15


class Nonsense(ValueError):
    """The body is nothing that Slack sends; the text names the place and holds none of it."""


def read(body: bytes, content_type: str) -> Payload:
    """The payload of a body: an event's JSON, an interaction's `payload`, or a command's fields."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return _event(_object(_utf8(body)))
    if kind == "application/x-www-form-urlencoded":
        return _form(_utf8(body))
    _refuse("content type")


def _event(payload: Payload) -> Payload:
    match payload.get("type"):
        case "event_callback":
            _check(payload, {**COMMON, **EVENT}, "")
            _check(payload["event"], EVENTS.get(payload["event"]["type"], {}), "event.")
        case "url_verification":
            _check(payload, {"challenge": TEXT}, "")
        case "app_rate_limited":
            pass
        case _:
            _refuse("type")
    return payload


def _form(text: str) -> Payload:
    try:
        fields: Payload = dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS))
    except ValueError:
        _refuse("form")
    if "payload" in fields:
        return _interaction(_object(fields["payload"]))
    _sound(fields)
    if fields.get("ssl_check") == "1":
        return {"type": "ssl_check"}
    _check(fields, COMMAND, "")
    return {name: fields[name] for name in COMMAND_FIELDS & fields.keys()}


def _interaction(payload: Payload) -> Payload:
    _check(payload, {**COMMON, "type": TEXT, "user": {"id": ID}}, "")
    if payload["type"] not in INTERACTIONS:  # nothing of ours can send it, and Bolt would log it
        _refuse("type")
    _check(payload, INTERACTIONS[payload["type"]], "")
    # Bolt looks whether these are there, and then into them
    if "event" in payload or payload.get("actions", [{}]) == [] or payload.get("response_urls", []) is None:
        _refuse("event, actions, response_urls")
    state = (payload.get("view") or {}).get("state") or {}
    for block in (state.get("values") or {}).values():
        if not isinstance(block, dict) or not all(isinstance(field, dict) for field in block.values()):
            _refuse("view.state.values")
    return payload


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        _refuse("encoding")


def _object(text: str) -> Payload:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        _refuse("JSON")
    if not isinstance(value, dict):
        _refuse("JSON: no object")
    _sound(value)
    return value


def _sound(value: object, depth: int = 0) -> None:
    """Refuse what no database or message can carry: bottomless nesting, NUL, half a surrogate pair."""
    if depth > MAX_DEPTH:
        _refuse("nesting")
    if isinstance(value, str):
        if "\0" in value or (not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value)):
            _refuse("character")
    elif isinstance(value, dict):
        for name, inner in value.items():
            _sound(name, depth)
            _sound(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _sound(inner, depth + 1)


def _check(value: Payload, shape: Mapping[str, Any], where: str) -> None:
    for name, kind in shape.items():
        field = name.rstrip("?")
        found = value.get(field)
        if found is None:
            if field == name:
                _refuse(f"{where}{field} is missing")
        else:
            _check_field(found, kind, where + field)


def _check_field(found: object, kind: Any, where: str) -> None:
    match kind:
        case tuple():
            good = isinstance(found, kind) and (bool in kind or not isinstance(found, bool))  # which Python counts as 1
        case re.Pattern():
            good = isinstance(found, str) and bool(kind.fullmatch(found))
        case [shape]:
            good = isinstance(found, list) and all(isinstance(entry, dict) for entry in found)
            for entry in found if good and isinstance(found, list) else ():
                _check(entry, shape, where + ".")
        case _:
            good = isinstance(found, dict)
            if isinstance(found, dict):
                _check(found, kind, where + ".")
    if not good:
        _refuse(where)


def _refuse(where: str) -> NoReturn:
    raise Nonsense(where)

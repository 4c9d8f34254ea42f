"""`POST /intake/praise`: praise that another program signs and sends. docs/intake.md is the contract.

The checks come in this order: length, signature, JSON and fields, the idempotency key, the words. What is acknowledged
is committed; what cannot be stored just now is answered with 503, and may come again.
"""

import hashlib
import hmac
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from prometheus_client import CollectorRegistry
from sqlmodel import Session
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from bot import views
from bot.bodies import Unreadable, bounded, counted
from bot.desk import Desk, announcing
from bot.desk.people import meet_named
from bot.health import NotReady
from bot.rules import praise as rules
from bot.rules.refusal import Unavailable
from bot.services import intake as service
from bot.services.intake import KeyUsed, Taken, Unfit
from bot.services.telling import Telling
from storage import trouble

log = logging.getLogger(__name__)

MAX_BODY = 256 * 1024
MAX_AGE_S = 300
RETRY_AFTER_S = 10
KEY, SIGNATURE, TIMESTAMP = "Idempotency-Key", "X-Golden-Ear-Signature", "X-Golden-Ear-Timestamp"
FIELDS = ("people", "words", "customer", "source", "happened_on", "link")

_SECONDS = re.compile(r"[0-9]{1,12}")
_VISIBLE = re.compile(r"[!-~]{1,255}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Sent:
    """One request whose signature is right: what it tells, and by field what is wrong with its shape."""

    key: str
    digest: str
    telling: Telling
    faults: dict[str, str] = field(default_factory=dict)


TakeIn = Callable[[Sent], Awaitable[Taken]]


async def nobody_yet(_: Sent) -> Taken:
    """Where there is no bot behind the door."""
    raise NotReady


async def take_in(desk: Desk, sent: Sent) -> Taken:
    """Store what was sent, post it at once, and give the id of its praise; the same key again does nothing.

    People whom the roster does not know are looked up at Slack first. Raises Unfit, KeyUsed, or Unavailable while Slack
    cannot say who somebody is.
    """
    company, telling = desk.company, sent.telling
    if sent.key and (seen := await desk.database.read(lambda read: service.seen(read, company, sent.key, sent.digest))):
        return seen
    await meet_named(desk, telling.people[: rules.MAX_PEOPLE])
    if sent.faults:
        await desk.database.read(lambda read: service.check(read, company, telling, now=desk.clock.now()))
        raise Unfit

    def story(session: Session) -> Taken:
        now = desk.clock.now()  # read under the write lock: a ritual decided before it cannot leave this praise out
        taken = service.take_in(session, company, sent.key, sent.digest, telling, now=now)
        if taken.praise and taken.post_at:
            announcing.praise(session, company, taken.praise, not_before=taken.post_at, now=now)
        return taken

    return await desk.database.write(story)


class Door:
    """Bounded, signed, well-formed, or turned away."""

    def __init__(self, secret: str, take_in: TakeIn, registry: CollectorRegistry) -> None:
        self._secret = secret.encode("ascii")
        self._take_in = take_in
        self.answer = counted(
            self._answer, "golden_ear_intake_requests", "Requests to /intake/praise by answer", registry
        )

    async def _answer(self, request: Request) -> Response:
        """201 stored, 200 known, 401, 409, 413, 422, or 503 if it may come again."""
        try:
            body = await bounded(request, MAX_BODY)
        except Unreadable as error:
            return _errors(error.status, {"body": error.reason})
        if faults := self._unsigned(body, request.headers):
            return _errors(401, faults)
        sent = read(body, request.headers.getlist(KEY))
        if "body" in sent.faults:
            return _errors(422, sent.faults)
        try:
            taken = await self._take_in(sent)
        except Unfit as unfit:
            return _errors(422, {**views.intake.reasons(unfit), **sent.faults})
        except KeyUsed:
            return _errors(409, {KEY: views.intake.KEY_USED})
        except (NotReady, Unavailable):
            return _later("Slack cannot be asked just now")
        except Exception as error:
            why = "praise of another program could not be stored: %s; it was asked to come again"
            log.error(why, trouble.told(error), exc_info=trouble.trace(error))
            return _later("this cannot be stored just now")
        return _json(201 if taken.praise else 200, {"id": taken.praise_id})

    def _unsigned(self, body: bytes, headers: Headers) -> dict[str, str]:
        """What is wrong with the signature, which is as Slack's; on real time, whatever CLOCK_FILE says."""
        timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
        if not _SECONDS.fullmatch(timestamp) or abs(time.time() - int(timestamp)) > MAX_AGE_S:
            return {TIMESTAMP: "must be the time now, in seconds since 1970, not more than 5 minutes off"}
        signed = b"v0:" + timestamp.encode("ascii") + b":" + body
        right = "v0=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        if not signature.isascii() or not hmac.compare_digest(right, signature):
            return {SIGNATURE: "is not the signature of this body under INTAKE_SECRET"}
        return {}


def read(body: bytes, keys: Sequence[str]) -> Sent:
    """What a signed body tells. Whatever is out of shape is named in `faults` and left out."""
    faults: dict[str, str] = {}
    key = keys[0] if len(keys) == 1 and _VISIBLE.fullmatch(keys[0]) else ""
    if not key:
        faults[KEY] = "must be there once, with 1 to 255 visible ASCII characters"
    digest = hashlib.sha256(body).hexdigest()
    try:
        told = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _Nonsense) else "is no JSON in UTF-8"
        return Sent(key, digest, Telling((), ""), {**faults, "body": reason})
    if not isinstance(told, dict):
        return Sent(key, digest, Telling((), ""), {**faults, "body": "must be a JSON object"})
    faults |= {name: "is no field of a praise" for name in told if name not in FIELDS}
    given = {name: told[name] for name in FIELDS if told.get(name) is not None}
    return Sent(key, digest, _telling(given, faults), faults)


class _Nonsense(ValueError):
    """JSON that says the same thing twice, or no number."""


def _refuse(constant: str) -> NoReturn:
    raise _Nonsense(f"{constant} is no JSON")


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that names a field twice would lose one of the two."""
    if len(dict(pairs)) < len(pairs):
        raise _Nonsense("names a field twice")
    return dict(pairs)


def _telling(given: dict[str, Any], faults: dict[str, str]) -> Telling:
    texts = {name: given.get(name, "") for name in FIELDS if name != "people"}
    for name, value in texts.items():
        if not isinstance(value, str):
            faults[name] = "must be a text"
            texts[name] = ""
    return Telling(
        people=_people(given.get("people", ""), faults),
        words=texts["words"],
        customer=texts["customer"],
        source=texts["source"].strip() or rules.DEFAULT_SOURCE,
        happened_on=_day(texts["happened_on"].strip(), faults),
        link=texts["link"],
    )


def _people(named: object, faults: dict[str, str]) -> tuple[str, ...]:
    texts: list[Any] = named if isinstance(named, list) else [named]
    if not all(isinstance(text, str) for text in texts):
        faults["people"] = "must be an array of Slack ids or e-mail addresses, or one text with blanks between them"
        return ()
    return tuple(dict.fromkeys(name for text in texts for name in text.split()))


def _day(text: str, faults: dict[str, str]) -> date | None:
    try:
        if text and not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text) if text else None
    except ValueError:
        faults["happened_on"] = "must be a date such as 2026-03-31"
        return None


def _errors(status: int, errors: dict[str, str], headers: dict[str, str] | None = None) -> Response:
    """The answer to what was not taken; the log has the names of fields of ours, never what was sent."""
    known = [name for name in errors if name in (*FIELDS, KEY, SIGNATURE, TIMESTAMP, "body", "service")]
    log.warning("refused praise of another program", extra={"status": status, "fields": known, "of": len(errors)})
    return _json(status, {"errors": errors}, headers)


def _later(reason: str) -> Response:
    return _errors(503, {"service": f"{reason}; send it again"}, {"Retry-After": str(RETRY_AFTER_S)})


def _json(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """In ASCII: what was sent may come back in a reason, and half a surrogate pair has no UTF-8."""
    return Response(json.dumps(body), status, headers, media_type="application/json")

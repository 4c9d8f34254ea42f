"""The Web API's door: arguments in any of Slack's encodings, tokens, scopes, refusals in Slack's words."""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from bot.workspace.arguments import Arguments
from bot.workspace.channels import Channel
from bot.workspace.rates import RateLimited, Rates
from bot.workspace.shapes import Json, SlackError
from bot.workspace.state import Workspace

Answer = Callable[["Call"], Json]


@dataclass
class Call:
    """One call of a method: the workspace, the arguments, and what the token grants."""

    workspace: Workspace
    arguments: Arguments
    granted: frozenset[str]

    def need(self, *scopes: str) -> None:
        """Refuse with missing_scope unless one of these is granted."""
        if not self.granted.intersection(scopes):
            raise SlackError("missing_scope", needed=scopes[0], provided=",".join(sorted(self.granted)))

    def need_for(self, channel: Channel, right: str) -> None:
        """Refuse unless the scope for this kind of conversation is granted; `right` is read, history…"""
        prefix = {"channel": "channels", "group": "groups", "im": "im"}[channel.kind]
        self.need(f"{prefix}:{right}")


@dataclass(frozen=True)
class Method:
    """One method: the scopes it always needs and whose token it takes (bot, app or none)."""

    answer: Answer
    scopes: tuple[str, ...]
    token: str


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, token: str = "bot") -> Callable[[Answer], Answer]:
    """Register a function as the answer to a method."""

    def register(answer: Answer) -> Answer:
        METHODS[name] = Method(answer, scopes, token)
        return answer

    return register


@dataclass
class WebApi:
    """Answers ``/api/<method>`` and writes every call into the journal."""

    workspace: Workspace
    counts: dict[str, int] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)

    async def handle(self, request: Request) -> Response:
        """Answer one call; the status is 200 even for refusals, as with Slack, but 429 for one too many."""
        name = request.path_params["method"]
        begin = time.monotonic()
        given: Json = {}
        status, headers = 200, self._headers(name)
        try:
            given, token = await _arguments(request)
            self.rates.check(name, Arguments(given))
            body = {"ok": True, **self.call(name, token, given)}
        except RateLimited as limit:
            body, status = limit.body(), 429
            headers["Retry-After"] = str(limit.seconds)
        except SlackError as refusal:
            body = refusal.body()
        self.counts[name] = self.counts.get(name, 0) + 1
        self.workspace.journal.note(
            {
                "way": "from_app",
                "method": name,
                "args": given,
                "ok": body["ok"],
                "error": body.get("error"),
                "result": body,
                "ms": round((time.monotonic() - begin) * 1000, 2),
                "status": status,
                "retry_after": headers.get("Retry-After"),
            }
        )
        return Response(json.dumps(body), status, headers, "application/json")

    def call(self, name: str, token: str, given: Json) -> Json:
        """Give the body of a successful answer, or raise SlackError."""
        found = METHODS.get(name)
        if found is None:
            raise SlackError("unknown_method", req_method=name)
        granted = self._granted(found, token)
        call = Call(self.workspace, Arguments(given), granted)
        for scope in found.scopes:
            call.need(scope)
        return found.answer(call)

    def _granted(self, found: Method, token: str) -> frozenset[str]:
        settings = self.workspace.settings
        if found.token == "none":
            return frozenset()
        if not token:
            raise SlackError("not_authed")
        kinds = {settings.bot_token: "bot", settings.app_token: "app"}
        if token not in kinds:
            raise SlackError("invalid_auth")
        if kinds[token] != found.token:
            raise SlackError("not_allowed_token_type")
        return self.workspace.manifest.scopes if found.token == "bot" else frozenset({"connections:write"})

    def _headers(self, name: str) -> dict[str, str]:
        found = METHODS.get(name)
        return {
            "x-oauth-scopes": ",".join(sorted(self.workspace.manifest.scopes)),
            "x-accepted-oauth-scopes": ",".join(found.scopes) if found else "",
            "x-slack-req-id": secrets.token_hex(16),
        }


async def _arguments(request: Request) -> tuple[Json, str]:
    """Merge query, form and JSON, as the SDK's clients send them; give the token apart.

    Slack takes no token of a newer app from the query (docs.slack.dev, "Web API"): any page can write an address.
    """
    given: Json = {key: value for key, value in request.query_params.items() if key != "token"}
    body = await request.body()
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if body:
        given |= _body(body, kind)
    token = str(given.pop("token", "") or "")
    header = request.headers.get("authorization", "")
    if header.lower().startswith("bearer "):
        token = header[7:].strip()
    return given, token


def _body(body: bytes, kind: str) -> Json:
    if kind == "application/json":
        try:
            held = json.loads(body)
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(held, dict):
            raise SlackError("json_not_object")
        return {key: value for key, value in held.items() if value is not None}
    if kind == "application/x-www-form-urlencoded":
        try:
            return dict(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise SlackError("invalid_form_data") from None
    raise SlackError("missing_post_type" if not kind else "invalid_post_type")

"""Build the Bolt app: every listener, one error handler, one middleware that provides what they need."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.desk import Desk
from bot.rules.refusal import Refusal
from handlers import errors


def build(client: AsyncWebClient, desk: Desk, identity: AuthorizeResult) -> AsyncApp:
    """The app that hears Slack for one workspace.

    `identity` is what auth.test said once at start, so that no delivery asks again. Requests are verified by
    `bot.server`, and over Socket Mode by Slack's token. A listener ends before the acknowledgement leaves
    (`process_before_response`): what is acknowledged is committed. Bolt's own client has no token: `identity` has it.
    """

    app = AsyncApp(
        name="golden-ear",
        client=AsyncWebClient(base_url=client.base_url, session=client.session, retry_handlers=[]),
        authorize=_Known(identity),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )

    app.middleware(_Provide(desk))
    handlers.register(app)
    return app


# Classes, not functions: what a function asks for by name Bolt gathers anew for each delivery, out of all that it has.


class _Known(AsyncAuthorize):
    """The one bot that is heard for, whoever asks."""

    def __init__(self, identity: AuthorizeResult) -> None:
        self._identity = identity

    async def __call__(self, **_whose: Any) -> AuthorizeResult:
        return self._identity


class _Provide(AsyncMiddleware):
    """Gives listeners the desk, and turns other workspaces away."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        req.context["desk"] = self._desk
        if req.context.team_id not in (None, self._desk.company.workspace_id):
            return await errors.answer(Refusal("other_workspace"), req.body, req.context)
        self._notice(req)
        await next()
        return None

    def _notice(self, req: AsyncBoltRequest) -> None:
        """Whoever acts sees the effect in Home first; whoever presses a button there looks at it."""
        if "event" not in req.body and req.context.user_id:
            view = req.body.get("view") or {}
            self._desk.homes.acted(req.context.user_id, view.get("hash") or "" if view.get("type") == "home" else "")

"""Build the Bolt app: every listener, one error handler, one middleware that provides what they need."""

from collections.abc import Awaitable, Callable

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.desk import Desk, Payload
from bot.rules.refusal import Refusal
from handlers import errors


def build(client: AsyncWebClient, desk: Desk, identity: AuthorizeResult) -> AsyncApp:
    """The app that hears Slack for one workspace.

    `identity` is what auth.test said once at start, so that no delivery asks again. Requests are verified by
    `bot.server`, and over Socket Mode by Slack's token. A listener ends before the acknowledgement leaves
    (`process_before_response`): what is acknowledged is committed. Bolt's own client has no token: `identity` has it.
    """

    async def authorize() -> AuthorizeResult:
        return identity

    app = AsyncApp(
        name="golden-ear",
        client=AsyncWebClient(base_url=client.base_url, session=client.session, retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )

    @app.middleware
    async def provide(
        context: AsyncBoltContext, body: Payload, next: Callable[[], Awaitable[None]]
    ) -> BoltResponse | None:
        context["desk"] = desk
        if context.team_id not in (None, desk.company.workspace_id):
            return await errors.answer(Refusal("other_workspace"), body, context)
        await next()
        return None

    handlers.register(app)
    return app

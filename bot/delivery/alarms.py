"""The two messages that go past the outbox: that it cannot be written to, with all the database; and that there is news
of ideas without a name, for a row of the outbox would say whose they may be.

At most once, like an answer: whoever asks remembers who was told. It is never used for anything else.
"""

import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import figures
from bot.delivery.call import Failed, Limited, Refused, Unanswered, call
from bot.delivery.pace import POST, Pace
from bot.delivery.plain import lesser

log = logging.getLogger(__name__)

TIMEOUT_S = 8.0
PATIENCE_S = 3.0
"""For a moment in which it may leave; the next look of the watch comes soon."""


class Alarms:
    """Direct messages over `client` at the moments that `pace` grants."""

    def __init__(self, client: AsyncWebClient, pace: Pace) -> None:
        self._client = client
        self._pace = pace

    async def tell(self, user: str, message: Mapping[str, Any]) -> bool:
        """Send `message` to a person's Slack id; False if it certainly did not arrive and may be tried again."""
        if not await self._pace.slot(POST, monotonic() + PATIENCE_S):
            return False
        try:
            await self._send(user, message)
        except Failed as failure:
            return self._failed(failure)
        figures.MESSAGES.labels("alarm", "sent").inc()
        return True

    async def _send(self, user: str, message: Mapping[str, Any]) -> None:
        safe = {"channel": user, "link_names": False, "parse": "none", "unfurl_links": False, "unfurl_media": False}
        arguments = {**safe, **message}
        try:
            await call(self._client, POST, arguments, timeout=TIMEOUT_S)
        except Refused as refusal:
            rest = lesser(arguments, refusal.code)
            if rest is None:
                raise
            await call(self._client, POST, rest, timeout=TIMEOUT_S)

    def _failed(self, failure: Failed) -> bool:
        settled = not isinstance(failure, Limited)
        if isinstance(failure, Limited) and not failure.foreseen:
            figures.LIMITED.labels(failure.method).inc()
            self._pace.limited(failure.method, failure.retry_after)
        elif isinstance(failure, Unanswered):
            settled = failure.reached
        figures.MESSAGES.labels("alarm", "failed").inc()
        follows = "it is not sent again" if settled else "it is tried again"
        log.warning("a message past the outbox failed: %s; %s", failure, follows)
        return settled

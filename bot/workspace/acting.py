"""The part of the control client that acts as people do: they speak, click, choose shortcuts, fill forms."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, cast

import aiohttp

from bot.workspace.shapes import Json

Fields = Mapping[str | tuple[str, str], object]


class ControlError(Exception):
    """The workspace says that this cannot be done."""


class Acting:
    """A connection to the control API, and every person's hands."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, verb: str, *, patience: float = 120.0, **given: Any) -> Any:
        """Call any verb; ControlError if it cannot be done. An act takes as long as the app takes to acknowledge it."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        timeout = aiohttp.ClientTimeout(total=patience)
        async with self._session.post(f"{self._url}/control/{verb}", json=given, timeout=timeout) as reply:
            body = await reply.json()
        if not body["ok"]:
            raise ControlError(f"{verb}: {body['error']}")
        return body["result"]

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post as a person; gives the ts."""
        return cast(str, await self.ask("say", user=user, channel=channel, text=text, thread_ts=thread_ts))

    async def command(self, user: str, channel: str, typed: str, redeliver: bool = False) -> Json:
        """Type a slash command as a person would (``/praise @ann …``); gives the outcome, `body` being the ack.

        With redeliver the same delivery, trigger included, comes a second time; its outcome is under `again`.
        """
        first = cast(Json, await self.ask("command", user=user, channel=channel, typed=typed))
        if redeliver:
            first["again"] = await self.redeliver(first["delivery"])
        return first

    async def redeliver(self, delivery: str) -> Json:
        """Deliver something again (an outcome's `delivery`, or an event_id); gives the outcome."""
        return cast(Json, await self.ask("redeliver", delivery=delivery))

    async def react(self, user: str, channel: str, ts: str, emoji: str) -> None:
        """React to a message."""
        await self.ask("react", user=user, channel=channel, ts=ts, emoji=emoji)

    async def unreact(self, user: str, channel: str, ts: str, emoji: str) -> None:
        """Take a reaction back."""
        await self.ask("unreact", user=user, channel=channel, ts=ts, emoji=emoji)

    async def click(
        self, user: str, channel: str, ts: str, action_id: str, value: object = None, block_id: str | None = None
    ) -> Json:
        """Click in a message, or in an ephemeral that this person was shown; gives the outcome.

        `value` chooses among buttons with one action_id, or is what is picked in a select.
        """
        return cast(
            Json,
            await self.ask(
                "click", user=user, channel=channel, ts=ts, action_id=action_id, value=value, block_id=block_id
            ),
        )

    async def click_view(
        self, user: str, view_id: str, action_id: str, value: object = None, block_id: str | None = None
    ) -> Json:
        """Click in an open modal or in Home; gives the outcome."""
        return cast(
            Json,
            await self.ask(
                "click_view", user=user, view_id=view_id, action_id=action_id, value=value, block_id=block_id
            ),
        )

    async def open_home(self, user: str, tab: str = "home") -> None:
        """Open the app's Home, or its messages; what the app publishes then is seen by `home`."""
        await self.ask("open_home", user=user, tab=tab)

    async def message_shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Json:
        """Choose a shortcut in the menu of a message; gives the outcome."""
        return cast(
            Json, await self.ask("message_shortcut", user=user, channel=channel, ts=ts, callback_id=callback_id)
        )

    async def global_shortcut(self, user: str, callback_id: str) -> Json:
        """Choose a shortcut that belongs to no message and no channel; gives the outcome."""
        return cast(Json, await self.ask("global_shortcut", user=user, callback_id=callback_id))

    async def suggest(
        self, user: str, view_id: str, action_id: str, value: str, block_id: str | None = None
    ) -> list[Json]:
        """Type into an external select of a modal or of Home; gives the options, of which one may then choose.

        Raises ControlError if the app gave none in time, or options that Slack would not show.
        """
        options = await self.ask(
            "suggest", user=user, view_id=view_id, action_id=action_id, value=value, block_id=block_id
        )
        return cast(list[Json], options)

    async def suggest_in(
        self, user: str, channel: str, ts: str, action_id: str, value: str, block_id: str | None = None
    ) -> list[Json]:
        """Type into an external select of a message; gives and raises what suggest() does."""
        options = await self.ask(
            "suggest", user=user, channel=channel, ts=ts, action_id=action_id, value=value, block_id=block_id
        )
        return cast(list[Json], options)

    async def submit(self, user: str, view_id: str, values: Fields | None = None) -> Json:
        """Fill a form and submit it; what is not given keeps its initial value.

        Keys are a block_id, an action_id, or (block_id, action_id). Gives the outcome with `response`: none, errors
        (`errors` by block_id), update or push (`view`), clear, refused (Slack's client would not send it; `errors`
        and `reasons`), failed.
        """
        return cast(Json, await self.ask("submit", user=user, view_id=view_id, entries=_entries(values or {})))

    async def fill(self, user: str, view_id: str, values: Fields) -> None:
        """Leave values in fields of a modal or of Home without sending them; keys as submit() takes them."""
        await self.ask("fill", user=user, view_id=view_id, entries=_entries(values))

    async def fill_in(self, user: str, channel: str, ts: str, values: Fields) -> None:
        """Leave values in fields of a message without a click; keys as submit() takes them."""
        await self.ask("fill", user=user, channel=channel, ts=ts, entries=_entries(values))

    async def close_view(self, user: str, view_id: str, *, clear: bool = False) -> Json:
        """Cancel a modal; gives the outcome if the app asked to be told."""
        return cast(Json, await self.ask("close", user=user, view_id=view_id, clear=clear))


def _entries(values: Fields) -> list[list[object]]:
    return [[*key, value] if isinstance(key, tuple) else [key, None, value] for key, value in values.items()]

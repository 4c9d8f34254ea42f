"""An async client of the control API: act as any person, see what they see, wait for what should come."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, cast

import aiohttp

from bot.workspace.shapes import Json

Fields = Mapping[str | tuple[str, str], object]


class ControlError(Exception):
    """The workspace says that this cannot be done."""


class NotSeen(AssertionError):
    """What was waited for did not come; the message holds what was there instead."""


class Control:
    """Acts as people. Users are handles ("ann", "@ann") or ids; channels "#name", names, ids, or "@ann" for a DM.

    Acts that the app must acknowledge give an outcome:
    ``{"ok", "error", "body", "ms", "delivery"}``; `error` is None, or why no ack came (timeout, http_timeout,
    connection_failed, http_error…), `delivery` is what redeliver() takes.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Control":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, verb: str, *, patience: float = 30.0, **given: Any) -> Any:
        """Call any verb; ControlError if it cannot be done."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        timeout = aiohttp.ClientTimeout(total=patience)
        async with self._session.post(f"{self._url}/control/{verb}", json=given, timeout=timeout) as reply:
            body = await reply.json()
        if not body["ok"]:
            raise ControlError(f"{verb}: {body['error']}")
        return body["result"]

    # What people do

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

    async def submit(self, user: str, view_id: str, values: Fields | None = None) -> Json:
        """Fill a form and submit it; what is not given keeps its initial value.

        Keys are a block_id, an action_id, or (block_id, action_id). Gives the outcome with `response`: none, errors
        (`errors` by block_id), update or push (`view`), clear, refused (Slack's client would not send it; `errors`),
        failed.
        """
        entries = [
            [*key, value] if isinstance(key, tuple) else [key, None, value] for key, value in (values or {}).items()
        ]
        return cast(Json, await self.ask("submit", user=user, view_id=view_id, entries=entries))

    async def close_view(self, user: str, view_id: str, *, clear: bool = False) -> Json:
        """Cancel a modal; gives the outcome if the app asked to be told."""
        return cast(Json, await self.ask("close", user=user, view_id=view_id, clear=clear))

    # What is there

    async def messages(self, channel: str) -> list[Json]:
        """Give all messages of a channel, threads included, oldest first, in Slack's shape plus `by_app`."""
        return cast(list[Json], await self.ask("messages", channel=channel))

    async def dms(self, user: str) -> list[Json]:
        """Give the messages between a person and the bot; each has its `channel`."""
        return cast(list[Json], await self.ask("dms", user=user))

    async def ephemerals(self, user: str) -> list[Json]:
        """Give what only this person was shown (ts, channel, text, blocks), replaced ones as they are now."""
        return cast(list[Json], await self.ask("ephemerals", user=user))

    async def views(self, user: str) -> list[Json]:
        """Give a person's open modals, the newest last."""
        return cast(list[Json], await self.ask("views", user=user))

    async def home(self, user: str) -> Json | None:
        """Give a person's Home view."""
        return cast(Json | None, await self.ask("home", user=user))

    async def state(self) -> Json:
        """Give the workspace at a glance: now, offset, connections, busy, users, channels, errors, pings."""
        return cast(Json, await self.ask("state"))

    async def errors(self) -> list[Json]:
        """Give the rules of Slack that the app broke: missing acks, bad answers."""
        return cast(list[Json], await self.ask("errors"))

    async def pings(self) -> list[Json]:
        """Give every broadcast (@channel, @here, @everyone, group) that the app set off."""
        return cast(list[Json], await self.ask("pings"))

    async def traffic(self, limit: int = 200) -> list[Json]:
        """Give the newest calls (`way` from_app) and deliveries (`way` to_app), oldest first."""
        return cast(list[Json], await self.ask("traffic", limit=limit))

    async def wait(self, condition: Mapping[str, object], timeout: float = 5.0) -> list[Json]:
        """Wait until `count` (1) things fit; gives them, or raises NotSeen with what was there.

        One of: channel, dm (user), ephemeral (user), view (user), api (method), event (type), error (kind or ""),
        connections (number), idle. Narrowed by contains, lacks (text or list), after (ts), thread_ts, callback_id,
        action_id, by_app.
        """
        result = await self.ask("wait", patience=timeout + 30, condition=dict(condition), timeout=timeout)
        if "found" not in result:
            raise NotSeen(
                f"{dict(condition)} not within {timeout:g} s; {result['fitting']} of {result['needed']}, "
                f"there was: {result['seen']}"
            )
        return cast(list[Json], result["found"])

    # What changes the world

    async def add_user(self, handle: str, **given: object) -> Json:
        """Let somebody join (team_join): keys of Slack's user object, and email, locale, tz."""
        return cast(Json, await self.ask("add_user", handle=handle, given=given))

    async def update_user(self, user: str, **given: object) -> Json:
        """Change somebody's account (user_change), such as deleted=True or tz="Asia/Tokyo"."""
        return cast(Json, await self.ask("update_user", user=user, given=given))

    async def add_channel(
        self, name: str, *, private: bool = False, locale: str = "en-US", members: Sequence[str] = (), bot: bool = False
    ) -> Json:
        """Open a channel; gives it in Slack's shape."""
        return cast(
            Json,
            await self.ask("add_channel", name=name, private=private, locale=locale, members=list(members), bot=bot),
        )

    async def invite(self, user: str, channel: str, by: str | None = None) -> None:
        """Put somebody into a channel (member_joined_channel); the bot is "goldenear"."""
        await self.ask("join", user=user, channel=channel, inviter=by)

    async def remove(self, user: str, channel: str) -> None:
        """Take somebody out of a channel."""
        await self.ask("leave", user=user, channel=channel)

    async def move_clock(self, seconds: float) -> float:
        """Move the workspace's clock; gives the new offset."""
        return cast(float, await self.ask("move_clock", seconds=seconds))

    async def set_clock(self, instant: str) -> float:
        """Set the clock to an ISO instant with a zone; gives the new offset."""
        return cast(float, await self.ask("set_clock", instant=instant))

    async def redeliver(self, delivery: str) -> Json:
        """Deliver something again (an outcome's `delivery`, or an event_id); gives the outcome."""
        return cast(Json, await self.ask("redeliver", delivery=delivery))

    async def send(self, kind: str, payload: Json) -> Json:
        """Deliver any payload as events_api, slash_commands or interactive, properly signed; gives the outcome."""
        return cast(Json, await self.ask("send", kind=kind, payload=payload))

    async def duplicates(self, rate: float, seed: int = 0, kinds: Sequence[str] = ("events_api",)) -> None:
        """From now on deliver this share of acknowledged deliveries a second time."""
        await self.ask("duplicates", rate=rate, seed=seed, kinds=list(kinds))

    async def use_http(self, url: str, verify: bool = True) -> None:
        """Deliver by signed HTTP to the app's request URL; it must answer url_verification unless verify is False."""
        await self.ask("request_url", url=url, verify=verify)

    async def use_socket(self) -> None:
        """Deliver over Socket Mode."""
        await self.ask("socket_mode")

    async def disconnect(self, reason: str = "refresh_requested") -> int:
        """Send a Socket Mode disconnect message to every connection; gives how many."""
        return cast(int, await self.ask("disconnect", reason=reason))

    async def forget_errors(self) -> None:
        """Empty the list of errors, once a story has looked at those that it provoked."""
        await self.ask("forget_errors")

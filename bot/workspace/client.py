"""An async client of the control API: act as any person, see what they see, wait for what should come."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.workspace.acting import Acting, ControlError, Fields
from bot.workspace.shapes import Json

__all__ = ["Control", "ControlError", "Fields", "NotSeen"]


class NotSeen(AssertionError):
    """What was waited for did not come; the message holds what was there instead."""


class Control(Acting):
    """Acts as people. Users are handles ("ann", "@ann") or ids; channels "#name", names, ids, or "@ann" for a DM.

    Acts that the app must acknowledge give an outcome:
    ``{"ok", "error", "body", "ms", "delivery"}``; `error` is None, or why no ack came (timeout, http_timeout,
    connection_failed, http_error…), `delivery` is what redeliver() takes.
    """

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

    async def file(self, file_id: str) -> bytes:
        """Give the content of a file that was shared."""
        return b64decode((await self.ask("file", file_id=file_id))["content"])

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

    async def wait(self, condition: Mapping[str, object], timeout: float = 60.0) -> list[Json]:
        """Wait until `count` (1) things fit; gives them, or raises NotSeen with what was there.

        One of: channel, dm (user), ephemeral (user), view (user), home (user), api (method), event (type), error (kind
        or ""), connections (number), idle. Narrowed by contains, lacks (text or list), after (ts), thread_ts,
        callback_id, action_id, by_app.
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

    async def disconnect(self, reason: str = "refresh_requested", *, close: bool = False) -> int:
        """Send a Socket Mode disconnect message to every connection, and with `close` close it; gives how many."""
        return cast(int, await self.ask("disconnect", reason=reason, close=close))

    async def cut(self) -> int:
        """Break every Socket Mode connection without a word; gives how many."""
        return cast(int, await self.ask("cut"))

    async def fault(self, kind: str, where: str = "*", **more: Any) -> None:
        """Let something go wrong: see Fault in faults.py for the kinds, where they may strike, how often, how long."""
        await self.ask("fault", kind=kind, where=where, **more)

    async def faults(self) -> list[Json]:
        """Give the faults that are set, with how often each has struck (`hits`)."""
        return cast(list[Json], await self.ask("faults"))

    async def clear_faults(self) -> list[Json]:
        """Let everything be well again; gives what was set, with its hits."""
        return cast(list[Json], await self.ask("clear_faults"))

    async def limit_rates(self, post_rate: float = 1.0, burst: int = 3, *, tiers: bool = True, on: bool = True) -> Json:
        """Enforce Slack's speed limits from now on; gives how many calls were refused so far, by method."""
        return cast(Json, await self.ask("limit_rates", post_rate=post_rate, burst=burst, tiers=tiers, on=on))

    async def forget_errors(self) -> None:
        """Empty the list of errors, once a story has looked at those that it provoked."""
        await self.ask("forget_errors")

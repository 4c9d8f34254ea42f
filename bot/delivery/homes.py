"""Keeps the Home tab of those who look at it up to date (views.publish), at most once and never in the way of posts.

Who looks is whoever opened Home in the last ten minutes, and only this process knows: a restart forgets them, and
another replica that opens or changes somebody's Home serves them from then on. Nobody waits more than once: a Home is
drawn when its turn has come, so that it shows the newest, and one that would look as it does is not published. After
each commit whatever anybody sees may have changed; whoever acted themselves comes first.

An old Home never replaces a newer one: of one person one call is on its way at a time, each names by `hash` the view
that it replaces, and where Slack has another one by now Home is drawn again.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import figures
from bot.delivery.allowance import Allowance
from bot.delivery.call import Failed, Limited, Refused, Unanswered, call

log = logging.getLogger(__name__)

PUBLISH = "views.publish"
LOOKS_S = 600.0
"""How long somebody counts as looking who opened Home."""
ACTS_S = 5.0
"""For so long after an act what is committed may be its effect."""
POLL_S = 30.0
"""What another process commits is seen so soon."""
GAP_S, OWN_GAP_S = 2.0, 0.5
"""The least time between two looks at what somebody sees; if they act themselves."""
GATHER_S = 0.03
"""Commits come in flocks; one pass serves them."""
REST = 9.0
"""Looking whether something changed takes a tenth of the time at most: nobody else shall wait for it."""
TIMEOUT_S = 6.0
AT_ONCE = 3
MOST = 1000
"""Viewers; beyond that those are forgotten who opened Home the longest ago. Slack lets no more open it in ten
minutes."""
AGAIN_S = (2.0, 5.0, 15.0, 60.0)
_GONE = frozenset({"user_not_found", "user_disabled", "user_not_visible"})

View = Mapping[str, Any]
Draw = Callable[[str], Awaitable[View | None]]


@dataclass
class _Viewer:
    """Somebody who looks: since when, what Slack calls the view they have, and a digest of it (both "" if unknown)."""

    opened_at: float
    hash: str = ""
    shown: str = ""
    asked: bool = False
    acted_at: float = -inf
    looked_at: float = -inf
    seen: int = -1
    tries: int = 0
    not_before: float = -inf
    unsure: bool = False
    busy: bool = False

    def acts(self, now: float) -> bool:
        """Whether they did something just now."""
        return now - self.acted_at < ACTS_S


class Homes:
    """The Homes that this process keeps up to date. Its methods are called on the event loop."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], float] = monotonic) -> None:
        self._client = client
        self._now = now
        self._allowance = Allowance(now)
        self._viewers: dict[str, _Viewer] = {}
        self._changes = 0
        self._rests_until = -inf
        self._tasks: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()

    def __len__(self) -> int:
        return len(self._viewers)

    def opened(self, slack_id: str, hash: str = "") -> None:
        """Somebody opened Home, and has the view of this `hash` before them ("": none yet)."""
        viewer = self._watch(slack_id, hash)
        viewer.asked, viewer.not_before = True, -inf
        if viewer.hash != hash:  # of another process, or older than ours
            viewer.shown = ""
        self._woken.set()

    def acted(self, slack_id: str, hash: str = "") -> None:
        """Somebody is about to act; with a `hash` in Home itself, so that they look at it, whoever knew before."""
        if hash:
            self._watch(slack_id, hash)
        if viewer := self._viewers.get(slack_id):
            viewer.acted_at = self._now()

    def changed(self) -> None:
        """Something was committed."""
        self._changes += 1
        if self._viewers:
            self._woken.set()

    async def run(self, draw: Draw) -> None:
        """Publish until cancelled. `draw` gives what somebody sees, None for who has no Home."""
        try:
            while True:
                self._woken.clear()
                wait = self._start_due(draw)
                with suppress(TimeoutError):
                    async with asyncio.timeout(None if wait == inf else max(wait, 0.01)):
                        await self._woken.wait()
                        await asyncio.sleep(GATHER_S)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _watch(self, slack_id: str, hash: str) -> _Viewer:
        viewer = self._viewers.pop(slack_id, None) or _Viewer(self._now(), hash)
        viewer.opened_at = self._now()
        self._viewers[slack_id] = viewer  # the last of all
        if len(self._viewers) > MOST:
            del self._viewers[next(iter(self._viewers))]
        return viewer

    def _start_due(self, draw: Draw) -> float:
        """Begin with those whose turn has come; gives the seconds until there may be others."""
        now = self._now()
        for slack_id in [one for one, viewer in self._viewers.items() if now - viewer.opened_at > LOOKS_S]:
            del self._viewers[slack_id]
        wait = inf
        turns = ((self._turn(viewer, now), slack_id) for slack_id, viewer in self._viewers.items() if not viewer.busy)
        for (at, urgent, _since), slack_id in sorted(turns, key=lambda one: (not one[0][1], one[0][2])):
            if len(self._tasks) >= AT_ONCE:
                return inf  # the next one that is done wakes us
            at = max(at, now + self._allowance.wait(urgent=urgent))
            if at > now:
                wait = min(wait, at - now)
            else:
                self._allowance.take()
                self._start(slack_id, draw, urgent)
        return wait

    def _turn(self, viewer: _Viewer, now: float) -> tuple[float, bool, float]:
        """When a look at what this person sees is due, whether it is urgent, and since when it is not looked at."""
        if viewer.asked:
            return viewer.not_before, True, -inf
        news = viewer.seen != self._changes
        if news and viewer.acts(now):
            return max(viewer.not_before, viewer.looked_at + OWN_GAP_S), True, viewer.looked_at
        due = viewer.looked_at + (GAP_S if news else POLL_S)
        return max(viewer.not_before, due, self._rests_until), False, viewer.looked_at

    def _start(self, slack_id: str, draw: Draw, urgent: bool) -> None:
        viewer = self._viewers[slack_id]
        viewer.busy = True
        task = asyncio.get_running_loop().create_task(self._tend(slack_id, viewer, draw, urgent))
        self._tasks.add(task)
        task.add_done_callback(self._done)
        if not urgent:
            self._rests_until = inf  # until this one is drawn

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()

    async def _tend(self, slack_id: str, viewer: _Viewer, draw: Draw, urgent: bool) -> None:
        """Draw one Home, and publish it if it has changed."""
        asked, viewer.asked = viewer.asked, False
        viewer.seen, viewer.looked_at = self._changes, self._now()
        began = self._now()
        try:
            try:
                view = await draw(slack_id)
            finally:
                if not urgent:
                    self._rests_until = self._now() + REST * (self._now() - began)
            digest = _digest(view) if view is not None else ""
            if view is None:
                self._forget(slack_id, viewer)
            if view is None or digest == viewer.shown:
                self._allowance.give_back()
            else:
                await self._publish(slack_id, viewer, view, digest)
        except Failed as error:
            self._failed(slack_id, viewer, error, wanted=asked or urgent)
        except Exception as error:
            log.error("a Home could not be drawn: %s; it is tried again while somebody looks", type(error).__name__)
            self._again(viewer, asked)
        finally:
            viewer.busy = False

    async def _publish(self, slack_id: str, viewer: _Viewer, view: View, digest: str) -> None:
        arguments = {"user_id": slack_id, "view": view} | ({"hash": viewer.hash} if viewer.hash else {})
        answer = await call(self._client, PUBLISH, arguments, timeout=TIMEOUT_S)
        viewer.hash, viewer.shown = str((answer.get("view") or {}).get("hash") or ""), digest
        viewer.tries, viewer.unsure = 0, False
        figures.MESSAGES.labels(PUBLISH, "sent").inc()

    def _failed(self, slack_id: str, viewer: _Viewer, error: Failed, *, wanted: bool) -> None:
        """What becomes of a Home that was not published."""
        if isinstance(error, Refused) and error.code == "hash_conflict":
            if wanted or viewer.unsure:  # it is another process's, or of a call of ours without an answer
                viewer.hash, viewer.shown, viewer.asked, viewer.unsure = "", "", True, False
            else:
                self._forget(slack_id, viewer)  # another process has published since, and keeps it up to date
            return
        figures.MESSAGES.labels(PUBLISH, "failed").inc()
        if isinstance(error, Refused):
            level = logging.INFO if error.code in _GONE else logging.ERROR
            log.log(level, "%s was refused: %s; it is not tried again until Home is opened", PUBLISH, error)
            self._forget(slack_id, viewer)
        else:
            if isinstance(error, Limited):
                figures.LIMITED.labels(PUBLISH).inc()
                self._allowance.hold(error.retry_after)
            viewer.unsure = viewer.unsure or (isinstance(error, Unanswered) and error.reached)
            log.warning("%s failed: %s; it is tried again while somebody looks", PUBLISH, error)
            self._again(viewer, wanted)

    def _again(self, viewer: _Viewer, asked: bool) -> None:
        viewer.not_before = self._now() + AGAIN_S[min(viewer.tries, len(AGAIN_S) - 1)]
        viewer.tries, viewer.asked, viewer.seen = viewer.tries + 1, viewer.asked or asked, -1

    def _forget(self, slack_id: str, viewer: _Viewer) -> None:
        if self._viewers.get(slack_id) is viewer:
            del self._viewers[slack_id]


def _digest(view: View) -> str:
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()

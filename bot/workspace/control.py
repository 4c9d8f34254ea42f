"""The control API: ``POST /control/<verb>`` with JSON, for stories and tests on this machine only."""

import inspect
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.workspace import times
from bot.workspace.program import Program
from bot.workspace.shapes import Impossible, Json, copied

Verb = Callable[..., object]
log = logging.getLogger(__name__)


class Control:
    """The door: finds the verb, answers ``{"ok": true, "result": …}``."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._verbs = {**_deeds(program), **_looks(program), **_handles(program)}

    async def handle(self, request: Request) -> Response:
        """Answer one request: 404 for an unknown verb, 400 for what cannot be done, 500 for our own fault."""
        verb = self._verbs.get(request.path_params["verb"])
        if verb is None:
            return _reply({"ok": False, "error": "no such verb", "verbs": sorted(self._verbs)}, 404)
        try:
            given = await request.json() if await request.body() else {}
            result = verb(**given)
            if inspect.isawaitable(result):
                result = await _awaited(result)
        except (Impossible, ValueError, TypeError) as problem:
            return _reply({"ok": False, "error": f"{problem}", "code": getattr(problem, "code", "")}, 400)
        except Exception as fault:
            log.exception("%s failed", request.path_params["verb"])
            error = f"the workspace failed: {type(fault).__name__}"
            return _reply({"ok": False, "error": error, "code": "broken"}, 500)
        return _reply({"ok": True, "result": result}, 200)


async def _awaited(result: Awaitable[object]) -> object:
    return await result


def _reply(body: Json, status: int) -> Response:
    return Response(json.dumps(body), status_code=status, media_type="application/json")


def _deeds(program: Program) -> dict[str, Verb]:
    """What people do."""
    acts, clicks, modals = program.acts, program.clicks, program.modals
    return {
        "say": lambda user, channel, text, thread_ts=None: acts.say(user, channel, text, thread_ts),
        "command": acts.command,
        "react": lambda user, channel, ts, emoji: acts.react(user, channel, ts, emoji),
        "unreact": lambda user, channel, ts, emoji: acts.react(user, channel, ts, emoji, remove=True),
        "dismiss": acts.dismiss,
        "click": clicks.in_message,
        "click_view": clicks.in_view,
        "message_shortcut": program.shortcuts.on_message,
        "global_shortcut": program.shortcuts.anywhere,
        "suggest": lambda **given: (
            program.suggestions.in_view(**given) if "view_id" in given else program.suggestions.in_message(**given)
        ),
        "submit": lambda user, view_id, entries: modals.submit(user, view_id, [tuple(one) for one in entries]),
        "fill": lambda entries, **given: (modals.fill if "view_id" in given else clicks.fill)(
            **given, entries=[tuple(one) for one in entries]
        ),
        "close": modals.close,
        "open_home": acts.open_home,
        "join": acts.join,
        "leave": acts.leave,
        "add_user": lambda handle, given: copied(acts.add_user(handle, given)),
        "update_user": lambda user, given: copied(acts.update_user(user, given)),
        "add_channel": program.add_channel,
    }


def _looks(program: Program) -> dict[str, Verb]:
    """What can be seen."""
    sight, journal = program.sight, program.workspace.journal
    return {
        "messages": sight.messages,
        "dms": sight.dms,
        "ephemerals": sight.ephemerals,
        "views": sight.views,
        "home": lambda user: program.workspace.views.home(program.workspace.user_id(user)),
        "state": sight.state,
        "file": program.workspace.files.read,
        "errors": lambda: list(journal.errors),
        "pings": lambda: list(journal.pings),
        "traffic": lambda limit=200: journal.traffic(limit),
        "wait": lambda condition, timeout=5.0: sight.wait(condition, float(timeout)),
    }


def _handles(program: Program) -> dict[str, Verb]:
    """What moves the world itself: the clock, the transport, deliveries."""
    clock = program.workspace.clock
    return {
        "move_clock": lambda seconds: clock.move(float(seconds)),
        "set_clock": lambda instant: clock.set(datetime.fromisoformat(instant)),
        "hotel_time": lambda at: clock.set(times.hotel_time(at)),
        "next_morning": lambda: clock.set(times.next_morning(clock.now())),
        "next_working_day": lambda: clock.set(times.next_working_day(clock.now())),
        "real_time": lambda: clock.move(-clock.offset),
        "redeliver": program.redeliver,
        "send": program.send,
        "duplicates": lambda rate, seed=0, kinds=("events_api",): program.postman.duplicates(
            float(rate), int(seed), list(kinds)
        ),
        "request_url": program.use_http,
        "socket_mode": program.use_socket,
        "disconnect": lambda reason="refresh_requested", close=False: program.sockets.disconnect(reason, close=close),
        "cut": program.sockets.cut,
        "fault": program.faults.add,
        "faults": program.faults.told,
        "clear_faults": program.faults.clear,
        "scene": program.workspace.scenes.play,
        "scenes": program.workspace.scenes.told,
        "limit_rates": program.web_api.rates.enforce,
        "forget_errors": program.workspace.journal.forget_errors,
        "play": program.play,
        "caption": program.caption,
        "step": program.trying.step,
    }

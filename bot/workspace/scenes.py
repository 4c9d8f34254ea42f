"""Bad days by name: what may go wrong between Slack and the app, each of several faults that are set together."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.faults import Faults
from bot.workspace.shapes import Impossible, Json

POST = "chat.postMessage"
SLOW_S = 2.0
"""Shorter than the three seconds of a trigger_id, so that forms still open."""
MILD = "slow"
"""It strikes everything, so it lets every other scene strike first."""
REFUSES_S = 30.0
RETRY_AFTER_S = 5.0
DROPS_S = 10.0
AGAIN_S = 0.5


@dataclass(frozen=True)
class Scene:
    """The faults of one bad day, as `Faults.add` takes them; `cuts` if the open connections break when it begins."""

    faults: tuple[Json, ...]
    cuts: bool = False


SCENES = {
    "slow": Scene(({"kind": "slow", "count": 0, "seconds": SLOW_S},)),
    "refuses": Scene(
        (
            {"kind": "429", "count": 0, "during": REFUSES_S, "seconds": RETRY_AFTER_S, "chance": 0.5},
            {"kind": "500", "count": 0, "during": REFUSES_S},
        )
    ),
    "drops": Scene(
        (
            {"kind": "unreachable", "count": 0, "during": DROPS_S},
            {"kind": "reset_before", "count": 0, "during": DROPS_S},
            {"kind": "undelivered", "count": 0, "during": DROPS_S, "transport": "http"},
        ),
        cuts=True,
    ),
    "reply_lost": Scene(({"kind": "reset_after", "where": POST},)),
    "half_reply": Scene(({"kind": "truncated", "where": POST},)),
    "twice": Scene(({"kind": "late", "where": "events_api", "count": 0, "seconds": AGAIN_S},)),
    "ack_lost": Scene(({"kind": "ack_lost"},)),
}
"""Every scene by its name."""


class Scenes:
    """Lets scenes begin and end; `cut` breaks the connections that are open."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.cut: Callable[[], object] = lambda: None

    def play(self, name: str, on: bool = True) -> Json:
        """Let a scene begin, anew if it stands already, or with `on` false end; gives it as `told` does."""
        scene = SCENES.get(name)
        if scene is None:
            raise Impossible(f"there is no scene {name!r}; there are {', '.join(SCENES)}")
        self._faults.clear(name)
        if on:
            for fault in scene.faults:
                self._faults.add(**fault, scene=name)
            self._faults.behind(MILD)
            if scene.cuts:
                self.cut()
        return next(one for one in self.told() if one["name"] == name)

    def told(self) -> list[Json]:
        """Give each scene: whether it is `on`, its `hits` since it began, the seconds `left` to it if time ends it."""
        return [self._state(name) for name in SCENES]

    def others(self) -> list[Json]:
        """Give the faults that were set one by one and belong to no scene."""
        return [fault for fault in self._faults.told() if not fault["scene"]]

    def _state(self, name: str) -> Json:
        faults = [fault for fault in self._faults.told() if fault["scene"] == name]
        standing = [fault for fault in faults if not fault["over"]]
        left = [fault["left"] for fault in standing if fault["left"] is not None]
        return {
            "name": name,
            "on": bool(standing),
            "began": bool(faults),
            "hits": sum(fault["hits"] for fault in faults),
            "left": max(left, default=None),
        }

"""The hotel in which the pictures are taken, and what all scenes need of it."""

from dataclasses import dataclass, field
from functools import cached_property

from bot.workspace import staff
from bot.workspace.samples import Sample, read_samples
from tests.pictures.camera import Camera
from tests.pictures.cast import CASTS, Cast
from tests.whole.house import ROOT, House
from tests.workspace.page.window import Window

SAMPLES = read_samples(ROOT / "bot" / "content" / "praise.toml")
PHONE = {"width": 390, "height": 844}
WHOLE = {"width": 1280, "height": 800}
FORM = {"width": 720, "height": 1000}


@dataclass
class Day:
    """The hotel, the camera, and which pictures are wanted (none named: all)."""

    house: House
    camera: Camera
    wanted: set[str]
    posts: dict[str, str] = field(default_factory=dict)
    """The ts of the post of each sample."""

    @cached_property
    def cast(self) -> Cast:
        return CASTS[self.camera.language]

    def wants(self, name: str) -> bool:
        return self.camera.takes(name) and (not self.wanted or name in self.wanted)

    async def seen_by(self, who: str, at: str, **size: int) -> Window:
        """A window of somebody at a place, once everything has arrived."""
        await self.house.settled()
        return await self.camera.window(who, at, **size)

    async def tidy(self, *people: str) -> None:
        """Whatever form somebody has open is closed."""
        for who in people or [person.handle for person in staff.STAFF]:
            while views := await self.house.people.views(who):
                await self.house.people.close_view(who, views[-1]["id"])

    def direct(self, who: str) -> str:
        """The direct messages of somebody with the app."""
        workspace = self.house.slack.workspace
        return workspace.channels.direct(staff.BOT_USER_ID, workspace.user_id(who)).id

    async def praise(self, who: str, whom: str, name: str) -> None:
        """Somebody passes on what a customer said."""
        said = SAMPLES[name]
        await self.house.type(who, f"/praise @{whom} {quoted(said)}")
        self.posts[name] = str((await self.house.posted(said.words[:40]))["ts"])


def quoted(said: Sample) -> str:
    """As one types it behind /praise, in the marks of its language."""
    if said.language == "zh-Hant":
        return f"「{said.words}」 來自 {said.customer}"
    if said.language == "zh-Hans":
        return f"“{said.words}” 来自 {said.customer}"
    return f"“{said.words}” from {said.customer}"

"""What happens at the hotel while the pictures are taken, in the order in which it happens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property

from bot.workspace import staff
from bot.workspace.page.reader import HOME
from bot.workspace.samples import Sample, read_samples
from storage import models
from tests.pictures.camera import Camera
from tests.pictures.cast import CASTS, Cast
from tests.whole.house import ROOT, House, until
from tests.whole.rounds import answers, asked, comments, everybody_is_asked
from tests.workspace.page.window import Window

SAMPLES = read_samples(ROOT / "bot" / "content" / "praise.toml")
APPLAUSE = (
    ("mei", "clap"),
    ("sam", "heart"),
    ("aiko", "tada"),
    ("priya", "raised_hands"),
    ("tomas", "clap"),
    ("yun", "heart"),
)
QUESTION = "clarity-matters"
PHONE = {"width": 390, "height": 844}


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
        return not self.wanted or name in self.wanted

    async def seen_by(self, who: str, at: str, **size: int) -> Window:
        """A window of somebody at a place, once everything has arrived."""
        await self.house.settled()
        return await self.camera.window(who, at, **size)

    def direct(self, who: str) -> str:
        """The direct messages of somebody with the app."""
        workspace = self.house.slack.workspace
        return workspace.channels.direct(staff.BOT_USER_ID, workspace.user_id(who)).id

    async def praise(self, who: str, whom: str, name: str) -> None:
        """Somebody passes on what a customer said."""
        said = SAMPLES[name]
        await self.house.type(who, f"/praise @{whom} {_quoted(said)}")
        self.posts[name] = str((await self.house.posted(said.words[:40]))["ts"])


def _quoted(said: Sample) -> str:
    if said.language == "zh-Hant":
        return f"「{said.words}」 來自 {said.customer}"
    if said.language == "zh-Hans":
        return f"“{said.words}” 来自 {said.customer}"
    return f"“{said.words}” from {said.customer}"


Scene = Callable[[Day], Awaitable[None]]


async def days(day: Day) -> None:
    """All of it."""
    for scene in SCENES:
        await scene(day)


async def the_first_words(day: Day) -> None:
    cast, people = day.cast, day.house.people
    for lead in (
        f"/pulse questions schedule 2026-11-24 {QUESTION}",
        f"/pulse questions schedule 2026-12-01 {QUESTION}",
    ):
        await day.house.type("sam", lead)
    for who, words in cast.chat:
        await people.say(who, "#general", words)
    for who, whom, name in cast.others:
        await day.praise(who, whom, name)
    who, whom, what = cast.thanks
    await day.house.type(who, f"/kudos @{whom} {what}", channel="#praise")
    await day.house.posted(what.partition(" #")[0])
    for who in ("hao", "noah", "yun"):
        await people.react(who, "#praise", day.posts[cast.others[0][2]], "heart")


async def praise(day: Day) -> None:
    cast = day.cast
    await day.praise(cast.reader, cast.praised, cast.sample)
    for who, emoji in APPLAUSE:
        await day.house.people.react(who, "#praise", day.posts[cast.sample], emoji)
    await day.house.posted(SAMPLES[cast.sample].words[:40], "6")
    if day.wants("praise"):
        await day.camera.take(await day.seen_by(cast.reader, staff.PRAISE_CHANNEL), "praise")
    if day.wants("phone"):
        await day.camera.take(await day.seen_by(cast.reader, staff.PRAISE_CHANNEL, **PHONE), "phone")


async def praise_form(day: Day) -> None:
    who, _, name = day.cast.form
    said = SAMPLES[name]
    if not day.wants("praise-form"):
        return
    window = await day.seen_by(who, staff.PRAISE_CHANNEL)
    await day.house.form(who, "/praise")
    form = window.form()
    await form.locator("textarea").first.fill(said.words)
    await form.locator('input[type="text"]').first.fill(said.customer)
    await day.camera.take(window, "praise-form")


async def ideas(day: Day) -> None:
    house, cast = day.house, day.cast
    for who, title, words in cast.ideas:
        form = await house.form(who, "/suggest")
        sent = await house.people.submit(
            who, form["id"], {"title": title, "what": words, "gains": "both", "wall": "front"}
        )
        assert sent["response"] == "update", sent
        await house.people.close_view(who, sent["view"]["id"])
    if not day.wants("idea"):
        return
    window = await day.seen_by("noah", staff.GENERAL_CHANNEL)
    await house.form("noah", f"/suggest {cast.new_idea}")
    await day.camera.take(window, "idea")


async def rewards(day: Day) -> None:
    house = day.house
    for kind, name, about, price in day.cast.rewards:
        shelf = await house.form("sam", "/rewards")
        assert (await house.people.click_view("sam", shelf["id"], "reward_add"))["ok"]
        form = (await house.people.wait({"view": "sam", "callback_id": "reward_edit_form"}))[-1]
        sent = await house.people.submit(
            "sam", form["id"], {"kind": kind, "name": name, "about": about, "price": price}
        )
        assert sent["response"] == "update", sent
        await house.people.close_view("sam", sent["view"]["id"])
    if day.wants("rewards"):
        window = await day.seen_by(day.cast.praised, staff.GENERAL_CHANNEL)
        await house.form(day.cast.praised, "/rewards")
        await day.camera.take(window, "rewards")


async def leaderboard(day: Day) -> None:
    if day.wants("leaderboard"):
        window = await day.seen_by(day.cast.reader, staff.GENERAL_CHANNEL)
        await day.house.answered(day.cast.reader, "/leaderboard")
        await day.camera.take(window, "leaderboard")


async def settings(day: Day) -> None:
    if day.wants("settings"):
        await day.house.people.update_user("mei", is_admin=True)
        window = await day.seen_by(day.cast.lead, staff.GENERAL_CHANNEL)
        await day.house.form(day.cast.lead, "/golden-ear settings")
        await day.camera.take(window, "settings")


async def pulse_question(day: Day) -> None:
    await everybody_is_asked(day.house)
    if day.wants("pulse-question"):
        await asked(day.house, day.cast.reader)
        await day.camera.take(await day.seen_by(day.cast.reader, day.direct(day.cast.reader)), "pulse-question")
    for at, person in enumerate(staff.STAFF):
        await answers(day.house, person.handle, "54455443544"[at % 11])


async def morning(day: Day) -> None:
    await day.house.clock("2026-11-24 09:00:01")
    await day.house.posted("2026", SAMPLES[day.cast.sample].words[:40], after=day.posts[day.cast.sample])
    if day.wants("morning"):
        await day.camera.take(await day.seen_by(day.cast.reader, staff.PRAISE_CHANNEL), "morning")
    if day.wants("home"):
        await day.house.people.open_home(day.cast.praised)
        await day.camera.take(await day.seen_by(day.cast.praised, HOME), "home")


async def pulse_results(day: Day) -> None:
    house = day.house
    await house.clock("2026-12-01 08:00:01")
    await until(lambda: house.count(models.Survey, models.Survey.scrubbed) == 1)
    await house.settled()
    await _asked_again(day)
    for at, person in enumerate(staff.STAFF):
        await answers(house, person.handle, "32233221332"[at % 11])
    for person, words in zip(staff.STAFF, day.cast.comments, strict=False):
        await comments(house, person.handle, words)
    await house.clock("2026-12-08 08:00:01")
    await until(lambda: house.count(models.Survey, models.Survey.scrubbed) == 2)
    await house.dm(day.cast.lead, action_id="pulse_reply")
    if day.wants("pulse-results"):
        window = await day.seen_by(day.cast.lead, day.direct(day.cast.lead), height=1100)
        await day.camera.take(window, "pulse-results")


async def _asked_again(day: Day) -> None:
    """The same question a week later: at ten in Tokyo, here, and in London."""
    house = day.house
    for moment, people in (("09:00:01", 1), ("10:00:01", 11), ("18:00:01", 12)):
        await house.clock(f"2026-12-01 {moment}")
        await until(lambda: house.count(models.Survey) == 2)
        newest = house.rows(models.Survey)[-1]["id"]
        owed = (models.Invitation.survey_id == newest, models.Invitation.state == "owed")
        await until(lambda: house.count(models.Invitation, *owed) == people)  # noqa: B023
        await house.settled()


SCENES: tuple[Scene, ...] = (
    the_first_words,
    praise,
    praise_form,
    ideas,
    rewards,
    leaderboard,
    settings,
    morning,
    pulse_question,
    pulse_results,
)

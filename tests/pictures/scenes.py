"""What happens at the hotel while the pictures are taken, in the order in which it happens."""

from collections.abc import Awaitable, Callable

from bot.workspace import staff
from bot.workspace.page.reader import HOME
from storage import models
from tests.pictures.camera import STILL_MS
from tests.pictures.days import FORM, PHONE, SAMPLES, WHOLE, Day, quoted
from tests.whole.house import until
from tests.whole.rounds import answers, asked, comments, everybody_is_asked
from tests.workspace.page.window import Window

APPLAUSE = (
    ("mei", "clap"),
    ("sam", "heart"),
    ("noah", "tada"),
    ("priya", "raised_hands"),
    ("tomas", "clap"),
    ("yun", "heart"),
)
QUESTION = "clarity-matters"

Scene = Callable[[Day], Awaitable[None]]


async def days(day: Day) -> None:
    """All of it."""
    for scene in SCENES:
        await scene(day)


async def the_first_words(day: Day) -> None:
    cast, people = day.cast, day.house.people
    for person in staff.STAFF:
        await people.update_user(person.handle, display_name=person.name)
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
        window = await day.seen_by(cast.reader, staff.PRAISE_CHANNEL)
        await day.camera.take(window, "praise", window.page.locator("#room"))
    if day.wants("phone"):
        await day.camera.take(await day.seen_by(cast.reader, staff.PRAISE_CHANNEL, **PHONE), "phone")


async def guide(day: Day) -> None:
    """The whole page, with the guide."""
    if day.wants("guide"):
        window = await day.seen_by(day.cast.reader, staff.PRAISE_CHANNEL, **WHOLE)
        await _opens(window, "guide")
        await day.camera.take(window, "guide")


async def _opens(window: Window, tool: str) -> None:
    """Open one of the tools, and go back to the newest message."""
    await window.page.locator(f"#open-{tool}").click()
    await window.page.locator(f'.held[data-tool="{tool}"]').wait_for()
    await window.page.wait_for_timeout(STILL_MS)
    await window.page.locator("#messages").evaluate("list => { list.scrollTop = list.scrollHeight }")


async def praise_form(day: Day) -> None:
    who, whom, name = day.cast.form
    said = SAMPLES[name]
    if not day.wants("praise-form"):
        return
    window = await day.seen_by(who, staff.PRAISE_CHANNEL, **FORM)
    await day.house.form(who, f"/praise @{whom}")
    form = window.form()
    await form.locator("textarea").first.fill(said.words)
    await form.locator('input[type="text"]').first.fill(said.customer)
    await day.camera.take_form(window, "praise-form")
    await day.tidy(who)


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
    window = await day.seen_by("noah", staff.GENERAL_CHANNEL, **FORM)
    await house.form("noah", f"/suggest {cast.new_idea}")
    await day.camera.take_form(window, "idea")
    await day.tidy("noah")


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
        window = await day.seen_by(day.cast.praised, staff.GENERAL_CHANNEL, **FORM)
        await house.form(day.cast.praised, "/rewards")
        await day.camera.take_form(window, "rewards")
        await day.tidy(day.cast.praised)


async def leaderboard(day: Day) -> None:
    if day.wants("leaderboard"):
        window = await day.seen_by(day.cast.praised, staff.GENERAL_CHANNEL, width=800)
        await day.house.answered(day.cast.praised, "/leaderboard")
        await day.camera.take(window, "leaderboard", window.page.locator("#messages > .ephemeral").last)


async def settings(day: Day) -> None:
    if day.wants("settings"):
        await day.house.people.update_user("mei", is_admin=True)
        window = await day.seen_by(day.cast.lead, staff.GENERAL_CHANNEL, **FORM)
        await day.house.form(day.cast.lead, "/golden-ear settings")
        await day.camera.take_form(window, "settings")
        await day.tidy(day.cast.lead)


async def pulse_question(day: Day) -> None:
    await everybody_is_asked(day.house)
    if day.wants("pulse-question"):
        await asked(day.house, day.cast.reader)
        window = await day.seen_by(day.cast.reader, day.direct(day.cast.reader), width=920)
        await day.camera.take(window, "pulse-question", window.page.locator("#messages > .entry").last, y=6)
    for at, person in enumerate(staff.STAFF):
        await answers(day.house, person.handle, "54455443544"[at % 11])


async def inspector(day: Day) -> None:
    """Slack refuses, and the bot tells what it was told."""
    if not day.wants("inspector"):
        return
    house, (who, whom, name) = day.house, day.cast.form
    scenes, said = house.slack.workspace.scenes, SAMPLES[name]
    window = await day.camera.window(day.cast.lead, staff.PRAISE_CHANNEL, **WHOLE)
    scenes.play("refuses")
    await house.type(who, f"/praise @{whom} {quoted(said)}")
    await _opens(window, "inspector")
    await window.page.locator(".deal.fault").filter(has_text="chat.postMessage").first.wait_for()
    entry = window.page.locator(".deal.to_app").filter(has_text="/praise").first
    await entry.locator("summary").first.click()
    await entry.locator(".facts").first.wait_for()
    await day.camera.take(window, "inspector")
    scenes.play("refuses", on=False)
    await house.posted(said.words[:40])


async def morning(day: Day) -> None:
    await day.house.clock("2026-11-24 09:00:01")
    await day.house.posted("2026", SAMPLES[day.cast.sample].words[:40], after=day.posts[day.cast.sample])
    if day.wants("morning"):
        window = await day.seen_by(day.cast.reader, staff.PRAISE_CHANNEL)
        await day.camera.take(window, "morning", window.page.locator("#messages > .entry").last, y=6)
    if day.wants("home"):
        await day.house.people.open_home(day.cast.praised)
        window = await day.seen_by(day.cast.praised, HOME)
        await day.camera.take(window, "home", window.page.locator("#room"))


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
    await day.tidy()
    for name, within in (("pulse-results", ".chart"), ("pulse-advice", '[data-action="pulse_reply"]')):
        if day.wants(name):
            window = await day.seen_by(day.cast.lead, day.direct(day.cast.lead), height=1500)
            entries = window.page.locator("#messages > .entry", has=window.page.locator(within))
            await day.camera.take(window, name, entries.last, y=6)


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
    guide,
    praise_form,
    ideas,
    rewards,
    leaderboard,
    settings,
    morning,
    inspector,
    pulse_question,
    pulse_results,
)

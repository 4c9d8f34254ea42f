"""The lower half of the fault matrix: what goes wrong between Slack and the bot, at both transports."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from bot.workspace.shapes import Json
from tests.faults.acts import asked, one_line, one_post_one_dm, thanked_by_reaction
from tests.faults.columns import Column
from tests.faults.trial import Trial

DISCONNECTS = tuple(
    f"disconnect {reason}" for reason in ("warning", "refresh_requested", "link_disabled", "too_many_websockets")
)
DELIVERIES = ("undelivered", "dropped", "ack_lost", "late", "out_of_order", "overtaken", *DISCONNECTS)


async def others(trial: Trial) -> None:
    """Something else that happens meanwhile, so that there is an order to be wrong."""
    if trial.kind in ("overtaken", "out_of_order"):
        await asyncio.sleep(0.3)
        await trial.people.command("aiko", "#general", "/points")


async def persistently(trial: Trial, act: Callable[[], Awaitable[Json]]) -> None:
    """Whoever saw an error tries again when Slack's client has its connection back, and again if that was the old one
    in its last moment."""
    for _ in range(3):
        await connected(trial)
        if (await act())["ok"]:
            return


async def connected(trial: Trial) -> None:
    """Wait until the bot can be reached."""
    if trial.kind.startswith("disconnect") or trial.kind in ("undelivered", "dropped"):
        await asyncio.sleep(0.2)
        if not (await trial.people.state())["request_url"]:
            await trial.people.wait({"connections": 1}, 60.0)


async def command(trial: Trial) -> None:
    await trial.fault("slash_commands", contains="/praise")
    typed = f"/praise @{trial.receiver} {trial.words}"
    typing = partial(trial.people.command, trial.giver, "#general", typed)
    outcome, _ = await asyncio.gather(typing(), others(trial))
    if not outcome["ok"]:
        await persistently(trial, typing)
    await one_post_one_dm(trial)


async def form(trial: Trial) -> None:
    await asked(trial)
    view = (await trial.people.wait({"view": trial.giver}, 30.0))[-1]
    await trial.fault("view_submission")
    values = {"people": [trial.receiver], "words": trial.words}
    sending = partial(trial.people.submit, trial.giver, view["id"], values)
    sent, _ = await asyncio.gather(sending(), others(trial))
    if not sent["ok"]:
        await persistently(trial, sending)
    await one_post_one_dm(trial)


async def button(trial: Trial) -> None:
    """Somebody joins in thanks; the thanked person hears of it once."""
    typed = f"/kudos @{trial.receiver} for {trial.words}"
    assert (await trial.people.command(trial.giver, "#general", typed))["ok"]
    assert await trial.seen(lambda: trial.posts("#general")) == 1
    line = await trial.house.posted(trial.words, channel="#general")
    await trial.fault("block_actions")
    pressing = partial(trial.people.click, trial.third, "#general", line["ts"], "kudos_join")
    outcome, _ = await asyncio.gather(pressing(), others(trial))
    if not outcome["ok"]:
        await persistently(trial, pressing)
    assert await trial.seen(trial.dms(trial.receiver), 2) == 2
    assert await trial.struck()


async def event(trial: Trial) -> None:
    await trial.fault("reaction_added")
    ts = await thanked_by_reaction(trial)
    await others(trial)
    await one_line(trial, ts)


COLUMNS = (
    Column("a command", command, ""),
    Column("a form sent", form, ""),
    Column("a button", button, ""),
    Column("an event", event, ""),
)
TWICE = r"came again|had its effect before"
LOST = r"Socket Mode lost its connection; connecting again|connecting again"


def says(kind: str, column: str, transport: str) -> str:
    """What the log says of a fault; nothing where the bot cannot know of it."""
    if kind.startswith("disconnect") or (transport == "socket" and kind in ("undelivered", "dropped")):
        return LOST
    if kind == "undelivered":
        return r"refused a request: broken off"
    return "" if kind == "overtaken" else TWICE

"""Acts of which a trial of the fault matrix is made, and what must be seen of them."""

from tests.faults.trial import NUMBERS, Trial

TRIES = 5


def id_of(handle: str) -> str:
    return f"U0{handle.upper():0<8}"


async def praise(trial: Trial, person: str = "") -> None:
    """Praise somebody in the words of the trial; if the bot says that it could not, say it again."""
    await typed(trial, f"/praise @{person or trial.receiver} {trial.words}", id_of(person or trial.receiver))


async def typed(trial: Trial, command: str, contains: str) -> None:
    """Type a command, and again if its answer is another than it should be."""
    for _ in range(2):
        outcome = await trial.people.command(trial.giver, "#general", command)
        if outcome["ok"] and contains in str(outcome["body"]):
            return


async def asked(trial: Trial) -> None:
    """Ask for the form of praise until it opens: a machine that takes longer than a trigger lives opens none, and says
    so to the person."""
    for _ in range(TRIES):
        outcome = await trial.people.command(trial.giver, "#general", "/praise")
        if outcome["ok"] and not outcome["body"]:
            return
    raise AssertionError(f"no form of praise opens: {outcome}")


async def one_post_one_dm(trial: Trial, person: str = "") -> None:
    """Exactly one post in the praise channel, exactly one direct message, and the fault was felt."""
    dms = trial.dms(person or trial.receiver)
    assert (await trial.seen(trial.posts), await trial.seen(dms)) == (1, 1)
    assert await trial.struck(), "the fault found nothing to strike"


async def stranger(trial: Trial) -> str:
    """Somebody of whom the bot has not heard; gives the handle."""
    handle = f"new{next(NUMBERS)}"
    trial.house.slack.workspace.people.add(handle, email=f"{handle}@example.com")
    return handle


async def thanked_by_reaction(trial: Trial) -> str:
    """Somebody thanks the author of a message by a reaction; gives the message's ts."""
    ts = str(await trial.people.say(trial.receiver, "#general", trial.words))
    await trial.people.react(trial.giver, "#general", ts, "star")
    return ts


async def one_line(trial: Trial, ts: str) -> None:
    """Exactly one line of thanks in the thread, and the fault was felt."""

    async def lines() -> int:
        said = await trial.people.messages("#general")
        return sum(bool(one["by_app"]) and one.get("thread_ts") == ts for one in said)

    assert await trial.seen(lines) == 1
    assert await trial.struck(), "the fault found nothing to strike"


async def applauded_once(trial: Trial) -> None:
    """One post in the words of the trial, which says that one colleague applauds, and the fault was felt."""

    async def applauded() -> int:
        said = await trial.people.messages("#praise")
        return sum(trial.words in one["text"] and "1 colleague applauds" in one["text"] for one in said)

    assert (await trial.seen(applauded), await trial.posts()) == (1, 1)
    assert await trial.struck(), "the fault found nothing to strike"

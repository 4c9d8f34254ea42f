"""Trials of what only one person sees: words in a channel, answers by response_url, forms."""

from bot.workspace import ControlError
from bot.workspace.blocks import elements
from storage import models
from tests.faults.acts import TRIES, asked, one_post_one_dm, thanked_by_reaction
from tests.faults.trial import Trial


async def whisper(trial: Trial) -> None:
    """Who thanks themselves is told, alone."""
    trial.giver, before = trial.receiver, await trial.shown(trial.receiver)
    await trial.fault("chat.postEphemeral")
    await thanked_by_reaction(trial)
    await trial.seen(trial.hits)
    assert await trial.seen(lambda: trial.shown(trial.giver, before), trial.accepted) == trial.accepted
    assert await trial.struck()


async def answer(trial: Trial) -> None:
    before = await trial.shown(trial.giver)
    await trial.fault("response_url")
    assert (await trial.people.command(trial.giver, "#general", "/points"))["ok"]
    await trial.seen(trial.hits)
    assert await trial.seen(lambda: trial.shown(trial.giver, before), trial.accepted) == trial.accepted
    assert await trial.struck()


async def form(trial: Trial) -> None:
    """The form is asked for, and again if it did not open; what it sends is stored once."""
    before = len(await trial.people.views(trial.giver))
    await trial.fault("views.open")
    outcome = await trial.people.command(trial.giver, "#general", "/praise")
    assert outcome["ok"] and len(await trial.people.views(trial.giver)) <= before + 1
    if outcome["body"]:
        await asked(trial)
    view = (await trial.people.wait({"view": trial.giver, "count": before + 1}, 30.0))[-1]
    sent = await trial.people.submit(trial.giver, view["id"], {"people": [trial.receiver], "words": trial.words})
    assert sent["response"] == "update", sent
    await one_post_one_dm(trial)


async def receipt(trial: Trial) -> dict:
    """Record a comment of which a part is praise; gives the view that offers to set the rest aside."""
    await asked(trial)
    form = (await trial.people.wait({"view": trial.giver, "callback_id": "praise_form"}, 30.0))[-1]
    values = {"people": [trial.receiver], "words": f"The lift is slow.\n\n{trial.words}", "part": trial.words}
    sent = await trial.people.submit(trial.giver, form["id"], values)
    assert sent["response"] == "update", sent
    return dict(sent["view"])


async def redrawn(trial: Trial) -> None:
    """The rest is set aside once, whether the view says so or not; pressing again does nothing more."""
    before, view = trial.house.count(models.Aside), await receipt(trial)
    await trial.fault("views.update")
    for _ in range(2):
        try:
            await trial.people.click_view(trial.giver, view["id"], "praise_aside")
        except ControlError:  # redrawn late, between a look and a press: the button that did it is gone
            break
        (shown,) = [one for one in await trial.people.views(trial.giver) if one["id"] == view["id"]]
        if "praise_aside" not in str(shown):
            break
    assert trial.house.count(models.Aside) == before + 1
    await one_post_one_dm(trial)
    await trial.people.close_view(trial.giver, view["id"])


async def pushed(trial: Trial) -> None:
    """A button in a view that says nothing any more: the person is told in a view above it, at most once."""
    view = trial.house.slack.workspace.views.get((await receipt(trial))["id"])
    assert view is not None
    for element in (one for block in view["blocks"] for one in elements(block)):
        element["value"] = "out of date"
    before = len(await trial.people.views(trial.giver))
    wanted = before + (trial.accepted and trial.kind != "slow")
    for _ in range(TRIES):
        await trial.fault("views.push")
        await trial.people.click_view(trial.giver, view["id"], "praise_aside")
        if len(await trial.people.views(trial.giver)) >= wanted:
            break  # else this machine, too, was slower than a trigger lives
    # a trigger lives for three seconds: what is slower opens nothing
    assert len(await trial.people.views(trial.giver)) == wanted
    await one_post_one_dm(trial)
    await trial.people.close_view(trial.giver, view["id"], clear=True)

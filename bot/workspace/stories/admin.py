"""What Sam does as an admin on the days of ideas: an earlier morning, a guest who asks to be forgotten; and Noah, who
looks at what is held of him."""

from bot.workspace.stories import cast
from bot.workspace.stories.stage import Missing, Stage, absent
from bot.workspace.stories.window import Window
from bot.workspace.telling import Told

EARLIER = "08:30"


async def morning_is_set_earlier(stage: Stage, window: Window) -> None:
    await stage.scene("17:30", Told("The early shift begins at half past eight, and the morning post comes at nine."))
    stage.screen.act(Told("Sam opens /golden-ear settings, and sets the morning to half past eight."))
    overview = await window.opened("sam", "/golden-ear settings")
    await window.clicked("sam", overview, "settings_change", "morning")
    form = await window.changing("sam", overview, "ritual_time")
    outcome = await stage.sends("sam", form["id"], {"ritual_time": EARLIER})
    if outcome["response"] not in ("none", "update"):
        raise Missing(Told("the settings were to be taken"), str(outcome))
    await stage.seen({"view": "sam", "contains": EARLIER}, cast.forms_of("sam"))
    audit = await window.opened("sam", "/golden-ear audit")
    change = f"09:00 → {EARLIER}"
    if change not in str(audit["blocks"]):
        raise Missing(Told("the audit was to tell of the new time"), str(audit["blocks"]))
    stage.screen.note(Told("It goes in at once. The audit has it: {change}, by whom and when.", change=change))
    await window.shut("sam")


async def morning_comes_earlier(stage: Stage) -> None:
    await stage.scene(EARLIER, Told("And so the morning begins half an hour earlier."), days=1)
    await stage.post(["Good morning!", stage.book["notepad"].words], brief=True)


async def guest_is_forgotten(stage: Stage, window: Window) -> None:
    notepad = stage.book["notepad"]
    await stage.scene("15:00", Told("{customer} asks that his name be removed.", customer=notepad.customer), days=2)
    form = await window.opened("sam", "/golden-ear erase")
    outcome = await stage.sends("sam", form["id"], {"kind": "customer", "customer": notepad.customer})
    if outcome["response"] != "update":
        raise Missing(Told("the form was to look for the name"), str(outcome))
    asked = await stage.seen({"view": "sam", "contains": "cannot be taken back"}, cast.forms_of("sam"))
    stage.screen.arrives(Told("Sam is asked"), window.picture(asked), brief=True)
    await window.clicked("sam", asked, "erase_now")
    await stage.seen({"view": "sam", "contains": "It is erased."}, cast.forms_of("sam"))
    await stage.post(
        [notepad.words, "a guest"], Told("#praise, the post has changed"), lacks=notepad.customer, brief=True
    )
    changed = {"channel": "#praise", "contains": [notepad.words], "lacks": notepad.customer, "by_app": True, "count": 2}
    await stage.seen(changed, Told.plain("#praise"))
    await stage.nothing(notepad.customer, channel="#praise")
    stage.screen.note(
        Told("His words stay. His name is gone from the praise itself and from the morning that quoted it.")
    )
    await window.shut("sam")


async def own_page(stage: Stage, window: Window) -> None:
    await stage.scene("16:00", Told("Noah opens Home, before the night begins."), days=2)
    home = await window.home("noah")
    stage.screen.arrives(Told("Home of {who}", who=cast.name("noah")), window.picture(home), brief=True)
    for words in ("20 points", "A shelf for wet umbrellas", "A day at the barista school"):
        if words not in str(home["blocks"]):
            raise absent(cast.home_of("noah"), words, str(home["blocks"]))

"""Three days of ideas at the hotel: one with a name, one without, what they earn, and what becomes of the points."""

from datetime import time
from typing import Any

from bot.workspace.client import Fields
from bot.workspace.stories import admin, cast
from bot.workspace.stories.stage import Missing, Stage
from bot.workspace.stories.window import Window
from bot.workspace.telling import Told

BEGINS = time(9, 20)

TITLE = "A shelf for wet umbrellas"
WHAT = "On rainy days guests carry their umbrellas through the lobby, and somebody slips. A shelf stands in the cellar."
LATE = "Tell us at noon who starts late"
LATE_WHAT = "I hear at six in the evening that I begin at five in the morning. My mother sleeps alone then."
QUESTION = "Is it the list for the next day, or for the week?"
ANSWER = "For the next day. The list for the week is right, until somebody is ill."
FULL = "September is full. Please ask again for October."
SCHOOL = "A day at the barista school"
COURSE: Fields = {"kind": "training", "name": SCHOOL, "price": "100", "stock": "1"}


async def play(stage: Stage) -> None:
    """Live through it all. Raises Missing at the first thing that does not come."""
    window = Window(stage)
    await stage.dawn(0)
    await _suggested(stage, window)
    code = await _without_a_name(stage, window)
    await _answered(stage, window)
    await _credited(stage, window)
    await _refused(stage, window)
    await _granted(stage, window)
    await admin.morning_is_set_earlier(stage, window)
    await stage.dawn(1)
    await admin.morning_comes_earlier(stage)
    await _asked_back(stage, window, code)
    await stage.dawn(2)
    await _accepted_without_a_name(stage, window)
    await _claimed(stage, window, code)
    await admin.guest_is_forgotten(stage, window)
    await admin.own_page(stage, window)


async def _suggested(stage: Stage, window: Window) -> None:
    await stage.scene("09:30", Told("Noah, of the night desk, has an idea on his way home."))
    await stage.people.global_shortcut("noah", "suggest_improvement")
    form = await stage.form("noah")
    stage.screen.act(Told("Noah fills in the form:"), f"{TITLE}. {WHAT}")
    await window.sent("noah", form, {"title": TITLE, "what": WHAT, "gains": "both", "wall": "front"})
    told = await stage.direct("sam", [TITLE], brief=True)
    await window.page("sam", told, "idea_open", TITLE, Told("Sam (general manager) opens it and accepts it."))
    await _moved(stage, window, "sam", "accepted")
    await stage.direct("noah", [TITLE, "20"])


async def _without_a_name(stage: Stage, window: Window) -> str:
    """Gives the receipt code."""
    await stage.scene("10:00", Told("Rosa has one as well, and would rather not put her name to it."))
    await stage.people.command("rosa", "#general", "/suggest")
    form = await stage.form("rosa")
    stage.screen.act(Told("Rosa (housekeeping) sends it without her name:"), f"{LATE}. {LATE_WHAT}")
    given: Fields = {"title": LATE, "what": LATE_WHAT, "gains": "colleague", "signed": "code"}
    thanked = await window.sent("rosa", form, given)
    code = window.code(thanked)
    stage.screen.arrives(Told("Rosa alone sees, once"), window.picture(thanked))
    stage.screen.note(Told("It is sealed. Nobody can read it before the next working morning."))
    await stage.nothing(LATE, dm="sam")
    return code


async def _answered(stage: Stage, window: Window) -> None:
    await stage.scene("14:00", Told("The shelf stands in the lobby, and a problem of years is solved."))
    await window.idea("mei", TITLE)
    stage.screen.act(Told("Mei says that it is done, and that it solved a major problem."))
    await _moved(stage, window, "mei", "done")
    await window.idea("mei", TITLE)
    form = await window.pressed("mei", "idea_solved", "idea_solved_form")
    await window.sent("mei", form, {"people": ["noah"]})
    await stage.post([TITLE, "this idea was yours"])
    await stage.direct("noah", ["100 points"], brief=True)


async def _credited(stage: Stage, window: Window) -> None:
    soup = stage.book["notepad"]
    await stage.scene("15:00", Told("It rains. A guest says something, and Mei remembers whose idea is behind it."))
    await stage.types("mei", "#praise", f"/praise @aiko {soup.words} from {soup.customer}")
    post = await stage.post([soup.words], brief=True)
    stage.screen.act(Told("Mei says which idea is behind it."))
    await window.picked("mei", "#praise", post, "praise_idea")
    form = await window.form("mei", "idea_praise_form")
    await window.sent("mei", form, {"idea": window.choice(form, TITLE)})
    await stage.post(["Behind this praise is an idea", TITLE], Told("#praise, below the praise"), thread_ts=post["ts"])


async def _refused(stage: Stage, window: Window) -> None:
    await stage.scene("16:00", Told("Points say thanks; here they become a day at school."))
    stage.screen.act(Told("Sam (general manager) puts it into the catalogue, for 100 points:"), SCHOOL)
    shelf = await window.opened("sam", "/rewards")
    await window.sent("sam", await window.pressed("sam", "reward_add", "reward_edit_form", shelf), COURSE)
    asked = await _asked(stage, window)
    await stage.taps("sam", "@goldenear", asked["ts"], "reward_refuse")
    stage.screen.act(Told("Sam refuses, and has to say why:"), FULL)
    await window.sent("sam", await window.form("sam", "reward_refuse_form"), {"reason": FULL})
    await stage.direct("noah", [FULL])


async def _granted(stage: Stage, window: Window) -> None:
    await stage.scene("16:30", Told("Noah has his points back, and asks for October."))
    asked = await _asked(stage, window)
    await stage.taps("sam", "@goldenear", asked["ts"], "reward_approve", Told("Sam grants it."))
    await stage.scene("17:00", Told("Noah has had five messages today. What came after them comes in one."))
    await stage.direct("noah", [SCHOOL, "granted"], brief=True)
    await stage.asks("noah", "#general", "/points", brief=True)


async def _asked(stage: Stage, window: Window) -> Any:
    """Noah asks for the reward; gives what Sam is told."""
    before = (await stage.people.dms("sam"))[-1]["ts"]
    shelf = await window.opened("noah", "/rewards")
    stage.screen.act(Told("Noah asks for it. The points are put by."))
    await window.sent("noah", await window.pressed("noah", "reward_ask", "reward_ask_form", shelf), {})
    return await stage.direct("sam", [SCHOOL], brief=True, after=before)


async def _asked_back(stage: Stage, window: Window, code: str) -> None:
    await stage.scene("10:00", Told("What was sent without a name arrives, with all others of that day."), days=1)
    told = await stage.direct("sam", [LATE])
    await window.page("sam", told, "idea_open", LATE)
    form = await window.pressed("sam", "idea_ask", "idea_ask_form")
    stage.screen.act(Told("Sam has a question:"), QUESTION)
    await window.sent("sam", form, {"words": QUESTION})
    await stage.scene("12:00", Told("Rosa looks after her idea with the code."), days=1)
    found = await _looked_up(stage, window, code)
    stage.screen.arrives(Told("only {who} sees", who=cast.name("rosa")), window.picture(found), brief=True)
    stage.screen.act(Told("Rosa answers:"), ANSWER)
    await window.sent("rosa", found, {"words": ANSWER, "receipt": code})


async def _accepted_without_a_name(stage: Stage, window: Window) -> None:
    await stage.scene("10:00", Told("The answer comes the next morning, and nobody knows from whom."), days=2)
    told = await stage.direct("sam", [ANSWER], brief=True)
    await window.page("sam", told, "idea_open", LATE, Told("Sam accepts the idea."))
    await _moved(stage, window, "sam", "accepted")


async def _claimed(stage: Stage, window: Window, code: str) -> None:
    await stage.scene("11:00", Told("Rosa may stay unknown, or claim her points by name."), days=2)
    await _looked_up(stage, window, code)
    form = await window.pressed("rosa", "idea_claim", "idea_claim_form")
    stage.screen.arrives(Told("Rosa is told before"), window.picture(form), brief=True)
    claimed = await window.sent("rosa", form, {"receipt": code})
    stage.screen.arrives(Told("Rosa claims it"), window.picture(claimed), brief=True)
    if "20" not in str(claimed["blocks"]):
        raise Missing(Told("20 points were to come of the claim"), str(claimed["blocks"]))


async def _looked_up(stage: Stage, window: Window, code: str) -> Any:
    """The page behind the code."""
    await stage.people.command("rosa", "#general", "/ideas code")
    form = await window.form("rosa", "idea_code_form")
    return await window.sent("rosa", form, {"receipt": code}, close=False)


async def _moved(stage: Stage, window: Window, who: str, state: str) -> None:
    """Somebody answers the idea whose page is open."""
    page = (await stage.people.views(who))[-1]
    form = await window.pressed(who, "idea_move", "idea_move_form", page, ending=f":{state}")
    await window.sent(who, form, {})

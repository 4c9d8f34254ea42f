"""Two weeks of the micro pulse at the hotel: the same question on two Tuesdays, and what comes of the answers."""

from collections.abc import Mapping
from datetime import time, timedelta

from bot.workspace.stories import cast
from bot.workspace.stories.stage import Missing, Stage
from bot.workspace.telling import Told

BEGINS = time(8, 10)  # before ten o'clock in Tokyo, where the first is asked
SETTINGS = {"PULSE": "on"}

QUESTION = "clarity-matters"
EASTERN = {
    "sam": "4", "mei": "5", "rosa": "4", "ling": "5", "jun": "4", "tomas": "5", "chen": "4", "hao": "5", "yun": "4",
}  # fmt: skip
BEFORE = {"aiko": "5", **EASTERN, "noah": "4", "priya": "5"}
AFTER = {name: str(int(value) - 2) for name, value in BEFORE.items()}
COMMENTS = {
    "aiko": "Since the morning meeting went, three people tell me three things.",
    "rosa": "The list of rooms changes when I have begun with the first.",
    "ling": "早上沒有人說今天有幾桌，我只好用猜的。",
    "chen": "旅行团都坐下了，厨房才知道。",
    "yun": "白板上還是上星期的字。",
}
"""As many as are needed: fewer comments than five are never read."""
REPLY = (
    "You said that in the morning nobody knows what matters. From Monday on the morning meeting is back: "
    "five minutes at 7:55, and what was said stands on the board by the lift."
)
LATER, COMMENT, REPLIED = "pulse_later", "pulse_comment", "pulse_reply"


async def play(stage: Stage) -> None:
    """Live through it all. Raises Missing at the first thing that does not come."""
    await stage.dawn(0)
    await _chosen(stage)
    await _asked(stage)
    await stage.dawn(7)
    await _first_results(stage)
    await _asked_again(stage)
    await _comments(stage)
    await stage.dawn(8)
    await _reminded(stage)
    await stage.dawn(14)
    await _warned(stage)
    await _answered_in_public(stage)


async def _chosen(stage: Stage) -> None:
    await stage.scene(
        "08:15",
        Told("One question a week, and its turn comes by itself. Sam wants to know one thing twice, and says so."),
    )
    for days in (0, 7):
        day = stage.day + timedelta(days=days)
        typed = f"/pulse questions schedule {day:%Y-%m-%d} {QUESTION}"
        await stage.asks("sam", "#general", typed, brief=bool(days))


async def _asked(stage: Stage) -> None:
    await stage.scene("09:00", Told("Everybody is asked at ten by their own clock. In Tokyo it is ten already."))
    question = await stage.direct("aiko", [], action_id=LATER)
    await stage.taps(
        "aiko", "@goldenear", question["ts"], f"pulse_answer_{BEFORE['aiko']}", Told("Aiko taps her answer.")
    )
    await stage.direct("aiko", [], action_id=COMMENT)
    await stage.scene("10:00", Told("Here the same question comes in three languages."))
    await stage.direct("ling", [], action_id=LATER, brief=True)
    await stage.direct("jun", [], action_id=LATER, brief=True)
    await _answer(stage, {**EASTERN, "noah": BEFORE["noah"]}, Told("Ten people tap an answer. All are thanked alike."))
    await stage.scene("18:30", Told("London has had its breakfast as well."))
    await _answer(stage, {"priya": BEFORE["priya"]}, Told("Priya (guest relations) answers."))
    stage.screen.note(
        Told("What they answered is sealed, and nobody can see anything of it until the question closes.")
    )


async def _first_results(stage: Stage) -> None:
    await stage.scene("08:00", Told("The question closes, and leads hear what came of it."), days=7)
    await stage.direct("sam", ["12 of 12 answered"], brief=True)
    await stage.seen({"dm": "sam", "action_id": REPLIED}, cast.messages_of("sam"))
    for lead in ("mei", "tomas"):
        await stage.seen({"dm": lead, "action_id": REPLIED}, cast.messages_of(lead))
    stage.screen.note(Told("No comment was written. Single answers, and the key that opened them, are destroyed."))


async def _asked_again(stage: Stage) -> None:
    await stage.scene("08:30", Told("Somebody would like to be reminded."), days=7)
    await stage.asks("noah", "#general", "/pulse remind on", brief=True)
    await stage.scene("09:00", Told("The same question again. Meanwhile the morning meeting was given up."), days=7)
    await stage.direct("aiko", [], action_id=LATER, brief=True)
    await _answer(stage, {"aiko": AFTER["aiko"]}, Told("Aiko (concierge) answers."))
    await stage.scene("10:00", Told("And here."), days=7)
    await _answer(stage, {name: AFTER[name] for name in EASTERN}, Told("Nine people answer; Noah is asleep."))
    await stage.seen({"dm": "noah", "action_id": LATER}, cast.messages_of("noah"))
    await stage.scene("18:30", Told("And in London."), days=7)
    await _answer(stage, {"priya": AFTER["priya"]}, Told("Priya (guest relations) answers."))


async def _comments(stage: Stage) -> None:
    await stage.scene("18:40", Told("Some would like to say more. A comment is as anonymous as an answer."), days=7)
    for who, words in COMMENTS.items():
        thanked = await stage.seen({"dm": who, "action_id": COMMENT}, cast.messages_of(who))
        await stage.taps(who, "@goldenear", thanked["ts"], COMMENT)
        form = await stage.form(who)
        outcome = await stage.sends(who, form["id"], {"words": words})
        if outcome["response"] != "update":
            raise Missing(Told("the form was to thank for the comment"), str(outcome))
    stage.screen.act(Told("Five people write, one of them:"), COMMENTS["rosa"])
    await stage.nothing(COMMENTS["rosa"], dm="sam")
    stage.screen.note(Told("Nobody can read it yet, not even Sam."))


async def _reminded(stage: Stage) -> None:
    asked = await stage.seen({"dm": "noah", "action_id": LATER}, cast.messages_of("noah"))
    await stage.scene("10:00", Told("The next day, for those who wished it and have not answered."), days=8)
    await stage.direct("noah", ["once more"], action_id=LATER, after=asked["ts"], brief=True)
    await _answer(stage, {"noah": AFTER["noah"]}, Told("Noah (night desk) answers."))


async def _warned(stage: Stage) -> None:
    before = (await stage.people.dms("sam"))[-1]["ts"]
    await stage.scene("08:00", Told("The question closes. This may be forwarded as it stands:"), days=14)
    await stage.direct("sam", ["12 of 12 answered"], after=before)
    stage.screen.note(
        Told("And this is for Sam alone: a warning, what she could do, and the comments in random order.")
    )
    await stage.direct("sam", ["clearly worse", *COMMENTS.values()], after=before, action_id=REPLIED)
    await stage.nothing(COMMENTS["rosa"], dm="noah")


async def _answered_in_public(stage: Stage) -> None:
    told = await stage.seen({"dm": "sam", "action_id": REPLIED}, cast.messages_of("sam"))
    await stage.scene("08:20", Told("People answer again when they see what comes of it."), days=14)
    await stage.taps("sam", "@goldenear", told["ts"], REPLIED, Told("Sam (general manager) taps You said, we do."))
    form = await stage.form("sam")
    outcome = await stage.sends("sam", form["id"], {"words": REPLY})
    if outcome["response"] != "update":
        raise Missing(Told("the form was to say that the answer is posted"), str(outcome))
    await stage.post([REPLY])
    await stage.asks("noah", "#praise", "/pulse", ["12 of 12 answered"], brief=True)


async def _answer(stage: Stage, answers: Mapping[str, str], told: Told) -> None:
    """These people tap, each on the question that they have; the next thing happens when all are thanked."""
    stage.screen.act(told)
    for who, value in answers.items():
        where = cast.messages_of(who)
        question = await stage.seen({"dm": who, "action_id": LATER}, where)
        await stage.taps(who, "@goldenear", question["ts"], f"pulse_answer_{value}")
        earlier = f"{float(question['ts']) - 0.001:.6f}"
        await stage.seen({"dm": who, "action_id": COMMENT, "after": earlier}, where)

"""A day at the hotel and the morning after: customers' words arrive, colleagues thank, and the ritual opens the day."""

from datetime import time, timedelta

from bot.workspace.picture import Line
from bot.workspace.stories import cast
from bot.workspace.stories.stage import Missing, Stage
from bot.workspace.telling import Told

BEGINS = time(9, 40)  # after the hour of the ritual: the first one is tomorrow's

APPLAUSE = {"mei": "clap", "sam": "heart", "aiko": "tada", "priya": "raised_hands", "tomas": "clap"}
NOON, EVENING = "5 colleagues applaud", "6 colleagues applaud"
SOUP = "the soup went out at noon without a word, and I only saw the empty pot #care"
LIFT = "The card reader in the lift works again. It was a biscuit crumb."


async def play(stage: Stage) -> None:
    """Live through it all. Raises Missing at the first thing that does not come."""
    await stage.dawn(0)
    await _words_at_once(stage)
    await _three_languages(stage)
    await _applause(stage)
    await _by_form(stage)
    await _colleagues(stage)
    await _self_recorded(stage)
    await _kept_private(stage)
    await _evening(stage)
    await stage.dawn(1)
    await _quiet_hours_end(stage)
    await _ritual(stage)
    await _points(stage)


async def _words_at_once(stage: Stage) -> None:
    ring = stage.book["ring"]
    await stage.scene(
        "10:05", Told("A guest stops at the concierge's desk. Her words reach the one who earned them at once.")
    )
    await stage.types("aiko", "#general", f"/praise @rosa “{ring.words}” from {ring.customer}")
    await stage.answered("aiko", [ring.words], brief=True)
    await stage.post([ring.words, ring.customer])
    await stage.direct("rosa", [ring.words, ring.customer], brief=True)


async def _three_languages(stage: Stage) -> None:
    porridge, train = stage.book["porridge"], stage.book["train"]
    await stage.scene("11:20", Told("The words stay as they were said; what the bot adds is in the reader's language."))
    await stage.types("mei", "#general", f"/praise @ling 「{porridge.words}」 來自 {porridge.customer}")
    await stage.post([porridge.words, porridge.customer], brief=True)
    await stage.direct("ling", [porridge.words, porridge.customer])
    await stage.types("chen", "#general", f"/praise @jun “{train.words}” 来自 {train.customer}")
    await stage.post([train.words, train.customer], brief=True)
    await stage.direct("jun", [train.words, train.customer])


async def _applause(stage: Stage) -> None:
    ring = stage.book["ring"]
    await stage.scene("12:10", Told("Colleagues applaud with whatever emoji they like."))
    ts = await _ts(stage, "ring")
    reactions = [*APPLAUSE.items(), ("mei", "sparkles"), ("rosa", "pray"), ("olu", "clap")]
    for who, emoji in reactions:
        await stage.people.react(who, "#praise", ts, emoji)
    stage.screen.act(Told("Seven people, eight emoji:"), ", ".join(f"@{who} :{emoji}:" for who, emoji in reactions))
    stage.screen.note(Told("Counted are people, not emoji; not the praised herself, and not @olu, who is a guest."))
    await stage.post([ring.words, NOON], Told("#praise, the post has changed"), brief=True)
    for who in ("hao", "noah", "yun"):
        await stage.people.react(who, "#praise", await _ts(stage, "porridge"), "heart")


async def _ts(stage: Stage, name: str) -> str:
    """Find the post of a sample."""
    found = await stage.seen({"channel": "#praise", "contains": [stage.book[name].words]}, Told.plain("#praise"))
    return str(found["ts"])


async def _by_form(stage: Stage) -> None:
    cake = stage.book["cake"]
    tomorrow, today = stage.day + timedelta(days=1), stage.day
    await stage.scene("14:30", Told("A letter came. Typed alone, /praise opens a form."))
    await stage.types("priya", "#general", "/praise")
    form = await stage.form("priya")
    fields: dict[str | tuple[str, str], object] = {
        "people": ["hao"],
        "words": cake.words,
        "customer": cake.customer,
        "source": cake.source,
    }
    stage.screen.act(Told("Priya fills it in, but picks the wrong day: tomorrow."))
    outcome = await stage.sends("priya", form["id"], {**fields, "happened_on": tomorrow.isoformat()})
    if not outcome["errors"].get("happened_on"):
        raise Missing(Told("the form was to name the wrong day"), str(outcome))
    stage.screen.arrives(Told("in the form, beside the day"), (Line(outcome["errors"]["happened_on"], "wrong"),))
    stage.screen.act(Told("She picks today and sends it again."))
    outcome = await stage.sends("priya", form["id"], {**fields, "happened_on": today.isoformat()})
    if outcome["response"] != "update":
        raise Missing(Told("the form was to say that the words are on their way"), str(outcome))
    await stage.post([cake.words, cake.customer])
    await stage.direct("hao", [cake.words, cake.customer], brief=True)


async def _colleagues(stage: Stage) -> None:
    await stage.scene("15:15", Told("Colleagues thank one another: with a command, a star or a tap."))
    await stage.types("tomas", "#praise", f"/kudos @yun {SOUP}")
    await stage.direct("yun", [SOUP.partition(" #")[0]], brief=True)
    line = await stage.post([SOUP.partition(" #")[0]])
    await stage.taps("sam", "#praise", line["ts"], "kudos_join", Told("Sam (general manager) taps Join in."))
    await stage.post([SOUP.partition(" #")[0], "U0SAM00000"], Told("#praise, the line has changed"), brief=True)
    ts = await stage.says("noah", "#general", LIFT)
    await stage.people.react("jun", "#general", ts, "star")
    stage.screen.act(Told("Jun (porter) reacts with a star."))
    await stage.post(["U0JUN00000", "U0NOAH0000"], Told("#general, in the thread"), channel="#general", thread_ts=ts)
    await stage.direct("noah", ["U0JUN00000"], brief=True)


async def _self_recorded(stage: Stage) -> None:
    toast = stage.book["toast"]
    await stage.scene("16:40", Told("Whoever brings praise of themselves needs a lead's yes."))
    await stage.asks("noah", "#general", f"/praise @noah “{toast.words}” from {toast.customer}", brief=True)
    asked = await stage.direct("mei", [toast.words], action_id="praise_accept")
    too = {"dm": "tomas", "contains": [toast.words], "action_id": "praise_accept"}
    await stage.seen(too, cast.messages_of("tomas"))
    await stage.nothing(toast.words, channel="#praise")
    stage.screen.note(Told("@tomas, the other lead, is asked too. #praise has nothing yet."))
    knows = Told("Mei (head of reception) knows the guest and confirms.")
    await stage.taps("mei", "@goldenear", asked["ts"], "praise_accept", knows)
    await stage.post([toast.words, toast.customer], brief=True)
    await stage.direct("noah", [toast.words, "U0MEI00000"], brief=True)
    await stage.direct("tomas", [toast.words, "U0MEI00000"], lacks=["first decision"], brief=True)


async def _kept_private(stage: Stage) -> None:
    bread = stage.book["bread"]
    await stage.scene("17:30", Told("Somebody would rather not be talked about."))
    await stage.asks("yun", "#praise", "/golden-ear private", brief=True)
    await stage.types("hao", "#general", f"/praise @yun 「{bread.words}」 來自 {bread.customer}")
    await stage.direct("yun", [bread.words, bread.customer], brief=True)
    await stage.nothing(bread.words, channel="#praise")
    stage.screen.note(Told("#praise has nothing of it."))


async def _evening(stage: Stage) -> None:
    notepad = stage.book["notepad"]
    await stage.scene("21:30", Told("Evening. What comes now may wait until people are awake."))
    await stage.asks("noah", "#general", f"/praise @priya “{notepad.words}” from {notepad.customer}", brief=True)
    stage.screen.act(Told("Yun (kitchen porter) reads on the way home, and applauds the words about the ring."))
    await stage.people.react("yun", "#praise", await _ts(stage, "ring"), "heart")
    await stage.post([stage.book["ring"].words, EVENING], Told("#praise, the post has changed"), brief=True)
    await stage.clock("07:59", days=1)
    await stage.nothing(notepad.words, channel="#praise")
    await stage.nothing(notepad.words, dm="priya")
    stage.screen.note(Told("#praise and @priya have nothing of the new words all night."))


async def _quiet_hours_end(stage: Stage) -> None:
    notepad = stage.book["notepad"]
    await stage.scene("08:00", Told("Quiet hours are over, and last night's words arrive."), days=1)
    await stage.post([notepad.words, notepad.customer], brief=True)
    await stage.direct("priya", [notepad.words, notepad.customer], brief=True)


async def _ritual(stage: Stage) -> None:
    book = stage.book
    others = [book[name].words[:16] for name in ("porridge", "train", "cake", "toast", "notepad")]
    newest = (await stage.people.messages("#praise"))[-1]["ts"]
    await stage.scene("09:00", Told("The day opens with the words that moved people most."), days=1)
    await stage.post([book["ring"].words, EVENING, *others], after=newest, lacks=[book["bread"].words[:16]])
    await stage.nothing(book["bread"].words[:16], channel="#praise")


async def _points(stage: Stage) -> None:
    await stage.scene("09:10", Told("What it came to."), days=1)
    await stage.asks("rosa", "#praise", "/points", ["10"])
    await stage.asks("ling", "#praise", "/leaderboard", ["rosa", "ling", "jun", "hao", "noah", "yun", "priya"])

"""One payload of every kind that the bot hears: as the workspace sends it when people act, and made by hand."""

from typing import Any

from sqlmodel import Session, delete

from bot.services import people_list
from bot.services.people_list import Listing
from storage import models
from tests.whole import forged, idea_forgeries, reward_forgeries, setting_forgeries
from tests.whole.house import House
from tests.whole.idea_forgeries import Ideas
from tests.whole.reward_forgeries import NO_REWARDS

Payload = dict[str, Any]


async def heard(house: House) -> list[Payload]:
    """What Slack really sent in the course of a busy day."""
    enlist(house)
    await house.type("jun", "/praise @jun He carried my bags")
    await house.type("noah", "/kudos @ling @hao for staying late #care")
    for name in ("/points", "/leaderboard week given", "/golden-ear private", "/pulse"):
        await house.people.command("rosa", "#general", name)
    for name in ("/golden-ear pick", "/leaderboard @ling", "/golden-ear free 2026-12-31", "/golden-ear preview"):
        await house.people.command("sam", "#general", name)
    line = await house.posted("staying late", channel="#general")
    await house.press("rosa", line, "kudos_join")
    question = await house.dm("tomas", "carried my bags", action_id="praise_accept")
    await house.people.click("tomas", "@goldenear", question["ts"], "praise_refuse")
    form = (await house.people.wait({"view": "tomas"}))[-1]
    await house.people.submit("tomas", form["id"], {"reason": "You said so"})
    form = await house.form("noah", "/praise @priya")
    await house.people.suggest("noah", form["id"], "others", "night")
    await house.people.submit("noah", form["id"], {"words": "Wonderful", "link": "https://example.com"})
    form = await house.form("noah", "/praise @rosa")
    sent = await house.people.submit("noah", form["id"], {"words": "So kind. But slow.", "part": "So kind."})
    await house.people.click_view("noah", sent["view"]["id"], "praise_aside")
    form = await house.form("noah", "/kudos @priya")
    await house.people.submit("noah", form["id"], {"reason": "the evening"})
    await house.press("priya", await house.dm("priya", "Wonderful"), "praise_private")
    form = await house.form("noah", "/suggest quieter lifts")
    await house.people.click_view("noah", form["id"], "idea_typed", value="Quieter lifts")
    await house.people.submit("noah", form["id"], {"what": "The lift hums."})
    await house.people.command("sam", "#general", "/ideas review")
    await house.people.open_home("sam")
    (home,) = await house.people.wait({"home": "sam"})
    for action_id in ("home_points", "home_review", "praise_private", "home_dates"):
        await house.people.click_view("sam", home["id"], action_id, block_id=_row(home, action_id))
    await house.people.open_home("sam")
    await told_apart(house)
    return [one["payload"] for one in await house.people.traffic(2_000) if one["way"] == "to_app"]


def _row(home: Payload, action_id: str) -> str:
    """The first row of Home that has this button."""
    return next(block["block_id"] for block in home["blocks"] if f"'{action_id}'" in str(block))


async def told_apart(house: House) -> None:
    """Shortcuts, reactions, people and channels that change."""
    ts = await house.people.say("tomas", "#general", "I fixed the lift")
    await house.people.react("priya", "#general", ts, "star")
    await house.people.message_shortcut("noah", "#general", ts, "save_praise")
    await house.people.global_shortcut("noah", "record_praise")
    await house.settled()
    await house.people.unreact("priya", "#general", ts, "star")
    await house.people.add_user("wei", real_name="Wei")
    await house.people.update_user("wei", tz="Asia/Tokyo")
    await house.people.invite("goldenear", "#random")
    await house.people.remove("goldenear", "#random")
    await house.settled()


def enlist(house: House) -> None:
    """Let somebody have no Slack account."""
    desk = house.bot.desk
    assert desk is not None
    company, now = desk.company, house.bot.clock.now()
    rows = [Listing("Mrs Night", "night@example.com", team="Night"), Listing("Mr Dawn")]
    house.database.write_now(lambda session: people_list.enter(session, company, rows, before=(), now=now))


def forgeries(house: House) -> list[Payload]:
    """Every button, form, shortcut and command, about praise and kudos that there are."""
    praises = [row["id"] for row in house.rows(models.Praise)]
    thanks = [row["id"] for row in house.rows(models.Kudos)]
    own = ("praise_accept", "praise_refuse", "praise_not_me", "praise_had_help", "praise_pick", "praise_aside")
    pressed = [forged.press(house, by, action, id_) for action in own for id_, by in zip(praises, BY, strict=False)]
    pressed += [forged.press(house, by, "kudos_join", id_) for id_, by in zip(thanks, BY, strict=False)]
    pressed += [forged.press(house, "rosa", "praise_private", word) for word in ("on", "off")]
    pressed += [
        forged.press(house, "rosa", f"pulse_answer_{value}", f"{forged.ROUND}:{value}") for value in ("4", "yes")
    ]
    pressed += [forged.press(house, "mei", name, value) for name, value in forged.PULSE_PRESSES.items()]
    ideas = [payload for _, payload in idea_forgeries.payloads(house, "sam", IDEAS, ("f" * 32, "f" * 32)).values()]
    settings = [payload for _, payload in setting_forgeries.payloads(house, "sam").values()]
    rewards = [payload for _, payload in reward_forgeries.payloads(house, "sam", NO_REWARDS).values()]
    return [*pressed, *forms(praises), *commands(house), *others(house), *ideas, *rewards, *settings]


IDEAS = Ideas("e" * 32, "d" * 32)


BY = ("tomas", "priya", "rosa", "jun", "mei", "sam")


def forms(praises: list[str]) -> list[Payload]:
    told = {"people": ["U0LING0000", "U0HAO00000"], "words": "So kind", "customer": "Ms Lin", "source": "review"}
    more = {**told, "part": "", "happened_on": "2026-11-20", "link": "https://a.example"}
    memory = {"nonce": "n", "channel": "C0GENERAL1"}
    found = [forged.form("noah", "praise_form", memory, more)]
    found += [
        forged.form("noah", "kudos_form", memory, {"people": ["U0LING0000"], "reason": "the ring", "value": "care"})
    ]
    found += [forged.form("sam", name, {**memory, **kept}, given) for name, (kept, given) in forged.PULSE_FORMS.items()]
    for id_, by in zip(praises, BY, strict=False):
        about = {**memory, "praise": id_}
        found += [
            forged.form(by, "praise_refuse_form", about, {"reason": "You said so"}),
            forged.form(by, "praise_hand_on_form", about, {"person": "U0LING0000"}),
            forged.form(by, "praise_help_form", about, {"people": ["U0LING0000", "U0HAO00000"]}),
        ]
    return found


def commands(house: House) -> list[Payload]:
    typed = {
        "/praise": "<@U0LING0000|ling> “so kind” from Ms Lin",
        "/kudos": "<@U0LING0000> <@U0HAO00000> for the ring #care",
        "/points": "",
        "/leaderboard": "month kudos",
        "/pulse": "away 2026-12-24",
        "/golden-ear": "help",
        **idea_forgeries.COMMANDS,
        **reward_forgeries.COMMANDS,
    }
    return [forged.command(house, "noah", name, text) for name, text in typed.items()]


def others(house: House) -> list[Payload]:
    """Shortcuts, typing into a field, and a form that is closed."""
    message = {"ts": "1795399300.000100", "user": "U0TOMAS000", "text": "A guest said: so kind, the lift was slow"}
    sought = {"action_id": "others", "block_id": "others", "value": "nig"}
    form = forged.form("noah", "praise_form", {"nonce": "n"}, {"words": "So kind"})
    return [
        forged.on_message(house, "noah", message),
        forged.anywhere(house, "noah", "record_praise"),
        {**form, "type": "block_suggestion", **sought},
        {**form, "type": "view_closed", "is_cleared": False},
        {"type": "url_verification", "token": "t", "challenge": "c"},
        {"type": "app_rate_limited", "token": "t", "team_id": "T0GEHOTEL1", "minute_rate_limited": 1795399300},
    ]


def forget_owed(house: House) -> None:
    """Nothing of the thousands that are owed need be sent."""

    def story(session: Session) -> None:
        session.exec(delete(models.Outbox))

    house.database.write_now(story)

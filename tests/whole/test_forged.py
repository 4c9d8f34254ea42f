"""Each listener called by who may not: words for the person, and nothing changed ("It must show", 6)."""

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.workspace import staff
from storage import models
from tests.test_contracts import listeners
from tests.whole import forged, idea_forgeries, reward_forgeries, setting_forgeries
from tests.whole.house import House, until
from tests.whole.idea_forgeries import Ideas
from tests.whole.reward_forgeries import NO_REWARDS, Rewards

OTHER = "T0OTHER001"
ABSENT = {
    "olu": "Guests",
    "gone": "switched off",
    "zoe": "other workspaces",
    "rotabot": "Bots",
    "U0NOBODY01": "know you",
}
"""Who takes no part, and a word of what they are told."""


NO_IDEAS = Ideas("e" * 32, "d" * 32)


@dataclass(frozen=True)
class Scene:
    """What stands in the hotel for somebody to lay hands on; `earned` is a praise of Tomas."""

    praise: str
    kudos: str
    message: str
    earned: str = ""
    mixed: str = ""
    ideas: Ideas = NO_IDEAS
    rewards: Rewards = NO_REWARDS


async def set_up(house: House) -> Scene:
    """A praise that waits, one of which Tomas kept something back, a kudos to join, a message to react to; a leaver
    and a stranger are known."""
    await house.people.add_user("zoe", team_id=OTHER, is_stranger=True)
    await house.people.add_user("gone")
    await house.people.update_user("gone", deleted=True)
    await house.type("jun", "/praise @jun He carried my bags")
    await house.type("noah", "/praise @tomas He mended the lift")
    await house.type("noah", "/kudos @ling for staying late")
    ts = await house.people.say("tomas", "#general", "I fixed the lift")
    told = {"people": ["U0PRIYA000"], "words": "Kind. But slow.", "part": "Kind."}
    await house.people.send("interactive", forged.form("tomas", "praise_form", {"nonce": "mixed"}, told))
    await house.settled()
    praises = {row["words"]: row["id"] for row in house.rows(models.Praise)}
    waiting, earned, mixed = (praises[words] for words in ("He carried my bags", "He mended the lift", "Kind."))
    (kudos,) = house.rows(models.Kudos)
    return Scene(waiting, kudos["id"], ts, earned, mixed, idea_forgeries.kept(house), reward_forgeries.kept(house))


def forgeries(house: House, scene: Scene, user: str, team: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """For each listener a payload that would do something, were it from somebody who may: (kind, payload)."""
    ling = "<@U0LING0000|ling>"
    praise_form = {"people": ["U0LING0000"], "words": "Marvellous", "customer": "", "source": "chat",
                   "happened_on": "2026-11-20", "link": None}  # fmt: skip
    kudos_form = {"people": ["U0LING0000"], "reason": "staying late", "value": None}
    commands = {"/praise": f"{ling} Wonderful", "/kudos": f"{ling} staying late", "/points": "",
                "/leaderboard": "hide", "/golden-ear": "private", "/pulse": "off",
                **idea_forgeries.COMMANDS, **reward_forgeries.COMMANDS}  # fmt: skip
    presses = {"praise_aside": scene.mixed, "praise_private": "off", "praise_accept": scene.praise,
               "praise_refuse": scene.praise, "kudos_join": scene.kudos, "praise_not_me": scene.earned,
               "praise_had_help": scene.earned, "praise_pick": f"on:{scene.earned}", "erase_now": "customer",
               "home_my_data": "my-data",
               **forged.HOME_PRESSES, **forged.PULSE_PRESSES}  # fmt: skip
    forms: dict[str, tuple[dict, dict]] = {
        "praise_form": ({}, praise_form),
        "kudos_form": ({"channel": "C0GENERAL1"}, kudos_form),
        "praise_refuse_form": ({"praise": scene.praise}, {"reason": "No"}),
        "praise_help_form": ({"praise": scene.earned}, {"people": ["U0LING0000"]}),
        "praise_hand_on_form": ({"praise": scene.earned}, {"person": "U0LING0000"}),
        "erase_form": ({}, {"kind": "customer", "customer": "Ms Lin", "words": "no"}),
        **forged.PULSE_FORMS,
    }
    member = {"id": "U0FORGED01", "team_id": team, "name": "forged", "profile": {}, "is_admin": True}
    events = {
        **{kind: forged.reaction(kind, user, "tomas", scene.message, team) for kind in REACTIONS},
        **{kind: forged.event({"type": kind, "user": member}, team) for kind in ("user_change", "team_join")},
        **{
            kind: forged.event({"type": kind, "user": forged.slack_id(user), "channel": channel}, team)
            for kind, channel in MOVES.items()
        },
        "app_home_opened": forged.event(
            {"type": "app_home_opened", "user": forged.slack_id(user), "channel": "D0GEAR0001", "tab": "home"}, team
        ),
    }
    return {
        **{name: ("slash_commands", forged.command(house, user, name, text, team)) for name, text in commands.items()},
        **{name: ("interactive", forged.press(house, user, name, value, team)) for name, value in presses.items()},
        **{
            name: ("interactive", forged.form(user, name, {"nonce": f"{name}{user}{team}", **kept}, answers, team))
            for name, (kept, answers) in forms.items()
        },
        **idea_forgeries.payloads(house, user, scene.ideas, (scene.earned, scene.mixed), team),
        **setting_forgeries.payloads(house, user, team),
        **reward_forgeries.payloads(house, user, scene.rewards, team),
        **{name: ("events_api", payload) for name, payload in events.items()},
        "save_praise": ("interactive", forged.on_message(house, user, {"ts": "1.2", "text": "So kind"}, team=team)),
        "record_praise": ("interactive", forged.anywhere(house, user, "record_praise", team)),
        "thank_colleague": ("interactive", forged.anywhere(house, user, "thank_colleague", team)),
        "others": ("interactive", forged.typing(house, user, "others", "night", team)),
    }


SHOWING = (
    "/points",
    "praise_refuse",
    "praise_not_me",
    "praise_had_help",
    "save_praise",
    "record_praise",
    "others",
    "team_join",
    "erase_form",
    "erase_now",
    "thank_colleague",
    "app_home_opened",
    *forged.HOME_PRESSES,
    *idea_forgeries.SHOWING,
    *reward_forgeries.SHOWING,
)
"""What changes no row; of the joiner `user_change` told, and only admins erase."""
OF_WISHES = ("pulse_in", "pulse_out", "pulse_remind")
OF_ROUNDS = ({*forged.PULSE_PRESSES} | {*forged.PULSE_FORMS}) - {*OF_WISHES}
"""What needs a round, or an admin: what these do is in test_pulse.py and test_pulse_replies.py."""
MOVES = {"member_joined_channel": "C0RANDOM01", "member_left_channel": "C0GENERAL1"}
REACTIONS = ("reaction_added", "reaction_removed")
NOTHING_OFFERED = '{"options": []}'
"""A field has no words for a refusal: who takes no part finds nobody."""
ABOUT_OTHERS = {"user_change", "team_join"}
"""Here nobody acts: Slack tells of somebody, and only another workspace's word is nothing to us."""


async def told(house: House, user: str, kind: str, payload: dict[str, Any]) -> str:
    """What the person hears of a forged act; "" after an event, of which nobody hears."""
    shown, who = house.slack.workspace.ephemerals.of, forged.slack_id(user)
    before = len(shown(who))
    if payload.get("type") == "shortcut":  # answered by a modal, and a trigger lives for three seconds
        payload["trigger_id"] = house.slack.workspace.triggers.new(who)
    outcome = await house.people.send(kind, payload)
    assert outcome["ok"], outcome
    if kind == "events_api":
        return ""
    if payload.get("type") == "shortcut":
        return str(house.slack.workspace.views.open_for(who)[-1])
    if payload.get("type") in ("block_actions", "message_action"):
        await until(lambda: len(shown(who)) > before)
        return shown(who)[-1].text
    return forged.words_of(outcome)


async def test_there_is_a_forgery_for_every_listener(hotel: House) -> None:
    scene = await set_up(hotel)
    names = {name for _, name, _ in listeners() if isinstance(name, str)}
    assert set(forgeries(hotel, scene, "olu", OTHER)) == names


async def test_from_somebody_who_may_each_of_them_does_something(hotel: House) -> None:
    scene = await set_up(hotel)
    await hotel.people.update_user(
        "ling", is_admin=True
    )  # who asks for points must be an admin when they are confirmed
    await hotel.settled()
    made = forgeries(hotel, scene, "tomas", "T0GEHOTEL1")
    made |= {kind: forgeries(hotel, scene, staff.BOT_USER_ID, "T0GEHOTEL1")[kind] for kind in MOVES}
    admin = forgeries(hotel, scene, "sam", "T0GEHOTEL1")
    made |= {name: admin[name] for name in reward_forgeries.FOR_ADMINS}
    made["reaction_removed"] = made.pop("reaction_removed")  # after the one that it takes off
    for name, (kind, payload) in made.items():
        if name in (
            *SHOWING,
            *OF_ROUNDS,
            *setting_forgeries.FOR_ADMINS,
            "praise_refuse_form",
        ):  # which praise_accept has settled
            continue
        if name in REACTIONS:
            payload["event"]["user"] = forged.slack_id("noah")
        before = hotel.dump()
        assert (await hotel.people.send(kind, payload))["ok"]
        await hotel.settled()
        assert hotel.dump() != before, name


async def test_who_takes_no_part_changes_nothing_and_is_told_so(house: House) -> None:
    scene = await set_up(house)
    before = house.dump()
    for user, why in ABSENT.items():
        for name, (kind, payload) in forgeries(house, scene, user, "T0GEHOTEL1").items():
            if name not in ABOUT_OTHERS:
                words = await told(house, user, kind, payload)
                assert why in words or kind == "events_api" or words == NOTHING_OFFERED, f"{user}, {name}: {words}"
                assert house.dump() == before, f"{user}, {name}"
        await house.settled()
        assert house.dump() == before, user


async def test_another_workspace_changes_nothing_and_is_told_so(house: House) -> None:
    scene = await set_up(house)
    before = house.dump()
    for name, (kind, payload) in forgeries(house, scene, "sam", OTHER).items():
        words = await told(house, "sam", kind, payload)
        said = "do not serve that workspace" in words or words == NOTHING_OFFERED
        assert said or kind == "events_api", f"{name}: {words}"
        await house.settled()
        assert house.dump() == before, name


async def test_employees_do_not_what_only_leads_may(house: House) -> None:
    scene = await set_up(house)
    before = house.dump()
    made = forgeries(house, scene, "noah", "T0GEHOTEL1")
    for name in ("praise_accept", "praise_refuse", "praise_refuse_form"):
        words = await told(house, "noah", *made[name])
        assert "Only a lead or an admin" in words and "Nothing was changed" in words
    assert await house.people.views("noah") == []
    await house.settled()
    assert house.dump() == before


async def test_leads_do_not_decide_what_they_have_a_part_in(hotel: House) -> None:
    await hotel.type("mei", "/praise @mei @ling 服務很好")
    await hotel.settled()
    (waiting,) = hotel.rows(models.Praise)
    scene = Scene(waiting["id"], "", "1.2")
    before = hotel.dump()
    for name in ("praise_accept", "praise_refuse", "praise_refuse_form"):
        assert re.search("主管|管理員", await told(hotel, "mei", *forgeries(hotel, scene, "mei", "T0GEHOTEL1")[name]))
    assert hotel.dump() == before


async def test_employees_pick_no_morning_and_hand_on_nothing_that_is_not_theirs(house: House) -> None:
    scene = await set_up(house)
    before = house.dump()
    made = forgeries(house, scene, "noah", "T0GEHOTEL1")
    assert "Only leads and admins" in await told(house, "noah", *made["praise_pick"])
    for name in ("praise_not_me", "praise_had_help", "praise_help_form", "praise_hand_on_form"):
        assert "not yours" in await told(house, "noah", *made[name])
    assert await house.people.views("noah") == []
    await house.settled()
    assert house.dump() == before


async def test_employees_answer_no_idea_and_confirm_nothing_solved(house: House) -> None:
    scene = await set_up(house)
    before = house.dump()
    made = forgeries(house, scene, "noah", "T0GEHOTEL1")
    for name in (*idea_forgeries.FOR_LEADS, "home_review", "home_pick"):
        assert "Only leads and admins" in await told(house, "noah", *made[name]), name
    for name in ("home_preview", "home_dates", "home_erase", "home_grant"):
        assert "Only admins" in await told(house, "noah", *made[name]), name
    assert await house.people.views("noah") == []
    await house.settled()
    assert house.dump() == before


async def test_employees_and_leads_do_not_what_only_admins_may(house: House) -> None:
    scene = await set_up(house)
    before = house.dump()
    for user in ("noah", "tomas"):
        made = forgeries(house, scene, user, "T0GEHOTEL1")
        for name in reward_forgeries.FOR_ADMINS:
            assert "Only admins" in await told(house, user, *made[name]), f"{user}, {name}"
        grant = forged.command(house, user, "/golden-ear", "grant <@U0HAO00000|hao> 5 thanks")
        assert "Only admins" in await told(house, user, "slash_commands", grant)
        assert await house.people.views(user) == []
    await house.settled()
    assert house.dump() == before


async def test_admins_answer_no_request_and_enter_no_points_of_their_own(house: House) -> None:
    scene = await set_up(house)
    await house.people.update_user("ling", is_admin=True)
    await house.settled()
    await house.type("ling", "/golden-ear dates")  # the first admin who writes it is greeted
    await house.settled()
    before = house.dump()
    made = forgeries(house, scene, "ling", "T0GEHOTEL1")
    for name in ("reward_approve", "reward_deliver", "reward_refuse_form", "grant_confirm", "grant_refuse"):
        words = await told(house, "ling", *made[name])
        assert re.search("自己的申請|另一位管理員", words), f"{name}: {words}"
    grant = forged.command(house, "ling", "/golden-ear", "grant <@U0LING0000|ling> 5 thanks")
    assert "不能給自己點數" in await told(house, "ling", "slash_commands", grant)
    await house.settled()
    assert house.dump() == before


async def test_leads_change_no_setting_and_read_no_audit(house: House) -> None:
    scene = await set_up(house)
    before = house.dump()
    made = forgeries(house, scene, "tomas", "T0GEHOTEL1")
    for name in setting_forgeries.FOR_ADMINS:
        words = await told(house, "tomas", *made[name])
        assert "Only admins" in words or words == NOTHING_OFFERED, name
    assert await house.people.views("tomas") == []
    for name in ("settings", "audit"):
        assert "Only admins" in await house.type("tomas", f"/golden-ear {name}")
    await house.settled()
    assert house.dump() == before


async def test_leads_erase_nothing_whatever_form_they_make_up(hotel: House) -> None:
    scene = await set_up(hotel)
    before = hotel.dump()
    made = forgeries(hotel, scene, "tomas", "T0GEHOTEL1")
    kept = {"kind": "praise", "who": scene.earned, "spellings": "", "words": "yes", "nonce": "1"}
    made["erase_now"][1]["view"] = {"id": "V1", "type": "modal", "private_metadata": json.dumps(kept)}
    for name in ("erase_form", "erase_now"):
        assert "Only admins" in await told(hotel, "tomas", *made[name]), name
    await hotel.settled()
    assert hotel.dump() == before


BUTTONS = (
    "praise_private",
    "praise_aside",
    "praise_accept",
    "praise_refuse",
    "praise_not_me",
    "praise_had_help",
    "praise_pick",
    "kudos_join",
    "reward_ask",
    "reward_withdraw",
    "reward_give",
    "reward_approve",
    "grant_confirm",
    "idea_open",
    "idea_ask",
    "an_old_button",
)


async def test_a_button_with_an_invented_value_changes_nothing(hotel: House) -> None:
    await set_up(hotel)
    before = hotel.dump()
    for value in ("", "0" * 32, "x" * 2000, "<!channel>", "' OR 1=1 --", "off\u202eno"):
        for name in BUTTONS:
            words = await told(hotel, "tomas", "interactive", forged.press(hotel, "tomas", name, value))
            assert any(said in words for said in ("no longer", "taken back", "Nothing was changed")), f"{name}: {words}"
    assert hotel.dump() == before


async def test_a_command_or_form_of_another_version_is_answered(house: House) -> None:
    before = house.dump()
    assert "no longer know" in await told(
        house, "noah", "slash_commands", forged.command(house, "noah", "/red-carpet", "")
    )
    words = await told(house, "noah", "interactive", forged.form("noah", "old_form", {"nonce": "1"}, {"field": "x"}))
    assert "no longer know" in words
    words = await told(house, "noah", "interactive", forged.form("noah", "old_form", {"nonce": "1"}, {}))
    assert "no longer know" in words
    typed = forged.typing(house, "noah", "old_field", "typed-into-an-old-field")
    assert await told(house, "noah", "interactive", typed) == NOTHING_OFFERED
    assert not any("typed-into-an-old-field" in record.getMessage() for record in house.records)
    assert house.dump() == before

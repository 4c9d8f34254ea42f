"""Home as people see it: opened, changed by what they and others do, and pressed in."""

import json
from typing import Any

import pytest

from bot.delivery import homes
from bot.views import limits
from bot.workspace import ControlError
from storage import models
from storage.people import by_slack
from tests.whole.house import PATIENCE_S, House, until
from tests.whole.test_hostile import HOSTILE


async def home(house: House, user: str, *contains: str, **more: Any) -> dict[str, Any]:
    """Somebody's Home with these words, once it is there."""
    return (await house.people.wait({"home": user, "contains": list(contains), **more}, PATIENCE_S))[-1]


async def at_home(house: House, user: str, *contains: str) -> dict[str, Any]:
    """Open Home, and see it."""
    await house.people.open_home(user)
    return await home(house, user, *contains)


async def press(house: House, user: str, action_id: str, **more: Any) -> None:
    """Press a button of one's Home; of several that are the same the first."""
    view = await house.people.home(user)
    assert view
    row = next(block["block_id"] for block in view["blocks"] if f"'{action_id}'" in str(block))
    outcome = await house.people.click_view(user, view["id"], action_id, **{"block_id": row, **more})
    assert outcome["ok"], outcome


async def shown(house: House, user: str, action_id: str, *contains: str) -> dict[str, Any]:
    """Press a button that shows something in a view; gives the view and closes it."""
    await press(house, user, action_id)
    view = (await house.people.wait({"view": user, "contains": list(contains)}))[-1]
    await house.people.close_view(user, view["id"])
    return dict(view)


def calls(house: House) -> int:
    return house.slack.program.web_api.counts.get(homes.PUBLISH, 0)


# ---- who sees what -------------------------------------------------------------------------------------------------


async def test_an_employee_with_nothing_yet_is_told_what_will_stand_there(house: House) -> None:
    view = await at_home(house, "noah", "You have 0 points", "Nothing yet. When a customer praises you")
    said = str(view["blocks"])
    assert "None yet. What would make it better" in said and "You can still give 5 kudos today" in said
    assert "How the bot is" not in said and "home_review" not in said


async def test_leads_and_admins_see_more(hotel: House) -> None:
    assert "How the bot is" not in str(await at_home(hotel, "tomas", "Pick tomorrow's praise"))
    await hotel.type("sam", "/golden-ear help")  # the greeting of the first run leaves
    await hotel.settled()
    said = str(await at_home(hotel, "sam", "How the bot is"))
    assert "Every message has left." in said and "There is no backup yet" in said and "home_preview" in said


async def test_it_is_in_the_language_of_who_looks(hotel: House) -> None:
    for user, words in (("noah", "Your points"), ("ling", "您的點數"), ("jun", "您的积分")):
        await at_home(hotel, user, words)


async def test_a_guest_is_told_why_there_is_nothing_and_a_leaver_has_none(hotel: House) -> None:
    view = await at_home(hotel, "olu", "Guests")
    assert len(view["blocks"]) == 2 and "home_praise" not in str(view)
    await hotel.people.add_user("zoe", team_id="T0OTHER001", is_stranger=True)
    await at_home(hotel, "zoe", "other workspaces")
    await hotel.people.add_user("gone")
    await hotel.people.update_user("gone", deleted=True)
    with pytest.raises(ControlError):
        await hotel.people.open_home("gone")


async def test_the_messages_tab_publishes_nothing(hotel: House) -> None:
    await hotel.people.open_home("noah", "messages")
    await hotel.settled()
    assert await hotel.people.home("noah") is None and calls(hotel) == 0


# ---- what changes it -----------------------------------------------------------------------------------------------


async def test_what_one_does_and_what_others_do_is_seen_by_who_looks(house: House) -> None:
    await at_home(house, "noah", "You can still give 5 kudos today")
    await house.type("noah", "/kudos @ling for staying late")
    await home(house, "noah", "You can still give 4 kudos today")
    await house.type("aiko", "/praise @noah He found my ring")
    await home(house, "noah", "He found my ring", "You have 10 points", "This month you earned 10 points")
    assert await house.people.home("ling") is None and await house.people.home("aiko") is None


async def test_what_would_look_the_same_is_not_published_again(hotel: House) -> None:
    await at_home(hotel, "noah")
    await at_home(hotel, "tomas")
    before = calls(hotel)
    for _ in range(3):
        await hotel.people.open_home("noah")
        await hotel.type("aiko", "/praise @ling So kind")
        await hotel.settled()
    desk = hotel.bot.desk
    assert desk is not None
    await until(lambda: all(not one.asked and one.seen == desk.homes._changes for one in desk.homes._viewers.values()))
    assert calls(hotel) == before


async def test_a_form_opens_from_home_and_its_effect_is_seen_there(house: House) -> None:
    await at_home(house, "noah")
    await press(house, "noah", "home_suggest")
    form = (await house.people.wait({"view": "noah", "callback_id": "idea_form"}))[-1]
    answers: dict[Any, object] = {"title": "A shelf for umbrellas", "what": "At the door."}
    assert (await house.people.submit("noah", form["id"], answers))["response"] == "update"
    await home(house, "noah", "A shelf for umbrellas", "New")
    await press(house, "noah", "home_kudos")
    form = (await house.people.wait({"view": "noah", "callback_id": "kudos_form"}))[-1]
    sent = await house.people.submit("noah", form["id"], {"people": ["ling"], "reason": "the evening"})
    assert sent["response"] == "update"
    await house.posted("the evening")
    await press(house, "noah", "home_praise")
    await house.people.wait({"view": "noah", "callback_id": "praise_form"})


async def test_the_shortcut_thanks_as_the_command_does(hotel: House) -> None:
    assert (await hotel.people.global_shortcut("noah", "thank_colleague"))["ok"]
    form = (await hotel.people.wait({"view": "noah", "callback_id": "kudos_form"}))[-1]
    sent = await hotel.people.submit("noah", form["id"], {"people": ["ling"], "reason": "the lift"})
    assert sent["response"] == "update"
    await hotel.posted("the lift")


# ---- what is settled in it -----------------------------------------------------------------------------------------


async def test_a_lead_settles_praise_and_ideas_in_home(house: House) -> None:
    await at_home(house, "tomas")
    await house.type("jun", "/praise @jun He carried my bags")
    await home(house, "tomas", "Praise that waits for you", "He carried my bags")
    await press(house, "tomas", "praise_accept")
    await home(house, "tomas", lacks="He carried my bags")
    await house.posted("He carried my bags")

    await at_home(house, "sam")
    form = await house.form("noah", "/suggest Quieter lifts")
    await house.people.submit("noah", form["id"], {"what": "The lift hums."})
    await home(house, "sam", "Ideas that wait for an answer", "Quieter lifts")
    await press(house, "sam", "idea_open")
    page = (await house.people.wait({"view": "sam", "contains": "The lift hums."}))[-1]
    idea = house.rows(models.Suggestion)[0]["id"]
    await house.people.click_view("sam", page["id"], "idea_move", value=f"{idea}:new:accepted")
    form = (await house.people.wait({"view": "sam", "callback_id": "idea_move_form"}))[-1]
    await house.people.submit("sam", form["id"], {})
    await home(house, "sam", lacks="Quieter lifts")


async def test_praise_is_refused_from_home_with_a_reason(hotel: House) -> None:
    await hotel.type("jun", "/praise @jun He carried my bags")
    await at_home(hotel, "tomas", "He carried my bags")
    await press(hotel, "tomas", "praise_refuse")
    form = (await hotel.people.wait({"view": "tomas", "callback_id": "praise_refuse_form"}))[-1]
    await hotel.people.submit("tomas", form["id"], {"reason": "You said so yourself"})
    await hotel.dm("jun", "You said so yourself")
    await home(hotel, "tomas", lacks="He carried my bags")


async def test_privacy_is_wished_in_home(hotel: House) -> None:
    await at_home(hotel, "noah", "What customers said of you")
    await press(hotel, "noah", "praise_private")
    await until(lambda: hotel.rows(models.Person, models.Person.slack_id == "U0NOAH0000")[0]["keeps_private"])
    await until(lambda: "Show praise of me" in str(hotel.slack.workspace.views.home("U0NOAH0000")))


@pytest.mark.parametrize(
    ("action_id", "words"),
    [
        ("home_points", "Points say thanks"),
        ("home_board", "Points, this month"),
        ("home_ideas", "*Open ideas*"),
        ("home_pulse", "no results yet"),
        ("home_guide", "`/praise` opens a form."),
        ("home_review", "*Ideas that wait for an answer*"),
        ("home_pick", ""),
        ("home_preview", "Preview"),
        ("home_dates", ""),
        ("home_economy", "How thanks go round"),
        ("home_erase", "First you see what would change"),
        ("home_grant", "Points by hand"),
        ("home_my_data", "I collect what I hold about you"),
        ("home_praises", ""),
    ],
)
async def test_each_button_shows_what_its_command_shows(hotel: House, action_id: str, words: str) -> None:
    await hotel.type("noah", "/praise @sam He found my ring")
    await at_home(hotel, "sam", "He found my ring")
    await shown(hotel, "sam", action_id, words)


async def test_points_by_hand_are_given_from_home(hotel: House) -> None:
    await at_home(hotel, "sam")
    await press(hotel, "sam", "home_grant")
    form = (await hotel.people.wait({"view": "sam", "contains": "How many points?"}))[-1]
    wrong = await hotel.people.submit("sam", form["id"], {"person": "ling", "amount": "many", "reason": "The flood"})
    assert wrong["response"] == "errors" and set(wrong["errors"]) == {"amount"}
    sent = await hotel.people.submit("sam", form["id"], {"person": "ling", "amount": "４０", "reason": "The flood"})
    assert sent["response"] == "update"
    assert "has 40 points more now" in str((await hotel.people.views("sam"))[-1])
    await hotel.dm("ling", "The flood")


async def test_what_is_held_of_somebody_comes_at_a_press(hotel: House) -> None:
    await at_home(hotel, "noah")
    await shown(hotel, "noah", "home_my_data", "I collect what I hold about you")
    await press(hotel, "noah", "home_my_data")  # within a minute: nothing more comes of it
    await hotel.dm("noah", "This is everything I hold about you")
    await hotel.settled()
    assert sum("This is everything I hold about you" in one for one in await hotel.dms("noah")) == 1


async def test_the_lists_that_home_opens_can_be_used(hotel: House) -> None:
    form = await hotel.form("noah", "/suggest Quieter lifts")
    await hotel.people.submit("noah", form["id"], {"what": "The lift hums."})
    await hotel.type("noah", "/praise @ling She found my ring")
    await hotel.settled()
    await at_home(hotel, "sam")
    await press(hotel, "sam", "home_review")
    queue = (await hotel.people.wait({"view": "sam", "contains": "Quieter lifts"}))[-1]
    await hotel.people.click_view("sam", queue["id"], "idea_by_wall", value=":silos:")
    await hotel.people.wait({"view": "sam", "contains": "No idea waits"})
    await hotel.people.close_view("sam", queue["id"])
    await press(hotel, "sam", "home_pick")
    choices = (await hotel.people.wait({"view": "sam", "contains": "She found my ring"}))[-1]
    praise = hotel.rows(models.Praise)[0]["id"]
    assert (await hotel.people.click_view("sam", choices["id"], "praise_pick", value=f"on:{praise}"))["ok"]
    await until(lambda: hotel.rows(models.Praise)[0]["picked_by"])
    await hotel.people.close_view("sam", choices["id"])
    await press(hotel, "sam", "home_pulse")
    pulse = (await hotel.people.wait({"view": "sam"}))[-1]
    assert pulse and "pulse_answer" not in str(pulse)


# ---- limits --------------------------------------------------------------------------------------------------------


async def test_hostile_words_stand_in_home_as_written_and_call_nobody(hotel: House) -> None:
    by = ("noah", "aiko", "rosa", "hao", "ling", "jun", "mei", "priya")
    for text, who in zip([text for text in HOSTILE.values() if len(text) < 200], by, strict=False):
        form = await hotel.form(who, "/praise @tomas")
        await hotel.people.submit(who, form["id"], {"words": text, "customer": text[:50]})
        await hotel.people.close_view(who, (await hotel.people.views(who))[-1]["id"])
        await hotel.settled()
        words = hotel.rows(models.Praise)[-1]["words"]
        quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
        view = await at_home(hotel, "tomas")
        await until(lambda quote=quote: str(quote) in str(hotel.slack.workspace.views.home("U0TOMAS000")))  # type: ignore[misc]
        assert view
    assert await hotel.people.pings() == []


async def test_ten_thousand_entries_stay_within_the_limits(hotel: House) -> None:
    hotel.database.write_now(lambda session: many(session, hotel, 10_000))
    view = await at_home(hotel, "noah", "Word 9999", "Word 9998", "Word 9997")
    assert len(view["blocks"]) <= limits.MODAL_BLOCKS and len(json.dumps(view)) < 100_000
    await press(hotel, "noah", "home_praises")
    page = (await hotel.people.wait({"view": "noah", "contains": "Word 9995", "lacks": "Word 9994"}))[-1]
    await hotel.people.click_view("noah", page["id"], "home_praises", value="5")
    await hotel.people.wait({"view": "noah", "contains": ["Word 9994", "Word 9990"], "lacks": "Word 9995"})
    page = (await hotel.people.views("noah"))[-1]
    await hotel.people.click_view("noah", page["id"], "home_praises", value="0")
    await hotel.people.wait({"view": "noah", "contains": "Word 9999"})


def many(session: Any, house: House, count: int) -> None:
    """Store so much praise of Noah."""
    desk = house.bot.desk
    assert desk is not None
    here, now = desk.company.workspace_id, desk.clock.now()
    noah = by_slack(session, here, ["U0NOAH0000"])["U0NOAH0000"].id
    rows = [{"id": f"{number:032x}", "words": f"Word {number}"} for number in range(count)]
    same = {"workspace_id": here, "happened_on": now.date()}
    praise = {**same, "customer": "", "source": "chat", "link": "", "checked": True, "imported": True, "rest": "",
              "state": "accepted", "reason": "", "applause": 0}  # fmt: skip
    moments = [now.replace(microsecond=number) for number in range(count)]
    session.execute(
        models.Praise.__table__.insert(),  # type: ignore[attr-defined]
        [{**praise, **row, "recorded_at": at, "accepted_at": at} for row, at in zip(rows, moments, strict=True)],
    )
    session.execute(
        models.Praised.__table__.insert(),  # type: ignore[attr-defined]
        [
            {**same, "praise_id": row["id"], "person_id": noah, "place": 0, "fingerprint": row["id"], "whole": "",
             "recorded_at": at}
            for row, at in zip(rows, moments, strict=True)
        ],
    )  # fmt: skip

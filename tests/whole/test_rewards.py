"""Rewards in a hotel: a request refused, asked again, granted and delivered; the fund; points by hand; a leaver."""

import re
from typing import Any

import pytest

from bot.rules.points import Account
from bot.rules.rewards import MAX_NOTE, MAX_REASON
from storage import models, points
from storage.points import Line
from tests.whole import forged
from tests.whole.house import House, until
from tests.whole.test_hostile import PAIRS, escaped, refused_at, sent, texts

REWARD: dict[Any, object] = {"kind": "timeoff", "name": "A day off", "about": "Any weekday.", "price": "80"}


def account(house: House, who: str) -> Account:
    return house.database.read_now(lambda session: points.account(session, _id(house, who)))


def _id(house: House, who: str) -> str:
    (row,) = house.rows(models.Person, models.Person.slack_id == forged.slack_id(who))
    return str(row["id"])


def earn(house: House, who: str, amount: int) -> None:
    now, person = house.bot.clock.now(), _id(house, who)
    line = Line(f"earned:{person}:{amount}", person, "correction", amount, now.date(), now)
    assert house.database.write_now(lambda session: points.enter(session, "T0GEHOTEL1", line))


async def shelf(house: House, user: str) -> dict:
    return await house.form(user, "/rewards")


async def form_of(house: House, user: str, view: dict, action_id: str, callback_id: str, **more: Any) -> dict:
    """Press something in a view; gives the form that opens."""
    assert (await house.people.click_view(user, view["id"], action_id, **more))["ok"]
    return (await house.people.wait({"view": user, "callback_id": callback_id}))[-1]


async def submitted(house: House, user: str, form: dict, given: dict[Any, object]) -> dict:
    """Send a form; everything closes."""
    answer = await house.people.submit(user, form["id"], given)
    assert answer["response"] == "update", answer
    await house.people.close_view(user, answer["view"]["id"])
    assert await house.people.views(user) == []
    return answer


async def offered(house: House, **more: object) -> None:
    """Sam puts a reward into the catalogue."""
    form = await form_of(house, "sam", await shelf(house, "sam"), "reward_add", "reward_edit_form")
    await submitted(house, "sam", form, {**REWARD, **more})


async def ask(house: House, user: str, note: str = "") -> dict:
    """Ask for the reward; gives what the last answer was."""
    form = await form_of(house, user, await shelf(house, user), "reward_ask", "reward_ask_form")
    return await submitted(house, user, form, {"note": note} if note else {})


async def test_a_request_is_refused_asked_again_granted_and_delivered(house: House) -> None:
    await offered(house, stock="1")
    earn(house, "noah", 100)
    await ask(house, "noah", "Friday, please")
    assert account(house, "noah") == Account(20, 80)
    task = await house.dm("sam", "asks for a reward", "A day off", "Friday, please")

    await house.people.click("sam", task["channel"], task["ts"], "reward_refuse")
    form = (await house.people.wait({"view": "sam", "callback_id": "reward_refuse_form"}))[-1]
    await submitted(house, "sam", form, {"reason": "We are full on Friday."})
    await house.dm("noah", "refused you a reward", "We are full on Friday.")
    assert account(house, "noah") == Account(100)
    await house.dm("sam", "The points are returned", "A day off")

    await ask(house, "noah", "Monday then")
    task = await house.dm("sam", "asks for a reward", "Monday then")
    assert "Noted" in await house.press("sam", task, "reward_approve")
    await house.dm("noah", "granted you a reward")
    assert account(house, "noah") == Account(20)
    task = await house.dm("sam", "Please say when it is delivered", "Monday then")
    assert "Noted" in await house.press("sam", task, "reward_deliver")
    await house.dm("noah", "Your reward is delivered")
    assert "A reward" in await house.answered("noah", "/points")
    view = await shelf(house, "noah")
    assert "none left just now" in str(view) and "delivered" in str(view)


async def test_one_withdraws_in_the_view_and_the_admins_need_do_nothing(hotel: House) -> None:
    await offered(hotel)
    earn(hotel, "noah", 80)
    await ask(hotel, "noah")
    await hotel.dm("sam", "asks for a reward")
    view = await shelf(hotel, "noah")
    assert (await hotel.people.click_view("noah", view["id"], "reward_withdraw"))["ok"]
    await hotel.people.wait({"view": "noah", "contains": "withdrawn, points returned"})
    await hotel.dm("sam", "withdrew this request")
    assert account(hotel, "noah") == Account(80)


async def test_the_queue_lets_admins_grant_and_deliver_and_shows_how_it_stands(hotel: House) -> None:
    await offered(hotel)
    earn(hotel, "ling", 80)
    await ask(hotel, "ling", "星期五")
    view = await shelf(hotel, "sam")
    assert "What waits (1)" in str(view)
    assert (await hotel.people.click_view("sam", view["id"], "reward_queue"))["ok"]
    queue = (await hotel.people.wait({"view": "sam", "contains": "星期五"}))[-1]
    assert (await hotel.people.click_view("sam", queue["id"], "reward_approve"))["ok"]
    (queue,) = await hotel.people.wait({"view": "sam", "contains": "It is delivered"})
    assert (await hotel.people.click_view("sam", queue["id"], "reward_deliver"))["ok"]
    await hotel.people.wait({"view": "sam", "contains": "Nothing waits"})
    await hotel.dm("ling", "您的獎勵已經兌現")


async def test_what_nobody_answers_comes_back_after_thirty_days(hotel: House) -> None:
    await offered(hotel)
    earn(hotel, "noah", 80)
    await ask(hotel, "noah")
    await hotel.dm("sam", "asks for a reward")
    await hotel.clock("2026-12-23 10:30")
    await hotel.dm("noah", "within 30 days, so your points are returned")
    await hotel.dm("sam", "so the points are returned")
    assert account(hotel, "noah") == Account(80)


async def test_a_project_gets_its_goal_and_another_is_closed_without(hotel: House) -> None:
    for name in ("A lift", "A bench"):
        form = await form_of(
            hotel, "sam", await shelf(hotel, "sam"), "reward_project", "reward_project_form", value="new"
        )
        await submitted(hotel, "sam", form, {"name": name, "goal": "100"})
    projects = {row["name"]: row["id"] for row in hotel.rows(models.Project)}
    for who, amount in (("noah", "70"), ("ling", "30")):
        earn(hotel, who, 100)
        for name, gift in (("A lift", amount), ("A bench", "5")):
            view = await shelf(hotel, who)
            form = await form_of(hotel, who, view, "reward_give", "reward_give_form", value=projects[name])
            await submitted(hotel, who, form, {"amount": gift})
    await hotel.dm("sam", "has its goal", "A lift")
    await hotel.dm("noah", "thanks to you too: you gave 70 points")
    await hotel.dm("ling", "您投入了 30 點")

    view = await shelf(hotel, "sam")
    form = await form_of(hotel, "sam", view, "reward_close", "reward_close_form", value=projects["A bench"])
    await submitted(hotel, "sam", form, {"reason": "No room in the hall."})
    await hotel.dm("noah", "you have 5 points back", "No room in the hall.")
    await hotel.dm("ling", "No room in the hall.")
    assert (account(hotel, "noah"), account(hotel, "ling")) == (Account(30), Account(70))


async def test_points_by_hand_are_told_to_both_and_many_need_two_admins(opened: Any) -> None:
    async with opened("http", ADMINS="U0ROSA0000,U0PRIYA000") as house:
        assert "has 40 points more now" in await house.type("rosa", "/golden-ear grant @noah 40 for the flood")
        await house.dm("noah", "gave you 40 points", "for the flood")
        assert "done already" in await house.type("rosa", "/golden-ear grant @noah 40 for the flood")
        assert "has 10 points less" in await house.type("rosa", "/golden-ear grant @noah -10 counted twice")
        await house.dm("noah", "took 10 points back from you", "counted twice")

        assert "need a second admin" in await house.type("rosa", "/golden-ear grant @noah 600 for the whole year")
        task = await house.dm("sam", "wants to give", "600 points", "for the whole year")
        await house.dm("priya", "wants to give")
        assert account(house, "noah") == Account(30)
        assert "Noted" in await house.press("sam", task, "grant_confirm")
        await house.dm("rosa", "confirmed it")
        await house.dm("noah", "gave you 600 points")
        settled = await house.dm("priya", "confirmed it")
        assert "grant_confirm" not in str(settled) and account(house, "noah") == Account(630)


async def test_a_leavers_request_comes_back_and_an_admin_settles_the_rest(hotel: House) -> None:
    await offered(hotel)
    earn(hotel, "noah", 100)
    await ask(hotel, "noah")
    await hotel.dm("sam", "asks for a reward")
    await hotel.people.update_user("noah", deleted=True)
    await hotel.dm("sam", "left, so the points are returned")
    view = await shelf(hotel, "sam")
    assert (await hotel.people.click_view("sam", view["id"], "reward_queue"))["ok"]
    queue = (await hotel.people.wait({"view": "sam", "contains": "left with"}))[-1]
    form = await form_of(hotel, "sam", queue, "reward_settle", "reward_settle_form")
    await submitted(hotel, "sam", form, {"how": "paid", "reason": "With the last salary."})
    assert account(hotel, "noah") == Account()


async def test_pressing_and_sending_again_does_nothing_more(house: House) -> None:
    await offered(house)
    earn(house, "noah", 200)
    form = await form_of(house, "noah", await shelf(house, "noah"), "reward_ask", "reward_ask_form")
    answer = await house.people.submit("noah", form["id"], {})
    await house.dm("sam", "asks for a reward")
    assert (await house.people.redeliver(answer["delivery"]))["ok"]
    request = house.rows(models.RewardRequest)[0]["id"]
    approve = forged.press(house, "sam", "reward_approve", request)
    await sent(house, approve)
    before = house.dump()
    await sent(house, forged.press(house, "sam", "reward_approve", request))
    await sent(house, forged.press(house, "sam", "reward_refuse", f"{request}:held"))
    stale = {"nonce": "n1", "request": request, "was": "held"}
    said = await sent(house, forged.form("sam", "reward_refuse_form", stale, {"reason": "Too late"}))
    assert "answered" in forged.words_of(said)
    await house.settled()
    assert house.dump() == before and account(house, "noah") == Account(120)


@pytest.mark.parametrize("text", ["grant", "grant @noah", "grant @noah lots for nothing", "grant 5 for nothing"])
async def test_a_grant_that_lacks_something_says_how_it_is_written(hotel: House, text: str) -> None:
    assert "Please write a person" in await hotel.type("sam", f"/golden-ear {text}")
    assert hotel.count(models.Correction) == 0


async def test_words_of_people_arrive_as_written_or_are_refused(hotel: House) -> None:
    await offered(hotel, price="1")
    (reward,) = hotel.rows(models.Reward)
    for text, by, _ in PAIRS:
        if by == "sam":
            continue
        earn(hotel, by, 5)
        kept = {"nonce": f"note{by}", "reward": reward["id"], "price": "1"}
        outcome = await sent(hotel, forged.form(by, "reward_ask_form", kept, {"note": text}))
        if len(text) > MAX_NOTE:
            assert refused_at(outcome, "note")
            continue
        assert text.strip() in texts((await hotel.people.dms("sam"))[-1]["blocks"])
        request = hotel.rows(models.RewardRequest)[-1]
        kept = {"nonce": f"why{by}", "request": request["id"], "was": "held"}
        await sent(hotel, forged.form("sam", "reward_refuse_form", kept, {"reason": text[:MAX_REASON]}))
        assert text.strip() in texts((await hotel.people.dms(by))[-1]["blocks"])
        grant = f"grant <@{forged.slack_id(by)}|x> 1 {escaped(text)}"
        await sent(hotel, forged.command(hotel, "sam", "/golden-ear", grant))
        assert text.strip() in texts((await hotel.people.dms(by))[-1]["blocks"])


async def test_names_in_the_catalogue_stand_on_one_line_and_call_nobody(hotel: House) -> None:
    for number, (text, _, _) in enumerate(PAIRS):
        kept = {"nonce": f"edit{number}", "reward": "new", "seen": ""}
        given = {**REWARD, "name": text, "about": text, "stock": None, "budget": None}
        outcome = await sent(hotel, forged.form("sam", "reward_edit_form", kept, given))
        kept = {"nonce": f"project{number}", "project": "new"}
        project = forged.form("sam", "reward_project_form", kept, {"name": text, "about": None, "goal": "9"})
        if outcome["body"]["response_action"] == "update":
            await sent(hotel, project)
            view = await shelf(hotel, "noah")
            assert re.sub(r"\s+", " ", text.strip()) in texts(view["blocks"]) or len(text) > 80
            await hotel.people.close_view("noah", view["id"])
    assert hotel.count(models.Reward) >= 5
    await until(lambda: hotel.count(models.Project) >= 1)

"""Ideas in a hotel: sent beside similar ones, backed, answered, done, and credited by later praise (product.md 3)."""

from typing import Any

from bot.jobs import suggestions
from bot.services.suggestion_pages import SHOWN
from storage import models
from tests.whole import forged
from tests.whole.house import House, until

TITLE, WHAT = "A shelf for umbrellas", "Guests drip on the floor. A shelf at the door would help."
SENT: dict[Any, object] = {"title": TITLE, "what": WHAT, "gains": "both", "wall": "front"}


async def send(house: House, user: str = "noah", **more: Any) -> str:
    """Send an idea; gives its id."""
    form = await house.form(user, "/suggest")
    sent = await house.people.submit(user, form["id"], SENT | more)
    assert sent["response"] == "update", sent
    await house.people.close_view(user, sent["view"]["id"])
    return str(house.rows(models.Suggestion, models.Suggestion.title == more.get("title", TITLE))[-1]["id"])


async def page(house: House, user: str, message: dict, **more: Any) -> dict:
    """Open an idea from a message; gives its page."""
    assert (await house.people.click(user, message["channel"], message["ts"], "idea_open", **more))["ok"]
    return (await house.people.wait({"view": user, "contains": TITLE}))[-1]


async def move(house: House, user: str, view: dict, becomes: str, reason: str = "") -> dict:
    """Choose an answer on a page and send it; gives what stands in place of the form."""
    (idea,) = house.rows(models.Suggestion, models.Suggestion.title == TITLE)
    value = f"{idea['id']}:{idea['state']}:{becomes}"
    assert (await house.people.click_view(user, view["id"], "idea_move", value=value))["ok"]
    form = (await house.people.wait({"view": user, "callback_id": "idea_move_form"}))[-1]
    sent = await house.people.submit(user, form["id"], {"reason": reason} if reason else {})
    if sent["response"] == "update":
        await house.people.close_view(user, sent["view"]["id"])
        assert await house.people.views(user) == []
    return dict(sent)


async def moved(house: House, user: str, *states: str, reason: str = "") -> None:
    """Open the idea in the queue's list and move it, state after state."""
    for state in states:
        await house.answered(user, "/ideas all")
        listed = (await house.people.ephemerals(user))[-1]
        assert (await move(house, user, await page(house, user, listed), state, reason))["response"] == "update"


async def test_an_idea_goes_from_the_form_to_done_and_later_praise_credits_it(house: House) -> None:
    idea = await send(house)
    asked = await house.dm("sam", TITLE, "waits for an answer")
    await house.people.click("sam", asked["channel"], asked["ts"], "idea_open")
    view = (await house.people.wait({"view": "sam", "contains": WHAT}))[-1]
    assert (await move(house, "sam", view, "review"))["response"] == "update"
    await house.dm("noah", TITLE, "This idea was yours")

    await moved(house, "sam", "accepted", "doing", "done")
    await house.dm("noah", "You get 20 points")
    echo = await house.posted("An idea was put into practice", TITLE, "this idea was yours")
    assert "<@U0NOAH0000>" in str(echo["text"])

    await house.type("ling", "/praise @aiko The floor is dry at last, and she smiled")
    post = await house.posted("The floor is dry at last")
    assert (await house.people.click("ling", "#praise", post["ts"], "praise_idea", value=_praise(house)))["ok"]
    form = (await house.people.wait({"view": "ling", "callback_id": "idea_praise_form"}))[-1]
    sent = await house.people.submit("ling", form["id"], {"idea": idea})
    assert sent["response"] == "update", sent
    thanks = await house.posted("Behind this praise is an idea", TITLE, thread_ts=post["ts"])
    assert "<@U0NOAH0000>" in str(thanks["text"])
    await house.dm("noah", "came because of your idea")


def _praise(house: House) -> str:
    return str(house.rows(models.Praise)[-1]["id"])


async def test_similar_ideas_stand_below_the_title_while_it_is_typed_and_can_be_backed(house: House) -> None:
    idea = await send(house)
    await house.people.global_shortcut("aiko", "suggest_improvement")
    form = (await house.people.wait({"view": "aiko", "callback_id": "idea_form"}))[-1]
    assert TITLE not in str(form)

    assert (await house.people.click_view("aiko", form["id"], "idea_typed", value="Umbrellas"))["ok"]
    (form,) = await house.people.wait({"view": "aiko", "contains": TITLE})
    assert form["state"]["values"]["title"]["idea_typed"]["value"] == "Umbrellas"
    assert (await house.people.click_view("aiko", form["id"], "idea_back", value=f"on:{idea}"))["ok"]
    await house.people.wait({"view": "aiko", "contains": "Back it no longer"})
    assert house.count(models.Backing) == 1

    await house.people.close_view("aiko", form["id"])
    await moved(house, "sam", "accepted")
    await house.dm("aiko", TITLE, "You back this idea")


async def test_declining_needs_a_reason_and_its_author_reads_it(house: House) -> None:
    await send(house)
    await house.answered("sam", "/ideas review")
    listed = (await house.people.ephemerals("sam"))[-1]
    view = await page(house, "sam", listed)
    refused = await move(house, "sam", view, "declined")
    assert refused["response"] == "refused" or "reason" in refused["errors"], refused
    form = (await house.people.wait({"view": "sam", "callback_id": "idea_move_form"}))[-1]
    sent = await house.people.submit("sam", form["id"], {"reason": "The door is a fire exit."})
    assert sent["response"] == "update", sent
    await house.dm("noah", "declined the idea", "The door is a fire exit.")
    assert house.count(models.Entry) == 0


async def test_the_queue_is_filtered_and_an_employee_does_not_see_it(hotel: House) -> None:
    await send(hotel)
    assert "Only leads and admins" in await hotel.type("noah", "/ideas review")
    await hotel.answered("sam", "/ideas review")
    listed = (await hotel.people.ephemerals("sam"))[-1]
    click = hotel.people.click("sam", listed["channel"], listed["ts"], "idea_by_wall", value=":silos:")
    assert (await click)["ok"]
    await hotel.people.wait({"ephemeral": "sam", "contains": "No idea waits"})


async def test_lists_go_on_in_a_message_and_in_what_home_opens(hotel: House) -> None:
    for number in range(SHOWN + 2):
        await send(hotel, title=f"Shelf number {number}")
    await hotel.settled()
    for user, typed, words, lists in (
        ("noah", "/ideas mine", "Older", 1),
        ("sam", "/ideas review", "Newer", 1),
        ("sam", "/ideas shelf", "More", 2),
    ):
        assert "And 2 more." in await hotel.answered(user, typed)
        listed = (await hotel.people.ephemerals(user))[-1]
        before = {title for title in listed["text"].split("\n") if "Shelf number" in title}
        assert words in str(listed["blocks"])
        await hotel.people.click(user, listed["channel"], listed["ts"], "idea_leaf")
        found = await hotel.people.wait({"ephemeral": user, "contains": "Shelf number", "lacks": "And 2 more."})
        last = found[-1]
        assert last["ts"] == listed["ts"]
        left = {title for title in last["text"].split("\n") if "Shelf number" in title}
        assert len(left) == 2 and not left & before
        await hotel.people.click(user, last["channel"], last["ts"], "idea_leaf")
        await hotel.people.wait({"ephemeral": user, "contains": "And 2 more.", "count": lists})


async def test_ideas_are_listed_searched_and_backed(house: House) -> None:
    await send(house)
    await send(house, "aiko", title="Quieter lifts", what="The lift hums all night.")
    assert TITLE in await house.answered("sam", "/ideas") and TITLE not in await house.answered("sam", "/ideas hums")
    assert "There is none yet" in await house.answered("sam", "/ideas mine")
    assert "find no idea" in await house.answered("sam", "/ideas helicopter")
    await house.answered("sam", "/ideas umbrellas")
    listed = (await house.people.ephemerals("sam"))[-1]
    words = await house.press("sam", listed, "idea_back")
    assert "You back it now" in words and house.count(models.Backing) == 1


async def test_an_idea_that_solved_a_major_problem_gives_its_solvers_a_hundred_points(hotel: House) -> None:
    await send(hotel)
    await moved(hotel, "sam", "accepted", "done")
    await hotel.answered("sam", "/ideas done")
    view = await page(hotel, "sam", (await hotel.people.ephemerals("sam"))[-1])
    assert (await hotel.people.click_view("sam", view["id"], "idea_solved"))["ok"]
    form = (await hotel.people.wait({"view": "sam", "callback_id": "idea_solved_form"}))[-1]
    wrong = await hotel.people.submit("sam", form["id"], {"people": ["sam"]})
    assert wrong["response"] == "errors" and "solved themselves" in wrong["errors"]["people"]
    sent = await hotel.people.submit("sam", form["id"], {"people": ["noah", "aiko"]})
    assert sent["response"] == "update", sent
    await hotel.dm("aiko", "you solved a major problem", "100 points")
    await hotel.dm("noah", "you solved a major problem")


async def test_praise_is_linked_from_the_page_of_an_idea(hotel: House) -> None:
    await send(hotel)
    await moved(hotel, "sam", "accepted", "done")
    await hotel.type("ling", "/praise @aiko No puddles today")
    post = await hotel.posted("No puddles today")
    await hotel.answered("sam", "/ideas done")
    view = await page(hotel, "sam", (await hotel.people.ephemerals("sam"))[-1])
    assert (await hotel.people.click_view("sam", view["id"], "idea_credit"))["ok"]
    form = (await hotel.people.wait({"view": "sam", "callback_id": "idea_credit_form"}))[-1]
    sent = await hotel.people.submit("sam", form["id"], {"praise": _praise(hotel)})
    assert sent["response"] == "update", sent
    await hotel.posted("Behind this praise", thread_ts=post["ts"])


async def test_what_was_set_aside_of_a_comment_waits_for_an_answer_as_an_idea(hotel: House) -> None:
    form = await hotel.form("aiko", "/praise @ling")
    words: dict[Any, object] = {"words": "Ling was kind. The lift is slow.", "part": "Ling was kind."}
    sent = await hotel.people.submit("aiko", form["id"], words)
    assert (await hotel.people.click_view("aiko", sent["view"]["id"], "praise_aside"))["ok"]
    asked = await hotel.dm("sam", "The lift is slow.", "A customer said this")
    assert "<@U0AIKO0000>" in str(asked["text"])


async def test_reviewers_are_reminded_after_five_working_days(hotel: House) -> None:
    await send(hotel)
    await hotel.dm("sam", "waits for an answer")
    await hotel.clock("2026-11-30 10:00")
    assert hotel.bot.desk is not None
    await suggestions.remind(hotel.bot.desk)
    await hotel.dm("sam", "has waited for 5 working days", TITLE)


async def test_pressing_and_sending_again_does_nothing_more(house: House) -> None:
    form = await house.form("noah", "/suggest umbrellas")
    sent = await house.people.submit("noah", form["id"], SENT)
    await house.settled()
    before = house.dump()
    assert (await house.people.redeliver(sent["delivery"]))["ok"]
    await house.settled()
    assert house.dump() == before and house.count(models.Suggestion) == 1


async def test_an_answer_to_an_idea_that_moved_meanwhile_says_so(hotel: House) -> None:
    idea = await send(hotel)
    kept = {"nonce": "n1", "idea": idea, "was": "new", "becomes": "review"}
    assert "Noted" in forged.words_of(await hotel.people.send("interactive", _move(kept)))
    outcome = await hotel.people.send("interactive", _move({**kept, "nonce": "n2"}))
    assert "moved this idea meanwhile" in forged.words_of(outcome)
    await until(lambda: hotel.count(models.Step) == 1)


def _move(kept: dict[str, str]) -> dict[str, Any]:
    return forged.form("sam", "idea_move_form", kept, {"reason": None})

"""People without a Slack account: praised by form, shown by name, and joined to the account when they get one."""

import pytest
from sqlalchemy import update
from sqlmodel import Session

from bot.services import people_list
from bot.services.people_list import Listing
from storage import models
from tests.whole.conftest import Opening
from tests.whole.house import House


def enlist(house: House, *rows: Listing) -> None:
    desk = house.bot.desk
    assert desk is not None
    company, now = desk.company, house.bot.clock.now()

    def story(session: Session) -> None:
        for one in people_list.enter(session, company, rows, before=(), now=now):
            assert one.unclear is None

    house.database.write_now(story)


async def test_a_form_offers_them_only_if_there_are_any(hotel: House) -> None:
    form = await hotel.form("aiko", "/praise")
    assert "others" not in str(form["blocks"])


async def test_they_are_praised_by_form_and_shown_by_name(house: House) -> None:
    enlist(house, Listing("Mrs Night <!channel>", team="Night"), Listing("Mr Dawn"), Listing("Ms Dusk"))
    form = await house.form("aiko", "/praise")
    assert len(await house.people.suggest("aiko", form["id"], "others", "")) == 3
    (option,) = await house.people.suggest("aiko", form["id"], "others", "night")
    assert option["text"]["text"] == "Mrs Night <!channel> · Night"
    sent = await house.people.submit("aiko", form["id"], {"others": [option["value"]], "words": "Spotless at dawn"})
    assert sent["response"] == "update", sent
    post = await house.posted("Spotless at dawn", "Mrs Night")
    assert "<!channel>" not in post["text"]
    assert [entry["amount"] for entry in house.rows(models.Entry)] == [10]
    assert house.count(models.Outbox, models.Outbox.channel == "") == 0


async def test_they_are_thanked_as_helpers_by_name(house: House) -> None:
    enlist(house, Listing("Mrs Night"))
    await house.type("noah", "/praise @rosa She found my ring")
    await house.posted("She found my ring")
    message = await house.dm("rosa", "She found my ring")
    await house.people.click("rosa", message["channel"], message["ts"], "praise_had_help")
    form = (await house.people.wait({"view": "rosa"}))[-1]
    (option,) = await house.people.suggest("rosa", form["id"], "others", "")
    sent = await house.people.submit("rosa", form["id"], {"others": [option["value"]]})
    assert sent["response"] == "update", sent
    await house.posted("Mrs Night", "helped")
    assert sorted(entry["amount"] for entry in house.rows(models.Entry)) == [1, 10]
    assert house.count(models.Outbox, models.Outbox.channel == "") == 0


async def test_a_praise_is_handed_on_to_them_in_a_field_of_their_own(house: House) -> None:
    enlist(house, Listing("Mrs Night"))
    await house.type("noah", "/praise @rosa She found my ring")
    await house.posted("She found my ring")
    message = await house.dm("rosa", "She found my ring")
    await house.people.click("rosa", message["channel"], message["ts"], "praise_not_me")
    form = (await house.people.wait({"view": "rosa"}))[-1]
    (option,) = await house.people.suggest("rosa", form["id"], "others", "night")
    neither = await house.people.submit("rosa", form["id"], {})
    assert "name at least one" in neither["errors"]["person"], neither
    both = await house.people.submit("rosa", form["id"], {"person": "hao", "others": [option["value"]]})
    assert "one colleague only" in both["errors"]["person"], both
    sent = await house.people.submit("rosa", form["id"], {"person": None, "others": [option["value"]]})
    assert sent["response"] == "update", sent
    assert "bring them the words yourself" in str((await house.people.views("rosa"))[-1])
    await house.posted("She found my ring", "Mrs Night", lacks="U0ROSA0000")
    await house.dm("noah", "meant for", "Mrs Night")
    assert sorted(entry["amount"] for entry in house.rows(models.Entry)) == [-10, 10, 10]
    assert house.count(models.Outbox, models.Outbox.channel == "", models.Outbox.method == "post") == 0


async def test_whoever_takes_no_part_is_offered_nobody(hotel: House) -> None:
    enlist(hotel, Listing("Mrs Night"))
    form = await hotel.form("aiko", "/praise")
    hotel.database.write_now(
        lambda session: session.execute(update(models.Person).values(is_guest=True))  # between form and typing
    )
    assert await hotel.people.suggest("aiko", form["id"], "others", "") == []


async def test_the_form_still_wants_somebody(hotel: House) -> None:
    enlist(hotel, Listing("Mrs Night"))
    form = await hotel.form("aiko", "/praise")
    sent = await hotel.people.submit("aiko", form["id"], {"words": "Spotless"})
    assert sent["response"] == "errors" and list(sent["errors"]) == ["people"]


@pytest.mark.parametrize("joined", [False, True])
async def test_an_account_with_their_address_is_theirs(opened: Opening, joined: bool) -> None:
    async with opened("http") as house:
        enlist(house, Listing("Mrs Night", "Night@Example.com", team="Night"))
        form = await house.form("aiko", "/praise @rosa")
        (option,) = await house.people.suggest("aiko", form["id"], "others", "")
        await house.people.submit("aiko", form["id"], {"others": [option["value"]], "words": "Spotless"})
        address = "night@example.com" if joined else "nell@example.com"
        await house.people.add_user("nell", real_name="Nell Night", email=address)
        await house.settled()
        (nell,) = house.rows(models.Person, models.Person.slack_id == "U0NELL0000")
        assert (nell["team"], nell["name"]) == ("Night" if joined else "", "nell")
        assert house.count(models.Praised, models.Praised.person_id == nell["id"]) == joined
        assert house.count(models.Entry, models.Entry.person_id == nell["id"]) == joined

"""Praise by form (product.md 1, Capture)."""

from storage import models
from tests.whole.house import House


async def test_a_form_goes_wrong_beside_the_field_and_then_right(house: House) -> None:
    form = await house.form("aiko", "/praise @rosa")
    wrong: list[tuple[dict, str, str]] = [
        ({"people": ["rotabot"], "words": "Spotless"}, "people", "bot"),
        ({"people": ["rosa"], "words": "   "}, "words", "missing"),
        ({"words": "Spotless", "happened_on": "2026-11-25"}, "happened_on", "not come yet"),
        ({"happened_on": "2026-11-20", "link": "https://[bad"}, "link", "web address"),
    ]
    for values, field, why in wrong:
        sent = await house.people.submit("aiko", form["id"], values)
        assert sent["response"] == "errors", sent
        assert list(sent["errors"]) == [field] and why in sent["errors"][field]
    assert house.count(models.Praise) == 0

    right: dict = {"link": "https://reviews.example.com/1", "source": "review", "customer": "Ms Lin"}
    sent = await house.people.submit("aiko", form["id"], right)
    assert sent["response"] == "update" and "Spotless" in str(sent["view"])
    post = await house.posted("Spotless", "Ms Lin", "In a review", "20 November 2026", "reviews.example.com")
    assert "<@U0ROSA0000>" in post["text"]
    await house.dm("rosa", "Spotless", "In a review")


async def test_slack_itself_keeps_a_form_that_lacks_people_or_words(hotel: House) -> None:
    form = await hotel.form("aiko", "/praise")
    sent = await hotel.people.submit("aiko", form["id"])
    assert sent["response"] == "refused" and set(sent["errors"]) == {"people", "words"}


async def test_the_form_shows_the_first_praise_of_the_same_words(house: House) -> None:
    await house.type("noah", "/praise @ling What a smile from Ms Lin")
    form = await house.form("aiko", "/praise @ling")
    sent = await house.people.submit("aiko", form["id"], {"words": "WHAT A SMILE"})
    shown = str(sent.get("view"))
    assert "recorded already" in shown and "What a smile" in shown and "Ms Lin" in shown and "U0NOAH0000" in shown
    assert house.count(models.Praise) == 1


async def test_a_form_sent_in_the_morning_of_another_zone_knows_that_day(hotel: House) -> None:
    """In Tokyo it is tomorrow already, an hour before the hotel."""
    await hotel.clock("2026-11-23 23:30")
    form = await hotel.form("aiko", "/praise @rosa")
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert fields["happened_on"]["initial_date"] == "2026-11-24"
    sent = await hotel.people.submit("aiko", form["id"], {"words": "After midnight"})
    assert sent["response"] == "update" and hotel.count(models.Praise) == 1

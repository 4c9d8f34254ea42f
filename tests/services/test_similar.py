"""Similar ideas are found whichever script they are in, and the same ones on both engines (product.md 3)."""

from bot.services import similar as service
from bot.services.suggestions import Draft
from storage import similar as storage
from tests.ideas import move, send
from tests.office import TEAM, Office

IDEAS = {
    "lift": Draft("The lift is too slow", "Guests wait for the lift for minutes, with their bags."),
    "taxi": Draft("幫客人叫計程車", "櫃檯可以直接用軟體叫車，客人不用在雨裡等。"),
    "towel": Draft("毛巾太薄", "客人說毛巾太薄，换成厚一点的吧。"),
    "charger": Draft("Chargers at the desk", "Phones run out of battery. Lend charging cables to guests."),
}


def told(office: Office) -> dict[str, str]:
    """The ids of these ideas, by their names here."""
    return {name: send(office, draft=draft).suggestion.id for name, draft in IDEAS.items()}


def found(office: Office, text: str, **wanted: object) -> list[str]:
    return [one.id for one in office.do(service.find, text, **wanted)]


def test_an_idea_is_found_by_its_words_whatever_their_endings(office: Office) -> None:
    ideas = told(office)

    assert found(office, "slow lifts")[0] == ideas["lift"]
    assert found(office, "Lend a charger")[0] == ideas["charger"]
    assert found(office, "More parking for bicycles") == []


def test_an_idea_is_found_across_scripts_and_by_words_of_two_characters(office: Office) -> None:
    ideas = told(office)

    assert found(office, "出租车")[0] == ideas["taxi"] == found(office, "用软件帮客人叫车")[0]
    assert found(office, "毛巾") == [ideas["towel"]]
    assert found(office, "毛巾換厚一點")[0] == ideas["towel"]


def test_settled_ideas_are_found_only_if_every_one_is_wanted(office: Office) -> None:
    ideas = told(office)
    move(office, "lee", ideas["towel"], "declined", reason="They are new.")

    assert found(office, "毛巾") == [] and found(office, "毛巾", every=True) == [ideas["towel"]]
    assert found(office, "毛巾", every=True, without=[ideas["towel"]]) == []


def test_what_is_forgotten_is_found_no_longer_and_its_terms_are_gone(office: Office) -> None:
    ideas = told(office)
    office.run(storage.forget, TEAM, [ideas["taxi"], ideas["lift"]])

    assert found(office, "出租车") == [] and found(office, "lift") == []
    assert office.run(storage.counts, TEAM, ["lift", "出租", storage.IN_ALL]) == {storage.IN_ALL: 2}
    assert found(office, "charger") == [ideas["charger"]]


def test_words_that_could_be_an_operator_are_words(office: Office) -> None:
    told(office)

    assert found(office, 'NOT "slow" OR (lift) AND NEAR -x*: ^a {b}') != []
    assert found(office, "") == [] == found(office, "、。!?")

"""What the views of handing on, of helpers and of picks say."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.services.handing_on import HandedOn
from bot.services.helping import Helped, NobodyHelped, NotHelper
from bot.services.picks import Choice, Choices
from bot.views import handing_on, helping, picks, refusals
from storage.praise import Praise
from tests.views.outcomes import NOW, ORDINARY, member

ANN, BO, KIM = member(1, "Ann"), member(2, "Bo"), member(3, "Kim", appointed="lead")


def told(**more: Any) -> Praise:
    return replace(ORDINARY.praise("en", words="What a kind man.", people=(BO,), recorder=KIM), **more)


def buttons(message: Any) -> list[tuple[str, str]]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [(element["action_id"], element["value"]) for row in rows for element in row]


HANDED = HandedOn(told(), ANN, BO, NOW, NOW, 1)


def test_the_form_asks_for_one_colleague_and_remembers_the_praise() -> None:
    view = handing_on.form(told(), "en", nonce="n1")
    (field,) = [block for block in view["blocks"] if block["type"] == "input"]
    assert field["block_id"] == "person" and field["element"] == {"type": "users_select", "action_id": "person"}
    assert json.loads(view["private_metadata"]) == {"nonce": "n1", "praise": "f" * 32}


def test_people_without_an_account_are_offered_in_a_field_of_their_own_one_of_them() -> None:
    view = handing_on.form(told(), "en", nonce="n1", with_others=True)
    person, others = [block for block in view["blocks"] if block["type"] == "input"]
    assert person["optional"] and others["optional"]
    assert (others["block_id"], others["element"]["max_selected_items"]) == ("others", 1)


def test_somebody_without_an_account_has_to_be_told() -> None:
    nameless = replace(HANDED, receiver=replace(BO, slack_id=""))
    assert "bring them the words yourself" in json.dumps(handing_on.done_view(nameless, "en"))


def test_who_handed_it_on_reads_where_it_went_and_can_press_nothing_more() -> None:
    message = handing_on.settled(HANDED)
    assert "<@U0002>" in message["text"] and "What a kind man." in message["text"]
    assert buttons(message) == []
    assert "gets the words" in json.dumps(handing_on.done_view(HANDED, "en"))
    later = replace(HANDED, post_at=NOW + timedelta(hours=9))
    assert "when quiet hours end" in json.dumps(handing_on.done_view(later, "en"))


def test_the_recorder_reads_whose_words_they_were() -> None:
    text = handing_on.notice(HANDED, "en")["text"]
    assert text.startswith("<@U0001> says that the words you passed on were meant for <@U0002>")


def test_helpers_are_thanked_without_saying_who_named_them() -> None:
    assert helping.thanks((ANN, KIM), "en")["text"] == "<@U0001> and <@U0003> helped. Thank you!"


def test_a_helper_reads_who_named_them_what_was_said_and_what_it_is_worth() -> None:
    text = helping.dm(Helped(told(), BO, (ANN,), (), NOW, NOW, 1), ANN)["text"]
    assert "<@U0002>" in text and "What a kind man." in text and "1 point " in text


def test_who_is_no_helper_is_named_with_the_reason() -> None:
    refused = (NotHelper(KIM, "helped"), NotHelper(BO, "most"))
    shown = json.dumps(helping.named_view(Helped(told(), BO, (ANN,), refused, NOW, NOW, 1), "en"))
    assert "Thanked as a helper already" in shown and "There are 10 helpers already" in shown
    said = refusals.form_errors(NobodyHelped(refused), "en")["people"]
    assert "Kim: Thanked as a helper already" in said and "Bo: There are 10" in said


def test_a_lead_sees_what_is_picked_and_can_take_it_back() -> None:
    other = told(id="e" * 32, words="Another word.")
    offer = picks.offer(Choices(KIM, (Choice(told(), False, True, False), Choice(other, True, False, True))))
    assert buttons(offer) == [("praise_pick", "off:" + "f" * 32), ("praise_pick", "on:" + "e" * 32)]
    text = offer["text"]
    assert text.index("Picked") < text.index("Another word.") < text.index("opened the last morning too")

"""What the views of kudos say, and to whom."""

import json
from dataclasses import replace
from typing import Any

from bot.services.kudos import Gifted, Given, Left, NobodyThanked, NotGifted, Thanks
from bot.views import kudos
from tests.views.outcomes import member

ANN, BO = member(1, "Ann"), member(2, "Bo", locale="zh-CN")
CHEN, DEE, EVE = member(3, "Chen"), member(4, "Dee"), member(5, "Eve")
GIVEN = Given("k" * 32, ANN, (Gifted(BO, 1), Gifted(CHEN, 1)), (), "staying late", "care", Left(3, 0))
THANKS = Thanks("k" * 32, ANN, (BO, CHEN), "staying late", "care", "C1", ())


def buttons(message: Any) -> dict[str, str]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return {element["action_id"]: element["value"] for row in rows for element in row}


def test_the_line_says_who_thanks_whom_for_what() -> None:
    line = kudos.line(THANKS, "en")
    assert line["text"] == "<@U0001> thanks <@U0002> and <@U0003>: staying late #care"
    assert buttons(line) == {"kudos_join": "k" * 32}


def test_those_who_join_in_are_named_and_many_are_counted() -> None:
    assert kudos.line(replace(THANKS, joiners=(DEE,)), "en")["text"].endswith("<@U0004> joins in.")
    many = tuple(member(number) for number in range(10, 20))
    assert kudos.line(replace(THANKS, joiners=many), "en")["text"].endswith("<@U0014> and 5 others join in.")


def test_a_reaction_has_no_reason_and_is_about_a_message() -> None:
    assert kudos.line(replace(THANKS, reason="", value=""), "en")["text"] == (
        "<@U0001> thanks <@U0002> and <@U0003> for this message."
    )


def test_a_line_taken_back_names_nobody_and_has_no_button() -> None:
    message = kudos.line_taken_back(THANKS, "en")
    assert buttons(message) == {} and "U000" not in json.dumps(message)
    assert "<@U0004> still thanks" in kudos.line_taken_back(replace(THANKS, joiners=(DEE,)), "en")["text"]


def test_the_giver_hears_who_got_what_who_did_not_and_what_is_left() -> None:
    text = kudos.given(replace(GIVEN, refused=(NotGifted(EVE, "pair_limit"),)), "en")["text"]
    assert "<@U0002> and <@U0003> get 1 point each." in text
    assert "<@U0005>: You thanked this person 3 times this week" in text
    assert "You can still give 3 kudos today." in text and "this week." not in text.splitlines()[-2]
    assert "not pay" in text


def test_a_lead_hears_of_both_allowances() -> None:
    lead = replace(ANN, appointed="lead")
    text = kudos.given(replace(GIVEN, giver=lead, gifts=(Gifted(BO, 5), Gifted(CHEN, 1)), left=Left(0, 8)), "en")[
        "text"
    ]
    assert "<@U0002> gets 5 points." in text and "<@U0003> gets 1 point." in text
    assert "You can still give 8 lead kudos of 5 points this week." in text
    assert "no kudos left for today" in text


def test_the_invitation_is_offered_where_it_is_given() -> None:
    assert "/invite @golden-ear" in kudos.given(GIVEN, "en", invite="/invite @golden-ear")["text"]
    assert "invite" not in kudos.given(GIVEN, "en")["text"]


def test_nobody_thanked_says_why_of_each() -> None:
    refusal = NobodyThanked((NotGifted(ANN, "self"), NotGifted(EVE, "gone")), Left(5, 0))
    text = kudos.nobody(refusal, "en")["text"]
    assert "<@U0001>: Nobody can thank themselves." in text and "<@U0005>: This colleague has left." in text


def test_a_receiver_reads_it_in_their_language() -> None:
    message = kudos.dm(GIVEN, GIVEN.gifts[0])
    assert message["text"].startswith("<@U0001> 感谢您：\n“staying late”\n#care\n您因此得到 1 分。")


def test_a_receiver_hears_who_joined_whom() -> None:
    joined = replace(GIVEN, giver=DEE, joined=replace(THANKS, joiners=(DEE,)))
    assert kudos.dm(joined, joined.gifts[1])["text"].startswith("<@U0004> joins <@U0001> in thanking you:")


def test_the_form_asks_for_a_value_only_where_there_are_some() -> None:
    bare = kudos.form("en", nonce="n1", channel="C1", most=15)
    assert [block["block_id"] for block in bare["blocks"]] == ["people", "reason"]
    full = kudos.form("en", nonce="n1", channel="C1", most=15, values=("care", "speed"), value="speed")
    assert full["blocks"][2]["element"]["initial_option"]["value"] == "speed"
    assert json.loads(full["private_metadata"]) == {"nonce": "n1", "channel": "C1"}
    assert full["callback_id"] == "kudos_form"

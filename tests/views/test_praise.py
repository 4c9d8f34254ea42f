"""What the views of praise say, and to whom."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.rules.praise import SOURCES
from bot.services.aside import SetAside
from bot.services.confirmations import Decided
from bot.services.praise import Duplicate, Recorded
from bot.views import praise
from storage.praise import Praise
from tests.views.outcomes import DAY, NOW, ORDINARY, member

ANN, BO, KIM = member(1, "Ann"), member(2, "Bo", locale="zh-TW"), member(3, "Kim", appointed="lead")


def told(**more: Any) -> Praise:
    base = ORDINARY.praise("en", words="What a kind man.", customer="Ms Lin", link="", people=(BO,), recorder=ANN)
    return replace(base, **{"applause": 0, "checked": False, **more})


def buttons(message: Any) -> dict[str, str]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return {element["action_id"]: element["value"] for row in rows for element in row}


def test_the_post_begins_with_the_words_and_names_who_earned_them() -> None:
    post = praise.post(told(), "en")
    assert post["blocks"][0]["elements"][0]["type"] == "rich_text_quote"
    assert post["text"] == (
        "“What a kind man.”\nFrom Ms Lin, earned by <@U0002>.\n"
        "By phone · 20 November 2026 · Told by a colleague\nApplaud with any reaction."
    )


def test_the_post_counts_applause_and_says_that_a_lead_checked() -> None:
    assert "1 colleague applauds." in praise.post(told(applause=1), "en")["text"]
    assert "12 colleagues applaud." in praise.post(told(applause=12), "en")["text"]
    assert "Checked by a lead" in praise.post(told(checked=True), "en")["text"]
    assert "Checked at its source" in praise.post(told(checked=True, recorder=None), "en")["text"]


def test_a_customer_without_a_name_is_a_guest() -> None:
    assert "From a guest, earned by" in praise.post(told(customer=""), "en")["text"]
    assert "一位客人" in praise.post(told(customer=""), "zh-Hans")["text"]


def test_those_who_keep_praise_private_are_not_in_the_post() -> None:
    quiet = replace(BO, keeps_private=True)
    post = praise.post(told(people=(ANN, quiet)), "en")
    assert "<@U0001>" in post["text"] and "U0002" not in json.dumps(post)
    assert "U0002" not in json.dumps(praise.post(told(people=(quiet,)), "en"))


def test_a_link_shows_where_it_leads() -> None:
    post = praise.post(told(link="https://reviews.example/r/1"), "en")
    assert {"type": "link", "url": "https://reviews.example/r/1", "text": "reviews.example"} in [
        element
        for block in post["blocks"]
        for part in block.get("elements", [])
        for element in part.get("elements", [])
    ]
    assert "https://reviews.example/r/1" in post["text"]


def test_the_praised_person_reads_it_in_their_language_with_points_and_choice() -> None:
    message = praise.dm(told(), BO, 10)
    assert "What a kind man." in message["text"] and "10 點" in message["text"] and "<@U0001>" in message["text"]
    own = {"praise_had_help": "f" * 32, "praise_not_me": "f" * 32}
    assert buttons(message) == own | {"praise_private": "on"}
    assert "不是薪資" in message["text"]
    assert buttons(praise.dm(told(), replace(BO, keeps_private=True), 10)) == own | {"praise_private": "off"}


def test_who_got_it_from_a_colleague_reads_so_and_has_the_same_buttons() -> None:
    message = praise.dm(told(), BO, 10, handed_by=KIM)
    assert "<@U0003>" in message["text"] and "What a kind man." in message["text"]
    assert buttons(message) == buttons(praise.dm(told(), BO, 10))


def test_the_recorder_hears_what_happens_and_when() -> None:
    now = Recorded(told(), (), (), NOW)
    assert "now" in praise.recorded(now, "en")["text"]
    later = replace(now, post_at=NOW + timedelta(hours=9))
    assert "07:30" in praise.recorded(later, "en")["text"]
    private = replace(now, praise=told(people=(replace(BO, keeps_private=True),)))
    assert "in private" in praise.recorded(private, "en")["text"]
    some = replace(now, praise=told(people=(ANN, replace(BO, keeps_private=True))), known=(KIM,))
    text = praise.recorded(some, "en")["text"]
    assert "<@U0002> keeps praise private" in text and "<@U0003> had these words already" in text


def test_the_recorder_hears_why_praise_waits_and_who_was_asked() -> None:
    waiting = Recorded(told(state="waiting", reason="self"), (), (KIM,), NOW)
    text = praise.recorded(waiting, "en")["text"]
    assert "You are among the praised" in text and "<@U0003>" in text
    assert (
        "several praises"
        in praise.recorded(replace(waiting, praise=told(state="waiting", reason="many")), "en")["text"]
    )
    assert "Nobody can confirm it yet" in praise.recorded(replace(waiting, confirmers=()), "en")["text"]


def test_a_lead_is_asked_with_two_buttons_that_go_when_it_is_settled() -> None:
    waiting = Recorded(told(state="waiting", reason="self"), (), (KIM,), NOW)
    for message in (praise.confirm_request(waiting, KIM), praise.confirm_reminder(waiting, KIM)):
        assert buttons(message) == {"praise_accept": "f" * 32, "praise_refuse": "f" * 32}
        assert "What a kind man." in message["text"]
    decided = Decided(told(decider=KIM), NOW)
    settled = praise.confirm_settled(decided, KIM)
    assert buttons(settled) == {} and "<@U0003> confirmed" in settled["text"]


def test_a_refusal_reaches_the_recorder_with_its_reason() -> None:
    refused = Decided(told(state="refused", reason="Please ask the guest first.", decider=KIM), NOW)
    text = praise.decision(refused, "en")["text"]
    assert "Please ask the guest first." in text and "<@U0003>" in text and "Nothing was posted" in text
    assert "refused" in praise.decision_noted(refused, "en")["text"]


def test_a_duplicate_shows_the_first_one() -> None:
    text = praise.duplicate(Duplicate(told(state="waiting")), "en")["text"]
    assert "What a kind man." in text and "Nothing was added" in text and "waits" in text
    assert "passed on by <@U0001>" in text


def test_what_a_program_sent_is_no_colleagues_word() -> None:
    sent = told(recorder=None, checked=True)
    for message in (praise.dm(sent, KIM, 10), praise.duplicate(Duplicate(sent), "en")):
        assert "Checked at its source" in message["text"] and "colleague" not in message["text"]


def test_the_words_go_to_those_who_have_an_account() -> None:
    nell = member(4, "Mrs Night", slack_id="")
    both = praise.recorded(Recorded(told(people=(BO, nell)), (), (), NOW, points=10), "en")["text"]
    assert "to the praise channel and to <@U0002> now" in both and "Mrs Night" in both
    alone = Recorded(told(people=(nell,)), (), (), NOW)
    assert "to the praise channel now" in praise.recorded(alone, "en")["text"]
    assert "channel at 07:30" in praise.recorded(replace(alone, post_at=NOW + timedelta(hours=9)), "en")["text"]


def test_the_form_has_the_fields_and_remembers_its_nonce() -> None:
    view = praise.form("zh-Hant", nonce="n1", people=["U1"], words="謝謝", customer="林小姐", happened_on=DAY)
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert list(fields) == ["people", "words", "part", "customer", "source", "happened_on", "link"]
    assert all(element["action_id"] == name for name, element in fields.items())
    assert [option["value"] for option in fields["source"]["options"]] == list(SOURCES)
    assert fields["source"]["initial_option"]["value"] == "in person"
    assert fields["happened_on"]["initial_date"] == "2026-11-20"
    assert view["callback_id"] == "praise_form" and json.loads(view["private_metadata"]) == {"nonce": "n1"}


def test_the_form_begins_with_what_a_message_says() -> None:
    link = "https://hotel.slack.com/archives/C1/p1"
    view = praise.form("en", nonce="n1", words="Kind", source="chat", happened_on=DAY, link=link)
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert (fields["words"]["initial_value"], fields["link"]["initial_value"]) == ("Kind", link)
    assert fields["source"]["initial_option"]["value"] == "chat"
    assert "initial_users" not in fields["people"] and "initial_value" not in fields["part"]
    assert "no text in this message" not in json.dumps(view)
    assert "no text in this message" in json.dumps(praise.form("en", nonce="n", happened_on=DAY, wordless=True))


def test_only_the_receipt_shows_the_rest_of_a_mixed_comment_and_offers_to_set_it_aside() -> None:
    mixed = Recorded(told(), (), (), NOW, rest="But the lift was slow.")
    for view in (
        praise.recorded_view(mixed, "en"),
        praise.recorded_view(replace(mixed, praise=told(state="waiting", reason="self")), "en"),
    ):
        assert "But the lift was slow." in json.dumps(view) and "never posted" in json.dumps(view)
        assert buttons(view) == {"praise_aside": "f" * 32}
    assert buttons(praise.recorded_view(replace(mixed, rest=""), "en")) == {}
    told_so = praise.set_aside(SetAside("But the lift was slow.", ANN))
    assert "kept for the ideas" in told_so["text"] and "But the lift was slow." in told_so["text"]
    assert buttons(praise.set_aside_view(SetAside("But", ANN))) == {}


def test_the_form_for_a_refusal_remembers_the_praise() -> None:
    view = praise.refuse_form(told(), "en", nonce="n1")
    assert json.loads(view["private_metadata"]) == {"nonce": "n1", "praise": "f" * 32}
    assert view["callback_id"] == "praise_refuse_form"

"""Whatever people type arrives readable, and never pings, links, formats or turns the sentence around it."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.languages import LANGUAGES
from bot.services.kudos import Thanks
from bot.views import forms, kudos, limits, praise, rituals
from bot.views.blocks import button, mention, quotation, say
from bot.views.strings import cut, escape, head, isolate, one_line, units
from bot.views.tongue import speak
from bot.workspace.text import pings, texts_of
from tests.views.outcomes import HOSTILE, ORDINARY, member

SIGNS = st.sampled_from(["<!channel>", "<@U999>", "<#C999>", "<http://x|y>", "@everyone", "*a*", "`", "&lt;", "\u202e"])
TYPED = st.lists(st.one_of(st.text(max_size=40), SIGNS, st.sampled_from("\u2066\u2067\u2068\u2069\u202cא"))).map(
    "".join
)
LINE = TYPED.filter(lambda text: bool(one_line(text)))


def quoted(blocks: list[dict[str, Any]]) -> str:
    """The words in the first quotation, as Slack shows them."""
    quotes = [one for block in blocks for one in block.get("elements", ()) if one["type"] == "rich_text_quote"]
    return "".join(element["text"] for element in quotes[0]["elements"])


def said(message: Any) -> str:
    """All text elements in the order in which they stand."""
    return "".join(node["text"] for node in texts_of(message["blocks"]) if node["type"] == "text")


def markup(message: Any) -> list[str]:
    marked = [node["text"] for node in texts_of(message["blocks"]) if node["type"] == "mrkdwn"]
    return [*marked, message.get("text", "")]


@given(TYPED.filter(bool), LINE, st.sampled_from(LANGUAGES))
def test_a_praise_arrives_code_point_for_code_point_and_calls_nobody(words: str, customer: str, language: str) -> None:
    told = ORDINARY.praise(language, words=words, customer=customer)
    ours = {mention(person) for person in told.people}
    for message in (praise.post(told, language), praise.dm(told, told.people[0], 10)):
        assert quoted(message["blocks"]) == words
        assert one_line(customer) in said(message)
        assert pings(message.get("text", ""), message["blocks"]) == []
        for text in markup(message):
            for own in ours:
                text = text.replace(own, "")
            assert not any(sign in text for sign in ("<!", "<@", "<#", "<http"))
        assert escape(words) in message.get("text", escape(words))


@given(LINE, st.sampled_from(LANGUAGES))
def test_a_reason_stays_on_its_line(reason: str, language: str) -> None:
    people = ORDINARY.people(language)
    thanks = Thanks("a" * 32, people[0], people, reason, "care", "C1", ())
    message = kudos.line(thanks, language)
    assert one_line(reason) in said(message)
    assert len(message["blocks"]) == 2 and "\n" not in said(message)
    assert escape(one_line(reason)) in message.get("text", escape(one_line(reason)))


@given(TYPED)
def test_a_sentence_is_isolated_from_what_stands_in_it(text: str) -> None:
    """Read as Unicode's bidi algorithm pairs isolates: the text closes what it opens, and nothing of ours."""
    shown = isolate(text)
    assert text in shown
    directed = any(unicodedata.bidirectional(sign) not in _PLAIN for sign in text)
    if not directed:
        assert shown == text
        return
    depth = 0
    for place, sign in enumerate(shown):
        depth += sign in "\u2066\u2067\u2068"
        depth -= sign == "\u2069"
        assert depth >= 0
        assert depth > 0 or place == len(shown) - 1, "nothing of the text stands outside"
    assert depth == 0


_PLAIN = {"L", "EN", "ES", "ET", "CS", "NSM", "BN", "B", "S", "WS", "ON", ""}


@given(TYPED, st.integers(2, 100))
def test_a_cut_text_fits_however_slack_counts_and_says_that_it_was_cut(text: str, most: int) -> None:
    short = cut(text, most)
    assert units(short) <= most
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_buttons_and_options_are_cut_however_slack_counts() -> None:
    shown = [
        button("😀" * 80, "a", "v", label="😀" * 80),
        forms.choice("c", "C", [("v", "😀" * 80)], initial="v")["element"],
    ]
    assert units(shown[0]["text"]["text"]) <= limits.BUTTON
    assert units(shown[0]["accessibility_label"]) <= limits.BUTTON_LABEL
    assert units(shown[1]["options"][0]["text"]["text"]) <= limits.OPTION_TEXT


@given(st.text(), st.integers(1, 50))
def test_a_head_fits_however_slack_counts(text: str, most: int) -> None:
    kept = head(text, most)
    assert text.startswith(kept) and units(kept) <= most
    assert kept == text or units(text[: len(kept) + 1]) > most or len(kept) == most


@pytest.mark.parametrize("whole", ["👩‍👩‍👧", "e\u0301", "🇹🇼", "👍🏽"])
def test_a_cut_never_splits_a_composed_character(whole: str) -> None:
    for room in range(5, 15):
        kept = cut("abcd" + whole * 9, room)[:-1].removeprefix("abcd")
        assert kept == whole * (len(kept) // len(whole))


@pytest.mark.parametrize("length", [3_900, 4_100])
def test_a_text_that_slack_would_refuse_is_left_to_slack(length: int) -> None:
    message = say(speak("en"), quotation("好" * length))
    assert ("text" in message) == (length + 2 <= limits.TEXT)


def test_the_morning_shows_others_on_one_short_line_each() -> None:
    tongue = speak("zh-Hant")
    told = ORDINARY.praise("zh-Hant", words="很\n好" * 200)
    line = "".join(element.get("text", "") for element in rituals.line(tongue, told))
    assert "\n" not in line and line.startswith("「很 好") and len(line) < 100


@pytest.mark.parametrize("name", [HOSTILE, "x" * 10_000, "אבג"])
def test_somebody_without_an_account_is_named_and_not_mentioned(name: str) -> None:
    cleaner = replace(member(7, name), slack_id="")
    shown = mention(cleaner)
    assert not shown.startswith("<@") and "<" not in shown and len(shown) < 600
    told = ORDINARY.praise("en", people=(cleaner,))
    assert cut(one_line(name), 80) in said(praise.post(told, "en"))


def test_ten_thousand_characters_open_the_form_with_a_request_to_choose() -> None:
    view = praise.form("en", nonce="n", words="x" * 10_000, happened_on=ORDINARY.praise("en").happened_on)
    fields = {block.get("block_id"): block for block in view["blocks"]}
    assert fields["words"]["element"]["initial_value"] == "x" * 3_000
    assert "3,000" in view["blocks"][0]["text"]["text"]

"""What is left of a message when Slack refuses a part of it, and what Slack's refusals mean."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.call import reply_error
from bot.delivery.plain import TEXT_LIMIT, lesser, text_of
from bot.delivery.verdict import DISTANCES, Verdict, distance, judge, judge_look_up

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "<!channel> & "},
                {"type": "user", "user_id": "U1"},
                {"type": "emoji", "name": "tada"},
                {"type": "broadcast", "range": "channel"},
            ],
        }
    ],
}


def test_the_words_of_blocks_are_escaped_and_ping_nobody() -> None:
    table = {"type": "data_table", "caption": "Board", "rows": [[{"type": "raw_number", "value": 3}]]}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "*bold*"}}
    assert text_of([RICH, {"type": "divider"}, section, table]) == (
        "&lt;!channel&gt; &amp;  <@U1> :tada:\n*bold*\nBoard 3"
    )


def test_a_chart_is_its_title_and_its_points() -> None:
    points = [{"label": "<3", "value": 4}, {"label": "Agree", "value": 2.5}]
    axis = {"categories": ["<3", "Agree"], "y_label": "Answers"}
    chart = {"type": "bar", "series": [{"name": "Answers", "data": points}], "axis_config": axis}
    assert text_of([{"type": "data_visualization", "title": "All & each", "chart": chart}]) == (
        "All &amp; each &lt;3: 4 Agree: 2.5"
    )


def test_what_is_refused_is_left_out_and_all_else_kept() -> None:
    whole = {"text": "words", "blocks": [RICH], "replace_original": True}
    assert lesser(whole, "invalid_blocks") == {"text": "words", "replace_original": True}
    assert lesser(whole, "msg_too_long") == {"blocks": [RICH], "replace_original": True}
    assert lesser({"text": "words"}, "invalid_blocks") is None
    assert lesser(whole, "channel_not_found") is None


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("a&<>;😀"), min_size=TEXT_LIMIT, max_size=TEXT_LIMIT + 50))
def test_a_text_too_long_is_cut_outside_of_mentions_and_escapes(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "<@U1>")
    shorter = lesser({"text": escaped}, "msg_too_long")
    if shorter is not None:
        assert len(shorter["text"]) <= TEXT_LIMIT
        cut = shorter["text"].removesuffix("…")
        assert escaped.startswith(cut)
        assert cut.count("<") <= cut.count(">")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("ok", ""),
        ('{"ok":true}', ""),
        ("", ""),
        ("invalid_blocks", "invalid_blocks"),
        (json.dumps({"ok": False, "error": "invalid_blocks"}), "invalid_blocks"),
        ("<html>somebody's words</html>", ""),
        ('{"ok":false,"error":{}}', ""),
        ("[1]", ""),
    ],
)
def test_an_answer_to_a_response_url_is_a_word_or_an_object(body: str, code: str) -> None:
    assert reply_error(body) == code


@pytest.mark.parametrize(
    ("code", "channel", "updates", "verdict"),
    [
        ("not_in_channel", "C1", False, Verdict.MENDABLE),
        ("token_revoked", "U1", False, Verdict.MENDABLE),
        ("channel_not_found", "C1", False, Verdict.MENDABLE),
        ("channel_not_found", "U1", False, Verdict.DEAD),
        ("user_disabled", "U1", False, Verdict.DEAD),
        ("no_text", "C1", False, Verdict.DEAD),
        ("message_not_found", "C1", True, Verdict.GONE),
        ("message_not_found", "C1", False, Verdict.DEAD),
    ],
)
def test_what_an_admin_can_mend_waits_and_the_rest_is_given_up(
    code: str, channel: str, updates: bool, verdict: Verdict
) -> None:
    assert judge(code, channel=channel, updates=updates) is verdict


def test_a_look_up_that_is_refused_waits_unless_the_person_is_gone() -> None:
    assert judge_look_up("missing_scope") is Verdict.MENDABLE
    assert judge_look_up("user_not_found") is Verdict.DEAD


def test_the_first_repetition_is_within_half_a_minute_and_the_distances_grow() -> None:
    assert distance(DISTANCES, 0) < 20
    assert list(DISTANCES) == sorted(DISTANCES)
    assert distance(DISTANCES, 99) == 1800

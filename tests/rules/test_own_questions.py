"""What a question of the company's own must be."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.own_questions import Draft, check_new, lines, question, reworded, worded
from bot.rules.refusal import Refusal

DRAFT = Draft("tools", "agree", "up", {"en": "My till  works.", "zh-Hant": " 收銀機好用。 "})
CHOICE = replace(DRAFT, kind="choice", words={"en": "What would help most?"}, options="Time | 時間\n People \n\n|||\n")


def refused(**changes: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        question(replace(DRAFT, **changes), "id")
    return caught.value


def test_a_question_in_some_languages_is_one() -> None:
    made = question(DRAFT, "tools-own-1")

    assert made.words == {"en": "My till works.", "zh-Hant": "收銀機好用。"}
    assert (made.driver, made.kind, made.direction, made.options) == ("tools", "agree", "up", ())
    assert made.said("zh-Hans") == "My till works."


def test_a_mood_is_better_upwards_and_a_choice_has_no_direction() -> None:
    assert question(replace(DRAFT, kind="mood", direction="down"), "id").direction == "up"
    assert question(CHOICE, "id").direction == "none"
    assert question(replace(DRAFT, direction="down"), "id").direction == "down"


def test_the_answers_of_a_choice_stand_one_a_line() -> None:
    made = question(replace(CHOICE, options=CHOICE.options.replace("|||", "")), "id")

    assert made.values == ("a", "b")
    assert made.shown("a", "zh-Hant") == "時間" and made.shown("b", "zh-Hans") == "People"
    assert lines(made.options) == "Time | 時間 | \nPeople |  | "
    assert [option.id for option in reworded(made, "Hours\nColleagues | 同事")] == ["a", "b"]
    assert reworded(made, "Hours\nColleagues | 同事")[0].words == {"en": "Hours", "zh-Hant": "時間"}
    assert reworded(made, " ") == made.options


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"driver": "enps"}, "unknown_driver", "driver"),
        ({"driver": ""}, "unknown_driver", "driver"),
        ({"kind": "essay"}, "unknown_kind", "kind"),
        ({"direction": "none"}, "unknown_direction", "direction"),
        ({"direction": ""}, "unknown_direction", "direction"),
        ({"words": {}}, "question_missing", "en"),
        ({"words": {"en": " \n "}}, "question_missing", "en"),
        ({"words": {"en": "x" * 141}}, "question_too_long", "en"),
        ({"words": {"zh-Hans": "问" * 61}}, "question_too_long", "zh-Hans"),
        ({"options": "Yes\nNo"}, "options_without_choice", "options"),
        ({"kind": "choice"}, "options_wrong_number", "options"),
        ({"kind": "choice", "options": "One"}, "options_wrong_number", "options"),
        ({"kind": "choice", "options": "\n".join("1234567")}, "options_wrong_number", "options"),
        ({"kind": "choice", "options": "Time\nTIME!"}, "options_alike", "options"),
        ({"kind": "choice", "options": "a|b|c|d\ne"}, "options_unreadable", "options"),
        ({"kind": "choice", "options": f"{'x' * 29}\ny"}, "option_too_long", "options"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_its_field(changes: dict, code: str, field: str) -> None:
    refusal = refused(**changes)

    assert (refusal.code, refusal.field) == (code, field)


def test_answers_are_put_into_other_words_all_or_none() -> None:
    made = question(replace(CHOICE, options="Time\nPeople"), "id")

    with pytest.raises(Refusal, match="options_not_as_many"):
        reworded(made, "Time\nPeople\nMoney")
    with pytest.raises(Refusal, match="options_without_choice"):
        reworded(question(DRAFT, "id"), "Yes\nNo")


def test_the_same_words_are_no_new_question() -> None:
    known = [question(DRAFT, "id")]

    with pytest.raises(Refusal, match="question_known") as caught:
        check_new({"en": "Something else.", "zh-Hant": "收銀機，好用！"}, known)
    assert caught.value.field == "zh-Hant"
    check_new({"en": "收銀機，好用！"}, known)


def test_numbers_and_addresses_are_masked() -> None:
    assert worded({"en": "Did you write to ann@example.com?"}) == {"en": "Did you write to [email]?"}

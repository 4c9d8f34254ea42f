"""Which of the three languages a Slack locale gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.languages import LANGUAGES, language_of


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh_tw", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("Zh_cN", "zh-Hans"),
        ("en-US", "en"),
        ("en_GB", "en"),
        ("ja-JP", "en"),
        ("zh", "en"),
        ("zh-MO", "en"),
        ("zha", "en"),
        ("tw", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_chinese_of_either_script_is_told_apart_and_all_else_is_english(locale: str | None, language: str) -> None:
    assert language_of(locale) == language
    assert language in LANGUAGES


@given(st.text())
def test_whatever_slack_says_gets_one_of_the_three(locale: str) -> None:
    assert language_of(locale) in LANGUAGES

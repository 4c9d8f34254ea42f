"""What every word that ships in three languages must keep to."""

import re
import unicodedata
from collections.abc import Mapping

from bot.rules.languages import LANGUAGES
from bot.rules.praise import clean, is_link

CHINESE = ("zh-Hant", "zh-Hans")
CHARACTER = re.compile("[\u4e00-\u9fff]")
SCRIPT = {"zh-Hant": "big5", "zh-Hans": "gb2312"}
"""A character set of each script: it holds no character that only the other script has."""
ELSEWHERE = {
    "zh-Hant": "軟件|信息|視頻|質量|反饋|領導|短信|屏幕|幹活|投訴|周[一二三四五六日]|[一這上]周",
    "zh-Hans": "软体|资讯|讯息|影片|品质|回馈|程式|透过|抱怨|班表|星期",
}
"""What is said on the other side alone."""
JARGON = re.compile(
    r"\b(engage\w*|empower\w*|stakeholder|synerg\w*|align\w*|leverage|proactive\w*|KPI|feedback|process\w*|resources?"
    r"|onboard\w*|bandwidth|holistic|mindset|ownership|organi[sz]ation\w*|sentiment|productiv\w*)\b"
    r"|賦能|赋能|抓手|閉環|闭环|對齊|对齐|綜效|协同效应|當責|痛點|痛点|敬業|敬业",
    re.I,
)


def check_words(words: Mapping[str, str], english: int, chinese: int) -> None:
    """Asserts that all languages are there, in their script, their usage and their punctuation, and short enough."""
    for language in LANGUAGES:
        text = words[language]
        assert text and clean(text) == text == unicodedata.normalize("NFC", text)
        assert len(text) <= (chinese if language in CHINESE else english), text
        assert not is_link(text)
        assert not JARGON.search(text), text
        assert not set('"<>&*_~`') & set(text), text  # straight quotation marks, and what Slack would take for markup
    _check_english(words["en"])
    for language in CHINESE:
        _check_chinese(words[language], language)
    assert words["zh-Hant"].count("？") == words["zh-Hans"].count("？")


def _check_english(text: str) -> None:
    assert not CHARACTER.search(text)
    assert not re.search("[^\x20-\x7e“”’]", text), text
    assert not re.search("  | [,.?!]", text), text
    assert text[0].isupper()


def _check_chinese(text: str, language: str) -> None:
    assert CHARACTER.search(text), text
    assert not re.search("[,.?!:;()'’]", text), f"{text}: half-width punctuation"
    assert not set("“”‘’" if language == "zh-Hant" else "「」『』") & set(text), (
        f"{text}: the other side's quotation marks"
    )
    assert not re.search("[a-z]", text), text
    text.encode(SCRIPT[language])
    assert not re.search(ELSEWHERE[language], text), text
    assert "你" not in text.replace("你們", "").replace("你们", ""), text

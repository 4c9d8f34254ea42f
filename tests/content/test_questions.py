"""The bank of questions: what a person is asked is short, fair, complete in every language, and names nobody."""

import re
import tomllib
from collections import Counter, defaultdict
from typing import Any

import pytest

from bot.rules.languages import LANGUAGES
from bot.rules.praise import fingerprint
from bot.rules.questions import DIRECTIONS, DRIVERS, ENPS, KINDS, Question
from bot.services.bank import CONTENT, questions
from tests.content.wording import check_words

ROWS: list[dict[str, Any]] = tomllib.loads((CONTENT / "questions.toml").read_text(encoding="utf-8"))["question"]
KEYS = {"id", "driver", "kind", "direction", "source", *LANGUAGES}
OTHERS = [row for row in ROWS if row["driver"] != ENPS]
ENDS = {"en": "?", "zh-Hant": "？", "zh-Hans": "？"}
STOPS = {"en": ".", "zh-Hant": "。", "zh-Hans": "。"}
TWO_THOUGHTS = re.compile(r"\b(and|or)\b|;|以及|並且|并且|而且|或者|、", re.I)
NO = re.compile(r"\b(not|no|never|nobody|nothing|none|without|cannot|\w+n't|neither|hardly)\b", re.I)
EXTREME = re.compile(
    r"\b(always|everybody|everyone|all|must|should|totally|perfect\w*)\b|總是|总是|永遠|永远|應該|应该|完全", re.I
)
PRIVATE = re.compile(
    r"\b(age|old|gender|sex|man|woman|married|child\w*|pregnan\w*|famil\w*|religio\w*|church|union|vote|party|ill|illness"
    r"|sick\w*|health\w*|disab\w*|medic\w*|doctor|sleep|depress\w*|alcohol|drugs?|salary|nationality|race|name|site|tenure"
    r"|how long have you)\b"
    r"|年齡|年龄|性別|性别|結婚|结婚|婚姻|懷孕|怀孕|孩子|家庭|宗教|信仰|工會|工会|投票|政黨|政党|生病|病假|健康|醫生|医生|睡眠|薪|國籍|国籍|姓名",
    re.I,
)


def by_id(row: dict[str, Any]) -> str:
    return str(row["id"])


every = pytest.mark.parametrize("row", ROWS, ids=by_id)


@every
def test_every_question_is_whole(row: dict[str, Any]) -> None:
    assert set(row) - {"anchor", "options"} == KEYS
    assert row.get("anchor", True) is True
    assert ("options" in row) == (row["kind"] == "choice") == (row["direction"] == "none")
    assert row["driver"] in {*DRIVERS, ENPS} and row["kind"] in KINDS and row["direction"] in DIRECTIONS
    assert re.fullmatch("[a-z]+(-[a-z]+)*", row["id"]) and len(row["id"]) <= 40
    assert row["id"] == ENPS or row["id"].startswith(f"{row['driver']}-")
    assert re.search(r"[12]\d{3}\)", row["source"]) and len(row["source"]) <= 160, "a construct, who described it, when"


@every
def test_every_question_is_short_and_said_well_in_three_languages(row: dict[str, Any]) -> None:
    check_words(row, english=90, chinese=40)
    ends = STOPS if row["kind"] == "agree" else ENDS
    for language in LANGUAGES:
        assert row[language].endswith(ends[language])
        assert sum(row[language].count(mark) for mark in (STOPS[language], ENDS[language])) == 1, "one sentence"


@every
def test_every_question_is_one_plain_thought(row: dict[str, Any]) -> None:
    for language in LANGUAGES:
        words = row[language]
        assert not TWO_THOUGHTS.search(words)
        assert not EXTREME.search(words)
    assert not NO.search(row["en"]), "to say no to a no is hard when one is tired"
    assert len(row["en"].split()) <= 16
    for language in ("zh-Hant", "zh-Hans"):
        assert not re.search("[沒没不][^，：]*[沒没不]", row[language]), "two negations in one clause"


@every
def test_no_question_asks_what_an_employer_may_not_ask_or_who_somebody_is(row: dict[str, Any]) -> None:
    for language in LANGUAGES:
        assert not PRIVATE.search(row[language])
        assert not any(PRIVATE.search(option[language]) for option in row.get("options", ()))


@every
def test_the_words_fit_the_kind(row: dict[str, Any]) -> None:
    english = row["en"]
    if row["kind"] == "agree":
        assert re.search(r"\b(I|we|me|us|my|our)\b", english, re.I) and not re.search(r"\byou\b", english)
        assert all("我" in row[language] and "您" not in row[language] for language in ("zh-Hant", "zh-Hans"))
    elif row["kind"] == "mood":
        assert english.startswith("How ") and row["direction"] == "up"
        assert row["zh-Hant"].endswith("怎麼樣？") and row["zh-Hans"].endswith("怎么样？")
    elif row["kind"] == "scale":
        assert english.startswith("From 0 to 10, how ")
        assert row["zh-Hant"].startswith("請打 0 到 10 分：") and row["zh-Hans"].startswith("请打 0 到 10 分：")
    elif row["kind"] == "yesno":
        assert re.search(r"(^|, )(Does|Did|Were|did|was|could) ", english)
        assert re.search("嗎？$|有沒有", row["zh-Hant"]) and re.search("吗？$|有没有", row["zh-Hans"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"] == "choice"], ids=by_id)
def test_every_choice_has_three_to_six_options_with_a_way_out(row: dict[str, Any]) -> None:
    options = row["options"]
    assert 3 <= len(options) <= 6
    for option in options:
        assert set(option) == {"id", *LANGUAGES}
        assert re.fullmatch("[a-z]{1,12}", option["id"])
        check_words(option, english=28, chinese=12)
        assert all(option[language][-1] not in ".。?？" for language in LANGUAGES)
    for key in ("id", *LANGUAGES):
        assert len({option[key] for option in options}) == len(options)
    assert {"other", "nobody", "fine", "enough", "nothing", "nowhere"} & {option["id"] for option in options}


def test_every_driver_has_its_questions_and_one_anchor() -> None:
    assert len(OTHERS) >= 66
    assert [row["driver"] for row in OTHERS] == sorted((row["driver"] for row in OTHERS), key=DRIVERS.index)
    assert set(Counter(row["driver"] for row in OTHERS)) == set(DRIVERS)
    assert min(Counter(row["driver"] for row in OTHERS).values()) >= 5
    anchors = [row for row in ROWS if row.get("anchor")]
    assert [row["driver"] for row in anchors] == list(DRIVERS)
    assert {row["kind"] for row in anchors} <= {"agree", "mood"}


def test_there_is_one_enps() -> None:
    [enps] = [row for row in ROWS if row["driver"] == ENPS]
    assert (enps["id"], enps["kind"], enps["direction"]) == (ENPS, "scale", "up")
    assert "anchor" not in enps


def test_every_kind_occurs_and_no_driver_asks_in_one_way_alone() -> None:
    assert {row["kind"] for row in OTHERS} == set(KINDS)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for row in OTHERS:
        kinds[row["driver"]].add(row["kind"])
    assert min(map(len, kinds.values())) >= 3


def test_whoever_nods_at_everything_is_seen() -> None:
    """At least one in six of what can be nodded at is turned round, in every driver at least one."""
    turned = [row for row in OTHERS if row["direction"] == "down"]
    nodded = [row for row in OTHERS if row["kind"] in {"agree", "mood", "yesno"}]
    assert len([row for row in turned if row["kind"] != "scale"]) * 6 >= len(nodded)
    assert {row["driver"] for row in turned} == set(DRIVERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_share_an_id_or_words(language: str) -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({fingerprint(row[language]) for row in ROWS}) == len(ROWS)


def test_each_chinese_is_written_on_its_own() -> None:
    """A character conversion keeps the length and every character that both scripts share; most lines here do not."""
    same = [row["id"] for row in ROWS if shared(row["zh-Hant"]) == shared(row["zh-Hans"])]
    assert len(same) * 2 < len(ROWS), same


def shared(text: str) -> str:
    """A text with every character that only one of the scripts has as a dot."""
    return "".join(sign if both(sign) else "·" for sign in text)


def both(sign: str) -> bool:
    try:
        return bool(sign.encode("big5") and sign.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def test_the_bank_is_what_the_file_says() -> None:
    bank = questions()
    assert bank is questions(), "read once"
    assert [one.id for one in bank] == [row["id"] for row in ROWS]
    for one, row in zip(bank, ROWS, strict=True):
        assert isinstance(one, Question)
        assert (one.driver, one.kind, one.direction, one.source) == tuple(
            row[key] for key in ("driver", "kind", "direction", "source")
        )
        assert one.anchor == row.get("anchor", False)
        assert [one.said(language) for language in LANGUAGES] == [row[language] for language in LANGUAGES]
        assert [option.id for option in one.options] == [option["id"] for option in row.get("options", ())]
        if one.options:
            shown = [[one.shown(value, language) for value in one.values] for language in LANGUAGES]
            assert shown == [[option[language] for option in row["options"]] for language in LANGUAGES]

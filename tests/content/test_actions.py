"""The suggested actions: each can be done by a lead, and none turns against those who answered."""

import re
import tomllib
from typing import Any

import pytest

from bot.rules.languages import LANGUAGES
from bot.rules.praise import fingerprint
from bot.rules.questions import DRIVERS
from bot.services.bank import CONTENT, EFFORTS, actions
from tests.content.wording import check_words

ROWS: list[dict[str, Any]] = tomllib.loads((CONTENT / "actions.toml").read_text(encoding="utf-8"))["action"]
ABOUT_ANSWERS = re.compile(
    r"\b(answered|answers|survey\w*|pulse\w*|scores?|rating\w*|respon\w+|results?|poll\w*|vot\w+|anonym\w*|participa\w*)\b"
    r"|問卷|问卷|調查|调查|作答|答卷|分數|分数|評分|评分|投票|匿名|填答|參與率|参与率",
    re.I,
)
REWARD = re.compile(
    r"\b(bonus\w*|prizes?|points?|reward\w*|raffle|gift\w*)\b|獎|奖|抽籤|抽签|點數|积分|禮物|礼物", re.I
)
PRESSURE = re.compile(
    r"\b(who said|who thinks|why did you|explain your)\b|是誰說|是谁说|誰說的|谁说的|為什麼這樣答|为什么这样答", re.I
)
TOLD = re.compile(
    r"(?:(?:This week|All this week|For a month|Within a month|From today|From next month), )?"
    r"(agree|allow|answer|ask|decide|draw|eat|end|explain|from|give|greet|hang|have|hold|invite|lay|let|offer|open|pick"
    r"|promise|publish|put|read|send|serve|set|strike|swap|take|tell|thank|visit|watch|write)\b",
    re.I,
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_action_is_whole_and_said_well_in_three_languages(row: dict[str, Any]) -> None:
    assert set(row) == {"id", "driver", "effort", "source", *LANGUAGES}
    assert row["driver"] in DRIVERS and row["effort"] in EFFORTS
    assert re.fullmatch("[a-z]+(-[a-z]+)+", row["id"]) and len(row["id"]) <= 40
    assert row["id"].startswith(f"{row['driver']}-")
    assert re.search(r"[12]\d{3}\)$", row["source"]) and len(row["source"]) <= 160, "what speaks for it, who, when"
    check_words(row, english=140, chinese=70)
    assert row["en"][-1] in ".?" and row["zh-Hant"][-1] == row["zh-Hans"][-1] in "。？"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_action_tells_a_lead_what_to_do_by_when(row: dict[str, Any]) -> None:
    assert TOLD.match(row["en"]), "an imperative"
    assert not re.search(r"\b(I|we|should|must|consider|try to)\b", row["en"])
    when = {"today": r"\b(today|the day)\b", "week": r"\bweek\b", "month": r"\b(month|month's|every week)\b"}
    assert re.search(when[row["effort"]], row["en"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_no_action_looks_for_who_answered_or_rewards_answering(row: dict[str, Any]) -> None:
    for language in LANGUAGES:
        for pattern in (ABOUT_ANSWERS, REWARD, PRESSURE):
            assert not pattern.search(row[language])


def test_every_driver_has_an_action_for_today_a_week_and_a_month() -> None:
    assert len(ROWS) >= 36
    assert {(row["driver"], row["effort"]) for row in ROWS} == {
        (driver, effort) for driver in DRIVERS for effort in EFFORTS
    }
    places = [(DRIVERS.index(row["driver"]), EFFORTS.index(row["effort"])) for row in ROWS]
    assert places == sorted(places), "by driver, the quickest first"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_actions_share_an_id_or_words(language: str) -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({fingerprint(row[language]) for row in ROWS}) == len(ROWS)


def test_the_actions_are_what_the_file_says() -> None:
    assert actions() is actions(), "read once"
    assert [(one.id, one.driver, one.effort, one.source) for one in actions()] == [
        (row["id"], row["driver"], row["effort"], row["source"]) for row in ROWS
    ]
    for one, row in zip(actions(), ROWS, strict=True):
        assert [one.said(language) for language in LANGUAGES] == [row[language] for language in LANGUAGES]

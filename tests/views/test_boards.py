"""Boards, statement, morning and guide: what each must never leave out."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.points import Account
from bot.services.kudos import Left
from bot.services.leaderboards import Place, Record, Standing
from bot.services.points import Statement
from bot.services.rituals import Morning, Silence, Skipped
from bot.views import guide, kudos, leaderboards, points, rituals
from bot.views.tongue import speak
from storage.points import Line
from tests.views.outcomes import COMPANY, DAY, NOW, ORDINARY, RITUAL, member

ANN, BO, CHEN = member(1, "Ann"), member(2, "Bo"), member(3, "Chen")
PLACES = (Place(1, BO, 30, 3), Place(1, CHEN, 30, 4), Place(3, ANN, 10, 3))
STANDING = Standing("points", "month", DAY, PLACES, PLACES[2], ANN, 1)


def table(message: Any) -> dict[str, Any]:
    (found,) = (block for block in message["blocks"] if block["type"] == "data_table")
    return found


def values(message: Any) -> list[list[Any]]:
    return [[cell.get("value", cell.get("text")) for cell in row] for row in table(message)["rows"][1:]]


def test_a_board_is_a_table_with_heads_for_screen_readers_and_a_twin() -> None:
    message = leaderboards.board(STANDING, "en")
    assert values(message) == [[1, "Bo", 30, 3], [1, "Chen", 30, 4], [3, "Ann (you)", 10, 3]]
    assert table(message)["caption"] == "Points, this month" and table(message)["row_header_column_index"] == 1
    assert "Place: 1, Who: Bo, Points: 30, Times: 3" in message["text"]
    assert "Equal numbers share a place." in message["text"] and "not pay" in message["text"]


def test_ones_own_place_is_always_said_and_first() -> None:
    outside = replace(STANDING, own=Place(27, ANN, 2, 2), places=PLACES[:2])
    assert leaderboards.board(outside, "en")["text"].splitlines()[1] == "You are in place 27 with 2 points."
    nothing = replace(STANDING, own=None, places=())
    assert "Nothing counts for you here yet." in leaderboards.board(nothing, "en")["text"]
    assert "Nobody is on this board yet" in leaderboards.board(nothing, "en")["text"]


def test_a_long_period_says_how_many_entries_a_place_needs() -> None:
    early = replace(STANDING, period="year", least_events=3, own=Place(0, ANN, 20, 2))
    text = leaderboards.board(early, "en")["text"]
    assert "You have 20 points and no place yet." in text and "at least 3 entries" in text


def test_somebody_hidden_is_reminded_of_it() -> None:
    hidden = replace(STANDING, viewer=replace(ANN, hides_rank=True))
    assert "You are hidden" in leaderboards.board(hidden, "en")["text"]


def test_a_board_of_given_kudos_counts_kudos_once() -> None:
    assert values(leaderboards.board(replace(STANDING, board="given"), "en"))[0] == [1, "Bo", 30]


def test_a_record_shows_every_period() -> None:
    record = Record(BO, (("week", None), ("all", PLACES[0])))
    assert values(leaderboards.record(record, "en")) == [
        ["this week", "none", 0, 0],
        ["since the beginning", 1, 30, 3],
    ]


def test_the_statement_shows_balance_month_entries_and_what_is_left() -> None:
    lines = (
        Line("b", ANN.id, "kudos", -1, DAY, NOW, reverses="a"),
        Line("a", ANN.id, "kudos", 1, DAY, NOW),
        Line("p", ANN.id, "praise", 10, DAY, NOW),
    )
    message = points.statement(Statement(ANN, Account(8, 2, 0), 10, lines, Left(4, 0)), "en")
    assert "You have 10 points.\n2 points of it wait for a reward." in message["text"]
    assert "This month you earned 10 points." in message["text"] and "still give 4 kudos today" in message["text"]
    assert values(message)[0] == ["20 Nov 2026", "Kudos from a colleague, taken back", -1]
    assert "Points: -1" in message["text"] and "Points: +10" in message["text"]


def test_a_debt_is_explained_and_an_empty_ledger_is_kind() -> None:
    text = points.statement(Statement(ANN, Account(0, 0, 5), 0, (), Left(5, 0)), "en")["text"]
    assert "You have -5 points." in text and "5 points were taken back" in text and "No entries yet" in text


def test_a_morning_opens_with_words_then_others_then_an_invitation() -> None:
    opening = ORDINARY.praise("en", words="What a kind man.", customer="Ms Lin", people=(BO,), link="")
    other = replace(opening, id="e" * 32, words="x" * 200, people=(CHEN,))
    message = rituals.morning(Morning(RITUAL, DAY, opening, False, (other,), 4), "en")
    lines = message["text"].splitlines()
    assert lines[0].startswith("Good morning!") and "20 November 2026" in lines[0]
    assert lines[1:3] == ["“What a kind man.”", "From Ms Lin, earned by <@U0002>."]
    assert f"• “{'x' * 79}…” – <@U0003>" in lines and "And 4 more." in lines
    assert "`/praise`" in lines[-1]


def test_an_older_praise_is_marked_as_such() -> None:
    opening = ORDINARY.praise("en")
    assert "older" in rituals.morning(Morning(RITUAL, DAY, opening, True, (), 0), "en")["text"]
    assert "older" not in rituals.morning(Morning(RITUAL, DAY, opening, False, (), 0), "en")["text"]


def test_a_preview_says_that_it_is_one_and_when_it_will_be_posted() -> None:
    for outcome in (Silence(RITUAL, DAY), Morning(RITUAL, DAY, ORDINARY.praise("en"), False, (), 0)):
        text = rituals.preview((outcome,), "en")["text"]
        assert "only you see" in text and "09:00 (Asia/Taipei)" in text and "<#C0001>" in text


def test_admins_hear_which_mornings_were_skipped() -> None:
    text = rituals.skipped(Skipped(RITUAL, (DAY,), ()), "en")["text"]
    assert "20 November 2026" in text and "four hours" in text and "No praise is lost" in text


@pytest.mark.parametrize(
    ("role", "has", "has_not"),
    [
        ("", ("5 kudos of 1 point", "/points"), ("As a lead", "preview")),
        ("lead", ("10 kudos of 5 points", "two buttons"), ("preview",)),
        ("admin", ("10 kudos of 5 points", "two buttons", "/golden-ear preview"), ()),
    ],
)
def test_the_guide_says_what_this_person_may_do(role: str, has: tuple[str, ...], has_not: tuple[str, ...]) -> None:
    text = guide.guide(replace(ANN, appointed=role), COMPANY, "en")["text"]
    assert all(part in text for part in has) and not any(part in text for part in has_not)
    assert ":star:" in text and "#care" in text and "<#C0001>" in text


def test_the_guide_names_the_shortcuts_as_slack_shows_them_in_every_language() -> None:
    for language in ("en", "zh-Hant", "zh-Hans"):
        text = guide.guide(ANN, COMPANY, language)["text"]
        assert "Save as customer praise" in text and "Record customer praise" in text


def test_the_guide_has_the_privacy_button() -> None:
    actions = [block for block in guide.guide(ANN, COMPANY, "en")["blocks"] if block["type"] == "actions"]
    assert actions[0]["elements"][0]["action_id"] == "praise_private"


def test_thanks_that_are_worth_nothing_are_told_without_a_word_of_points() -> None:
    worthless = replace(COMPANY, kudos_points=0, lead_kudos_points=0)
    said = guide.guide(replace(ANN, appointed="lead"), worthless, "en")["text"]
    assert "You can give 5 kudos a day" in said and "you also have 10 kudos each week" in said
    given = kudos.left(speak("en"), Left(4, 3, 0), lead=True)
    assert "You can still give 3 lead kudos this week." in given
    assert "0 points" not in said + given

"""What an idea must be, and through which states it goes (product.md 3)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.rules import suggestions as rules
from bot.rules.refusal import Refusal


def test_a_title_stands_on_one_line_and_texts_are_masked() -> None:
    assert rules.title("  A shelf\n for   umbrellas ") == "A shelf for umbrellas"
    assert rules.text("write to lin@example.com", field="what") == "write to [email]"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: rules.title(" \n "), "idea_text_missing"),
        (lambda: rules.title("x" * 121), "idea_text_too_long"),
        (lambda: rules.text("x" * 2001, field="what"), "idea_text_too_long"),
        (lambda: rules.gains("me"), "unknown_gains"),
        (lambda: rules.wall("berlin"), "unknown_wall"),
        (lambda: rules.state("lost"), "out_of_date"),
    ],
)
def test_what_cannot_be_an_idea_is_refused(call: Callable[[], object], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code


def test_the_beginning_of_a_comment_makes_a_title() -> None:
    assert rules.begun("The lift\nis slow.") == "The lift is slow."
    assert rules.begun("很" * 200) == "很" * 119 + "…"


def test_every_way_leads_to_a_state_and_done_is_the_end() -> None:
    assert set(rules.WAYS) == set(rules.STATES)
    assert all(set(ways) <= set(rules.STATES) for ways in rules.WAYS.values())
    assert rules.WAYS["done"] == ()


def test_an_idea_takes_no_way_that_there_is_not() -> None:
    rules.check_way("new", "review")
    with pytest.raises(Refusal):
        rules.check_way("new", "done")


def test_leads_move_ideas_and_nobody_their_own() -> None:
    assert rules.may_move("lee", "ann", leads=True) and rules.may_move("lee", None, leads=True)
    assert not rules.may_move("lee", "lee", leads=True) and not rules.may_move("bo", "ann", leads=False)


def test_five_working_days_are_counted_without_today_and_weekends() -> None:
    monday = date(2026, 3, 9)

    assert rules.overdue_since(monday, lambda day: day.weekday() < 5) == date(2026, 3, 2)
    assert rules.overdue_since(monday, lambda day: True) == monday - timedelta(days=5)
    assert rules.overdue_since(monday, lambda day: False) == monday - timedelta(days=60)

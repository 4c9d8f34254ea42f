"""Which question is next: what the quarter owes is spread over it, the others take turns."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.periods import start
from bot.rules.questions import DRIVERS, ENPS, Option, Past, Question, next_question

JANUARY = date(2026, 1, 1)


def question(id_: str, driver: str, *, anchor: bool = False) -> Question:
    return Question(id_, driver, "agree", "up", {"en": id_}, anchor=anchor)


BANK = [
    *(question(f"{driver}-anchor", driver, anchor=True) for driver in DRIVERS),
    Question("enps", ENPS, "scale", "up", {"en": "Would you recommend us?"}),
    *(question(f"{driver}-{number}", driver) for driver in DRIVERS for number in range(4)),
]


def asked(dates: list[date], bank: list[Question] = BANK) -> list[Past]:
    """What is asked on these dates."""
    past: list[Past] = []
    for place, day in enumerate(dates):
        left = sum(start("quarter", other) == start("quarter", day) for other in dates[place:])
        chosen = next_question(bank, past, day, left)
        assert chosen
        past.append(Past(chosen.id, chosen.driver, day))
    return past


def year(weekdays: tuple[int, ...]) -> list[date]:
    days = [JANUARY + timedelta(days=ahead) for ahead in range(365)]
    return [day for day in days if day.weekday() in weekdays]


def test_every_quarter_asks_each_anchor_and_enps_once() -> None:
    past = asked(year((1, 3)))

    for month in (1, 4, 7, 10):
        quarter = [one for one in past if start("quarter", one.local_date) == date(2026, month, 1)]
        owed = Counter(one.question for one in quarter if one.question == ENPS or one.question.endswith("anchor"))
        assert len(owed) == 13 and set(owed.values()) == {1}


def test_what_a_quarter_owes_is_spread_over_it() -> None:
    quarter = [one for one in asked(year((1, 3))) if one.local_date.month <= 3]
    places = [place for place, one in enumerate(quarter) if one.question == ENPS or one.question.endswith("anchor")]

    assert max(later - earlier for earlier, later in pairwise(places)) <= 3


def test_once_a_week_the_quarter_is_just_long_enough() -> None:
    quarter = [one.question for one in asked(year((1,))) if one.local_date.month <= 3]

    assert len(set(quarter)) == len(quarter) == 13


def test_no_other_question_returns_before_the_bank_is_through() -> None:
    others = [one.question for one in asked(year((1, 3))) if one.question[-1].isdigit()]

    assert len(others) >= 48
    assert len(set(others[:48])) == 48


def test_drivers_take_turns() -> None:
    others = [one.driver for one in asked(year((1, 3))) if one.question[-1].isdigit()]

    assert max(Counter(others).values()) - min(Counter(others).values()) <= 1


def test_an_empty_bank_has_no_question() -> None:
    assert next_question([], [], JANUARY, 1) is None


def test_a_bank_of_anchors_alone_goes_on() -> None:
    assert asked(year((1, 3))[:20], BANK[:3])[3].question == "recognition-anchor"


@given(st.lists(st.dates(JANUARY, date(2026, 12, 31)), unique=True, max_size=60).map(sorted))
def test_there_is_always_a_question(dates: list[date]) -> None:
    assert len(asked(dates)) == len(dates)


def test_words_fall_back_to_english_and_then_to_what_is_there() -> None:
    assert question("x", "growth").said("zh-Hant") == "x"
    only = Question("x", "growth", "choice", "none", {"zh-Hans": "好"}, (Option("a", {"en": "A"}),))
    assert only.said("en") == "好" and only.shown("a", "zh-Hant") == "A" and only.values == ("a",)

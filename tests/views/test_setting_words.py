"""What the texts of settings mean, in words."""

import pytest

from bot.views.setting_words import value
from bot.views.tongue import speak


@pytest.mark.parametrize(
    ("name", "text", "means"),
    [
        ("VALUES", "care,speed,用心", "care, speed and 用心"),
        ("VALUES", "care", "care"),
        ("VALUES", "", "none"),
        ("WORKDAYS", "mon,fri", "Monday and Friday"),
        ("WORKDAYS", "mon,someday", "mon,someday"),
        ("QUIET_HOURS", "21:00-08:00", "21:00–08:00"),
        ("KEEP_MONTHS", "24", "24 months"),
    ],
)
def test_a_text_is_said_in_words_and_one_that_is_not_understood_as_it_is(name: str, text: str, means: str) -> None:
    assert value(speak("en"), name, text) == means

"""What a story looks like in a terminal."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.workspace.picture import Grid, Line, mrkdwn, picture
from bot.workspace.screen import Screen
from bot.workspace.telling import Told
from bot.workspace.wrapping import one_line, wrapped

TEXT = st.text(st.sampled_from("ab ,.“”（）「」，。媽粥a'é👏—"), max_size=80)


@given(TEXT, st.integers(min_value=2, max_value=30))
def test_no_line_is_wider_than_its_place_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(TEXT, st.integers(min_value=2, max_value=30))
def test_one_line_fits(text: str, width: int) -> None:
    assert cell_len(one_line(text, width)) <= width


def test_a_picture_reads_as_people_see_it() -> None:
    assert mrkdwn("*<@U0MEI00000>* in <#C0PRAISE01|praise>: 2 &lt; 3 &amp; <https://a.example|here>") == (
        "@mei in #praise: 2 < 3 & here"
    )
    words = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "\u2068so *kind*\u2069"}]}
    who = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0LING0000"}]}
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Join in"}}
    blocks = [{"type": "rich_text", "elements": [words, who]}, {"type": "actions", "elements": [button]}]
    assert picture({"text": "twin", "blocks": blocks}) == (
        Line("so *kind*", "quote"),
        Line("@ling"),
        Line("[ Join in ]", "buttons"),
    )
    assert picture({"text": "a &amp; b"}) == (Line("a & b"),)


@pytest.mark.parametrize("columns", [20, 60, 80, 300])
def test_everything_fits_a_terminal_of_any_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = io.TextIOWrapper(io.BytesIO())
    screen = Screen(out)
    words = "第三天，媽媽先對她笑了。" * 9
    screen.day(date(2026, 11, 25))
    screen.scene("09:00", "The day opens with the words that moved people most. " * 3)
    screen.act("Ling types:", f"/praise @ling 「{words}」")
    screen.arrives("#praise", (Line(words, "quote"), Line(words, "bullet"), Line("a\nb"), Line(words, "small")))
    screen.arrives("brief", (Line(words, "quote"), Line("[ no ]", "buttons")), brief=True)
    screen.arrives("board", (Grid("", ("名次", "姓名"), (("1", "林玲"), ("2", words)), frozenset({0})),))
    out.flush()
    shown = out.buffer.getvalue().decode("utf-8")
    assert all(cell_len(line) <= min(100, max(40, columns)) for line in shown.splitlines())
    assert "\x1b" not in shown and "[ no ]" not in shown
    assert shown.count("▌") > 1 and "09:00  The day opens" in shown


def test_a_story_is_told_in_the_language_of_the_terminal_and_what_is_no_sentence_of_it_as_it_is() -> None:
    out = io.StringIO()
    screen = Screen(out, "zh-Hant")
    screen.day(date(2026, 11, 25))
    screen.scene("10:00", Told("And here."))
    screen.act(Told("Rosa answers:"), "For the next day.")
    screen.note("as it is")
    shown = out.getvalue()
    assert "2026年11月25日" in shown and "10:00  然後是這裡。" in shown
    assert "Rosa 回答：" in shown and "For the next day." in shown and "as it is" in shown

"""Charts and tables as they are drawn: their scales, their words, what tells series apart."""

import pytest
from htpy import fragment
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.page.drawn import marks, numbers
from bot.workspace.page.drawn.blocks import blocks
from tests.workspace.page.every_block import chart
from tests.workspace.page.markup import Read
from tests.workspace.page.readers import reader

VALUES = st.floats(-1e12, 1e12, allow_nan=False, allow_infinity=False)


@given(VALUES, VALUES)
def test_a_scale_is_of_round_numbers_and_reaches_over_all_values(one: float, other: float) -> None:
    least, most = sorted((one, other))
    scale = numbers.ticks(least, most)
    assert 0.0 in scale
    assert 2 <= len(scale) <= 9
    slack = (scale[-1] - scale[0]) * 1e-6
    assert scale[0] <= least + slack
    assert scale[-1] >= most - slack


@pytest.mark.parametrize(
    ("most", "scale"), [(3, [0, 1, 2, 3]), (9, [0, 2, 4, 6, 8, 10]), (0, [0, 1]), (101, [0, 25, 50, 75, 100, 125])]
)
def test_what_is_counted_has_whole_numbers(most: int, scale: list[float]) -> None:
    assert numbers.ticks(0, most) == scale


def test_series_are_told_apart_by_more_than_their_colour() -> None:
    assert len({marks.look(place) for place in range(12)}) == 12
    points = {str(fragment[marks.point(place, 0, 0)]) for place in range(6)}
    bars = {str(fragment[marks.bar(place, 0, 0, 40, 40)]) for place in range(6)}
    assert len(points) == len(bars) == 6


@pytest.mark.parametrize("kind", ["bar", "line", "area", "pie"])
def test_a_chart_says_what_it_is_and_has_its_figures_in_a_table(kind: str) -> None:
    seen = Read(str(fragment[blocks(reader(), [chart("Thanks", kind)])]))
    assert {value for tag, name, value in seen.attributes if (tag, name) == ("svg", "aria-label")} == {
        f"{kind.capitalize()} chart: Thanks"
    }
    assert [tag for tag, _ in seen.skeleton].count("table") == 1
    assert seen.words.endswith("1Thanks 1 2Thanks 2" if kind == "pie" else "1Thanks 1 1 2Thanks 2 2")


def test_points_are_drawn_in_the_order_of_the_categories() -> None:
    block = chart("x", "bar")
    block["chart"]["series"][0]["data"].reverse()
    straight = str(fragment[blocks(reader(), [chart("x", "bar")])])
    assert str(fragment[blocks(reader(), [block])]) == straight


def test_a_table_of_figures_is_paged_and_its_numbers_stand_below_one_another() -> None:
    rows = [[{"type": "raw_text", "text": f"r{n}"}, {"type": "raw_number", "value": n * 1000}] for n in range(8)]
    head = [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Points"}]
    table = {"type": "data_table", "caption": "All", "rows": [head, *rows], "page_size": 3}
    markup = str(fragment[blocks(reader(), [table])])
    assert markup.count("<tr hidden>") == 5
    assert "1–3 / 8" in markup
    assert '<td class="to-right wrapped" data-order="7000">7,000</td>' in markup
    assert markup.count('scope="row"') == 8
    assert markup.count('scope="col"') == 2

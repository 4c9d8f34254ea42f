"""A chart in the terminal is the table of its points; a date is written out."""

from bot.workspace.picture import Grid, Line, picture


def test_a_chart_is_the_table_of_its_points() -> None:
    points = [{"label": "Agree", "value": 3}, {"label": "Disagree", "value": 1.5}]
    axis = {"categories": ["Agree", "Disagree"], "x_label": "Answer", "y_label": "Answers"}
    chart = {"type": "bar", "series": [{"name": "Answers", "data": points}], "axis_config": axis}
    block = {"type": "data_visualization", "title": "What was answered", "chart": chart}
    rows = (("Agree", "3"), ("Disagree", "1.5"))
    assert picture({"blocks": [block]}) == (Grid("What was answered", ("Answer", "Answers"), rows, frozenset({1})),)


def test_a_pie_is_the_table_of_its_segments() -> None:
    segments = [{"label": "Agree", "value": 3}, {"label": "Disagree", "value": 1}]
    block = {"type": "data_visualization", "title": "Answers", "chart": {"type": "pie", "segments": segments}}
    (grid,) = picture({"blocks": [block]})
    assert isinstance(grid, Grid) and grid.rows == (("Agree", "3"), ("Disagree", "1"))


def test_a_date_is_written_out() -> None:
    text = "Open until: <!date^1795357800^{date_long_pretty} {time}|Sunday 22:30 (Asia/Taipei)>"
    assert picture({"text": text}) == (Line("Open until: Sunday 22:30 (Asia/Taipei)"),)

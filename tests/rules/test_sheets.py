"""A table as a file: what any CSV reader reads back, and what no spreadsheet runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.sheets import csv_file


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_begins_with_the_mark_of_utf_8_and_ends_lines_as_the_standard_says() -> None:
    content = csv_file(["名", "Points"], [["小明", 10], ['say "hi", he said', -3]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '"名","Points"\r\n"小明",10\r\n"say ""hi"", he said",-3\r\n'


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "  =HYPERLINK(1)", "\u3000@x", "\ufeff=1"],
)
def test_what_begins_like_a_formula_is_text(cell: str) -> None:
    (_, (written,)) = read(csv_file(["a"], [[cell]]))
    assert written == f"'{cell}"


def test_numbers_of_ours_stay_numbers() -> None:
    assert csv_file(["a"], [[-5], [0.5]]).endswith(b"\r\n-5\r\n0.5\r\n")


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_every_text_comes_back(cells: list[str]) -> None:
    head, row = read(csv_file(["h"] * len(cells), [cells]))
    assert len(head) == len(row) == len(cells)
    for written, cell in zip(row, cells, strict=True):
        assert written.removeprefix("'") == cell.replace("\0", "").removeprefix("'")
        assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))

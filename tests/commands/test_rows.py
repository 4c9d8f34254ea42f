"""The CSV reader: RFC 4180 comes back as it was written, and nothing that a file can hold stops it."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.rows import MAX_ROW, Refused, Row, Table, WrongHeader, opened, refused_path

COLUMNS = ("a", "b", "c")


def text_of(content: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", errors="surrogateescape", newline="")


def table(content: str | bytes, columns: Sequence[str] = COLUMNS) -> Table:
    raw = content.encode() if isinstance(content, str) else content
    return Table(text_of(raw), columns)


def rows(content: str | bytes) -> list[Row]:
    return list(table(content))


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
cells = st.tuples(texts, texts, texts)


@settings(max_examples=1000)
@given(
    written=st.lists(cells, max_size=8),
    line_end=st.sampled_from(["\r\n", "\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    mark=st.booleans(),
)
def test_whatever_was_written_as_csv_comes_back(
    written: list[tuple[str, str, str]], line_end: str, quoting: int, mark: bool
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(COLUMNS)
    lines: list[int] = []
    for row in written:
        lines.append(len(file.getvalue().replace("\r\n", "\n").replace("\r", "\n").split("\n")))
        writer.writerow([cell.replace("\r", "\n") if line_end == "\n" else cell for cell in row])
    found = rows(file.getvalue().encode("utf-8-sig" if mark else "utf-8"))
    kept = [(row, line) for row, line in zip(written, lines, strict=True) if any(row)]
    wanted = [tuple(cell.replace("\r", "\n") if line_end == "\n" else cell for cell in row) for row, _ in kept]
    assert [row.cells for row in found] == wanted
    assert [row.line for row in found] == [line for _, line in kept]
    assert not any(row.reason for row in found)


@settings(max_examples=3000)
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(st.sampled_from('",\r\n\0x é'), max_size=80).map(str.encode),
        st.lists(st.sampled_from([b'"', b",", b"\n", b"\r\n", b"a", b"\xff", b"\xef\xbb\xbf", b'""'])).map(b"".join),
    ),
    header=st.booleans(),
)
def test_no_bytes_whatever_stop_it(content: bytes, header: bool) -> None:
    try:
        found = rows(b"a,b,c\r\n" * header + content)
    except WrongHeader:
        return
    assert all(row.reason or len(row.cells) == 3 for row in found)
    assert [row.line for row in found] == sorted({row.line for row in found})


def test_a_row_with_line_breaks_has_the_line_on_which_it_starts() -> None:
    found = rows('c,b,a\r\n1,"two\r\nlines",x\r\n\r\n2,"she said ""fine""",y\n')
    assert [(row.line, row.cells) for row in found] == [
        (2, ("1", "two\r\nlines", "x")),
        (5, ("2", 'she said "fine"', "y")),
    ]
    assert dict(table("c,b,a\n1,2,3\n").named(Row(2, ("1", "2", "3")))) == {"c": "1", "b": "2", "a": "3"}


def test_a_quotation_mark_that_never_closes_costs_its_own_line_alone() -> None:
    many = "".join(f"{n},b,c\n" for n in range(50_000))
    found = rows(f'a,b,c\n1,"open,c\n{many}2,"closed",c\n3,"open at the end')
    bad = [(row.line, row.reason) for row in found if row.reason]
    assert bad == [
        (2, "a quotation mark is opened and never closed"),
        (50_004, "a quotation mark is opened and never closed"),
    ]
    assert len(found) == 50_003


def test_a_quotation_mark_closed_in_the_middle_costs_its_own_line_alone() -> None:
    found = rows('a,b,c\n1,"he said "hello" to me",c\n2,b,c\n')
    assert [(row.line, bool(row.reason)) for row in found] == [(2, True), (3, False)]
    assert "twice" in found[0].reason and found[0].cells == ('1,"he said "hello" to me",c',)


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_line_without_end_is_refused_and_not_kept(end: str) -> None:
    long = "x" * (3 * MAX_ROW + 7)
    found = rows(f"a,b,c\n1,2,3\n{long}{end}" + (f"4,5,6{end}" if end else ""))
    assert [(row.line, bool(row.reason)) for row in found] == [(2, False), (3, True), (4, False)][: 3 if end else 2]
    assert "longer than" in found[1].reason and len(found[1].cells[0]) <= MAX_ROW + 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"1,2", "it has 2 cells"),
        (b"1,2,3,4", "it has 4 cells"),
        (b"1,2,\0", "NUL"),
        (b"1,2,\xa4\xa4", "not UTF-8"),
        (b"1,2,\xed\xa0\x80", "not UTF-8"),
    ],
)
def test_a_row_that_cannot_be_meant_says_why(line: bytes, reason: str) -> None:
    (row,) = rows(b"a,b,c\n" + line + b"\n,,\n\n")
    assert row.line == 2 and reason in row.reason


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"a,b\n1,2\n", "missing: c"),
        (b"a,b,c,d\n", "unknown: d"),
        (b"a,b,c,c\n", "twice: c"),
        (b"a;b;c\n1;2;3\n", "not by semicolons"),
        (b"A,B,C\n", "missing: a, b, c; unknown: A, B, C"),
        ("a,b,c\n1,2,3\n".encode("utf-16"), "not UTF-8"),
        (b'"a,b,c\n', "first row cannot be read"),
    ],
)
def test_a_wrong_first_row_is_told_before_anything_is_read(content: bytes, words: str) -> None:
    with pytest.raises(WrongHeader) as caught:
        table(content)
    assert words in str(caught.value)


def test_refused_rows_are_kept_byte_for_byte_and_can_be_imported_again(tmp_path: Path) -> None:
    odd = b'\xef\xbb\xbfa,b,c\r\n1,"two\nlines, ""quoted""",=1+1\r\n\xff\xfe,x,\r\n1,2\r\n3,"open,x\r\n'
    path = tmp_path / "praise.csv"
    path.write_bytes(odd)
    with opened(path) as text:
        read = table_of(text)
        refused = Refused(refused_path(path), read, mark=True)
        for row in read:
            refused.add(row, row.reason or "on the moon")
        refused.close()
    assert refused.path.name == "praise.rejected.csv" and refused.count == 4
    content = refused.path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfline,reason,a,b,c\r\n")
    assert b'2,on the moon,1,"two\nlines, ""quoted""",=1+1\r\n' in content and b"\xff\xfe,x,\r\n" in content
    assert b',"3,""open,x"\r\n' in content
    with opened(refused.path) as text:
        again = table_of(text)
        first, *_ = again
        assert again.named(first)["b"] == 'two\nlines, "quoted"'
        assert again.own(first.cells) == ["1", 'two\nlines, "quoted"', "=1+1"]


def table_of(text: TextIO) -> Table:
    return Table(text, COLUMNS)


def test_the_refused_rows_of_an_earlier_import_are_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "praise.rejected.csv"
    path.write_text("old")
    Refused(path, table("a,b,c\n"), mark=False).close()
    assert not path.exists()
    assert refused_path(tmp_path / "export.2026.CSV").name == "export.2026.rejected.csv"
    assert refused_path(tmp_path / "export").name == "export.rejected.csv"

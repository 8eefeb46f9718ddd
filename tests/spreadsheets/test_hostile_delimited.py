"""Delimited text: encodings, separators, quotes; what can't be told is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records.limits import DEFAULT_LIMITS
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.refusals import UnreadableFile
from tests.grids_read import read_data

TEXT = "项目名称,总投资\r\n甲项目,001\r\n"


def read(data: bytes) -> Grid:
    (grid,) = read_data(data, "台账", ".csv", DEFAULT_LIMITS)
    return grid


def texts(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read(data).rows]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(data)
    return refused.value.code


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    assert texts(TEXT.encode(encoding)) == [["项目名称", "总投资"], ["甲项目", "001"]]


def test_four_byte_characters_arrive_whole() -> None:
    assert texts("𠮷㛃,1".encode("gb18030")) == [["𠮷㛃", "1"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\n甲;1\n", [["甲", "1"]]), ("sep=,\r\n甲,1\r\n", [["甲", "1"]]), ("甲\t1\n", [["甲", "1"]]), ("甲;1\n", [["甲", "1"]]),
        ("甲,1\r乙,2\r", [["甲", "1"], ["乙", "2"]]), ('"甲,乙",1\n', [["甲,乙", "1"]]), ('"甲\n乙",1\n', [["甲\n乙", "1"]]), ("甲,1", [["甲", "1"]]),
    ],
)  # fmt: skip
def test_separators_and_lines(text: str, rows: list[list[str]]) -> None:
    assert texts(text.encode()) == rows


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("甲,\0\n".encode(), "csv-control"), ('甲,"1\n乙,2\n'.encode(), "csv-quote"), ('甲,"1"2\n'.encode(), "csv-quote"),
        ('项目,投资,计划\n甲,"1,2\n乙,1,2\n丙,1",2\n'.encode(), "csv-quote"), (b"\x81", "csv-encoding"), (b"\xff\xfe\x00", "csv-encoding"),
        ("甲".encode() + b"\xff", "csv-encoding"), (("字" * 40_000).encode(), "csv-field"), (("x," * 300 + "y\n").encode(), "too-many-cells"),
        ("项目名称，投资，计划\n甲，1，2\n".encode(), "csv-wide-comma"), (b"1\n" * 30_000, "too-many-rows"), (b"," * 3_000_000, "too-many-cells"), (b"", "empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("written", "seen"),
    [('="0900"', "0900"), ('"=""0900"""', "0900"), ("=900", "900"), ("=-1.5", "-1.5"), ('=""', "")],
)
def test_constants_that_are_written_as_formulas(written: str, seen: str) -> None:
    (cell, other) = read(f"{written},甲\n".encode()).rows[0]
    assert (cell.text, cell.value, cell.flaw, cell.remarks) == (seen, seen, "", ())
    assert other.text == "甲"


def test_a_formula_that_calculates_stays_a_text() -> None:
    assert [each.code for each in read("=1+2,甲\n".encode()).rows[0][0].remarks] == ["formula-text"]


def test_one_sentence_with_commas_is_no_list() -> None:
    assert texts("甲，乙，丙\n丁\n".encode()) == [["甲，乙，丙"], ["丁"]]


def test_flaws_of_text() -> None:
    grid = read("甲,1.50203E+17,\u202e乙,丙\x07\n".encode())
    assert [cell.flaw_code for cell in grid.rows[0]] == ["", "scientific-text", "bidi", "control-character"]


_HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.tuples(_HAN, st.integers(0, 10**9)), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"]),
)
def test_no_table_is_read_in_a_wrong_encoding(rows: list[tuple[str, int]], encoding: str) -> None:
    """GBK text that happens to be UTF-8 as well would need whole rows of rare bytes; it has not been met."""
    data = "".join(f"{name},{number}\r\n" for name, number in [("项目名称", 1), *rows]).encode(encoding)
    assert texts(data)[1:] == [[name, str(number)] for name, number in rows]

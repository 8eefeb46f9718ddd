"""What a person can't see in a cell, for its colour or its size, is not read as a figure."""

import io
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Color, Font, PatternFill

from pipeline.records.limits import DEFAULT_LIMITS
from pipeline.spreadsheets.grid import Grid
from tests.grids_read import read_data

_YELLOW = PatternFill("solid", fgColor="FFFF00")


def grid(data: bytes, suffix: str) -> Grid:
    return read_data(data, "台账", suffix, DEFAULT_LIMITS)[0]


def flaw_of(value: float | str, font: Font, fill: PatternFill | None = None) -> str:
    """Why the cell of an .xlsx is not used."""
    book = openpyxl.Workbook()
    (sheet,) = book.worksheets
    sheet["A1"] = "当年计划投资"
    sheet["A2"] = value
    sheet["A2"].font = font
    if fill:
        sheet["A2"].fill = fill
    made = io.BytesIO()
    book.save(made)
    return grid(made.getvalue(), ".xlsx").at(1, 0).flaw_code


@pytest.mark.parametrize("value", [5000, 0.5, "5000", "三千万元"])
@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color="FFFFFFFF"), None),
        (Font(color="00ffffff"), PatternFill("none")),
        (Font(color=Color(theme=0)), None),
        (Font(color=Color(indexed=9)), None),
        (Font(color="FFFFFF00"), _YELLOW),
        (Font(), PatternFill("solid", fgColor="FF000000")),
        (Font(color=Color(theme=4)), PatternFill("solid", fgColor=Color(theme=4))),
        (Font(size=1), None),
        (Font(size=1.9), None),
    ],
)
def test_letters_in_the_colour_of_their_cell_are_not_read(
    value: float | str, font: Font, fill: PatternFill | None
) -> None:
    assert flaw_of(value, font, fill) == "unseen"


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(), None),
        (Font(color="FFFF0000"), None),
        (Font(color="FFFFFFFF"), _YELLOW),
        (Font(color="FFFFFFFF"), PatternFill("gray125")),
        (Font(color=Color(theme=0)), PatternFill("solid", fgColor=Color(theme=4))),
        (Font(color=Color(theme=0, tint=-0.5)), None),
        (Font(color=Color(theme=4)), PatternFill("solid", fgColor=Color(theme=4, tint=0.8))),
        (Font(), _YELLOW),
        (Font(size=2), None),
    ],
)
def test_letters_that_stand_out_are_read(font: Font, fill: PatternFill | None) -> None:
    assert flaw_of(5000, font, fill) == ""


def test_the_same_in_an_old_workbook(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    looks = (
        "", "font: colour white", "font: colour white; pattern: pattern solid, fore_colour red",
        "font: colour yellow; pattern: pattern solid, fore_colour yellow", "font: height 20", "font: height 40",
    )  # fmt: skip
    for column, look in enumerate(looks):
        sheet.write(0, column, 5000, xlwt.easyxf(look))
    path = tmp_path / "a.xls"
    book.save(str(path))
    found = [cell.flaw_code for cell in grid(path.read_bytes(), ".xls").rows[0]]
    assert found == ["", "unseen", "", "unseen", "unseen", ""]


@pytest.mark.parametrize(("height", "seen"), [(0, False), (20, False), (39, False), (40, True), (300, True)])
def test_a_row_too_low_is_seen_in_an_old_workbook_too(height: int, seen: bool, tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row in range(3):
        sheet.write(row, 0, 5000)
    sheet.row(1).height_mismatch = True
    sheet.row(1).height = height
    path = tmp_path / "a.xls"
    book.save(str(path))
    assert grid(path.read_bytes(), ".xls").hidden_rows == (frozenset() if seen else {1})

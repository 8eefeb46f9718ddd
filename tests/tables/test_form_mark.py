"""The mark of our own forms, their example row, and the word for nothing to report."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.spreadsheets.grid import Cell, Grid
from pipeline.tables.form_mark import NOTES_NAME, FormMark, mark_text, read_mark, sheet_mark
from tests.ledger_sheets import HEAD, declarations, project, read_rows


def _grid(*lines: str, hidden: bool = False) -> Grid:
    return Grid("表", tuple((Cell(line, line),) for line in lines), hidden=hidden)


@pytest.mark.parametrize("kind", LEDGER_KINDS, ids=lambda kind: kind.slug)
def test_a_mark_reads_back(kind: object) -> None:
    name, slug = kind.name, kind.slug  # type: ignore[attr-defined]  # a LedgerKind
    found = read_mark([_grid("标题", mark_text(name, "2027-03", "区住建局（人防办）"))])
    assert found == FormMark(1, "2027-03", "区住建局（人防办）", (slug,))
    assert sheet_mark(_grid(mark_text(name, "2027")).rows) == FormMark(1, "2027", "", (slug,))


@given(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=30), st.integers(1, 12))
def test_any_units_name_reads_back(unit: str, month: int) -> None:
    found = read_mark([_grid("", mark_text("问题台账", f"2027-{month:02d}", unit))])
    assert found == FormMark(1, f"2027-{month:02d}", unit, ("problem",))


def test_a_workbook_has_one_mark_or_none() -> None:
    notes, progress = mark_text(NOTES_NAME, "2027-03", "甲局"), mark_text("项目月报", "2027-03", "甲局")
    whole = read_mark([_grid(notes), _grid(progress), _grid(mark_text("问题台账", "2027-03", "甲 局"))])
    assert whole == FormMark(1, "2027-03", "甲局", ("progress", "problem"))
    assert whole.month is not None
    assert read_mark([_grid(progress), _grid(mark_text("问题台账", "2027-03", "乙局"))]) is None
    assert read_mark([_grid(progress), _grid(mark_text("问题台账", "2027-04", "甲局"))]) is None
    assert read_mark([_grid(progress, hidden=True)]) is None
    assert read_mark([_grid("表式版本：1　台账：别的表　期间：2027-03")]) is None
    assert read_mark([_grid("表式版本：1　台账：项目月报　期间：2027-13")]) is None


def test_an_example_row_is_never_data(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [HEAD, project("示例：某产业园项目", number="示例"), project("甲项目")])
    assert [row.project_name for row in declarations(reading)] == ["甲项目"]


def test_data_written_over_the_example_are_reported(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, [HEAD, project("乙项目", number="示例"), project("甲项目")])
    assert [row.project_name for row in declarations(reading)] == ["甲项目"]
    assert [(f.cell, f.seen) for f in reading.findings if "示例" in f.message] == [("第2行", "乙项目")]

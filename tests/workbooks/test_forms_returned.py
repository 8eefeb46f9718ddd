"""Blank ledgers that come back: what our own form brings back reads without a single finding of the reader."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.field_values import value_of
from pipeline.records.ledgers import Ledgers
from pipeline.records.level import Level
from pipeline.records.period import Month, PartialDay
from pipeline.records.record import Record
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.tables.form_mark import FormMark, read_mark
from pipeline.workbooks.blank_form import FormSheet
from pipeline.workbooks.compose import blank_form
from pipeline.workbooks.form_workbook import FIRST, form_workbook
from pipeline.workbooks.known import UnitKnown, shown
from tests import build
from tests.form_filling import (
    MARCH,
    UNIT,
    fill_in,
    form,
    headings,
    known,
    read_back,
    records_of,
    sentences,
    typed,
)
from tests.grids_read import read_grids
from tests.office_present import saved_by_office

KIND_IDS = {"ids": lambda kind: kind.slug}


@pytest.mark.parametrize("month", [MARCH, None], ids=["month", "year"])
def test_a_filled_form_reads_without_a_finding_and_as_it_was_filled(month: Month | None, tmp_path: Path) -> None:
    book = form(month)
    data, count = fill_in(book)
    assert count > 40
    ledgers = read_back(tmp_path, data)
    assert sentences(ledgers) == []
    for sheet in book.sheets:
        records = records_of(ledgers, sheet.kind.slug)
        assert len(records) == len(sheet.rows) + min(1, sheet.blank_rows), sheet.kind.name
        for number, record in enumerate(records):
            _assert_as_filled(sheet, number, record)


def _assert_as_filled(sheet: FormSheet, number: int, record: Record) -> None:
    row = sheet.rows[number].values if number < len(sheet.rows) else (None,) * len(sheet.columns)
    for column, known_value in zip(sheet.columns, row, strict=True):
        if column.field is None or column.field in sheet.kind.also_known:
            continue
        filled = typed(column.field) if known_value is None else known_value
        found = shown(column.field, value_of(record, column.field))
        if isinstance(filled, float | int):
            filled = Decimal(str(filled))
        assert str(found).replace("—", "-") == str(filled).replace("—", "-"), column.heading
    assert getattr(record, "lead_unit", UNIT) == UNIT


@pytest.mark.parametrize("kind", LEDGER_KINDS, **KIND_IDS)  # type: ignore[arg-type]  # mypy sees only str keys
def test_the_blank_ledger_of_a_new_workspace_reads_back_too(kind: LedgerKind, tmp_path: Path) -> None:
    data, _ = fill_in(blank_form(kind, 2027))
    file = openpyxl.load_workbook(io.BytesIO(data))
    sheet = file.worksheets[0]
    sheet["A1"] = str(sheet["A1"].value).replace("____", "3")
    sheet["C2"] = "甲局"
    file.save(tmp_path / "filled.xlsx")
    ledgers = read_back(tmp_path, (tmp_path / "filled.xlsx").read_bytes())
    assert sentences(ledgers) == []
    assert len(records_of(ledgers, kind.slug)) == 1


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("month", [MARCH, None])
def test_the_form_of_each_level_reads_back(level: Level, month: Month | None, tmp_path: Path) -> None:
    data, _ = fill_in(form(month, office=OfficeSettings(level=level)))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["包联项目清单"] if month is None else None
    if sheet:
        assert f"*需{level.value}领导推动的事项" in headings(sheet)
    read = read_back(tmp_path, data)
    assert sentences(read) == []
    assert all(row.leader_matter for row in read.sponsorships)


def test_a_form_returned_empty_is_named_sheet_by_sheet(tmp_path: Path) -> None:
    month = read_back(tmp_path, form_workbook(form()))
    assert [(x.sheet, x.severity) for x in month.findings] == [("项目月报", Severity.ERROR)]
    assert "原样退回" in month.findings[0].message
    year = read_back(tmp_path, form_workbook(form(None, UnitKnown("新设单位", Ledgers(2027), Ledgers(2026)))))
    assert [(x.sheet, x.severity) for x in year.findings] == [
        ("申报台账", Severity.WARNING), ("包联项目清单", Severity.WARNING), ("手续办理团队", Severity.WARNING),
        ("工作节点", Severity.WARNING), ("责任单位名册", Severity.ERROR), ("储备库台账", Severity.WARNING),
    ]  # fmt: skip
    assert all(finding.unit == "新设单位" for finding in year.findings)


def test_nothing_to_report_is_said_with_one_word(tmp_path: Path) -> None:
    book = form(None, UnitKnown("新设单位", Ledgers(2027), Ledgers(2026)))
    file = openpyxl.load_workbook(io.BytesIO(fill_in(book, {"unit": 1})[0]))
    for sheet in book.sheets:
        if sheet.blank_rows:
            file[sheet.kind.name].cell(FIRST + 1, 2).value = "无"
    file.save(tmp_path / "none.xlsx")
    ledgers = read_back(tmp_path, (tmp_path / "none.xlsx").read_bytes())
    assert sentences(ledgers) == []
    assert (len(ledgers.units), ledgers.declarations, ledgers.reserves) == (1, (), ())


def test_untouched_rows_are_no_data(tmp_path: Path) -> None:
    ledgers = read_back(tmp_path, fill_in(form(), {"progress": 2})[0])
    assert sentences(ledgers) == []
    assert (len(ledgers.progress), len(ledgers.problems), len(ledgers.procedures)) == (2, 1, 1)
    assert not [row for row in ledgers.progress if row.project_name.startswith("示例：")]


def test_rows_put_in_and_taken_out_change_nothing_else(tmp_path: Path) -> None:
    file = openpyxl.load_workbook(io.BytesIO(fill_in(form())[0]))
    sheet = file["问题台账"]
    sheet.delete_rows(FIRST)  # the example
    sheet.insert_rows(FIRST + 1)
    file.save(tmp_path / "changed.xlsx")
    ledgers = read_back(tmp_path, (tmp_path / "changed.xlsx").read_bytes())
    assert sentences(ledgers) == []
    assert [row.project_name for row in ledgers.problems] == [build.PROJECT, "项目名称甲"]


def test_a_form_saved_as_csv_is_still_recognised(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(fill_in(form())[0]))["项目月报"]
    text = io.StringIO()
    writer = csv.writer(text)
    for row in sheet.iter_rows(values_only=True):
        writer.writerow([value.date() if isinstance(value, datetime) else value for value in row])
    ledgers = read_back(tmp_path, text.getvalue().encode("gb18030"), "报表.csv")
    assert sentences(ledgers) == []
    assert [(row.lead_unit, row.month, row.year_done) for row in ledgers.progress] == [
        (UNIT, MARCH, Decimal("1234.56"))
    ] * 2


def test_a_form_of_another_year_is_not_read_as_this_years(tmp_path: Path) -> None:
    other = UnitKnown(UNIT, replace(known().ledgers, year=2028), Ledgers(2027))
    ledgers = read_back(tmp_path, fill_in(form(None, other))[0])
    assert ledgers.declarations == ()
    assert {finding.message for finding in ledgers.findings} == {"这是下发的2028年台账，与所在年度2027年不符，没有读取"}


def test_what_looks_like_a_formula_or_a_template_stays_text(tmp_path: Path) -> None:
    names = ["=1+1", "{{ 项目名称 }}", "甲&乙<丙>", "@SUM(A1)", "+7项目"]
    ledgers = build.ledgers(*(build.declaration(project_name=name) for name in names))
    data, _ = fill_in(form(unit=UnitKnown(UNIT, ledgers, Ledgers(2026))), {"progress": len(names), "problem": 0})
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet2.xml")
    found = read_back(tmp_path, data)
    assert [row.project_name for row in found.progress] == names


@settings(max_examples=20, deadline=None)
@given(
    amount=st.decimals(0, 10**9, places=4).map(lambda value: value.normalize()),
    rate=st.decimals("1.1", 100, places=1),  # 1 and less may be a fraction: asked about
    day=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    words=st.text("一二三abc１（）、·-%", min_size=1, max_size=12).filter(
        lambda text: text.strip("-— /／%、（）·") and not text.startswith("-")  # looks like a formula: said so
    ),
)
def test_any_figure_day_or_text_comes_back_exactly(amount: Decimal, rate: Decimal, day: date, words: str) -> None:
    file = openpyxl.load_workbook(io.BytesIO(_MARCH_FORM))
    sheet = file["项目月报"]
    cells = dict(zip(headings(sheet), sheet[FIRST + 1], strict=True))
    cells["**本年累计完成投资（万元）"].value = amount
    cells["形象进度完成率（%）"].value = rate
    cells["实际开工时间"].value = day
    cells["**形象进度"].value = words
    buffer = io.BytesIO()
    file.save(buffer)
    with TemporaryDirectory() as folder:
        ledgers = read_back(Path(folder), buffer.getvalue())
    assert sentences(ledgers) == []
    row = ledgers.progress[0]
    assert (row.year_done, row.physical_rate) == (amount, rate)
    assert row.started_on == PartialDay(day.year, day.month, day.day)
    assert row.physical == words.strip()


_MARCH_FORM = form_workbook(form())


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_a_form_saved_by_another_office_program_is_still_recognised(suffix: str, tmp_path: Path) -> None:
    book = form()
    filled = tmp_path / "报表.xlsx"
    filled.write_bytes(fill_in(book)[0])
    saved = saved_by_office(filled, suffix, tmp_path)
    assert read_mark(read_grids(saved)) == FormMark(
        1, "2027-03", UNIT, ("progress", "sponsorship", "problem", "procedure")
    )
    ledgers = read_back(tmp_path, saved.read_bytes(), saved.name)
    told = [each for each in sentences(ledgers) if "xls格式没有校验" not in each]  # true of any .xls
    assert told == []
    for sheet in book.sheets:
        for number, record in enumerate(records_of(ledgers, sheet.kind.slug)):
            _assert_as_filled(sheet, number, record)

"""Blank ledgers for the units: what our own form brings back reads without a single finding of the reader."""

import csv
import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from pipeline.checks.case import Case, Record
from pipeline.checks.required import value_of
from pipeline.cli import main
from pipeline.forms.columns import LONGEST_HINT, choices_of, columns_of
from pipeline.forms.compose import blank_form, unit_form, units_of
from pipeline.forms.form import FormBook, FormSheet, Value
from pipeline.forms.known import UnitKnown, shown
from pipeline.ledgers.form_mark import FormMark, read_mark
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.ledgers.workbook import read_grids
from pipeline.outputs.office import find_office
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.finding import Severity
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month, PartialDay
from pipeline.records.settings import OfficeSettings
from pipeline.rendering.form_workbook import FIRST, HEAD, form_workbook
from tests import build
from tests.form_filling import fill_in, headings, read_back, typed
from tests.office_present import require_office

UNIT, MARCH, OFFICE = build.UNIT, Month(2027, 3), OfficeSettings()
EARLY = "示例前期项目"
KIND_IDS = {"ids": lambda kind: kind.slug}


def known() -> UnitKnown:
    """Two declared projects, one of them sponsored, with a problem, a permit and a February report."""
    ledgers = build.ledgers(
        build.unit(),
        build.declaration(),
        build.declaration(project_name=EARLY, four_class="前期储备", span=None, row=4),
        build.sponsorship(),
        build.node(),
        build.problem(),
        build.procedure(),
        build.reserve(),
        build.progress(2, year_done=Decimal("1520.5")),
        build.declaration(project_name="别家项目", lead_unit="别的单位", row=5),
        build.problem(project_name="别家项目"),
    )
    return UnitKnown(UNIT, ledgers, Ledgers(2026))


def form(
    month: Month | None = MARCH, unit: UnitKnown | None = None, office: OfficeSettings = OFFICE
) -> FormBook:
    book = unit_form(unit or known(), month, office)
    assert book is not None
    return book


def sheet_of(book: FormBook, slug: str) -> FormSheet:
    return next(sheet for sheet in book.sheets if sheet.kind.slug == slug)


def values(sheet: FormSheet, field: Field) -> list[Value]:
    index = next(i for i, column in enumerate(sheet.columns) if column.field is field)
    return [row.values[index] for row in sheet.rows]


def records_of(ledgers: Ledgers, slug: str) -> list[Record]:
    return list(Case(ledgers, OfficeSettings(), date(2027, 12, 31)).records[slug])


def sentences(ledgers: Ledgers) -> list[str]:
    return [finding.sentence for finding in ledgers.findings]


# What a unit gets


def test_a_month_asks_for_progress_problems_and_permits_of_the_units_own_projects() -> None:
    book = form()
    assert [sheet.kind.slug for sheet in book.sheets] == ["progress", "sponsorship", "problem", "procedure"]
    assert values(sheet_of(book, "progress"), f.PROJECT_NAME) == [build.PROJECT, EARLY]
    assert values(sheet_of(book, "problem"), f.PROJECT_NAME) == [build.PROJECT]
    assert "2027年3月28日" in sheet_of(book, "progress").instruction
    assert "2027年3月15日、2027年3月30日" in sheet_of(book, "sponsorship").instruction


def test_a_year_asks_for_declarations_and_the_sponsored_projects_papers() -> None:
    slugs = [sheet.kind.slug for sheet in form(None).sheets]
    assert slugs == ["declaration", "sponsorship", "team", "node", "unit", "reserve"]
    without = UnitKnown("新设单位", known().ledgers, Ledgers(2026))
    assert [sheet.kind.slug for sheet in form(None, without).sheets] == [
        "declaration", "sponsorship", "unit", "reserve",
    ]  # fmt: skip
    assert unit_form(without, MARCH, OFFICE) is None


def test_last_months_figure_and_the_years_plan_stand_beside_and_are_locked() -> None:
    sheet = sheet_of(form(), "progress")
    by_heading = {column.heading: i for i, column in enumerate(sheet.columns)}
    first = sheet.rows[0]
    reference = by_heading["2月底本年累计完成投资（万元）（参考）"]
    assert first.values[reference] == Decimal("1520.5")
    assert first.values[by_heading["当年计划投资（万元）"]] == Decimal(20000)
    assert {0, reference, by_heading["当年计划投资（万元）"]} <= first.locked
    assert by_heading["**本年累计完成投资（万元）"] not in first.locked
    assert sheet.rows[1].values[reference] is None  # February was not reported: blank, not zero


def test_january_has_no_month_before() -> None:
    assert not [c for c in sheet_of(form(Month(2027, 1)), "progress").columns if c.field is None]


def test_a_finished_project_is_not_asked_again() -> None:
    ledgers = build.ledgers(build.declaration(), build.progress(1, finished_on=build.day("2027-01-20")))
    unit = UnitKnown(UNIT, ledgers, Ledgers(2026))
    assert len(sheet_of(form(Month(2027, 1), unit), "progress").rows) == 1
    assert sheet_of(form(Month(2027, 2), unit), "progress").rows == ()


def test_last_years_projects_that_go_on_are_offered_without_last_years_figures() -> None:
    earlier = build.ledgers(
        build.declaration(),
        build.declaration(project_name="已到期项目", span=build.years(2025, 2026)),
        build.declaration(project_name="已竣工项目"),
        build.progress(6, project_name="已竣工项目", finished_on=build.day("2027-06-01")),
    )
    sheet = sheet_of(form(None, UnitKnown(UNIT, Ledgers(2027), earlier)), "declaration")
    assert values(sheet, f.PROJECT_NAME) == [build.PROJECT]
    assert values(sheet, f.TOTAL_INVESTMENT) == [Decimal(50000)]
    assert values(sheet, f.YEAR_PLAN) == [None]
    assert sheet.rows[0].locked == frozenset()  # the unit decides whether it declares the project again


def test_units_are_spelt_as_the_directory_has_them() -> None:
    ledgers = build.ledgers(build.declaration(lead_unit="区 工信局"), build.unit(), build.sponsorship())
    assert units_of(ledgers, Ledgers(2026)) == (UNIT,)


# What the workbook is


@pytest.mark.parametrize("kind", LEDGER_KINDS, **KIND_IDS)  # type: ignore[arg-type]  # mypy sees only str keys
def test_every_column_has_a_hint_with_an_article_that_a_cell_can_show(kind: LedgerKind) -> None:
    for column in columns_of(kind, of_one_unit=False):
        assert column.field is not None
        assert "》第" in column.hint
        assert ("选填" in column.hint) == (column.star == "")
        assert len(column.hint) <= LONGEST_HINT
        assert len(column.field.label) <= 32


@pytest.mark.parametrize("kind", LEDGER_KINDS, **KIND_IDS)  # type: ignore[arg-type]  # mypy sees only str keys
def test_closed_lists_are_dropdowns_and_figures_are_checked(kind: LedgerKind) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(blank_form(kind, 2027)))).worksheets[0]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for index, column in enumerate(columns_of(kind, of_one_unit=False)):
        rule = rules[f"{get_column_letter(index + 2)}{FIRST + 1}"]
        assert rule.prompt == column.hint
        assert column.field is not None
        if listed := choices_of(column.field):
            assert str(rule.formula1).strip('"').split(",") == list(listed)
        elif column.field.kind in (Kind.AMOUNT, Kind.PERCENT, Kind.SCORE):
            assert rule.type == "decimal"
        elif column.field.kind is Kind.DAY:
            assert rule.type == "date"


def test_known_cells_are_locked_and_the_others_open() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(form())))
    sheet = book["项目月报"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    by_heading = dict(zip(headings(sheet), sheet[FIRST + 1], strict=True))
    assert by_heading["*项目名称"].protection.locked
    assert not by_heading["**本年累计完成投资（万元）"].protection.locked
    assert all(cell.protection.locked for cell in sheet[HEAD + 1])


def test_forms_print_on_a4_landscape_with_their_head_on_every_page() -> None:
    for book in (form(), form(None)):
        file = openpyxl.load_workbook(io.BytesIO(form_workbook(book)))
        assert file.sheetnames == ["填表说明", *(sheet.kind.name for sheet in book.sheets)]
        for sheet in file.worksheets[1:]:
            assert sheet.page_setup.orientation == "landscape"
            assert str(sheet.page_setup.paperSize) == "9"
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
            assert sheet.freeze_panes == f"C{FIRST + 1}"
        assert "=" not in {str(cell.value)[:1] for sheet in file for row in sheet for cell in row}


def test_a_new_problem_names_one_of_the_units_projects() -> None:
    file = openpyxl.load_workbook(io.BytesIO(form_workbook(form())))
    rule = next(r for r in file["问题台账"].data_validations.dataValidation if str(r.sqref).startswith("B"))
    area = str(rule.formula1).removeprefix("'填表说明'!").replace("$", "")
    assert [cell.value for (cell,) in file["填表说明"][area]] == [build.PROJECT, EARLY, "无"]


def test_a_form_made_from_invented_facts_says_so() -> None:
    book = form(office=OfficeSettings(sample=True))
    assert book.notes is not None
    assert all("样例" in title for title in (book.notes.title, *(sheet.title for sheet in book.sheets)))
    assert "样例" not in form().sheets[0].title


def test_the_same_facts_give_the_same_bytes() -> None:
    assert form_workbook(form()) == form_workbook(form())


# What comes back


@pytest.mark.parametrize("month", [MARCH, None], ids=["month", "year"])
def test_a_filled_form_reads_without_a_finding_and_as_it_was_filled(
    month: Month | None, tmp_path: Path
) -> None:
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
        found = shown(column.field, value_of(sheet.kind.slug, record, column.field))
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


def test_a_form_returned_empty_is_named_sheet_by_sheet(tmp_path: Path) -> None:
    month = read_back(tmp_path, form_workbook(form()))
    assert [(x.sheet, x.severity) for x in month.findings] == [("项目月报", Severity.ERROR)]
    assert "原样退回" in month.findings[0].message
    year = read_back(tmp_path, form_workbook(form(None, UnitKnown("新设单位", Ledgers(2027), Ledgers(2026)))))
    assert [(x.sheet, x.severity) for x in year.findings] == [
        ("申报台账", Severity.WARNING), ("包联项目清单", Severity.WARNING), ("责任单位名册", Severity.ERROR),
        ("储备库台账", Severity.WARNING),
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
    assert {finding.message for finding in ledgers.findings} == {
        "这是下发的2028年台账，与所在年度2027年不符，没有读取"
    }


def test_what_looks_like_a_formula_or_a_template_stays_text(tmp_path: Path) -> None:
    names = ["=1+1", "{{ 项目名称 }}", "甲&乙<丙>", "@SUM(A1)", "+7项目"]
    ledgers = build.ledgers(*(build.declaration(project_name=name) for name in names))
    data, _ = fill_in(
        form(unit=UnitKnown(UNIT, ledgers, Ledgers(2026))), {"progress": len(names), "problem": 0}
    )
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet2.xml")
    found = read_back(tmp_path, data)
    assert [row.project_name for row in found.progress] == names


@settings(max_examples=20, deadline=None)
@given(
    amount=st.decimals(0, 10**9, places=4).map(lambda value: value.normalize()),
    rate=st.decimals(1, 100, places=1),
    day=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    words=st.text("一二三abc１（）、·-%", min_size=1, max_size=12).filter(
        lambda text: text.strip("-— /／%、（）·")
    ),
)
def test_any_figure_day_or_text_comes_back_exactly(
    amount: Decimal, rate: Decimal, day: date, words: str
) -> None:
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
    require_office()
    book = form()
    filled = tmp_path / "报表.xlsx"
    filled.write_bytes(fill_in(book)[0])
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [find_office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix, "--outdir",
         tmp_path / "saved", filled],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = tmp_path / "saved" / f"报表.{suffix}"
    assert read_mark(read_grids(saved)) == FormMark(
        1, "2027-03", UNIT, ("progress", "sponsorship", "problem", "procedure")
    )
    ledgers = read_back(tmp_path, saved.read_bytes(), saved.name)
    assert sentences(ledgers) == []
    for sheet in book.sheets:
        for number, record in enumerate(records_of(ledgers, sheet.kind.slug)):
            _assert_as_filled(sheet, number, record)


# The command


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "office"
    CliRunner().invoke(main, ["init", str(root)])
    for path in (root / "inputs" / "2027").rglob("*.xlsx"):
        path.unlink()
    data, _ = fill_in(form(None))
    (root / "inputs" / "2027" / "申报" / "甲.xlsx").write_bytes(data)
    return root


def test_the_command_writes_once_and_never_over_an_edited_file(workspace: Path) -> None:
    def run() -> str:
        result = CliRunner().invoke(main, ["forms", "2027-03", "--unit", UNIT, "-C", str(workspace)])
        assert result.exit_code == 0, result.output
        return result.output

    assert "新增1" in run()
    assert "未变1" in run()
    (path,) = (workspace / "outputs").rglob("*.xlsx")
    assert path.relative_to(workspace / "outputs").as_posix() == f"空白台账/2027-03/{UNIT}2027年3月台账.xlsx"
    path.write_bytes(fill_in(form())[0])
    edited = path.read_bytes()
    assert "原文件未动" in run()
    assert path.read_bytes() == edited


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["2027-13"], "看不懂期间"),
        (["2027", "--unit", "区工信"], f"是否为“{UNIT}”"),
        (["2031"], "还没有责任单位"),
        (["2026-03"], "没有2026年度的台账"),
    ],
)
def test_what_cannot_be_made_is_said_in_chinese(workspace: Path, args: list[str], words: str) -> None:
    result = CliRunner().invoke(main, ["forms", *args, "-C", str(workspace)])
    assert result.exit_code == 2
    assert words in result.output
    assert not (workspace / "outputs" / "空白台账").exists()

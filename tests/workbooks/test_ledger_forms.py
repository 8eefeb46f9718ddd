"""Blank ledgers for the units: what a unit gets, how its workbook looks, and the command."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.utils import get_column_letter

from pipeline.cli import main
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import KIND_OF, LEDGER_KINDS
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Kind
from pipeline.records.ledgers import Ledgers
from pipeline.records.level import Level
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.records.working_days import DeadlineSettings
from pipeline.workbooks.compose import blank_form, unit_form, units_of
from pipeline.workbooks.form_columns import LONGEST_HINT, columns_of, of_level
from pipeline.workbooks.form_workbook import FIRST, HEAD, form_workbook
from pipeline.workbooks.known import UnitKnown
from tests import build
from tests.form_filling import EARLY, MARCH, OFFICE, UNIT, fill_in, form, headings, known, sheet_of, values

KIND_IDS = {"ids": lambda kind: kind.slug}


# What a unit gets


def test_a_month_asks_for_progress_problems_and_permits_of_the_units_own_projects() -> None:
    book = form()
    assert [sheet.kind.slug for sheet in book.sheets] == ["progress", "sponsorship", "problem", "procedure"]
    assert values(sheet_of(book, "progress"), f.PROJECT_NAME) == [build.PROJECT, EARLY]
    assert values(sheet_of(book, "problem"), f.PROJECT_NAME) == [build.PROJECT]
    assert "2027年3月28日" in sheet_of(book, "progress").instruction
    assert "2027年3月15日、2027年3月30日" in sheet_of(book, "sponsorship").instruction


def test_a_year_asks_every_unit_for_declarations_and_for_the_papers_of_what_it_proposes_to_sponsor() -> None:
    slugs = ["declaration", "sponsorship", "team", "node", "unit", "reserve"]
    without = UnitKnown("新设单位", known().ledgers, Ledgers(2026))
    for book in (form(None), form(None, without)):
        assert [sheet.kind.slug for sheet in book.sheets] == slugs
        assert all(sheet.blank_rows for sheet in book.sheets if sheet.kind.slug != "unit")
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


def test_deadlines_move_as_the_office_moves_them() -> None:
    office = OfficeSettings(deadlines=DeadlineSettings(shift=True))  # 28 March 2027 is a Sunday
    assert "2027年3月29日前" in sheet_of(form(office=office), "progress").instruction


def test_january_has_no_month_before() -> None:
    assert not [c for c in sheet_of(form(Month(2027, 1)), "progress").columns if c.field is None]


def test_a_finished_project_keeps_its_row_with_its_last_figure_until_the_year_ends() -> None:
    done = build.progress(1, finished_on=build.day("2027-01-20"), year_done=Decimal(900))
    unit = UnitKnown(UNIT, build.ledgers(build.declaration(), done), Ledgers(2026))
    for month, finished in ((1, None), (2, date(2027, 1, 20)), (12, date(2027, 1, 20))):
        sheet = sheet_of(form(Month(2027, month), unit), "progress")
        assert values(sheet, f.FINISHED_ON) == [finished]
        place = next(i for i, column in enumerate(sheet.columns) if column.field is f.FINISHED_ON)
        assert (place in sheet.rows[0].locked) is (finished is not None)
        assert sheet.confirmable is (finished is not None)
        if month > 1:
            (last,) = (i for i, column in enumerate(sheet.columns) if column.field is None)
            assert sheet.rows[0].values[last] == Decimal(900)


def test_a_month_is_not_confirmed_while_a_project_still_reports() -> None:
    done = build.progress(1, finished_on=build.day("2027-01-20"))
    records = (build.declaration(), build.declaration(project_name=EARLY, row=4), done)
    unit = UnitKnown(UNIT, build.ledgers(*records), Ledgers(2026))
    assert not sheet_of(form(Month(2027, 2), unit), "progress").confirmable


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
    for column in of_level(columns_of(kind, of_one_unit=False), Level.DISTRICT):
        assert column.field is not None
        assert "》第" in column.hint
        assert ("选填" in column.hint) == (column.star == "")
        assert len(column.hint) <= LONGEST_HINT
        assert len(column.field.label) <= 32


@pytest.mark.parametrize(
    ("ledger", "field", "told"),
    [
        ("sponsorship", f.SPONSOR_STATE, "还没有确定的选“拟包联”，不填的按已确定处理。选填。"),  # B-5
        ("declaration", f.LINKED_LEADERS, "有包联领导的不用填。选填。"),  # K-11(2)
        ("declaration", f.CO_UNIT, "没有的填“无”。每个项目必填。依据《重点办法》第九条第（一）项"),
        ("team", f.TEAM_LAND, "不涉及审批的填“不涉及”。每个包联项目必填。依据《包联办法》第七条"),
        ("team", f.TEAM_OTHER, "如“住建：吴某；水务：郑某”。选填。"),  # B-7
        ("progress", f.MONTH_DONE, "没有的填0。"),
        ("progress", f.PHYSICAL, "前期储备以外的项目必填。"),
    ],
)
def test_the_hint_tells_what_to_write_where_there_is_nothing(ledger: str, field: f.Field, told: str) -> None:
    hints = {column.field: column.hint for column in columns_of(KIND_OF[ledger], of_one_unit=True)}
    assert told in hints[field]
    assert "，。" not in hints[field]


@pytest.mark.parametrize("kind", LEDGER_KINDS, **KIND_IDS)  # type: ignore[arg-type]  # mypy sees only str keys
def test_closed_lists_are_dropdowns_and_figures_are_checked(kind: LedgerKind) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(blank_form(kind, 2027)))).worksheets[0]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    for index, column in enumerate(of_level(columns_of(kind, of_one_unit=False), Level.DISTRICT)):
        rule = rules[f"{get_column_letter(index + 2)}{FIRST + 1}"]
        assert rule.prompt == column.hint
        assert column.field is not None
        if listed := column.choices:
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
            assert sheet.freeze_panes == f"C{HEAD + 2}"
        assert "=" not in {str(cell.value)[:1] for sheet in file for row in sheet for cell in row}


def test_a_row_grows_with_what_is_typed_and_begins_high_enough_for_what_is_known() -> None:
    """Fixed heights, as of the title, hide what a unit writes in more lines."""
    ledgers = build.ledgers(build.declaration(), build.problem(measure="由牵头单位组织专题协调，" * 8))
    data = form_workbook(form(unit=UnitKnown(UNIT, ledgers, Ledgers(2026))))
    xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet3.xml").decode()
    rows = {int(number): rest for number, rest in re.findall(r'<row r="(\d+)"([^>]*)>', xml)}
    assert "customHeight" in rows[1]
    assert [number for number, rest in rows.items() if number > FIRST and "customHeight" in rest] == []
    heights = [float(re.findall(r'ht="([\d.]+)"', rows[number])[0]) for number in (FIRST + 1, FIRST + 2)]
    assert heights[0] > 100 > heights[1] > 20


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


def test_a_renamed_project_is_asked_for_under_its_new_name(workspace: Path) -> None:
    office = workspace / "inputs" / "office.toml"
    text = office.read_text("utf-8")
    section = '["项目更名"]'
    assert section in text
    renamed = f'{section}\n"{build.PROJECT}" = "示例产业新城项目"'
    office.write_text(text.replace(section, renamed), "utf-8")
    CliRunner().invoke(main, ["forms", "2027-03", "-C", str(workspace)])
    (path,) = (workspace / "outputs").rglob("*.xlsx")
    assert openpyxl.load_workbook(path)["项目月报"].cell(FIRST + 1, 2).value == "示例产业新城项目"


def test_a_proposal_stands_in_the_yearly_list_alone() -> None:
    """B-5, B-7, B-11: no team, no half-monthly report before it is settled; its 状态 is the office's to change."""
    proposed = build.sponsorship(project_name="拟报项目", state="拟包联")
    unit = UnitKnown(UNIT, build.ledgers(build.sponsorship(state="已确定"), proposed), Ledgers(2026))
    book = form(None, unit)
    listed = sheet_of(book, "sponsorship")
    assert values(listed, f.SPONSOR_STATE) == ["已确定", "拟包联"]
    at = next(index for index, column in enumerate(listed.columns) if column.field is f.SPONSOR_STATE)
    assert all(at in row.locked for row in listed.rows)
    assert values(sheet_of(book, "team"), f.PROJECT_NAME) == [build.PROJECT]
    assert values(sheet_of(form(MARCH, unit), "sponsorship"), f.PROJECT_NAME) == [build.PROJECT]
    only = UnitKnown(UNIT, build.ledgers(proposed), Ledgers(2026))
    assert unit_form(only, MARCH, OFFICE) is None

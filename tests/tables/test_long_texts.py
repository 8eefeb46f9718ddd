"""Texts longer than any honest ledger has: each is told with its cell, and none holds up a command."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checks.likeness import gist, outline
from pipeline.cli.inspect_reports import shortened
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.field_catalogue import (
    CO_UNIT,
    CONTENT,
    LEAD_UNIT,
    PHYSICAL_GOAL,
    PROJECT_NAME,
    SERIAL,
    SITE,
    START_DAY,
    TOTAL_INVESTMENT,
    Field,
)  # fmt: skip
from pipeline.records.limits import (
    FORMAT_CHARACTERS,
    LINE_CHARACTERS,
    LONG_TEXT_CHARACTERS,
    NAME_CHARACTERS,
    VALUE_CHARACTERS,
    ReadingLimits,
)  # fmt: skip
from pipeline.records.project import Declaration
from pipeline.records.settings import OfficeSettings
from pipeline.records.text_width import shown_width
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.number_formats import classify
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.tables.table import SheetReading, Surroundings, read_sheet
from tests.grids_read import read_grids
from tests.raw_workbook import cell, workbook

DECLARATION = next(kind for kind in LEDGER_KINDS if kind.slug == "declaration")
MOST = 32_767  # what a cell can hold
WORST = ("9", "甲 ", "建设", "（", "，", "—", "共12个，", "2027年3月", "1.", "“", "-", "至")


def book(path: Path, kind: LedgerKind, rows: list[dict[Field, str]], title: str = "", sheet: str = "Sheet1") -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as written:
        page = written.add_worksheet(sheet)
        page.write_string(0, 0, title or f"2027年3月{kind.name}")
        for column, field in enumerate(kind.fields):
            page.write_string(1, column, field.label)
            for number, row in enumerate(rows, 2):
                if field in row:
                    page.write_string(number, column, row[field])
    return path


def reading(path: Path, kind: LedgerKind = DECLARATION) -> SheetReading:
    (grid,) = read_grids(path)
    return read(grid, kind)


def read(grid: Grid, kind: LedgerKind) -> SheetReading:
    around = Surroundings(f"inputs/2027/{kind.folder}/样例.xlsx", 2027, OfficeSettings(), LEDGER_KINDS)
    return read_sheet(grid, around)


def told(found: SheetReading) -> dict[str, str]:
    """Cell → message of every text that is too long."""
    return {each.cell: each.message for each in found.findings if each.code == "text-too-long"}


@pytest.mark.parametrize("field", [LEAD_UNIT, CO_UNIT])
def test_a_unit_has_no_more_characters_than_a_name(field: Field, tmp_path: Path) -> None:
    place = f"{chr(65 + DECLARATION.fields.index(field))}3"
    for length in (NAME_CHARACTERS - 1, NAME_CHARACTERS, NAME_CHARACTERS + 1, 1_000):
        row = {PROJECT_NAME: "示例一项目", field: "甲" * (length - 1) + "局"}
        found = reading(book(tmp_path / "样例.xlsx", DECLARATION, [row]))
        said = f"“{field.label}”写了{length}字，超过{NAME_CHARACTERS}字，不像名称"
        named = {each.cell: each.message for each in found.findings if each.code == "name-too-long"}
        assert named == ({place: said} if length > NAME_CHARACTERS else {})
        (record,) = found.records
        assert isinstance(record, Declaration)
        assert all(len(unit) <= NAME_CHARACTERS for unit in filter(None, (record.lead_unit, record.co_unit)))
    thirty = "、".join(f"示例第{number}街道办事处" for number in range(30))
    assert not told(reading(book(tmp_path / "样例.xlsx", DECLARATION, [{PROJECT_NAME: "示例一项目", field: thirty}])))


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        (SITE, LINE_CHARACTERS), (CONTENT, LONG_TEXT_CHARACTERS), (PHYSICAL_GOAL, LONG_TEXT_CHARACTERS),
        (START_DAY, VALUE_CHARACTERS), (TOTAL_INVESTMENT, VALUE_CHARACTERS),
    ],
)  # fmt: skip
def test_a_cell_may_hold_as_much_as_its_field(tmp_path: Path, field: Field, limit: int) -> None:
    place = f"{chr(65 + DECLARATION.fields.index(field))}3"
    for length in (limit - 1, limit, limit + 1, MOST):
        row = {PROJECT_NAME: "示例一项目", field: "甲" * length}
        found = reading(book(tmp_path / "样例.xlsx", DECLARATION, [row]))
        expected = {place: f"“{field.label}”写了{length}字，太长，不能使用"} if length > limit else {}
        assert told(found) == expected
        (record,) = found.records
        assert isinstance(record, Declaration)
        if field is CONTENT:
            assert record.content == (None if expected else "甲" * length)


@pytest.mark.parametrize("length", [LINE_CHARACTERS + 1, MOST])
def test_where_no_field_is_read_the_cell_is_told_too(tmp_path: Path, length: int) -> None:
    kind = replace(DECLARATION, fields=(SERIAL, *DECLARATION.fields))
    row = {PROJECT_NAME: "示例一项目", SERIAL: "9" * length}
    found = reading(book(tmp_path / "样例.xlsx", kind, [row], title="2027年申报台账" + "。" * 12_000))
    assert told(found) == {"A1": "写了12009字，太长，不能使用", "A3": f"写了{length}字，太长，不能使用"}
    assert len(found.records) == 1
    assert max(len(each.sentence) for each in found.findings) < 300


def test_blanks_make_no_text_long(tmp_path: Path) -> None:
    row = {PROJECT_NAME: "示例一项目", CONTENT: "新建厂房" + " " * 20_000}
    found = reading(book(tmp_path / "样例.xlsx", DECLARATION, [row]))
    assert not told(found)
    assert [getattr(record, "content", "") for record in found.records] == ["新建厂房"]


def test_the_longest_texts_of_every_kind_are_read_in_a_moment(tmp_path: Path) -> None:
    for kind in LEDGER_KINDS:
        rows = [dict.fromkeys(kind.fields, (worst * MOST)[:MOST]) for worst in WORST[::4]]
        rows += [{field: (worst * MOST)[: field.longest] for field in kind.fields} for worst in WORST]
        rows = [{**row, kind.subject: f"示例{number}项目"} for number, row in enumerate(rows)]
        (grid,) = read_grids(book(tmp_path / "样例.xlsx", kind, rows))
        before = time.process_time()
        read(grid, kind)
        assert time.process_time() - before < 5


def test_the_worst_workbook_that_is_admitted_is_judged_in_bounded_time(tmp_path: Path) -> None:
    limits = ReadingLimits()
    rows = 100  # a twentieth in characters of what one file may hold; judging is linear in it
    each = limits.text // 20 // rows // (len(DECLARATION.fields) - 1)
    longest = [(worst * LONG_TEXT_CHARACTERS)[:each] for worst in WORST]
    sheet = [
        {
            **{field: f"{number}{longest[number % len(WORST)]}"[: field.longest] for field in DECLARATION.fields},
            PROJECT_NAME: f"示例{number}项目",
        }
        for number in range(rows)
    ]
    (grid,) = read_grids(book(tmp_path / "样例.xlsx", DECLARATION, sheet))
    before = time.process_time()
    read(grid, DECLARATION)
    assert time.process_time() - before < 4


@pytest.mark.parametrize("mark", [",", "[", '"', "0", "%", "年", "[h]"])
def test_a_number_format_is_no_longer_than_excel_takes(mark: str) -> None:
    assert classify((mark * FORMAT_CHARACTERS)[:FORMAT_CHARACTERS])
    for length in (FORMAT_CHARACTERS + 1, 3_000_000):
        before = time.process_time()
        with pytest.raises(UnreadableFile, match="255"):
            classify((mark * length)[:length])
        assert time.process_time() - before < 0.1


@given(st.text("建设工程项目一二期段a1", max_size=12), st.integers(1, 40))
def test_the_gist_is_the_name_without_the_words_at_its_end(name: str, times: int) -> None:
    whole = outline(name)
    end = whole
    while end.endswith(("建设", "工程", "项目")):
        end = end[:-2]
    assert gist(name) == (end or whole)
    assert gist("甲" + "项目" * times) == "甲"


@given(st.text(max_size=60), st.integers(4, 40))
@settings(max_examples=30)
def test_a_line_is_no_wider_than_asked(text: str, width: int) -> None:
    line = shortened(text, width)
    assert shown_width(line) <= width
    assert shortened(line, width) == line


def test_a_line_of_a_million_characters_is_shortened_at_once() -> None:
    before = time.process_time()
    assert shortened("甲" * 1_000_000, 36) == "甲" * 17 + "…"
    assert time.process_time() - before < 0.5


def test_a_giant_number_is_no_empty_workbook(tmp_path: Path) -> None:
    path = tmp_path / "样例.xlsx"
    path.write_bytes(workbook(f'<row r="1">{cell("A1", "9" * 1_000_000)}</row>'))
    assert told(reading(path)) == {"A1": "写了1000000字，太长，不能使用"}

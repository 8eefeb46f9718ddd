"""``gongwen trace``: every amount of a document leads to cells that, read by another reader, give it."""

import csv
import random
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from python_calamine import CalamineWorkbook

from pipeline.cli import main
from pipeline.errors import GongwenError
from pipeline.papers.paper_kind import Draft, Request
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.names import name_key
from pipeline.records.period import Period
from pipeline.records.traced import Addend, traced
from pipeline.tasks.figure_order import numbers
from pipeline.tasks.trace import MAIN_PART, Sighting, figures_of, find_document, trace
from pipeline.tasks.year import YearRead, read_year
from pipeline.workspace import Workspace
from tests import build

_FACTORS = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
_UNIT = re.compile("(亿元|万元|元)")
_COVERED = ("plan", "promotion", "briefing")


@pytest.fixture(scope="module")
def year(issued_year: Path) -> YearRead:
    return read_year(Workspace.open(issued_year), Period(2027))


@cache
def _sheet(path: Path, sheet: str) -> list[list[str]]:
    """The sheet's cells as text, by a reader that the product does not share for this."""
    if path.suffix == ".csv":
        data = path.read_bytes()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return list(csv.reader(data.decode(encoding).splitlines()))
            except UnicodeDecodeError:
                continue
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)


def _at(cell: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]  # an address, or the test fails
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def _read_again(workspace: Path, addend: Addend) -> Decimal:
    """The cell in 万元: its own unit, else that of its column's heading, else the sheet's."""
    rows = _sheet(workspace / addend.source.file, addend.source.sheet)
    row, column = _at(addend.cell)
    text = unicodedata.normalize("NFKC", rows[row][column]).replace(",", "").replace(" ", "")
    above = [rows[number][column] for number in range(row - 1, -1, -1) if column < len(rows[number])]
    whole = [cell for line in rows[:6] for cell in line if "单位" in cell and "元" in cell]
    units = (found[1] for said in (text, *above, *whole) if (found := _UNIT.search(said)))
    number = re.match(r"-?[\d.]+", text)
    assert number, f"{addend.cell}: {text!r}"
    return Decimal(number[0]) * _FACTORS[next(units, "万元")]


def _amounts(sightings: tuple[Sighting, ...]) -> Iterator[Sighting]:
    for each in sightings:
        if each.is_amount and any(value for value, _ in each.printed):
            yield each


def _drafts(year: YearRead) -> list[tuple[Draft, tuple[Sighting, ...]]]:
    months = sorted({row.month for row in year.ledgers.progress})
    kinds = [kind for kind in KINDS if kind.slug in _COVERED]
    return [pair for kind in kinds for pair in figures_of(year, kind, Request(tuple(months)))]


def test_every_amount_of_the_year_s_documents_leads_to_its_cells(issued_year: Path, year: YearRead) -> None:
    drafts, amounts, cells = _drafts(year), 0, set()
    for draft, sightings in drafts:
        for each in _amounts(sightings):
            assert each.figure is not None, f"{draft.title} {each.place}"
            assert each.figure.addends, f"{draft.title} {each.place}"
            total = Decimal(0)
            for addend in each.figure.addends:
                assert _read_again(issued_year, addend) == addend.amount, f"{draft.title} {each.place} {addend}"
                total += addend.amount * addend.sign
                cells.add((addend.source.file, addend.source.sheet, addend.cell))
            if len(each.printed) == 2:  # a table's or a total's own figure, exact in 万元
                assert total == each.printed[0][0], f"{draft.title} {each.place}"
            amounts += 1
    assert len(drafts) > 35
    print(f"trace: {amounts} amounts in {len(drafts)} documents, all of them traced to {len(cells)} cells")


def test_rates_lead_to_both_sums(year: YearRead) -> None:
    rates = [
        each
        for draft, sightings in _drafts(year)
        if draft.template == "简报.docx"
        for each in sightings
        if each.place.endswith("完成率") and each.place != "手续办结率" and each.printed[0][0]
    ]
    assert len(rates) > 500
    for each in rates:
        assert each.figure is not None
        assert each.figure.of
        done, plan = (
            sum((a.amount * a.sign for a in side), Decimal(0)) for side in (each.figure.addends, each.figure.of)
        )
        assert abs(done * 100 / plan - each.printed[0][0]) <= Decimal("0.05")


def test_every_amount_in_the_finished_prose_is_a_sighting(issued_year: Path, year: YearRead) -> None:
    """What stands in the Word file is what was traced: nothing is printed that the trace does not know."""
    drafts, draw, seen = _drafts(year), random.Random(17), 0
    folders = {template: kind.folder for kind in KINDS for template in kind.templates}
    for draft, sightings in draw.sample(drafts, 15):
        known = {(value, unit) for each in sightings for value, unit in each.printed}
        path = issued_year / "outputs" / "2027" / folders[draft.template] / f"{draft.stem}.docx"
        for paragraph in Document(str(path)).paragraphs:
            for number, unit in re.findall(r"(\d+(?:\.\d+)?)(亿元|万元)", paragraph.text):
                assert (Decimal(number), unit) in known or "1亿元以上" in paragraph.text, paragraph.text
                seen += 1
    assert seen > 100


def _gongwen(workspace: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["trace", *arguments, "-C", str(workspace)])


@pytest.fixture
def plan(issued_year: Path) -> str:
    return next((issued_year / "outputs/2027/计划").glob("*.docx")).name


def test_a_document_names_its_ledgers(issued_year: Path, plan: str) -> None:
    result = _gongwen(issued_year, plan)
    assert result.exit_code == 0, result.output
    rows = [line for line in result.output.splitlines() if line.startswith("inputs/2027/申报/")]
    assert len(rows) > 10
    assert all(line.endswith("  没有变化") for line in rows)
    assert len(re.findall(r"^    SHA-256：[0-9a-f]{64}$", result.output, re.MULTILINE)) > len(rows)


def test_one_cell_however_the_figure_is_written(issued_year: Path, plan: str, year: YearRead) -> None:
    project = next(each for each in year.basis.listed if each.total_investment and each.total_investment > 9999)
    wan, cell = f"{project.total_investment:,.2f}", project.source.cells["total_investment"].cell
    for written in (wan, f"{wan}万元", wan.replace(",", "，")):
        result = _gongwen(issued_year, plan, written)
        assert result.exit_code == 0, result.output
        assert "出自一个单元格" in result.output
        assert f"{project.source.file}“{project.source.sheet}”{cell}" in result.output
        assert "编制以后" not in result.output


def test_what_cannot_be_traced_is_said(issued_year: Path, plan: str) -> None:
    for figure, said in (
        ("66", "不能追溯到单元格：这是个数"),
        ("123.4567", "没有“123.4567”"),
        ("没有这句话", "不能追溯"),
    ):
        result = _gongwen(issued_year, plan, figure)
        assert (result.exit_code, said in result.output) == (1, True), result.output
    report = next((issued_year / "outputs/2027/考核").glob("*考核档案.docx")).name
    assert "不能追溯到单元格" in _gongwen(issued_year, report, "20%").output


def test_words_lead_to_the_cells_that_say_them(issued_year: Path, plan: str, year: YearRead) -> None:
    project = year.basis.listed[0]
    result = _gongwen(issued_year, plan, project.content or "")
    assert result.exit_code == 0, result.output
    assert f"{project.source.file}“{project.source.sheet}”{project.source.cells['content'].cell}" in result.output


def test_other_files_are_refused_in_one_sentence(issued_year: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "别处.docx"
    stranger.write_bytes(b"x")
    for name, said in ((str(stranger), "不在工作区的outputs中"), ("没有.docx", "没有文件")):
        result = _gongwen(issued_year, name)
        assert (result.exit_code, said in result.output, "Traceback" in result.output) == (2, True, False)


def test_a_name_that_two_documents_have_is_no_missing_file(tmp_path: Path) -> None:
    for folder in ("2027/简报", "归档/2027/简报"):
        (tmp_path / "outputs" / folder).mkdir(parents=True)
        (tmp_path / "outputs" / folder / "甲.docx").touch()
    with pytest.raises(GongwenError, match=r"有2个文件叫“甲.docx”，请写明是哪一个：outputs/2027/简报/甲.docx、"):
        find_document(Workspace(tmp_path), Path("甲.docx"))


def test_a_ledger_that_changed_since_is_told(issued_year: Path, plan: str, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    shutil.copytree(issued_year, workspace)
    source = workspace / "inputs/2027/申报/区农业农村局重点项目申报表.csv"
    text = source.read_text("gb18030")
    source.write_text(text.replace("28500", "28600"), "gb18030")
    assert re.search(r"农业农村局\S+ +有变化\s", _gongwen(workspace, plan).output)
    result = _gongwen(workspace, plan, "28600")
    assert result.exit_code == 0, result.output
    assert "编制以后" in result.output


def test_traced_records_are_the_same_records() -> None:
    ledgers = build.ledgers(build.declaration(), build.progress(1), build.sponsorship(), build.node())
    shadow, _ = traced(ledgers)
    assert shadow == ledgers
    assert name_key(shadow.declarations[0].project_name) == ledgers.declarations[0].key


@pytest.mark.parametrize("folder", ["计划", "推进方案", "简报", "考核"])
def test_the_nth_number_of_a_document_leads_to_its_own_cells(issued_year: Path, year: YearRead, folder: str) -> None:
    """Counted in the document as it lies there; a year at hand is enough, no ledger is read again."""
    workspace = Workspace.open(issued_year)
    path = sorted((issued_year / "outputs/2027" / folder).rglob("*.docx"))[-1]
    traced_document = trace(workspace, find_document(workspace, path), year)
    with zipfile.ZipFile(path) as package:
        standing = list(numbers(package.read(MAIN_PART)))
    found = traced_document.printed
    assert [(each.number, each.unit) for each in standing] == [(each.number, each.unit) for each in found]
    assert [each.paragraph for each in standing] == [each.paragraph for each in found]
    led = 0
    for each in (traced_document.nth(n) for n in range(1, len(found) + 1)):
        if each.figure is None or each.figure.of:
            continue
        total = sum((_read_again(issued_year, a) * a.sign for a in each.figure.addends), Decimal(0))
        if each.unit == "亿元":
            assert abs(total / 10000 - Decimal(each.number)) <= Decimal("0.01")
        elif each.unit == "万元":
            assert total == Decimal(each.number)
        led += 1
    assert led > 0 or folder == "考核"
    with pytest.raises(GongwenError, match=f"共{len(found)}个"):
        traced_document.nth(len(found) + 1)

"""What the office relies on, from the workspace to the printed page."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.outputs.lock import NAME as LOCK
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.period import Period
from pipeline.tasks.run import compose, issue, requested
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.docx_reading import text_of

REPOSITORY = Path(__file__).parents[2]
REPORT = "inputs/2027/月报/2027-12/{unit}2027年12月重点项目月报.xlsx"


def gongwen(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _documents(workspace: Path) -> dict[str, str]:
    found = _hashes(workspace / "outputs")
    return {name: digest for name, digest in found.items() if name.endswith((".docx", ".xlsx"))}


def _edit(path: Path, change: Callable[[openpyxl.Workbook], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


@pytest.fixture
def workspace(issued_year: Path, tmp_path: Path) -> Path:
    """A copy of the issued year that a test may spoil."""
    copy = tmp_path / "workspace"
    shutil.copytree(issued_year, copy)
    return copy


def test_a_second_run_changes_no_byte(workspace: Path) -> None:
    before = _hashes(workspace)

    def times() -> dict[Path, int]:
        files = (path for path in (workspace / "outputs").rglob("*") if path.name != LOCK)
        return {path: path.stat().st_mtime_ns for path in files}

    first = times()
    result = gongwen("run", "-C", str(workspace))
    assert result.exit_code == 1
    assert _hashes(workspace) == before
    assert times() == first


def test_every_document_of_the_year_is_there(issued_year: Path) -> None:
    year = issued_year / "outputs" / "2027"
    assert len(list(year.glob("计划/*.docx"))) == 1
    assert len(list(year.glob("推进方案/*.docx"))) == 29  # 30 sponsored, one below the threshold of its sector
    assert len(list(year.glob("推进方案/*台账.xlsx"))) == 29
    assert len(list(year.glob("简报/*.docx"))) == 12
    assert len(list(year.glob("考核/*考核档案.docx"))) == 14
    assert len(list(year.glob("考核/*考核情况报告.docx"))) == 1
    assert len(list(year.glob("考核/*情况说明.docx"))) == 13


def test_a_paper_of_more_pages_than_its_kind_may_have_is_told(workspace: Path) -> None:
    (kind,) = (each for each in KINDS if each.slug == "briefing")
    short = replace(kind, blueprints=tuple(replace(each, pages=1) for each in kind.blueprints))
    place, period = Workspace.open(workspace), Period.parse("2027-03")
    year = read_year(place, period)
    for asked, told in ((kind, []), (short, ["应不超过1页"])):
        (outcome,) = issue(place, compose(year, [asked], requested(year, period))).outcomes
        assert [note.what.partition("，")[2] for note in outcome.notes] == told


def _annex_total(path: Path) -> tuple[Decimal, list[str]]:
    """本年累计完成投资 of the annex: the total in its last row, and every project's figure."""
    table = docx.Document(str(path)).tables[-1]
    column = [cell.text.replace("\n", "") for cell in table.rows[0].cells].index("本年累计完成投资")
    figures = [row.cells[column].text for row in table.rows[1:]]
    return Decimal(figures[-1]), figures


def _said_in_prose(path: Path) -> Decimal:
    match = re.search(r"本年累计完成投资([\d.]+)亿元", text_of(path.read_bytes()))
    assert match
    return Decimal(match[1])


def test_one_changed_cell_changes_only_what_uses_it(workspace: Path) -> None:
    """December of one project: 5,000万元 more in the month and in the year to date."""
    before, figures = _documents(workspace), list[Decimal]()
    briefing = next((workspace / "outputs").rglob("*第12期.docx"))
    (total, _), prose = _annex_total(briefing), _said_in_prose(briefing)

    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        head = next(row for row in sheet.iter_rows() if any("累计" in str(cell.value) for cell in row))
        for title in head:
            if "完成投资" in str(title.value) and "开工" not in str(title.value):
                cell = sheet.cell(int(title.row or 0) + 1, int(title.column or 0))
                cell.value = Decimal(str(cell.value)) + 5000
                figures.append(Decimal(str(cell.value)))

    _edit(workspace / REPORT.format(unit="区农业农村局"), change)
    result = gongwen("run", "-C", str(workspace))
    assert result.exit_code == 1, result.output
    changed = {name for name, digest in _documents(workspace).items() if before.get(name) != digest}
    briefings = {name for name in changed if "/简报/" in name}
    assert [Path(name).name for name in briefings] == [briefing.name]
    assert {name.split("/")[1] for name in changed} == {"简报", "考核"}
    assert all("区农业农村局" in name or "考核情况报告" in name for name in changed - briefings)
    after, rows = _annex_total(briefing)
    assert after == total + 5000
    assert f"{max(figures).normalize():f}" in rows
    assert _said_in_prose(briefing) == prose + Decimal("0.50")


def _misspell(path: Path, right: str, wrong: str) -> None:
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    body = members["word/document.xml"].decode("utf-8")
    assert right in body
    members["word/document.xml"] = body.replace(right, wrong, 1).encode("utf-8")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)


def test_a_misspelt_placeholder_stops_before_anything_is_written(workspace: Path) -> None:
    _misspell(workspace / "templates/计划.docx", "项目总数", "项目总树")
    before = _hashes(workspace / "outputs")
    for command in (["run"], ["make", "plan", "2027"], ["templates", "check"]):
        result = gongwen(*command, "-C", str(workspace))
        assert result.exit_code == (1 if command[0] == "templates" else 2)
        for word in ("计划.docx", "项目总树", "项目总数", "总体安排"):
            assert word in result.output
    assert _hashes(workspace / "outputs") == before


def test_a_deleted_required_column_is_one_finding(workspace: Path) -> None:
    path = workspace / "inputs/2027/申报/区卫健局2027年重点项目申报表.xlsx"

    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for row in sheet.iter_rows():
            for cell in row:
                if "资金来源" in str(cell.value):
                    cell.value = None

    _edit(path, change)
    result = gongwen("check", str(path), "-C", str(workspace))
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if "缺少“资金来源”" in line or "没有认出“资金来源”" in line]


def test_a_swapped_unit_is_found(workspace: Path) -> None:
    path = workspace / "inputs/2027/包联/2027年重大项目包联清单（重大前期）.xlsx"

    def change(book: openpyxl.Workbook) -> None:
        for row in book.worksheets[0].iter_rows(max_row=4):
            for cell in row:
                if cell.value == "总投资（万元）":
                    cell.value = "总投资（亿元）"

    _edit(path, change)
    before = _documents(workspace)
    result = gongwen("run", "-C", str(workspace))
    assert re.search("热电联产前期项目推进方案：.*总投资", result.output)
    left = [name for name in _documents(workspace) if before.get(name) != _documents(workspace)[name]]
    assert all("/计划/" in name or "/简报/" in name or "/考核/" in name for name in left)
    assert gongwen("check", str(path), "-C", str(workspace)).exit_code == 1


def test_a_duplicated_project_is_found_in_both_places(workspace: Path) -> None:
    path = workspace / "inputs/2027/申报/区卫健局2027年重点项目申报表.xlsx"

    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        names = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).endswith("项目")]
        projects = [cell for cell in names if cell.column == names[-1].column]
        projects[-1].value = projects[-2].value

    _edit(path, change)
    result = gongwen("check", str(path), "-C", str(workspace))
    assert result.output.count("重复登记") == 2


def test_a_hostile_project_name_is_printed_exactly(workspace: Path) -> None:
    old, new = "石材精深加工园项目", "甲&乙<丙>{{ 7*7 }}{% x %}项目"
    for path in (workspace / "inputs").rglob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == old]
        for cell in cells:
            cell.value = new
        if cells:
            book.save(path)
    assert gongwen("run", "-C", str(workspace)).exit_code == 1
    year = workspace / "outputs" / "2027"
    for path in (
        next(year.glob("计划/*.docx")),
        next(year.glob("简报/*第5期.docx")),
        next(year.glob("考核/东岭镇考核档案.docx")),
    ):
        text = text_of(path.read_bytes())
        assert new in text
        assert old not in text


def test_a_hand_edited_document_is_never_overwritten(workspace: Path) -> None:
    path = next((workspace / "outputs").rglob("*第12期.docx"))
    path.write_bytes(path.read_bytes() + b"edited")
    kept = path.read_bytes()
    for _ in range(2):
        result = gongwen("run", "-C", str(workspace))
        assert f"{path.name}，新版为{path.stem}（新版）.docx" in result.output
        assert path.read_bytes() == kept
        assert path.with_name(f"{path.stem}（新版）.docx").exists()


def test_an_unreadable_declaration_holds_the_plan_back(workspace: Path) -> None:
    (workspace / "inputs/2027/申报/区水务局2027年重点项目申报表.xlsx").write_bytes(b"PK\x03\x04broken")
    result = gongwen("make", "plan", "2027", "-C", str(workspace))
    assert result.exit_code == 1
    assert "区水务局2027年重点项目申报表.xlsx" in result.output


def test_no_document_shows_what_it_does_not_know(issued_year: Path) -> None:
    wrong = re.compile(r"None|\bnan\b|\{\{|\}\}|\{%|(?<![\d.])0\.00亿元")
    for path in (issued_year / "outputs").rglob("*.docx"):
        assert not wrong.search(text_of(path.read_bytes())), path.name
    books = list((issued_year / "outputs").rglob("*.xlsx"))
    assert books
    for path in books:
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if isinstance(cell.value, str) and wrong.search(cell.value)]


@pytest.mark.parametrize(
    ("zone", "seed", "locale"),
    [("UTC", "1", "C"), ("Asia/Shanghai", "2", "C.UTF-8"), ("America/Adak", "3", "POSIX")],
)
def test_surroundings_change_no_byte(issued_year: Path, tmp_path: Path, zone: str, seed: str, locale: str) -> None:
    for folder in ("inputs", "templates"):
        shutil.copytree(issued_year / folder, tmp_path / folder)
    surroundings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "run", "-C", str(tmp_path)]
    done = subprocess.run(command, check=False, env=surroundings, cwd=REPOSITORY, capture_output=True)
    assert done.returncode == 1, done.stderr  # the sample year has mistakes to show
    assert _documents(tmp_path) == _documents(issued_year)


def _needs(*programs: str) -> None:
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"CI lacks {', '.join(missing)}")
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed")


def _han(text: str) -> Counter[str]:
    return Counter(re.findall(r"[\u4e00-\u9fff]", text))


def test_printed_pages_lose_nothing(issued_year: Path, tmp_path: Path) -> None:
    """One of each kind as PDF: no empty page, and every Han character of the document on its pages."""
    _needs("soffice", "pdftotext")
    year = issued_year / "outputs" / "2027"
    patterns = (
        "计划/*",
        "推进方案/高端*.docx",
        "简报/*第4期*",
        "考核/区住建局考核档案*",
        "考核/区住建局*说明*",
        "考核/*报告*",
    )
    chosen = [next(year.glob(pattern)) for pattern in patterns]
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *map(str, chosen)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for path in chosen:
        pdf = tmp_path / f"{path.stem}.pdf"
        printed = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
        pages = printed.stdout.split("\f")[:-1]
        assert [page for page in pages if not _han(page)] == [], path.name
        assert _han(text_of(path.read_bytes())) - _han(printed.stdout) == Counter(), path.name

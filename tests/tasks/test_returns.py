"""gongwen return: who gets which workbook back, what is said of it, and that it reads again when it returns."""

import io
import os
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlwt
from click.testing import CliRunner, Result

from pipeline.checks.owners import owners
from pipeline.cli import main
from pipeline.papers.return_notice import shortened
from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile
from pipeline.records.period import Period
from pipeline.spreadsheets.returned import NOTE_START
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.build import case, declaration, problem, progress, unit
from tests.docx_reading import text_of
from tests.rich_workbook import parts, repacked

REPOSITORY = Path(__file__).parents[2]
DAY = ("--date", "2027-12-30", "--due", "2028-01-05")


def give_back(workspace: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["return", *args, "-C", str(workspace)])


def fresh(folder: Path, *reports: str) -> Path:
    """The sample workspace; with ``reports`` only the directory and these months' reports, which read faster."""
    shutil.copytree(REPOSITORY / "templates", folder / "templates")
    shutil.copytree(
        REPOSITORY / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("2027") if reports else None
    )
    for name in ("名册", *(f"月报/{month}" for month in reports)) if reports else ():
        shutil.copytree(REPOSITORY / "inputs/2027" / name, folder / "inputs/2027" / name)
    return folder


def files(workspace: Path) -> dict[str, bytes]:
    folder = workspace / "outputs" / "2027" / "退回修改"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def findings(workspace: Path) -> tuple[Finding, ...]:
    return read_year(Workspace.open(workspace), Period(2027)).findings


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample year, given back."""
    workspace = fresh(tmp_path_factory.mktemp("returned"))
    result = give_back(workspace, *DAY)
    assert result.exit_code == 0, result.output
    (workspace / "said.txt").write_text(result.output, "utf-8")
    return workspace


def test_each_unit_gets_only_what_it_must_mend(returned: Path) -> None:
    names = set(files(returned))
    assert {name.split("/")[0] for name in names} == {
        "东岭镇", "北桥街道办", "区交通局", "区住建局", "区农业农村局", "区商务局", "区工信局", "区教育局", "区文旅局",
        "区水务局", "经开区管委会",
    }  # fmt: skip
    assert {name.split("/")[1] for name in names if name.startswith("区商务局/")} == {
        "区商务局2027年重点项目申报表.xlsx", "区商务局问题台账.xlsx", "区商务局手续台账.xlsx", "2027年退件通知.docx",
        "2027年其他事项问题清单.xlsx",
    }  # fmt: skip
    assert not any("储备库" in name or "登记簿" in name or "包联清单" in name for name in names)


@pytest.fixture(scope="module")
def judged(returned: Path) -> tuple[Finding, ...]:
    """What is found in the sample year."""
    return findings(returned)


def test_every_finding_of_a_unit_is_told_somewhere(returned: Path, judged: tuple[Finding, ...]) -> None:
    told = [
        (folder.split("/")[0], str(row[4]))
        for folder, data in files(returned).items()
        if folder.endswith(".xlsx")
        for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(min_row=4, values_only=True)
    ]
    units = {folder for folder, _ in told}
    asked = [(f.unit, f.message) for f in judged if f.unit in units and f.severity.value != "建议"]
    assert sorted(set(asked)) == sorted({(u, m) for u, m in told if (u, m) in set(asked)})


def test_the_cell_is_marked_where_the_finding_is(returned: Path) -> None:
    data = files(returned)["区住建局/区住建局2027年5月重点项目月报.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["5月"]
    assert sheet["E7"].value == "约800"
    note = sheet["E7"].comment
    assert note is not None
    assert note.text.startswith(f"{NOTE_START}【错误】“本月完成投资”不是规范的数字")
    assert sheet["E7"].fill.fill_type == "solid"


def test_a_file_without_formats_comes_with_a_list_of_its_own(returned: Path) -> None:
    name = "区农业农村局重点项目申报表"
    made = files(returned)
    assert made[f"区农业农村局/{name}.csv"] == (returned / f"inputs/2027/申报/{name}.csv").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(made[f"区农业农村局/{name}问题清单.xlsx"])).worksheets[0]
    assert sheet["C4"].value == "L8"
    assert "csv文件没有格式" in str(sheet["A2"].value)
    assert "csv文件没有格式" in (returned / "said.txt").read_text("utf-8")


def test_the_notice_counts_and_names_what_weighs_most(returned: Path) -> None:
    text = text_of(files(returned)["区商务局/2027年退件通知.docx"])
    assert "区商务局：" in text
    assert "错误2条、提醒1条、建议0条" in text
    assert "没有填写“总投资”" in text
    assert "于2028年1月5日前报回" in text
    assert "2027年12月30日" in text


def test_again_changes_nothing(returned: Path) -> None:
    before = files(returned)
    result = give_back(returned, *DAY)
    assert "新增" not in result.output
    assert "更新" not in result.output
    assert files(returned) == before


def test_what_comes_back_reads_as_what_was_sent(returned: Path, judged: tuple[Finding, ...], tmp_path: Path) -> None:
    """Neither the list nor colours and notes disturb reading."""
    workspace = fresh(tmp_path)
    for name, data in files(returned).items():
        for path in (workspace / "inputs").rglob(name.split("/")[1]):
            path.write_bytes(data)
    assert findings(workspace) == judged


def test_a_mended_workbook_is_not_given_back_again(returned: Path, tmp_path: Path) -> None:
    workspace = fresh(tmp_path)
    shutil.copytree(returned / "outputs", workspace / "outputs")
    sent = workspace / "inputs/2027/月报/2027-05/区住建局2027年5月重点项目月报.xlsx"
    sent.write_bytes(files(returned)["区住建局/区住建局2027年5月重点项目月报.xlsx"])
    sheet = parts(sent.read_bytes())["xl/worksheets/sheet1.xml"]
    mended, count = re.subn(rb'(<c r="E7" s="\d+") t="s"><v>\d+</v>', rb"\1><v>796.6</v>", sheet)
    mended = mended.replace(b"<v>6057.7</v>", b"<v>6854.3</v>")  # the total, as a spreadsheet would compute it
    assert count == 1
    sent.write_bytes(repacked(sent.read_bytes(), {"xl/worksheets/sheet1.xml": mended}))
    result = give_back(workspace, *DAY, "--unit", "区住建局")
    assert "没有需要退回的台账" in result.output
    assert "以下文件是以前退回的" in result.output
    assert f"{sent.name}\n" in result.output.partition("以下文件是以前退回的")[2]


def test_a_month_returns_its_reports_only(tmp_path: Path) -> None:
    workspace = fresh(tmp_path, "2027-05", "2027-07")
    result = give_back(workspace, "2027-05", "--date", "2027-06-01")
    assert set(files(workspace)) == {
        "区住建局/区住建局2027年5月重点项目月报.xlsx",
        "区住建局/2027年5月退件通知.docx",
    }
    assert "尽快报回" in text_of(files(workspace)["区住建局/2027年5月退件通知.docx"])
    assert "退回1个单位、1份台账" in result.output


REPORT = "2027年5月重点项目月报"


def test_an_old_workbook_and_a_damaged_one_go_back_untouched_with_a_list(tmp_path: Path) -> None:
    workspace = fresh(tmp_path, "2027-05")
    folder = workspace / "inputs/2027/月报/2027-05"
    old, sheet = xlwt.Workbook(), openpyxl.load_workbook(folder / f"区住建局{REPORT}.xlsx").worksheets[0]
    page = old.add_sheet("5月")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and cell.row is not None and cell.column is not None:
                page.write(cell.row - 1, cell.column - 1, cell.value)
    old.save(str(folder / f"区住建局{REPORT}.xls"))
    (folder / f"区住建局{REPORT}.xlsx").unlink()
    broken = folder / f"区教育局{REPORT}.xlsx"
    broken.write_bytes(broken.read_bytes()[:3000])
    result = give_back(workspace, "2027-05", *DAY)
    assert "旧版xls文件标色会损失格式" in result.output
    assert "问题涉及整个文件" in result.output
    made = files(workspace)
    for name, path in (("区住建局", folder / f"区住建局{REPORT}.xls"), ("区教育局", broken)):
        assert made[f"{name}/{path.name}"] == path.read_bytes()
        listed = openpyxl.load_workbook(io.BytesIO(made[f"{name}/{name}{REPORT}问题清单.xlsx"]))
        assert listed.worksheets[0].max_row >= 4


@pytest.mark.skipif(sys.platform != "linux", reason="a file with holes takes no room there")
def test_of_a_giant_only_the_list_goes_back(tmp_path: Path) -> None:
    workspace = fresh(tmp_path, "2027-03")
    report = next((workspace / "inputs/2027/月报/2027-03").glob("*区住建局*"))
    os.truncate(report, 100 << 20)
    result = give_back(workspace, "2027-03", *DAY)
    assert result.exit_code == 0, result.output
    mine = {name: data for name, data in files(workspace).items() if name.startswith("区住建局/")}
    assert [name for name in mine if report.stem in name] == [f"区住建局/{report.stem}问题清单.xlsx"]
    assert "文件过大，没有随附原文件" in result.output
    assert all(len(data) < 1 << 20 for data in mine.values())


def test_a_run_does_not_call_returned_workbooks_out_of_date(returned: Path) -> None:
    result = CliRunner().invoke(main, ["run", "-C", str(returned)])
    assert result.exit_code == 1
    assert "退件通知" not in result.output
    assert "已不再编" not in result.output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--unit", "区商业局"], "没有责任单位“区商业局”，是否为“区商务局”"),
        (["--date", "昨天"], "看不懂--date“昨天”"),
        (["--date", "2027-03-30", "--due", "2027-03-01"], "报回日期2027-03-01早于成文日期"),
        (["2031"], "没有2031年度的台账"),
    ],
)
def test_a_wrong_request_is_one_sentence(returned: Path, args: list[str], words: str) -> None:
    before = files(returned)
    result = give_back(returned, *args)
    assert result.exit_code == 2
    assert words in result.output
    assert files(returned) == before


def test_a_misspelt_name_in_the_template_stops_before_the_first_file(tmp_path: Path) -> None:
    workspace = fresh(tmp_path, "2027-05")
    shutil.copy(workspace / "templates/简报.docx", workspace / "templates/退件通知.docx")
    result = give_back(workspace, *DAY)
    assert result.exit_code == 2
    assert "退件通知.docx" in result.output
    assert not (workspace / "outputs" / "2027").exists()


def test_whose_a_file_is() -> None:
    """By the unit in its name, else by all of its rows; a list of several units is nobody's."""
    year = case(
        unit(name="区工信局", file="名册.xlsx"),
        unit(name="区住建局", file="名册.xlsx"),
        declaration(file="a/申报表.xlsx"),
        declaration(project_name="甲项目", lead_unit="区住建局", file="b/汇总.xlsx"),
        declaration(project_name="乙项目", file="b/汇总.xlsx"),
        progress(3, file="c/区住建局3月.xlsx"),
        problem(file="d/问题.xlsx"),
    )
    names = {"名册.xlsx": "unit", "a/申报表.xlsx": "declaration", "b/汇总.xlsx": "declaration",
             "c/区住建局3月.xlsx": "progress", "d/问题.xlsx": "problem", "e/区工信局坏文件.xlsx": ""}  # fmt: skip
    taken_in = tuple(LedgerFile(name, "", (slug,) if slug else (), 1) for name, slug in names.items())
    year = replace(year, ledgers=replace(year.ledgers, files=taken_in))
    assert owners(year) == {
        "a/申报表.xlsx": "区工信局", "c/区住建局3月.xlsx": "区住建局", "d/问题.xlsx": "区工信局", "e/区工信局坏文件.xlsx": "区工信局",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("甲乙丙", 3, "甲乙丙"),
        ("甲乙丙丁", 3, "甲……"),
        ("ab cd", 3, "ab cd"),
        ("甲\n乙", 3, "甲 乙"),
        ("", 3, ""),
    ],
)
def test_texts_of_the_notice_are_cut_to_width(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short

"""The first day: the office's own lists beside the forms that the units send back. Nothing is an error or counted twice."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pipeline.records.finding import Finding
from pipeline.records.period import Period
from pipeline.records.severity import Severity
from pipeline.workspace import Workspace
from pipeline.year import YearRead, read_year
from tests.docx_reading import text_of
from tests.first_day import (
    FACTORY,
    NODES,
    ROAD,
    ROSTER,
    TEAMS,
    UNITS,
    declaration,
    fill,
    gongwen,
    office_of,
    returned,
    write_table,
)

YEAR = Period(2027)


def _with_a_node(book: Workbook) -> None:
    told = {"项目名称": FACTORY, "完成时限": "2027-10-31", "工作内容": "消防验收", "责任人": "孙某丙"}
    fill(book["工作节点"], 5, {**told, "当月计划投资": 0})


def _with_another_liaison(book: Workbook) -> None:
    fill(book["责任单位名册"], 1, {"联络员": "冯某"})


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """The office has handed out the year's forms, every unit has sent its own back, and the documents are made."""
    root, sent = tmp_path_factory.mktemp("office") / "office", tmp_path_factory.mktemp("sent")
    workspace = office_of(root)
    _receive(workspace, *(declaration(sent, unit) for unit in UNITS))
    assert gongwen(workspace, "forms", "2027").exit_code == 0
    _receive(
        workspace,
        returned(workspace, "区工信局", sent / "工信.xlsx", _with_a_node),
        returned(workspace, "区住建局", sent / "住建.xlsx", _with_another_liaison),
        returned(workspace, "区水务局", sent / "水务.xlsx"),
    )
    assert gongwen(workspace, "run").exit_code == 0
    return workspace, sent


@pytest.fixture
def copied(first_day: tuple[Workspace, Path], tmp_path: Path) -> Workspace:
    """A first day that a test may go on with."""
    shutil.copytree(first_day[0].root, tmp_path / "office")
    return Workspace.open(tmp_path / "office")


@pytest.fixture(scope="module")
def year(first_day: tuple[Workspace, Path]) -> YearRead:
    return read_year(first_day[0], YEAR)


def _receive(workspace: Workspace, *files: Path, at: str = "2027-01-10 09:00") -> str:
    result = gongwen(workspace, "receive", *map(str, files), "--at", at)
    assert result.exit_code == 0, result.output
    assert "没有收下0份" in result.output
    return result.output


def _errors(findings: tuple[Finding, ...]) -> list[str]:
    return [each.sentence for each in findings if each.severity is Severity.ERROR]


def test_there_is_no_error_and_every_row_is_there_once(year: YearRead) -> None:
    assert _errors(year.findings) == []
    ledgers = year.ledgers
    assert Counter(row.name for row in ledgers.units) == dict.fromkeys(UNITS, 1)
    assert Counter(row.project_name for row in ledgers.teams) == {FACTORY: 1, ROAD: 1}
    assert Counter(row.project_name for row in ledgers.nodes) == {FACTORY: 5, ROAD: 4}
    assert Counter(row.project_name for row in ledgers.sponsorships) == {FACTORY: 1, ROAD: 1}
    assert Counter(row.project_name for row in ledgers.declarations) == dict.fromkeys(UNITS.values(), 1)


def test_only_where_the_two_differ_it_is_said_once_and_the_units_word_counts(year: YearRead) -> None:
    said = [each for each in year.findings if each.rule == "restated"]
    assert [(each.severity, each.file.split("2027/")[1], each.cell) for each in said] == [
        (Severity.WARNING, NODES, "第3行"),
        (Severity.WARNING, ROSTER, "第4行"),
    ]
    nodes, roster = (each.message for each in said)
    assert nodes.startswith(
        f"“{FACTORY}”的工作节点与单位报来的（收件登记簿第4行）不同：本表4项，单位报来5项，相同的4项"
    )
    assert roster.startswith("“区住建局”的联络员与单位报来的（收件登记簿第5行）不同")
    assert year.basis.units["区住建局"].liaison == "冯某"


def test_the_promotion_plan_prints_every_node_once_with_their_true_sum(
    first_day: tuple[Workspace, Path],
) -> None:
    plans = {path.stem: text_of(path.read_bytes()) for path in first_day[0].outputs.rglob("*推进方案.docx")}
    (factory,) = (text for name, text in plans.items() if FACTORY in name)
    (road,) = (text for name, text in plans.items() if ROAD in name)
    assert (factory.count("消防验收"), road.count("消防验收")) == (1, 0)
    for text in (factory, road):
        assert text.count("设备安装") == 1
        assert "20000" in text
        assert "40000" not in text


def test_the_calendar_counts_every_unit_once(copied: Workspace) -> None:
    (copied.inputs / "2028").mkdir()
    shown = gongwen(copied, "calendar", "--today", "2027-08-10").output
    assert "应报3家，已收0家" in shown


def test_the_next_forms_hold_every_row_once(copied: Workspace) -> None:
    shown = gongwen(copied, "forms", "2027", "--unit", "区工信局").output
    assert "手续办理团队（1）、工作节点（5）、责任单位名册（1）" in shown


@pytest.mark.parametrize("gone", [(ROSTER,), (ROSTER, NODES, TEAMS)], ids=["directory", "all"])
def test_the_offices_lists_may_go_once_the_units_have_sent_theirs(
    copied: Workspace, first_day: tuple[Workspace, Path], gone: tuple[str, ...], tmp_path: Path
) -> None:
    before = read_year(copied, YEAR).ledgers
    for name in gone:
        (copied.inputs / "2027" / name).unlink()
    _receive(copied, declaration(tmp_path, "区住建局", ROAD, "丁桥梁项目"), at="2027-01-11 09:00")
    after = read_year(copied, YEAR)
    assert _errors(after.findings) == []
    assert (after.ledgers.units, after.ledgers.nodes, after.ledgers.teams) == (
        before.units,
        before.nodes,
        before.teams,
    )


def test_returns_that_were_only_copied_into_the_folder_are_read_once_too(
    first_day: tuple[Workspace, Path], tmp_path: Path
) -> None:
    """Without a receipt nobody knows whose word is the last, but the same row is no second one."""
    workspace = office_of(tmp_path / "office")
    folder = workspace.inputs / "2027" / "申报"
    folder.mkdir()
    for sent in first_day[1].glob("*.xlsx"):
        shutil.copy(sent, folder)
    year = read_year(workspace, YEAR)
    assert Counter(row.project_name for row in year.ledgers.nodes) == {FACTORY: 5, ROAD: 4}
    assert [each.project_name for each in year.ledgers.teams] == [FACTORY, ROAD]
    assert [each.split("：", 1)[1].split("。")[0] for each in _errors(year.findings)] == [
        "“区住建局”在责任单位名册中重复登记（表中为“区住建局”）"
    ]


def test_the_same_row_twice_in_one_list_is_one_and_said_another_is_an_error(tmp_path: Path) -> None:
    workspace = office_of(tmp_path / "office")
    roster = workspace.inputs / "2027" / ROSTER
    rows = [line.split(",") for line in roster.read_text("utf-8").splitlines()]
    same, other = list(rows[2]), list(rows[3])
    other[1] = "吴某己"
    write_table(roster, *rows, same, other)
    findings = [each for each in read_year(workspace, YEAR).findings if each.ledger == "unit"]
    assert [(each.severity, each.rule, each.cell) for each in findings] == [
        (Severity.ERROR, "unit-once", "A7"),
        (Severity.ADVICE, "repeated-row", "第6行"),
    ]
    assert "与第3行完全相同，按一行计" in findings[1].message


def test_a_project_of_another_unit_is_not_taken_over(copied: Workspace, tmp_path: Path) -> None:
    """What two units claim is for people to settle."""
    office = declaration(copied.inputs / "2027" / "申报", "区水务局", "戊泵站项目")
    assert office.exists()
    _receive(copied, declaration(tmp_path, "区住建局", ROAD, "戊泵站项目"), at="2027-01-11 09:00")
    twice = [each for each in _errors(read_year(copied, YEAR).findings) if "戊泵站项目" in each]
    assert len(twice) == 2
    assert all("重复登记" in each for each in twice)

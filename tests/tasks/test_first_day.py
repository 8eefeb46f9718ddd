"""The first day: the office's own lists beside the forms that the units send back. Nothing is an error or counted twice."""

import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pipeline.records.field_values import TEAM
from pipeline.records.finding import Finding
from pipeline.records.period import Period
from pipeline.records.severity import Severity
from pipeline.tasks.year import YearRead, read_year
from pipeline.workspace import Workspace
from tests.docx_reading import text_of
from tests.first_day import (
    FACTORY,
    NODES,
    ROAD,
    ROSTER,
    TEAMS,
    UNITS,
    blank,
    confirm_if_asked,
    declaration,
    fill,
    gongwen,
    office_of,
    returned,
    write_table,
)
from tests.sent_forms import sent_as

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


def test_a_new_sponsored_project_names_its_team_at_once(copied: Workspace, tmp_path: Path) -> None:
    """Also of a unit that sponsored none before: one form, one return, and its plan can be made."""
    water = UNITS["区水务局"]

    def propose(book: Workbook) -> None:
        fill(book["包联项目清单"], 1, {
            "项目名称": water, "所属行业": "基础设施", "包联类型": "重大实施", "建设任务": "完成主体工程", "总投资": 50000,
            "当年计划投资": 20000, "项目业主": "示例公司", "责任地区": "示例街道", "包联领导": "王某甲", "项目进展": "正在施工",
            "建设年限": "2026.3-2028.10", "需区领导推动的事项": "无",
        })  # fmt: skip
        persons = (field.label for field in TEAM)
        fill(book["手续办理团队"], 1, {"项目名称": water} | dict.fromkeys(persons, "赵某甲"))
        node = {"项目名称": water, "完成时限": "2027-10-31", "工作内容": "管道铺设", "责任人": "孙某丙"}
        fill(book["工作节点"], 1, {**node, "当月计划投资": 20000})

    gongwen(copied, "forms", "2027")
    _receive(copied, returned(copied, "区水务局", tmp_path / "水务.xlsx", propose), at="2027-01-12 09:00")
    year = read_year(copied, YEAR)
    assert _errors(year.findings) == []
    assert [row.project_name for row in year.ledgers.teams].count(water) == 1
    made = gongwen(copied, "make", "promotion", "2027", "--project", water)
    assert made.exit_code == 0, made.output


def _month(workspace: Workspace, month: int, target: Path, told: Mapping[str, str | float]) -> Path:
    """区工信局's form of a month, its one project filled in, or the sheet confirmed where nothing is told."""
    assert gongwen(workspace, "forms", f"2027-{month:02d}").exit_code == 0

    def change(book: Workbook) -> None:
        if told:
            fill(book["项目月报"], 1, told)
        else:
            confirm_if_asked(book["项目月报"])
        fill(book["包联项目清单"], 1, {"项目进展": "正在收尾", "需区领导推动的事项": "无"})

    return sent_as(blank(workspace, "区工信局", f"2027-{month:02d}"), target, change)


def test_a_finished_project_stays_in_the_form_and_what_is_still_paid_counts(copied: Workspace, tmp_path: Path) -> None:
    march: Mapping[str, str | float] = {
        "本月计划投资": 5000, "本月完成投资": 9000, "本年累计完成投资": 9000, "开工以来累计完成投资": 19000, "形象进度": "竣工",
        "形象进度完成率": 100, "实际开工时间": "2026-03-18", "实际竣工时间": "2027-03-20",
    }  # fmt: skip
    _receive(copied, _month(copied, 3, tmp_path / "三月.xlsx", march), at="2027-03-27 09:00")
    told = _receive(copied, _month(copied, 4, tmp_path / "四月.xlsx", {}), at="2027-04-27 09:00")
    assert "项目月报、包联项目清单 2027年4月" in told
    april = read_year(copied, Period.parse("2027-04"))
    assert _errors(april.findings) == []
    assert [row.month.month for row in april.ledgers.progress] == [3]
    assert not any("区工信局2027年4月" in each.message for each in april.findings)
    tail: Mapping[str, str | float] = {"本月完成投资": 1900, "本年累计完成投资": 10900, "形象进度": "竣工"}
    told = _receive(copied, _month(copied, 5, tmp_path / "五月.xlsx", tail), at="2027-05-27 09:00")
    assert "错误0条" in told
    may = read_year(copied, Period.parse("2027-05"))
    (asked,) = [each for each in may.findings if each.rule == "monthly-after-completion"]
    assert (asked.severity, "已于2027年3月20日竣工" in asked.message) == (Severity.WARNING, True)
    standing = may.basis.standing(FACTORY, may.basis.december)
    assert standing is not None
    assert standing.year_done == 10900


def _plans(workspace: Workspace) -> set[str]:
    return {path.name for path in (workspace.outputs / "2027" / "推进方案").iterdir()}


def test_a_paper_that_an_error_holds_back_is_not_for_the_archive(copied: Workspace) -> None:
    before = _plans(copied)
    declaration(copied.inputs / "2027" / "申报", "区水务局", FACTORY)
    shown = gongwen(copied, "run").output
    assert f"{FACTORY}推进方案：" in shown
    assert "不再编" not in shown
    gongwen(copied, "archive", "--yes")
    assert _plans(copied) == before


def test_nothing_is_for_the_archive_while_a_ledger_cannot_be_read(copied: Workspace) -> None:
    """The project is not in what could be read, but nobody can say that it is gone."""
    before = _plans(copied)
    for path in (copied.inputs / "2027" / "申报").glob("区住建局*"):
        path.write_bytes(b"PK\x03\x04 cut off")
    listed = copied.inputs / "2027" / "包联" / "包联项目清单.csv"
    listed.write_text("\n".join(line for line in listed.read_text("utf-8").splitlines() if ROAD not in line), "utf-8")
    shown = gongwen(copied, "run").output
    assert "不再编" not in shown
    gongwen(copied, "archive", "--yes")
    assert _plans(copied) == before


def _name_otherwise(book: Workbook, old: str, new: str) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == old:
                    cell.value = new


def test_a_paper_of_a_project_that_is_gone_is_offered_for_the_archive(copied: Workspace) -> None:
    (copied.inputs / "2027" / "包联" / "包联项目清单.csv").unlink()
    for path in (copied.inputs / "2027" / "申报").glob("区住建局*"):
        sent_as(path, path, lambda book: _name_otherwise(book, ROAD, "丁泵站项目"))
    for name in (NODES, TEAMS):
        (copied.inputs / "2027" / name).unlink()
    shown = gongwen(copied, "run").output
    assert "不再编" in shown
    gongwen(copied, "archive", "--yes")
    assert not any(ROAD in name for name in _plans(copied))


def test_a_project_that_a_later_declaration_leaves_out_or_brings_in_is_no_lasting_error(
    copied: Workspace, tmp_path: Path
) -> None:
    water, pump = UNITS["区水务局"], "丁泵站项目"
    for unit, name in (("区水务局", water), ("区住建局", ROAD)):
        report = write_table(
            tmp_path / f"{unit}月报.csv",
            [f"{unit}2027年3月重点项目月报"],
            [
                "项目名称",
                "责任单位",
                "本月完成投资（万元）",
                "本年累计完成投资（万元）",
                "形象进度",
                "实际开工时间",
            ],
            [name, unit, "3000", "3000", "正在施工", "2026-03-18"],
        )
        _receive(copied, report, at="2027-03-27 09:00")
    before = len(_errors(read_year(copied, Period.parse("2027-03")).findings))
    sent = declaration(tmp_path, "区水务局", pump)
    taken = gongwen(copied, "receive", str(sent), "--at", "2027-05-20 09:00", "--replace")
    assert taken.exit_code == 0, taken.output
    found = read_year(copied, Period.parse("2027-03")).findings
    assert len(_errors(found)) == before
    (said,) = [each for each in found if each.rule == "declaration-dropped"]
    assert said.severity is Severity.WARNING
    assert said.message.startswith(f"“{water}”收件登记簿第6行申报过，区水务局后来的申报台账不再列出")
    assert not any(pump in each.message for each in found if each.rule == "monthly-left-out")

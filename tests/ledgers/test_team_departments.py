"""The departments of a procedure team: the five that B-7 names, and every other that approves something."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from pipeline.records import field_catalogue as fields
from pipeline.records.field_values import value_of
from pipeline.records.pairing import ProcedureTeam
from pipeline.records.severity import Severity
from tests import build
from tests.ledger_sheets import read_rows

FIVE = ("规划部门人员", "国土部门人员", "环保部门人员", "发改部门人员", "经信部门人员")
PERSONS = ("赵某", "钱某", "孙某", "李某", "周某")


def team_of(folder: Path, more: Iterable[tuple[str, str]] = (), persons: tuple[str, ...] = PERSONS) -> ProcedureTeam:
    heads, others = zip(*more, strict=True) if more else ((), ())
    rows = [("手续办理团队",), ("序号", "项目名称", *FIVE, *heads), (1, "示例项目", *persons, *others)]
    reading = read_rows(folder, rows, file="inputs/2027/包联/手续办理团队.xlsx")
    (team,) = reading.records
    assert isinstance(team, ProcedureTeam)
    assert [each.message for each in reading.findings if "没有读取" in each.message] == []
    return team


@pytest.mark.parametrize(
    ("heading", "department"),
    [
        ("住建", "住建"), ("住建部门", "住建"), ("住建部门人员", "住建"), ("水务局人员", "水务局"), ("区林草局", "区林草局"),
        ("行政审批局经办人", "行政审批局"),
    ],
)  # fmt: skip
def test_a_further_department_has_a_column_of_its_own(tmp_path: Path, heading: str, department: str) -> None:
    """B-7: 等涉及审批事项的部门."""
    team = team_of(tmp_path, [(heading, "吴某")])
    assert team.others == ((department, ("吴某",)),)
    assert team.departments[0] == ("规划", ("赵某",))


def test_several_further_departments_and_the_form_s_one_column(tmp_path: Path) -> None:
    """B-7."""
    more = [
        ("住建", "吴某"),
        ("水务", "—"),
        ("林草", "不涉及"),
        ("其他部门人员", "交通：郑某；人防:王某、冯某；陈某"),
    ]
    team = team_of(tmp_path, more)
    assert team.others == (
        ("住建", ("吴某",)),
        ("林草", ("不涉及",)),
        ("交通", ("郑某",)),
        ("人防", ("王某", "冯某")),
        ("其他", ("陈某",)),
    )
    (finding,) = build.found("team-one-each", team)
    assert "人防部门有2人：王某、冯某" in finding.message
    assert str(value_of(team, fields.TEAM_OTHER)).startswith("住建：吴某；林草：不涉及；")


def test_of_several_further_columns_the_row_is_named(tmp_path: Path) -> None:
    """B-7: a fault of the first further column is not said of the last."""
    (finding,) = build.found("team-one-each", team_of(tmp_path, [("住建", "王某、冯某"), ("水务", "郑某")]))
    assert (finding.cell, finding.seen) == ("第3行", "")
    assert "住建部门有2人：王某、冯某" in finding.message


def test_a_department_below_a_head_of_all_is_named_alone(tmp_path: Path) -> None:
    """B-7: 部门人员 above 规划 … 住建."""
    rows = [
        ("手续办理团队",),
        ("序号", "项目名称", *["部门人员"] * 6),
        ("", "", "规划", "国土", "环保", "发改", "经信", "住建"),
        (1, "示例项目", *PERSONS, "吴某"),
    ]
    (team,) = read_rows(tmp_path, rows, file="inputs/2027/包联/手续办理团队.xlsx").records
    assert isinstance(team, ProcedureTeam)
    assert team.others == (("住建", ("吴某",)),)


@pytest.mark.parametrize("heading", ["主管部门", "相关部门", "工作人员", "审批部门"])
def test_what_names_no_department_is_not_read_as_one(tmp_path: Path, heading: str) -> None:
    rows = [("手续办理团队",), ("序号", "项目名称", *FIVE, heading), (1, "示例项目", *PERSONS, "吴某")]
    (team,) = read_rows(tmp_path, rows, file="inputs/2027/包联/手续办理团队.xlsx").records
    assert isinstance(team, ProcedureTeam)
    assert team.others == ()


@pytest.mark.parametrize("answer", ["不涉及", "未涉及", "不涉及审批", "无需办理"])
def test_not_concerned_is_an_answer(tmp_path: Path, answer: str) -> None:
    """B-7 asks the departments that have something to approve."""
    team = team_of(tmp_path, persons=(*PERSONS[:4], answer))
    assert team.persons[4] == ("不涉及",)
    assert build.found("required-procedure-team", team) == []
    assert build.found("team-one-each", team) == []


def test_an_empty_cell_is_none(tmp_path: Path) -> None:
    """B-7: what to write is said."""
    (finding,) = build.found("required-procedure-team", team_of(tmp_path, persons=(*PERSONS[:4], "")))
    assert finding.citation is not None
    assert (finding.severity, finding.citation.code) == (Severity.ERROR, "B-7")
    assert finding.action == "请补填经信部门人员，不涉及审批的填“不涉及”"


def test_a_team_of_nobody_is_none(tmp_path: Path) -> None:
    """B-7."""
    nobody = ("不涉及",) * 5
    (finding,) = build.found("team-one-each", team_of(tmp_path, persons=nobody))
    assert "没有一人" in finding.message
    assert build.found("team-one-each", team_of(tmp_path, [("住建", "吴某")], nobody)) == []


@pytest.mark.parametrize("words", ["待定", "未定", "暂无", "人员待定", "待明确"])
def test_what_says_that_nobody_is_named_yet_is_no_person(tmp_path: Path, words: str) -> None:
    """B-7: each department concerned sends a person; 待定 must not stand in a paper as one."""
    team = team_of(tmp_path, persons=(*PERSONS[:4], words))
    assert dict(team.departments)["经信"] == ()
    listed = build.sponsorship(project_name="示例项目")
    (finding,) = [each for each in build.found("required-procedure-team", team, listed) if "经信" in each.message]
    assert (finding.seen, finding.severity) == (words, Severity.ERROR)
    assert finding.action == "请补填经信部门人员，不涉及审批的填“不涉及”"

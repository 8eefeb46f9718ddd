"""The linked leader of each key project (K-11(2)): advice, and a sponsoring leader counts."""

from pathlib import Path

import pytest

from pipeline.facts.restated import Restated, with_office_words
from pipeline.ledgers.kinds import KIND_OF
from pipeline.records import field_catalogue as fields
from pipeline.records.pairing import Sponsorship
from pipeline.records.project import Declaration
from pipeline.records.severity import Severity
from tests import build
from tests.ledger_sheets import read_rows

SECOND = build.declaration(project_name="第二项目", row=4)
LINKED = build.declaration(project_name="第三项目", row=5, linked_leaders=("王某甲",))


@pytest.mark.parametrize(
    ("sponsorship", "asked"),
    [
        ((), 1),
        ((build.sponsorship(),), 0),
        ((build.sponsorship(state="已确定"),), 0),
        ((build.sponsorship(state="拟包联"),), 1),  # its leader is not settled either
        ((build.sponsorship(leaders=()),), 1),
    ],
)
def test_a_sponsoring_leader_counts(sponsorship: tuple[Sponsorship, ...], asked: int) -> None:
    """K-11(2)."""
    found = build.found("linked-leader", build.declaration(), LINKED, *sponsorship)
    assert [each.project for each in found] == [build.PROJECT] * asked


@pytest.mark.parametrize(("linked", "asked"), [((), 1), (("王某甲",), 0), (("王某甲", "刘某乙"), 0)])
def test_who_is_linked_with_none_is_advised_at_its_row(linked: tuple[str, ...], asked: int) -> None:
    """K-11(2)."""
    found = build.found("linked-leader", build.declaration(linked_leaders=linked), LINKED)
    assert len(found) == asked
    for each in found:
        assert each.severity is Severity.ADVICE
        assert each.citation is not None
        assert each.citation.code == "K-11(2)"
        assert "“示例产业园项目”没有联系领导，也没有包联领导" in each.sentence
        assert "如“王某某”" in each.sentence


def test_where_nobody_is_linked_yet_it_is_said_once_and_is_no_unit_s_to_mend() -> None:
    """K-11(2): the office links them."""
    (finding,) = build.found("linked-leader", build.declaration(), SECOND)
    assert (finding.projects, finding.unit, finding.severity) == ((build.PROJECT, "第二项目"), "", Severity.ADVICE)
    assert "涉及2个没有包联领导的项目" in finding.message
    assert build.found("linked-leader", build.sponsorship()) == []


def test_a_linked_leader_outside_the_directory_is_advised() -> None:
    """K-11(2)."""
    (finding,) = build.found("known-linked-leader", build.declaration(linked_leaders=("王某申",)), build.leader())
    assert (finding.severity, finding.field) == (Severity.ADVICE, fields.LINKED_LEADERS)
    assert "是否为“王某甲”" in finding.action
    assert build.found("known-linked-leader", LINKED, build.leader()) == []
    assert build.found("known-linked-leader", LINKED) == []  # without a directory nothing can be said


@pytest.mark.parametrize(
    ("own", "unit_s", "counts"),
    [(("王某甲",), (), "王某甲"), (("王某甲",), ("刘某乙",), "王某甲"), ((), ("刘某乙",), "刘某乙")],
)
def test_the_office_s_own_word_counts(own: tuple[str, ...], unit_s: tuple[str, ...], counts: str) -> None:
    """K-11(2)."""
    kept, stated = build.declaration(linked_leaders=own), build.declaration(linked_leaders=unit_s)
    year = with_office_words(build.ledgers(stated, SECOND), [Restated("declaration", (kept,), (stated,), 1)])
    assert [row.linked_leaders for row in year.declarations] == [(counts,), ()]


HEAD = ("序号", "项目名称", "四个一批", "所属行业", "项目业主", "具体选址", "总投资（万元）", "当年计划投资（万元）")
ROW = (1, "示例项目", "加快建设", "工业", "示例公司", "示例园区", 50000, 20000)


@pytest.mark.parametrize("heading", ["联系领导", "联系区领导", "联系县领导", "区级联系领导"])
def test_the_column_of_a_declaration(tmp_path: Path, heading: str) -> None:
    """K-11(2)."""
    (row,) = read_rows(tmp_path, [("申报表",), (*HEAD, heading), (*ROW, "王某甲（副区长）")]).records
    assert isinstance(row, Declaration)
    assert row.linked_leaders == ("王某甲",)


def test_a_sponsored_list_that_calls_its_leaders_so_reads_as_before(tmp_path: Path) -> None:
    """B-5, B-7: the column 联系领导 of such a list is its 包联领导."""
    # As near to a declaration as a list can be.
    head = ("序号", "项目名称", "主要建设内容", "总投资（万元）", "当年投资（万元）", "联系领导", "项目进展")
    rows = [("重点项目一览表",), head, (1, "示例项目", "厂房", 50000, 20000, "王某甲", "正在施工")]
    (row,) = read_rows(tmp_path, rows, file="inputs/2027/台账.xlsx").records
    assert isinstance(row, Sponsorship)
    assert row.leaders == ("王某甲",)
    assert fields.LINKED_LEADERS not in KIND_OF["sponsorship"].fields

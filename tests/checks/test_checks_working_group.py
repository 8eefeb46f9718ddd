"""Leaders and portfolios, lead unit, procedure team, work list (B-4, B-7, B-8)."""

from decimal import Decimal

import pytest

from pipeline.checks.working_group import covers
from pipeline.records.severity import Severity
from tests import build


@pytest.mark.parametrize(
    ("portfolio", "sector", "is_covered"),
    [
        (("工业、能源",), "能源", True), (("城市建设",), "基础设施", True), (("交通",), "基础设施", True),
        (("商务",), "商贸流通", True), (("水利", "林业"), "农牧林水", True), (("教育",), "社会事业", True),
        (("科技",), "工业", True), (("教育",), "工业", False), (("区政府全面工作",), "社会事业", True),
        (("农业",), "商贸流通", False),
    ],
)  # fmt: skip
def test_portfolio_words(portfolio: tuple[str, ...], sector: str, is_covered: bool) -> None:
    assert covers(portfolio, sector) is is_covered


def test_a_portfolio_elsewhere_is_advice() -> None:
    (finding,) = build.found("portfolio", build.sponsorship(), build.leader(portfolio=("教育", "卫生")))
    assert finding.severity is Severity.ADVICE
    assert "王某甲分管教育、卫生" in finding.message


def test_a_leader_with_two_portfolios_is_covered_by_either_in_one_row_or_two() -> None:
    assert build.found("portfolio", build.sponsorship(), build.leader(portfolio=("教育", "工业"))) == []
    rows = (build.leader(portfolio=("教育",)), build.leader(portfolio=("工业",), row=4))
    assert build.found("portfolio", build.sponsorship(), *rows) == []


def test_one_fitting_leader_of_several_is_enough_and_an_unknown_one_may_fit() -> None:
    row = build.sponsorship(leaders=("王某甲", "刘某乙"))
    first = build.leader(portfolio=("教育",))
    assert build.found("portfolio", row, first) == []
    assert build.found("portfolio", row, first, build.leader(name="刘某乙", portfolio=("工业",))) == []
    assert len(build.found("portfolio", row, first, build.leader(name="刘某乙", portfolio=("民政",)))) == 1


def test_a_leader_outside_the_directory() -> None:
    row = build.sponsorship(leaders=("王某申",))
    (finding,) = build.found("known-leader", row, build.leader())
    assert "是否为“王某甲”" in finding.action
    (finding,) = build.found("known-leader", row, build.leader(name="欧阳"))
    assert "是否为" not in finding.action
    assert build.found("known-leader", row) == []


def test_exactly_one_lead_unit() -> None:
    (finding,) = build.found("one-lead-unit", build.sponsorship(lead_units=("区工信局", "区住建局")))
    assert "2个责任单位：区工信局、区住建局" in finding.message
    assert build.found("one-lead-unit", build.sponsorship()) == []


def test_each_sponsored_project_has_a_team() -> None:
    other = build.sponsorship(project_name="另一项目", row=4)
    (finding,) = build.found("team-exists", build.sponsorship(), other, build.team())
    assert (finding.project, finding.ledger, finding.severity) == ("另一项目", "team", Severity.ERROR)
    (finding,) = build.found("team-exists", build.sponsorship(), other)
    assert finding.projects == (build.PROJECT, "另一项目")


def test_what_is_only_proposed_is_said_once() -> None:
    """B-5: nothing is owed of it, and nobody has to guess why."""
    proposed = [build.sponsorship(project_name=name, state="拟包联") for name in ("甲项目", "乙项目")]
    (finding,) = build.found("sponsored-settled", build.sponsorship(state="已确定"), *proposed)
    assert (finding.severity, finding.projects, finding.unit) == (Severity.ADVICE, ("甲项目", "乙项目"), "")
    assert finding.citation is not None
    assert finding.citation.code == "B-5"
    assert "有2个项目还是拟包联" in finding.message
    assert build.found("sponsored-settled", build.sponsorship()) == []


def test_one_person_from_each_department() -> None:
    persons = (("赵某",), ("钱某", "吴某"), ("孙某",), ("李某",), ("周某",))
    (finding,) = build.found("team-one-each", build.sponsorship(), build.team(persons=persons))
    assert "国土部门有2人：钱某、吴某" in finding.message


def test_team_and_work_list_belong_to_a_sponsored_project() -> None:
    (finding,) = build.found("team-of-sponsored", build.sponsorship(), build.team(project_name="示例产业园项"))
    assert f"是否为“{build.PROJECT}”" in finding.action
    (finding,) = build.found("work-of-sponsored", build.sponsorship(), build.node(project_name="无关"))
    assert "是否为" not in finding.action
    assert build.found("team-of-sponsored", build.team()) == []


def test_each_sponsored_project_has_a_work_list() -> None:
    other = build.sponsorship(project_name="另一项目", row=4)
    (finding,) = build.found("work-list", build.sponsorship(), other, build.node())
    assert finding.project == "另一项目"
    (finding,) = build.found("work-list", build.sponsorship())
    assert finding.projects == (build.PROJECT,)


@pytest.mark.parametrize(("amounts", "found"), [((400, 600), 0), ((400, 500), 1), ((400, None), 0), ((), 0)])
def test_the_work_list_adds_up_to_the_plan(amounts: tuple[int | None, ...], found: int) -> None:
    nodes = [build.node(investment=None if each is None else Decimal(each)) for each in amounts]
    assert len(build.found("work-list-sum", build.sponsorship(year_plan=Decimal(1000)), *nodes)) == found

"""What the promotion plan of one sponsored project says (B-7, B-8, B-9)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.papers.paper_kind import Draft, HeldBack
from pipeline.papers.promotion import facts_of
from pipeline.records import field_catalogue as fields
from pipeline.records.settings import OfficeSettings, PromotionSettings
from tests import build
from tests.papers.paper_year import basis, error, pieces, told

D = Decimal
OTHER = "别的项目"


def said(*records: object, settings: OfficeSettings | None = None) -> Any:
    """The plan of the default project; the records may hold others."""
    year = basis(*records, settings=settings)
    return facts_of(year, year.sponsorships[build.sponsorship().key])


def test_only_this_projects_problems_in_order_of_deadline() -> None:
    context = said(
        build.sponsorship(),
        build.problem(problem="无期限", deadline=None),
        build.problem(problem="晚", deadline=build.day("2027-09")),
        build.problem(problem="早", deadline=build.day("2027-03-15"), raised_on=build.day("2027-01-05")),
        build.problem(project_name=OTHER, problem="别家的"),
        settings=OfficeSettings(promotion=PromotionSettings(date(2027, 2, 28))),
    )
    assert [(row["序号"], row["问题内容"]) for row in context["问题"]] == [
        (1, "早"),
        (2, "晚"),
        (3, "无期限"),
    ]
    assert context["问题数"] == 3
    first = context["问题"][0]
    assert (first["解决方式"], first["解决步骤"], first["解决时限"], first["责任人"]) == (
        "专题协调", "先报批再供地", "2027年3月15日", "张某甲",
    )  # fmt: skip
    assert context["问题"][2]["解决时限"] == "未报"


@pytest.mark.parametrize(
    ("changes", "open_then"),
    [
        ({"raised_on": build.day("2027-01-31")}, True),
        ({"raised_on": build.day("2027-02-01")}, False),  # not yet raised on 31 January
        ({"raised_on": None}, True),
        ({"raised_on": None, "solved_on": build.day("2027-01-31"), "state": "已解决"}, False),
        ({"raised_on": None, "solved_on": build.day("2027-02-01"), "state": "已解决"}, True),
        ({"raised_on": None, "state": "已解决"}, False),
    ],
)
def test_problems_are_those_of_the_day(changes: dict[str, object], open_then: bool) -> None:
    assert said(build.sponsorship(), build.problem(**changes))["问题数"] == open_then


def test_permits_as_they_stand_on_the_day() -> None:
    context = said(
        build.sponsorship(),
        build.procedure(permit="环评", due=build.day("2027-05"), state="已办结", done=build.day("2027-04-02")),
        build.procedure(permit="立项", due=build.day("2027-01"), state="已办结", done=build.day("2027-01-08")),
        build.procedure(permit="水保", state="不需办理"),
        build.procedure(permit="能评", due=None, state=None),
        build.procedure(project_name=OTHER, permit="别家的"),
    )
    assert [(row["手续名称"], row["办理状态"]) for row in context["手续"]] == [
        ("立项", "已办结"), ("环评", "未办结"), ("能评", "未报"),  # 环评 is finished only in April
    ]  # fmt: skip
    assert (context["手续数"], context["已办结手续数"]) == (3, 1)


def test_the_work_list_gathers_nodes_permits_and_problems_by_time() -> None:
    context = said(
        build.sponsorship(),
        build.node(work="封顶", due=build.day("2027-06-20"), investment=D(2000)),
        build.node(work="验收", due=build.day("2028-01")),
        build.node(work="年内事", due=build.day(2027), investment=None),
        build.node(work="未定事", due=None),
        build.node(project_name=OTHER, work="别家的"),
        build.procedure(permit="施工许可", office="区住建局", due=build.day("2027-03")),
        build.procedure(permit="立项", state="已办结"),
        build.problem(problem="用地未批", deadline=build.day("2027-04"), raised_on=None),
    )
    rows = context["工作清单"]
    assert [(row["月份"], row["工作内容"]) for row in rows] == [
        ("3月", "办结施工许可（区住建局）"),
        ("4月", "解决问题：用地未批"),
        ("6月", "封顶"),
        ("2027年内", "年内事"),
        ("2028年1月", "验收"),
        ("未定", "未定事"),
    ]
    assert rows[2]["当月计划投资"].wan == 2000
    assert (rows[0]["当月计划投资"], rows[3]["当月计划投资"]) == ("—", "—")
    assert (rows[2]["完成时限"], rows[5]["完成时限"]) == ("2027年6月20日", "未报")


def test_what_remains_to_invest() -> None:
    assert said(build.sponsorship(), build.declaration())["剩余投资"].wan == 50000 - 10000 - 20000
    assert said(build.sponsorship(), build.declaration(invested_before=None))["剩余投资"] == "未报"
    assert said(build.sponsorship(total_investment=None), build.declaration())["剩余投资"] == "未报"


def test_three_levels_of_people_and_the_team() -> None:
    context = said(
        build.sponsorship(leaders=("王某甲", "外人")),
        build.declaration(person=None, co_unit=None),
        build.leader(),
        build.unit(),
        build.team(persons=(("赵某甲",), ("钱某乙", "钱某丙"), (), ("李某丁",), ("周某戊",))),
    )
    assert [(row["姓名"], row["职务"], row["分管行业"]) for row in context["包联领导"]] == [
        ("王某甲", "副区长", "工业、能源"),
        ("外人", "未报", "未报"),
    ]
    assert (context["分管领导"], context["责任人"], context["联络员"], context["协办单位"]) == (
        "陈某甲", "张某甲", "吴某乙", "无",
    )  # fmt: skip
    assert [row["姓名"] for row in context["手续团队"]] == [
        "赵某甲",
        "钱某乙、钱某丙",
        "未报",
        "李某丁",
        "周某戊",
    ]


@pytest.mark.parametrize(("stage", "printed"), [("重大前期", "—"), ("重大实施", "未报")])
def test_years_that_are_not_settled_are_not_called_unreported(stage: str, printed: str) -> None:
    assert said(build.sponsorship(stage=stage, span=None))["建设年限"] == printed


def test_a_project_that_no_unit_declared_still_has_its_plan() -> None:
    context = said(build.sponsorship(lead_units=(), leader_matter=None, sector=None, span=None, total_investment=None))
    for name in ("具体选址", "批次", "资金来源", "责任单位", "所属行业", "建设年限", "总投资", "责任人"):
        assert context[name] == "未报", name
    assert (context["推进事项"], context["成文日期"]) == ("无", "2027年1月31日")
    assert [row["姓名"] for row in context["手续团队"]] == ["未报"] * 5


@pytest.mark.parametrize("ledger", ["sponsorship", "team", "declaration", "node", "procedure", "problem"])
def test_an_error_in_what_it_would_say_holds_it_back(ledger: str) -> None:
    year = basis(build.sponsorship(), build.declaration(), findings=[error(ledger)])
    (held,) = pieces("promotion", year)
    assert isinstance(held, HeldBack)
    assert "金额有误" in told(*held.reasons)[0]


@pytest.mark.parametrize(
    "finding",
    [error("progress"), error("declaration", field=fields.PAPER_LICENCE), error("node", OTHER)],
    ids=["monthly report", "missing paper", "another project"],
)
def test_an_error_elsewhere_does_not(finding: Any) -> None:
    (draft,) = pieces("promotion", basis(build.sponsorship(), build.declaration(), findings=[finding]))
    assert isinstance(draft, Draft)
    assert draft.ledger_beside


def test_one_project_or_one_unit_can_be_asked_for() -> None:
    year = basis(build.sponsorship(), build.sponsorship(project_name=OTHER, lead_units=("区住建局", "区水务局")))
    titles = {
        wanted: [piece.title for piece in pieces("promotion", year, **{wanted: name})]
        for wanted, name in (("unit", "区水务局"), ("project", build.PROJECT))
    }
    assert titles == {"unit": [f"{OTHER}推进方案"], "project": [f"{build.PROJECT}推进方案"]}
    assert len(pieces("promotion", year)) == 2


def test_further_departments_stand_in_the_team_and_those_not_concerned_do_not() -> None:
    """B-7."""
    persons = (("赵某",), ("不涉及",), ("孙某",), (), ("周某",))
    team = build.team(persons=persons, others=(("住建", ("吴某",)),))
    rows = said(build.declaration(), build.sponsorship(), team)["手续团队"]
    assert [(row["部门"], row["姓名"]) for row in rows] == [
        ("规划", "赵某"), ("环保", "孙某"), ("发改", "未报"), ("经信", "周某"), ("住建", "吴某"),
    ]  # fmt: skip


def test_a_proposal_has_no_promotion_plan_until_it_is_settled() -> None:
    """B-5, B-8: nothing is owed of what is only proposed; who asks for it by name is told why there is none."""
    proposed = build.sponsorship(project_name=OTHER, state="拟包联")
    (draft,) = pieces("promotion", basis(build.sponsorship(state="已确定"), proposed))
    assert draft.title == f"{build.PROJECT}推进方案"
    (draft,) = pieces("promotion", basis(build.sponsorship(state=None), proposed))  # lists had no 状态 before
    assert isinstance(draft, Draft)
    (held,) = pieces("promotion", basis(build.sponsorship(), proposed), project=OTHER)
    assert isinstance(held, HeldBack)
    assert told(*held.reasons) == ["项目还是拟包联，确定以后再编制"]
    (held,) = pieces("promotion", basis(proposed))
    assert isinstance(held, HeldBack)
    assert told(*held.reasons) == ["没有已确定的包联项目"]

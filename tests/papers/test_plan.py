"""What the year's plan says (K-7(1), K-8, K-9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.facts.basis import Basis
from pipeline.papers.paper_kind import Draft, HeldBack
from pipeline.papers.plan import facts_of
from pipeline.records.field_catalogue import CLASSES
from pipeline.records.settings import OfficeSettings, PlanSettings
from tests import build
from tests.papers.paper_year import basis, error, pieces, told

D = Decimal


def said(year: Basis) -> Any:
    return facts_of(year)


def district() -> Basis:
    """One project to start, two that go on, one that is only prepared."""
    return basis(
        build.declaration(project_name="老厂", sector="社会事业", total_investment=D(30000), year_plan=D(7000)),
        build.declaration(project_name="新厂", four_class="促进开工", span=build.years("2027-05", 2029)),
        build.declaration(project_name="中厂", lead_unit="区住建局", total_investment=D(12345)),
        build.declaration(
            project_name="备厂", four_class="前期储备", span=None, year_plan=None, work_goal="完成可研",
            physical_goal=None, lead_unit="区住建局", invested_before=D(0),
        ),
    )  # fmt: skip


def test_counts_and_sums_are_those_of_the_ledger() -> None:
    context = said(district())
    assert (context["项目总数"], context["责任单位数"]) == (4, 2)
    assert context["总投资"].wan == 30000 + 50000 + 12345 + 50000
    assert context["当年计划投资"].wan == 7000 + 20000 + 20000
    assert [(each["批次"], each["项目数"]) for each in context["各批"]] == list(zip(CLASSES, (1, 2, 0, 1), strict=True))
    assert [context[age]["项目数"] for age in ("新建", "续建", "前期")] == [1, 2, 1]


@pytest.mark.parametrize("part", ["各批", "各行业", "各单位", "分批项目"])
@pytest.mark.parametrize("what", ["总投资", "已累计完成投资", "当年计划投资"])
def test_parts_add_up_to_the_total(part: str, what: str) -> None:
    context = said(district())
    figures = [each[what] for each in context[part]]
    assert sum(each.wan for each in figures) == context[what].wan


def test_annex_serials_run_through_the_classes_in_the_articles_order() -> None:
    sections = said(district())["分批项目"]
    assert [(each["节号"], each["批次"]) for each in sections] == [
        ("一", "促进开工"), ("二", "加快建设"), ("三", "前期储备"),
    ]  # fmt: skip
    rows = [row for section in sections for row in section["项目"]]
    assert [(row["序号"], row["项目名称"]) for row in rows] == [
        (1, "新厂"), (2, "中厂"), (3, "老厂"), (4, "备厂"),  # within a class by sector: 工业 before 社会事业
    ]  # fmt: skip


def test_a_prepared_project_states_its_work_and_no_investment() -> None:
    row = said(district())["分批项目"][-1]["项目"][0]
    assert (row["进度目标"], row["当年计划投资"], row["建设年限"]) == ("完成可研", "—", "—")


def test_what_the_ledger_lacks_is_called_unreported() -> None:
    lacking = build.declaration(owner=None, site=None, content=None, fund_source=None, person=None, co_unit=None)
    row = said(basis(lacking))["分批项目"][0]["项目"][0]
    for name in ("项目业主", "具体选址", "主要建设内容和规模", "资金来源", "责任人"):
        assert row[name] == "未报"
    assert row["协办单位"] == "—"


def test_a_project_with_a_declaration_error_is_in_no_figure_and_in_the_note() -> None:
    year = basis(
        build.declaration(),
        build.declaration(project_name="错厂", total_investment=D(99999)),
        findings=[error("declaration", "错厂", file="inputs/2027/申报.xlsx", sheet="表", cell="I6")],
    )
    context = said(year)
    assert (context["项目总数"], context["总投资"].wan) == (1, 50000)
    (draft,) = pieces("plan", year)
    assert isinstance(draft, Draft)
    (note,) = told(*draft.notes)
    assert "错厂" in note
    assert "申报.xlsx 表!I6：金额有误" in note


def test_a_plan_without_a_sound_project_says_why() -> None:
    (held,) = pieces(
        "plan",
        basis(build.declaration(), findings=[error("declaration", file="甲.xlsx", sheet="表", cell="C3")]),
    )
    assert isinstance(held, HeldBack)
    assert told(*held.reasons) == [
        "没有可列入计划的项目",
        f"“{build.PROJECT}”（{build.UNIT}）未列入计划：甲.xlsx 表!C3：金额有误",
    ]


def test_a_place_named_once_is_not_named_again() -> None:
    path, places = "inputs/2027/申报.xlsx", (("表", "I6"), ("表", "J6"), ("表二", "K6"), ("", ""))
    found = [error("declaration", "错厂", file=path if sheet else "", sheet=sheet, cell=cell) for sheet, cell in places]
    (draft,) = pieces("plan", basis(build.declaration(), build.declaration(project_name="错厂"), findings=found))
    assert isinstance(draft, Draft)
    assert told(*draft.notes)[0].endswith(f"{path} 表!I6：金额有误；J6：金额有误；表二!K6：金额有误；金额有误")


def test_an_empty_or_unread_ledger_holds_the_plan_back() -> None:
    (held,) = pieces("plan", basis())
    assert isinstance(held, HeldBack)
    unread = replace(error("declaration", ""), file="inputs/2027/申报/乙局.xlsx")
    (held,) = pieces("plan", basis(build.declaration(), findings=[unread]))
    assert isinstance(held, HeldBack)
    assert "乙局.xlsx" in told(*held.reasons)[0]


def test_the_directory_names_the_units_people() -> None:
    year = basis(
        build.declaration(person=None),
        build.declaration(project_name="二厂", lead_unit=f" {build.UNIT}", person="项目人"),
        build.declaration(project_name="三厂", lead_unit="区外局"),
        build.unit(leader="陈某甲", person="目录人"),
    )
    known, unknown = said(year)["责任分解"]
    assert (known["责任单位"], known["分管领导"], known["联络员"], known["项目数"]) == (
        build.UNIT, "陈某甲", "吴某乙", 2,
    )  # fmt: skip
    assert [row["责任人"] for row in known["项目"]] == ["目录人", "项目人"]
    assert (unknown["责任单位"], unknown["分管领导"], unknown["责任科室"]) == ("区外局", "未报", "未报")


def test_leaders_of_sponsored_projects_stand_in_the_annex() -> None:
    year = basis(
        build.declaration(),
        build.declaration(project_name="错厂"),
        build.declaration(project_name="散厂"),
        build.sponsorship(leaders=("王某甲", "李某乙")),
        build.sponsorship(project_name="错厂"),
        findings=[error("sponsorship", "错厂")],
    )
    context = said(year)
    rows = {row["项目名称"]: row["包联领导"] for row in context["分批项目"][0]["项目"]}
    assert rows == {build.PROJECT: "王某甲、李某乙", "错厂": "待核", "散厂": "—"}
    assert context["包联项目数"] == 1


def test_number_and_dates_are_the_offices() -> None:
    assert said(district())["成文日期"] == "2027年1月15日"
    plan = PlanSettings(number=7, issued_on=date(2027, 1, 20), addressees="各单位", printer="区委办公室")
    context = said(basis(build.declaration(), settings=OfficeSettings(committee_code="甲党发", plan=plan)))
    assert context["发文字号"] == "甲党发〔2027〕7号"
    assert (context["印发日期"], context["主送机关"], context["印发机关"]) == (
        "2027年1月20日", "各单位", "区委办公室",
    )  # fmt: skip

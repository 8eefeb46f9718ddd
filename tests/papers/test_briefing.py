"""What the monthly briefing says, and that it varies with the facts (B-12)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pipeline.facts.basis import Basis
from pipeline.papers.briefing import facts_of
from pipeline.papers.paper_kind import Draft, HeldBack
from pipeline.records.field_catalogue import FINISHED_ON, STARTED_ON, Field
from pipeline.records.period import Month
from pipeline.records.settings import BriefingSettings, OfficeSettings
from pipeline.scoring.evidence import milestone_of
from tests import build
from tests.papers.paper_year import basis, error, pieces, told

D = Decimal
START = {"four_class": "促进开工", "span": build.years("2027-03", 2029)}
FINISH = {"four_class": "竣工投产", "span": build.years(2025, "2027-05")}


def said(year: Basis, month: int = 3) -> Any:
    return facts_of(year, Month(build.YEAR, month))


def units(*done: int, plan: int = 12000) -> Basis:
    """A unit with one project for each figure of March."""
    records: list[object] = []
    for index, amount in enumerate(done):
        name = f"{index}号项目"
        records.append(build.declaration(project_name=name, lead_unit=f"{index}局", year_plan=D(plan)))
        records.append(build.progress(3, project_name=name, year_done=D(amount)))
    return basis(*records)


def test_head_and_figures() -> None:
    settings = OfficeSettings(briefing=BriefingSettings(name="工作简报", total_offset=40))
    year = basis(build.declaration(), build.progress(3), build.sponsorship(), settings=settings)
    context = said(year)
    assert (context["简报名称"], context["期号"], context["总期号"], context["成文日期"]) == (
        "工作简报", 3, 43, "2027年3月31日",
    )  # fmt: skip
    assert (context["本年累计完成投资"].wan, context["当年计划投资"].wan) == (3000, 20000)
    assert (context["完成率"], context["时间进度"]) == (D("15.0"), D("25.0"))
    assert context["进度比较"] == "低于时间进度10.0个百分点"
    assert context["包联"]["项目数"] == 1


@pytest.mark.parametrize(
    ("done", "words"),
    [("5000", "与时间进度持平"), ("6000", "超时间进度5.0个百分点"), ("4000", "低于时间进度5.0个百分点")],
)
def test_against_time_elapsed(done: str, words: str) -> None:
    year = basis(build.declaration(), build.progress(3, year_done=D(done)))
    assert said(year)["进度比较"] == words


def test_missing_and_doubted_projects_are_named_and_not_counted() -> None:
    year = basis(
        *(build.declaration(project_name=name) for name in ("报了", "没报", "有错")),
        build.progress(3, project_name="报了"),
        build.progress(3, project_name="有错", year_done=D(77777)),
        findings=[error("progress", "有错", month=Month(build.YEAR, 3))],
    )
    context = said(year)
    assert (context["未报项目"], context["待核项目"], context["已报项目数"]) == (["没报"], ["有错"], 1)
    assert context["本年累计完成投资"].wan == 3000
    (section,) = context["项目表"]
    shown = {row["项目名称"]: row["本年累计完成投资"] for row in section["项目"]}
    assert (shown["没报"], shown["有错"], shown["报了"].wan) == ("未报", "待核", 3000)
    (draft,) = pieces("briefing", year, 3)
    assert isinstance(draft, Draft)
    assert told(*draft.notes) == ["未报送：没报", "数据待核：有错"]


def test_comparison_with_last_month_covers_projects_known_in_both() -> None:
    records = [
        *(build.declaration(project_name=name) for name in ("甲", "乙")),
        build.progress(2, project_name="甲", month_done=D(1000), year_done=D(2000)),
        build.progress(3, project_name="甲", month_done=D(3000), year_done=D(5000)),
        build.progress(3, project_name="乙", month_done=D(9000), year_done=D(9000)),
    ]
    text = said(basis(*records))["上月比较"]
    assert text == (
        "与上月相比（可比项目1项），当月完成投资增加0.20亿元（200.0%），年度计划完成率由10.0%提高到25.0%，提高15.0个百分点。"
    )


def test_january_and_a_month_after_silence_compare_with_nothing() -> None:
    year = basis(build.declaration(), build.progress(1), build.progress(3))
    assert said(year, 1)["上月比较"] == ""
    assert said(year, 3)["上月比较"] == "上月没有可比数据。"


def test_an_equal_month_is_level_and_without_a_plan_no_rate_is_told() -> None:
    level = basis(build.declaration(), build.progress(2, year_done=D(3000)), build.progress(3, year_done=D(3000)))
    assert "持平，年度计划完成率15.0%，与上月持平。" in said(level)["上月比较"]
    unplanned = basis(build.declaration(year_plan=None), build.progress(2), build.progress(3))
    assert "完成率" not in said(unplanned)["上月比较"]
    assert said(unplanned)["完成率"] == "—"


def test_this_months_investment_against_its_plan() -> None:
    year = basis(
        *(build.declaration(project_name=name) for name in ("甲", "乙")),
        build.progress(3, project_name="甲", month_plan=D(2000), month_done=D(1500)),
        build.progress(3, project_name="乙", month_plan=None),
    )
    assert said(year)["当月计划比较"] == (
        "报送当月计划的1项项目，当月计划投资0.20亿元，实际完成0.15亿元，为当月计划的75.0%。"
    )
    assert said(basis(build.declaration(), build.progress(3, month_plan=None)))["当月计划比较"] == ""


def test_units_are_ranked_and_a_tie_is_told() -> None:
    context = said(units(1000, 4000, 2000, 3000, 500, 600, 700))
    assert [(row["名次"], row["责任单位"]) for row in context["各单位"]][:2] == [(1, "1局"), (2, "3局")]
    assert [row["责任单位"] for row in context["领先单位"]] == ["1局", "3局", "2局"]
    assert {row["责任单位"] for row in context["落后单位"]} == {"4局", "5局", "6局"}
    assert (context["领先末位并列"], context["全部持平"]) == (False, False)
    tied = said(units(4000, 4000, 2000, 1000, 1000, 500, 400))
    assert [row["名次"] for row in tied["各单位"]][:3] == [1, 1, 3]
    assert tied["领先末位并列"]
    level = said(units(2000, 2000, 2000))
    assert level["全部持平"]
    assert (level["领先单位"], level["落后单位"]) == ([], [])


def test_chart_and_table_show_the_same_rates() -> None:
    context = said(units(1000, 4000, 2000))
    chart = context["完成率图"]
    table = {row["责任单位"]: row["完成率"] for row in context["各单位"]}
    assert dict(zip(chart.categories, chart.values, strict=True)) == table
    assert chart.reference == context["时间进度"]


@pytest.mark.parametrize(
    ("reports", "counted", "listed"),
    [
        ([{"started_on": build.day("2027-03-08")}], 1, True),
        ([{"started_on": None, "year_done": D(5)}], 1, False),  # known by its investment, the day is not
        ([{"started_on": None, "year_done": D(0), "month_done": D(0)}], 0, False),
        ([{"started_on": build.day("2026-12-30"), "year_done": D(0), "month_done": D(0)}], 0, False),
    ],
    ids=["day", "investment", "nothing", "another year"],
)
def test_starts_are_judged_as_the_assessment_does(reports: list[dict[str, object]], counted: int, listed: bool) -> None:
    project = build.declaration(**START)
    year = basis(project, *(build.progress(3, **each) for each in reports))
    context = said(year)
    assert (context["计划开工数"], context["累计开工数"]) == (1, counted)
    assert context["本月开工"] == ([build.PROJECT] if listed else [])
    assert [row["项目名称"] for row in context["逾期未开工"]] == ([] if counted else [build.PROJECT])
    judged = milestone_of(year, project, Month(build.YEAR, 3))
    assert judged is not None
    assert judged.done == bool(counted)


def test_a_later_report_corrects_the_day_of_the_start() -> None:
    year = basis(
        build.declaration(**START),
        build.progress(2, started_on=build.day("2027-02-20")),
        build.progress(3, started_on=build.day("2027-03-02")),
    )
    assert said(year, 2)["本月开工"] == [build.PROJECT]
    assert said(year, 3)["本月开工"] == [build.PROJECT]
    assert said(year, 3)["累计开工数"] == 1


@pytest.mark.parametrize(("asked", "entry", "word"), [(STARTED_ON, START, "开工"), (FINISHED_ON, FINISH, "竣工")])
def test_an_unread_day_is_named_and_nothing_is_said_instead(asked: Field, entry: dict[str, object], word: str) -> None:
    unread = replace(error("progress", month=Month(build.YEAR, 12), field=asked), rule="reading")
    row = build.progress(12, year_done=D(0), month_done=D(0))
    context = said(basis(build.declaration(**entry), row, findings=[unread]), 12)
    assert (context["已报项目数"], context["待核项目"]) == (1, [])
    assert context[f"{word}待核"] == [build.PROJECT]
    assert context[f"逾期未{word}"] == []
    other = "竣工" if word == "开工" else "开工"
    assert context[f"{other}待核"] == []
    assert [each["项目名称"] for each in said(basis(build.declaration(**entry), row), 12)[f"逾期未{word}"]] == [
        build.PROJECT
    ]


def test_finishes_are_told_in_their_month() -> None:
    year = basis(
        build.declaration(**FINISH),
        build.progress(4),
        *(build.progress(month, finished_on=build.day("2027-05-20")) for month in (5, 6)),
    )
    assert [said(year, month)["本月竣工"] for month in (4, 5, 6)] == [[], [build.PROJECT], []]
    assert [said(year, month)["累计竣工数"] for month in (4, 5, 6)] == [0, 1, 1]
    assert said(year, 4)["计划竣工数"] == 1


def test_permits_by_item_and_by_project() -> None:
    year = basis(
        build.declaration(),
        build.declaration(project_name="二厂"),
        build.progress(3),
        build.procedure(state="已办结", done=build.day("2027-03-31")),
        build.procedure(permit="环评", due=build.day("2027-03-31")),
        build.procedure(permit="能评", due=build.day("2027-04-01")),
        build.procedure(permit="水保", state="不需办理", due=build.day("2027-01")),
        build.procedure(project_name="二厂", state="已办结", done=build.day("2027-02")),
    )
    context = said(year)
    assert (context["手续总数"], context["手续办结数"], context["手续办结率"]) == (4, 2, D("50.0"))
    assert (context["手续项目数"], context["手续全部办结项目数"]) == (2, 1)
    assert [
        row["手续名称"] for row in context["逾期手续"]
    ] == []  # due on the last day of the month: overdue from the day after


def test_a_doubted_permit_ledger_is_named_and_not_counted() -> None:
    year = basis(build.declaration(), build.progress(3), build.procedure(), findings=[error("procedure")])
    context = said(year)
    assert (context["手续总数"], context["手续待核项目"], context["手续办结率"]) == (0, [build.PROJECT], "—")


def test_problems_by_kind_and_level_and_those_for_leaders() -> None:
    year = basis(
        build.declaration(),
        build.sponsorship(),
        build.progress(3),
        build.problem(level="领导小组", deadline=build.day("2027-09-30")),
        build.problem(problem="资金缺口", kind="资金", level="领导小组", deadline=build.day("2027-06-30")),
        build.problem(kind=None, level="区重大办"),
        build.problem(solved_on=build.day("2027-03-10"), state="已解决"),
        build.problem(solved_on=build.day("2027-02-10"), state="已解决"),
        build.problem(raised_on=build.day("2027-04-01")),
        build.problem(project_name="没有申报的项目", level="领导小组"),
    )
    context = said(year)
    assert (context["未解决问题数"], context["本月解决问题数"]) == (3, 1)
    assert context["问题分类型"] == [
        {"问题类型": "土地", "件数": 1}, {"问题类型": "资金", "件数": 1}, {"问题类型": "未报", "件数": 1},
    ]  # fmt: skip
    assert context["问题分层级"] == [{"处理层级": "区重大办", "件数": 1}, {"处理层级": "领导小组", "件数": 2}]
    assert [(row["序号"], row["问题内容"], row["包联领导"]) for row in context["需领导协调"]] == [
        (1, "资金缺口", "王某甲"),
        (2, "用地未批", "王某甲"),
    ]


def test_next_months_nodes_in_order_also_across_the_year() -> None:
    year = basis(
        build.declaration(),
        *(build.progress(month) for month in (3, 12)),
        build.node(work="下旬", due=build.day("2027-04-25")),
        build.node(work="上旬", due=build.day("2027-04-05")),
        build.node(work="五月", due=build.day("2027-05")),
        build.node(work="明年", due=build.day("2028-01-10")),
        build.node(work="只知年份", due=build.day(2027)),
    )
    assert [row["工作内容"] for row in said(year, 3)["下月节点"]] == ["上旬", "下旬"]
    assert said(year, 3)["下月"] == 4
    assert [row["工作内容"] for row in said(year, 12)["下月节点"]] == ["明年"]
    assert said(year, 12)["下月"] == 1


def test_annex_totals_are_those_of_its_rows_and_of_the_text() -> None:
    year = units(1000, 4000, 2500)
    context = said(year)
    for what in ("当年计划投资", "本月完成投资", "本年累计完成投资"):
        sections = context["项目表"]
        assert sum(each[what].wan for each in sections) == context[what].wan
        assert sum(row[what].wan for each in sections for row in each["项目"]) == context[what].wan


def test_a_month_without_reports_or_a_year_without_plan_is_held_back() -> None:
    (held,) = pieces("briefing", basis(build.declaration(), build.progress(3)), 4)
    assert isinstance(held, HeldBack)
    assert told(*held.reasons) == ["没有收到2027年4月的月报"]
    (held,) = pieces("briefing", basis(build.progress(3)), 3)
    assert isinstance(held, HeldBack)


def test_a_year_without_any_report_says_so() -> None:
    (held,) = pieces("briefing", basis(build.declaration()))
    assert isinstance(held, HeldBack)
    assert told(*held.reasons) == ["没有收到任何月报"]


def test_a_report_that_cannot_be_read_has_come_all_the_same() -> None:
    unread = error("progress", "", file="inputs/2027/月报/2027-03/乙局.xlsx")
    (held,) = pieces("briefing", basis(build.declaration(), findings=[unread]), 3)
    assert isinstance(held, HeldBack)
    assert told(*held.reasons) == [
        "没有读到2027年3月的月报",
        f"有月报读不出来：{unread.file}：金额有误",
    ]


def test_where_nothing_is_known_no_figure_and_no_rate_is_stated() -> None:
    rows = build.declaration(), build.progress(3)
    context = said(basis(*rows, findings=[error("progress")]))
    assert context["已报项目数"] == 0
    names = ("本月完成投资", "本年累计完成投资", "完成率", "进度比较")
    assert [context[name] for name in names] == ["待核"] * 4
    assert context["项目表"][0]["本月完成投资"] == "待核"
    assert context["当年计划投资"].wan == 20000
    assert context["全部持平"] is False


def test_a_plan_that_only_unknown_projects_have_is_not_denied() -> None:
    known = build.declaration(
        project_name="前期甲", four_class="前期储备", year_plan=D(0), span=build.years(2028, 2030)
    )
    unknown = build.declaration(project_name="前期乙", four_class="前期储备", span=build.years(2028, 2030))
    report = build.progress(3, project_name="前期甲")
    assert said(basis(known, unknown, report))["各批"][0]["进度比较"] == "已报项目无年度投资计划"
    assert said(basis(known, report))["各批"][0]["进度比较"] == "无年度投资计划"


def test_a_deduction_is_named_with_amount_and_reason_in_its_month() -> None:
    taken = {"reduction": D(300), "reduction_reason": "核减上月多报的设备款"}
    rows = [
        build.progress(2),
        build.progress(3, year_done=D(2700), **taken),
        build.progress(4, year_done=D(3700)),
    ]
    year = basis(build.declaration(), *rows)
    (entry,) = said(year)["核减"]
    assert (entry["项目名称"], entry["核减额"].wan, entry["核减原因"]) == (
        build.PROJECT,
        300,
        "核减上月多报的设备款",
    )
    assert said(year)["本年累计完成投资"].wan == 2700
    assert said(year, 4)["核减"] == []
    assert said(basis(build.declaration(), *rows, findings=[error("progress")]))["核减"] == []

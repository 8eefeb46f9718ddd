"""What the dossier, the statement and the ranking report say (B-13, K-20, K-21)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pipeline.facts.basis import Basis
from pipeline.papers.assessment import dossier as dossiers
from pipeline.papers.assessment import ranking_report, score_phrases
from pipeline.papers.assessment import statement as statements
from pipeline.papers.paper_kind import HeldBack
from pipeline.records.money import Figure
from pipeline.records.period import Month
from pipeline.records.progress import Receipt
from pipeline.records.settings import AssessmentSettings
from pipeline.scoring.ranking import assess
from pipeline.word.filters import plain
from pipeline.word.template import Template
from tests import build
from tests.docx_reading import text_of
from tests.papers.assessment_year import (
    DECEMBER,
    JULY,
    SOURCE,
    declared,
    error,
    permit,
    problem,
    received,
    reported,
    sponsored,
    unit_entry,
    visited,
    year,
)
from tests.papers.paper_year import basis as documents
from tests.papers.paper_year import pieces

DEDUCTING = AssessmentSettings(late_deduction=Decimal("0.5"), missing_deduction=Decimal(1))


def district(settings: AssessmentSettings | None = None) -> Basis:
    """甲局 with one project of each class, 乙镇 with a sound one, 丙办 withheld."""
    return year(
        declared("新厂", "甲局", "促进开工", "2000", ("2027-04", "2029")),
        declared("老厂", "甲局", "加快建设", "6000"),
        declared("完厂", "甲局", "竣工投产", "2000", ("2025", "2027-06")),
        declared("备厂", "甲局", "前期储备", "0", None),
        declared("乙厂", "乙镇", plan="1000"),
        declared("丙厂", "丙办", plan="700"),
        reported("新厂", "2000", rate="90", started="2027-04-06", physical="主体施工"),
        reported("老厂", "5600.5", rate="80"),
        reported("完厂", "2000", rate=None, trouble="电力未接入"),
        reported("备厂", None, rate=None),
        reported("乙厂", "1000"),
        reported("丙厂", "700"),
        permit("新厂", "已办结"),
        permit("新厂", "办理中"),
        visited("新厂", "90", "91"),
        problem("完厂", "变电站征地未完成", raised="2027-05"),
        problem("完厂", "已经解决的事", solved="2027-08"),
        problem("完厂", "早已解决的事", state="已解决"),
        problem("完厂", "次年提出的事", raised="2028-01"),
        problem("完厂", None),
        sponsored("完厂", "领导一", "领导二"),
        unit_entry("甲局", "分管甲", None),
        *(received("甲局", month, "28") for month in range(1, 11)),
        received("甲局", 11, "29T09:05"),
        *(received("乙镇", month, "01") for month in range(1, 13)),
        findings=[error("progress", "丙厂", month=12)],
        assessment=settings,
    )


def dossier(basis: Basis, unit: str = "甲局", month: Month = DECEMBER) -> dict[str, Any]:
    ranking = assess(basis, month)
    ranked = ranking.place(unit)
    assert ranked is not None
    return {**dossiers.facts_of(basis, ranking, ranked)}


def statement(basis: Basis) -> dict[str, Any]:
    ranking = assess(basis, DECEMBER)
    return {**statements.facts_of(basis, ranking, ranking.owing[0])}


def report(basis: Basis, month: Month = DECEMBER) -> dict[str, Any]:
    return {**ranking_report.facts_of(basis, assess(basis, month))}


def test_a_dossier_names_the_unit_and_its_people() -> None:
    found = dossier(district())
    assert [found[name] for name in ("责任单位", "分管领导", "联络员", "项目数", "年度", "成文日期")] == [
        "甲局",
        "分管甲",
        "未报",
        4,
        2027,
        "2027年12月31日",
    ]
    assert dossier(district(), "乙镇")["分管领导"] == "未报"  # not in the directory


def test_each_part_says_what_it_rests_on() -> None:
    parts = dossier(district())["各部分"]
    assert [(part["部分"], str(part["得分"]), part["依据"]) for part in parts] == [
        ("开复工竣工", "66.67", "应开工1项，已开工1项；应复工1项，已复工1项；应竣工1项，已竣工0项"),
        ("固定资产投资", "96.01", "当年计划投资10000万元，完成9600.5万元"),
        ("手续办结", "50.00", "应办2件，办结1件"),
        ("形象进度", "85.00", "2个项目平均完成85.00%，另有1个项目未报完成率，未计入"),
        ("现场观摩", "90.50", "观摩1个项目，平均90.50分"),
    ]
    assert sum(part["加权得分"] for part in parts) == dossier(district())["四部分得分"]


def test_a_part_that_drops_out_says_so() -> None:
    parts = dossier(district(), "乙镇")["各部分"]
    assert parts[2] == {
        "部分": "手续办结",
        "权重": "—",
        "得分": "不计分",
        "加权得分": "—",
        "依据": "无考核对象",
    }
    assert [str(part["权重"]) for part in parts] == ["33.4", "33.3", "—", "33.3", "—"]


def test_a_part_without_a_weight_says_so() -> None:
    settings = AssessmentSettings(weights={"手续办结": Decimal(3), "形象进度": Decimal(1)})
    found = dossier(district(settings))
    assert [part["依据"] for part in found["各部分"][:2]] == ["本办公室未设权重"] * 2
    assert "手续办结75.0%、形象进度25.0%" in found["权重说明"]
    assert "手续办结75.0%、形象进度25.0%；" in report(district(settings))["权重说明"]


def test_evidence_stands_project_by_project() -> None:
    rows = dossier(district())["项目证据"]
    assert rows[0] == {
        "序号": 1,
        "项目名称": "新厂",
        "批次": "促进开工",
        "当年计划投资": Figure(Decimal(2000)),
        "本年累计完成投资": Figure(Decimal(2000)),
        "完成率": Decimal("100.0"),
        "开竣工": "计划2027年4月开工，2027年4月6日开工",
        "手续": "应办2件，办结1件",
        "形象进度": "90%，主体施工",
        "观摩评分": Decimal("90.50"),
    }
    assert rows[1]["完成率"] == Decimal("93.3")
    assert [row["开竣工"] for row in rows[1:]] == ["应复工，已复工", "计划2027年6月竣工，未竣工", "—"]
    assert [row["形象进度"] for row in rows[1:]] == ["80%", "未报", "未报"]
    assert [rows[3][name] for name in ("本年累计完成投资", "完成率", "手续", "观摩评分")] == [
        "未报",
        "未报",
        "—",
        "未观摩",
    ]


def test_reports_show_their_receipt() -> None:
    found = dossier(district(DEDUCTING))
    assert [found[name] for name in ("按时次数", "迟报次数", "缺报次数")] == [10, 1, 1]
    assert found["报送记录"][0] == {
        "报表": "1月月报",
        "应报日期": "2027年1月28日",
        "收到时间": "2027年1月28日",
        "结果": "按时",
    }
    assert [(row["收到时间"], row["结果"]) for row in found["报送记录"][10:]] == [
        ("2027年11月29日9时05分", "迟报"),
        ("—", "缺报"),
    ]


def test_deductions_are_those_the_office_set() -> None:
    found = dossier(district(DEDUCTING))
    assert found["扣分"] == [
        {"事由": "迟报1次", "分值": Decimal("0.50")},
        {"事由": "缺报1次", "分值": Decimal("1.00")},
    ]
    assert found["扣分合计"] == Decimal("1.50")
    assert found["总分"] == found["四部分得分"] - found["扣分合计"]
    ranking = report(district(DEDUCTING))
    assert [row["扣分"] for row in ranking["排名"]] == [Decimal("0.00"), Decimal("1.50")]
    assert ranking["扣分说明"] == "扣分由本办公室设定：每迟报1次扣0.5分，每缺报1次扣1分。"


def test_without_a_setting_nothing_is_deducted_and_that_is_said() -> None:
    found = dossier(district())
    assert found["扣分"] == [{"事由": "迟报1次", "分值": "未设扣分"}, {"事由": "缺报1次", "分值": "未设扣分"}]
    assert (found["扣分合计"], found["总分"]) == (0, found["四部分得分"])
    assert [row["扣分"] for row in report(district())["排名"]] == ["—", "—"]


def test_one_rate_set_and_the_other_not() -> None:
    found = dossier(district(AssessmentSettings(missing_deduction=Decimal(2))))
    assert [row["分值"] for row in found["扣分"]] == ["未设扣分", Decimal("2.00")]
    assert found["扣分合计"] == Decimal("2.00")


def test_rank_and_conversion() -> None:
    found = dossier(district())
    # (66.666… + 96.005 + 50 + 85 + 90.5) ÷ 5 = 77.634…
    assert [str(found[name]) for name in ("总分", "名次", "单位总数", "折算分")] == [
        "77.63",
        "2",
        "2",
        "-0.24",
    ]
    assert dossier(district(), "乙镇")["折算分"] == "+2.00"
    assert found["折算说明"] == (
        "折算办法由本办公室设定：以80分为基准，总分每高（低）1分加（减）0.1分，加减均不超过5分。"
    )


def test_missed_plans_with_plan_actual_and_gap() -> None:
    rows = dossier(district())["未完成项目"]
    assert [tuple(row.values()) for row in rows] == [
        (1, "新厂", "完成形象进度", "未报", "90%，主体施工", "差10个百分点"),
        (2, "老厂", "完成投资", "6000万元", "5600.5万元", "399.5万元"),
        (3, "老厂", "完成形象进度", "未报", "80%", "差20个百分点"),
        (4, "完厂", "按期竣工", "2027年6月竣工", "未竣工", "逾期6个月"),
    ]


def test_a_missed_start_without_a_planned_time() -> None:
    basis = year(declared("厂", four_class="促进开工", span=None), reported("厂", "0"))
    first = dossier(basis)["未完成项目"][0]
    assert [first[name] for name in ("计划", "实际", "差额")] == ["当年开工", "未开工", "—"]


def test_a_statement_is_filled_with_what_the_ledgers_know() -> None:
    found = statement(district())
    assert found["未完成项目数"] == 3
    assert [(row["包联领导"], row["台账所载问题"]) for row in found["未完成项目"]] == [
        *[("—", "台账未载")] * 3,
        (
            "领导一、领导二",
            "变电站征地未完成（尚未解决）；已经解决的事（2027年8月解决）；早已解决的事（已解决）；电力未接入",
        ),
    ]


def test_a_project_with_two_missed_plans_is_one_project() -> None:
    basis = year(declared("厂", four_class="竣工投产", span=("2025", "2027")), reported("厂", "1"))
    found = statement(basis)
    assert (found["未完成项目数"], [row["序号"] for row in found["未完成项目"]]) == (1, [1, 2])


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("无", "征地未完成（尚未解决）"),
        ("征地未完成；措施：加快征地", "征地未完成（尚未解决）"),
        ("缺电", "征地未完成（尚未解决）；缺电"),
    ],
)
def test_a_problem_is_told_once(trouble: str, said: str) -> None:
    basis = year(declared("厂"), reported("厂", "1", trouble=trouble), problem("厂", "征地未完成"))
    assert statement(basis)["未完成项目"][0]["台账所载问题"] == said


def test_without_a_register_the_report_knows_of_no_reports() -> None:
    found = report(year(declared("厂"), reported("厂")))
    assert (found["有报送登记"], found["迟报缺报"]) == (False, [])
    assert report(district())["有报送登记"] is True


def monthly(unit: str, until: int = 12) -> list[Receipt]:
    return [received(unit, month, "01") for month in range(1, until + 1)]


UNREADABLE_LINE = Receipt(SOURCE, "乙镇", None, None, None)


@pytest.mark.parametrize(
    ("receipts", "said"),
    [
        ([*monthly("甲局"), *monthly("乙镇")], "各责任单位全年报表均按时报送。"),
        (
            [*monthly("甲局"), *monthly("乙镇", 11)],
            "有迟报、缺报记录的单位1个：乙镇（缺报1次）。其余单位均按时报送。",
        ),
        (
            [*monthly("甲局", 11), received("甲局", 12, "29"), *monthly("乙镇", 11)],
            "有迟报、缺报记录的单位2个：甲局（迟报1次）、乙镇（缺报1次）。",
        ),
        (
            [*monthly("甲局"), UNREADABLE_LINE],
            "有报表没有登记或登记不清、是否按时无从统计的单位1个：乙镇。其余单位均按时报送。",
        ),
        (
            [*monthly("甲局", 11), UNREADABLE_LINE],
            "有迟报、缺报记录的单位1个：甲局（缺报1次）。有报表没有登记或登记不清、是否按时无从统计的单位1个：乙镇。",
        ),
        ([], "全年没有报表报送登记，迟报、缺报情况无从统计。"),
    ],
    ids=["all on time", "one late", "all late", "one unclear", "none left", "no register"],
)
def test_the_rest_is_said_to_be_on_time_only_where_it_is(receipts: list[Receipt], said: str) -> None:
    basis = year(*(declared(f"{unit}厂", unit) for unit in ("甲局", "乙镇")), *receipts)
    printed = text_of(Template.compile(ranking_report.template(), "考核报告.docx").render(report(basis)))
    assert said + "四、" in printed.replace("\n", "")


def test_a_sponsor_without_a_declared_project_is_not_among_those_on_time() -> None:
    sponsor = replace(sponsored("包联厂", "领导一"), lead_units=("丁局",))
    basis = year(declared("厂", "甲局"), sponsor, *monthly("甲局"), received("丁局", 1, "01"))
    found = report(basis)
    assert [row["责任单位"] for row in found["迟报缺报"]] == ["丁局"]


@pytest.mark.parametrize(("withheld", "said"), [(True, "参加排名的单位均完成"), (False, "各责任单位均完成")])
def test_nothing_is_said_of_units_that_are_not_ranked(withheld: bool, said: str) -> None:
    doubted = [error("progress", "乙厂", month=12)] if withheld else []
    records = (declared("甲厂", "甲局"), declared("乙厂", "乙镇"), reported("甲厂"), reported("乙厂"))
    basis = year(*records, findings=doubted)
    printed = text_of(Template.compile(ranking_report.template(), "考核报告.docx").render(report(basis)))
    assert said + "计划任务" in printed


def test_reports_that_the_register_leaves_open_are_counted_apart() -> None:
    basis = year(declared("乙厂", "乙镇"), reported("乙厂"), *monthly("乙镇", 10), UNREADABLE_LINE)
    found = dossier(basis, "乙镇")
    assert [found[name] for name in ("按时次数", "迟报次数", "缺报次数", "登记不清次数")] == [10, 0, 0, 2]


def test_the_ranking_report() -> None:
    found = report(district())
    assert [(row["名次"], row["责任单位"], row["手续办结"]) for row in found["排名"]] == [
        (1, "乙镇", "不计分"),
        (2, "甲局", Decimal("50.00")),
    ]
    assert found["暂不排名"] == [{"责任单位": "丙办", "原因": "“丙厂”2027年12月进度有误：累计数小于上月"}]
    assert found["拟表彰"] == [{"责任单位": "乙镇", "总分": Decimal("100.00"), "名次": 1}]
    assert found["需作情况说明"] == [{"责任单位": "甲局", "未完成项目数": 3, "项目": "新厂、老厂、完厂"}]
    # 丙办's reports are missing whether or not it is ranked
    assert found["迟报缺报"] == [
        {"责任单位": "甲局", "迟报次数": 1, "缺报次数": 1},
        {"责任单位": "丙办", "迟报次数": 0, "缺报次数": 12},
    ]


def test_the_ranking_reports_sums_are_those_of_ranked_units() -> None:
    found = report(district())
    assert [found[name] for name in ("单位总数", "项目总数", "当年计划投资", "本年累计完成投资", "完成率")] == [
        2,
        5,
        Figure(Decimal(11000)),
        Figure(Decimal("10600.5")),
        Decimal("96.4"),
    ]
    assert [str(found[name]) for name in ("最高分", "最低分", "平均分")] == ["100.00", "77.63", "88.82"]


@pytest.mark.parametrize(("last", "early"), [(11, True), (12, False)])
def test_what_is_withheld_before_december_reports_is_only_early(last: int, early: bool) -> None:
    """A missing month withholds the unit in either case; only in December is that the unit's own doing."""
    found = documents(
        build.declaration(), build.declaration(lead_unit="乙局", project_name="乙厂"), build.progress(last)
    )
    held = [piece for piece in pieces("assessment", found) if isinstance(piece, HeldBack)]
    assert [bool(piece.not_yet) for piece in held] == [early] * len(held)
    assert "乙局考核档案" in {piece.title for piece in held}


def test_with_every_unit_withheld_nothing_is_invented() -> None:
    found = report(year(declared("厂")))
    assert [found[name] for name in ("排名", "最高分", "最低分", "平均分", "完成率")] == [
        [],
        "—",
        "—",
        "—",
        "—",
    ]
    assert len(found["暂不排名"]) == 1


def test_the_half_year_counts_by_elapsed_months_and_is_dated_in_july() -> None:
    basis = year(
        declared("一", plan="1188"),
        declared("二", four_class="促进开工", span=("2027-10", "2028"), plan="0"),
        declared("三", four_class="促进开工", span=("2027-10", "2028"), plan="0"),
        reported("一", "695", month=7, rate="50.50"),
        reported("二", "0", month=7, rate="0"),
        reported("三", "5", month=7, rate="0"),
    )
    basis = replace(
        basis,
        settings=replace(basis.settings, assessment=replace(basis.settings.assessment, issued_on=date(2027, 12, 20))),
    )
    found = dossier(basis, month=JULY)
    assert found["各部分"][1]["依据"] == "按时间进度应完成投资693万元，完成700万元"
    assert [row["开竣工"] for row in found["项目证据"]] == [
        "应复工，已复工",
        "计划2027年10月开工，未到期",
        "计划2027年10月开工，已完成投资，开工时间未报",
    ]
    assert found["项目证据"][0]["形象进度"] == "50.5%"
    assert (found["未完成项目"], found["成文日期"]) == ([], "2027年7月31日")
    assert report(basis, JULY)["成文日期"] == "2027年7月31日"


def test_the_year_end_papers_bear_the_offices_day() -> None:
    basis = district()
    dated = replace(
        basis,
        settings=replace(basis.settings, assessment=replace(basis.settings.assessment, issued_on=date(2027, 12, 20))),
    )
    assert report(dated)["成文日期"] == "2027年12月20日"


@pytest.mark.parametrize(
    ("value", "text"),
    [("1200", "1200"), ("1200.50", "1200.5"), ("100.00", "100"), ("1E+3", "1000"), ("0.00", "0")],
)
def test_plain_numbers(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(("value", "text"), [("1.5", "+1.50"), ("-0.24", "-0.24"), ("0", "0.00"), ("-0.00", "0.00")])
def test_signed_points(value: str, text: str) -> None:
    assert score_phrases.signed(Decimal(value)) == text

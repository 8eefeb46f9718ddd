"""Headings as units write them: matched exactly or not at all."""

from pathlib import Path

import pytest

from pipeline.ledgers.declarations import DECLARATION
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.ledgers.monthly import PROGRESS
from pipeline.ledgers.on_site import ON_SITE
from pipeline.ledgers.sponsored import SPONSORSHIP
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field
from pipeline.tables.headings import (
    Heading,
    amounts_in_doubt,
    fold,
    match_heading,
    names_judge,
    parse_heading,
    suggest,
)
from tests.ledger_sheets import read_rows


def matched(path: str, fields: tuple[Field, ...], confirmed: dict[str, str] | None = None) -> Field | None:
    """``path`` is a heading's levels, parted by >."""
    return match_heading(parse_heading(path.split(">")), fields, confirmed or {})


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("项目名称", f.PROJECT_NAME), (" 项 目\n名 称 ", f.PROJECT_NAME), ("项目名称*", f.PROJECT_NAME),
        ("总投资（万元）", f.TOTAL_INVESTMENT), ("总投资(单位：亿元)", f.TOTAL_INVESTMENT),
        ("总投资【万元】", f.TOTAL_INVESTMENT), ("总投资，亿元", f.TOTAL_INVESTMENT), ("总投资/万元", f.TOTAL_INVESTMENT),
        ("投资情况>总投资", f.TOTAL_INVESTMENT), ("投资情况（万元）>年度计划投资", f.YEAR_PLAN),
        ("至2026年底累计完成投资（万元）", f.INVESTED_BEFORE), ("2027年度计划投资", f.YEAR_PLAN),
        ("2027年计划>投资（万元）", f.YEAR_PLAN), ("年度计划>当年计划投资", f.YEAR_PLAN),
        ("年度计划>年计划形象进度", f.PHYSICAL_GOAL), ("建设年限>计划开工年", f.START_DAY),
        ("建设年限>竣工时间", f.FINISH_DAY), ("建设起止年限>起", f.START_DAY), ("建设起止年限>止", f.FINISH_DAY),
        ("建设期限>开工年月", f.START_DAY), ("2.项目名称", f.PROJECT_NAME), ("项目名称（必填）", f.PROJECT_NAME),
        ("截止2026年末累积完成投资额", f.INVESTED_BEFORE), ("2027年投资计划", f.YEAR_PLAN), ("总投资>万元", f.TOTAL_INVESTMENT),
        ("总投资（万元，含外币折合）", f.TOTAL_INVESTMENT), ("截至2026年12月31日累计完成投资", f.INVESTED_BEFORE),
        ("开工时间>计划", f.START_DAY), ("建设单位（业主）", f.OWNER),
        ("自开工至2026年底完成投资", f.INVESTED_BEFORE), ("项目责任单位>单位名称", f.LEAD_UNIT), ("责任单位>责任人", f.PERSON), ("年度工作目标", f.YEAR_GOAL), ("备 注", f.REMARK),
    ],
)  # fmt: skip
def test_declaration_headings(path: str, field: Field) -> None:
    assert matched(path, DECLARATION.fields) is field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("本月完成投资", f.MONTH_DONE), ("3月完成投资（万元）", f.MONTH_DONE), ("2027年3月完成投资", f.MONTH_DONE),
        ("1-3月完成投资", f.YEAR_DONE), ("2027年1～3月累计完成投资", f.YEAR_DONE), ("元月-3月完成投资", f.YEAR_DONE),
        ("年度累计完成投资", f.YEAR_DONE), ("累计情况>自开工累计完成投资", f.SINCE_START),
        # The group's own sum, or the time in one level and the act in the other.
        ("本月完成投资>总投资", f.MONTH_DONE), ("自元月至本月底完成投资>总投资", f.YEAR_DONE),
        ("开工至本月底累计完成投资（万元）>合计", f.SINCE_START), ("完成投资>本月", f.MONTH_DONE),
        ("投资完成情况（万元）>本年累计", f.YEAR_DONE), ("完成投资>自开工累计", f.SINCE_START),
        ("当年至本月累计实际投资", f.YEAR_DONE), ("截至3月底本年累计完成投资额", f.YEAR_DONE),
        ("截至3月底自开工累计完成投资", f.SINCE_START), ("{月}月实际完成投资", f.MONTH_DONE),
        ("____年1-__月累计完成投资", f.YEAR_DONE), ("XX年1-3月完成投资", f.YEAR_DONE),
        ("本月情况>形象进度", f.PHYSICAL), ("3月形象进度", f.PHYSICAL), ("完成情况>年度累计完成投资", f.YEAR_DONE),
    ],
)  # fmt: skip
def test_monthly_headings(path: str, field: Field) -> None:
    assert matched(path, PROGRESS.fields) is field


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        # The year's figure is not the figure since the start of construction, nor the other way round.
        ("年度累计完成投资", DECLARATION.fields), ("截止目前完成投资", DECLARATION.fields),
        ("累计完成投资", DECLARATION.fields), ("累计完成投资", PROGRESS.fields), ("截止目前完成投资", PROGRESS.fields),
        ("已累计完成投资", PROGRESS.fields), ("3月累计完成投资", PROGRESS.fields), ("至本年底累计完成投资", PROGRESS.fields),
        ("截至3月底累计完成投资", PROGRESS.fields), ("1-3月计划投资", PROGRESS.fields), ("2027年完成投资", PROGRESS.fields),
        # A leaf below a parent that changes what it is about.
        ("累计情况>总投资", PROGRESS.fields), ("本月完成投资>市投资", PROGRESS.fields), ("资金来源>合计", DECLARATION.fields),
        ("2027年计划>主要建设内容", DECLARATION.fields), ("年度计划>总投资", DECLARATION.fields),
        ("2027年计划>形象进度", PROGRESS.fields), ("本年计划投资>省投资", DECLARATION.fields),
        ("资金来源>银行贷款", DECLARATION.fields), ("预计至2026年底累计完成投资>其中市财政资金", DECLARATION.fields),
        # Part of a month, several months, another thing.
        ("形象进度（%）", PROGRESS.fields), ("资金来源（万元）", DECLARATION.fields),
        ("总投资（其中政府投资）", DECLARATION.fields), ("一季度完成投资", PROGRESS.fields),
        ("8月上旬完成投资", PROGRESS.fields), ("2-3月完成投资", PROGRESS.fields), ("本月完成投资比例", PROGRESS.fields),
        ("实际总投资", DECLARATION.fields), ("上年完成投资", DECLARATION.fields), ("形象进度照片", PROGRESS.fields),
        ("责任单位联系人", DECLARATION.fields), ("项目业主单位负责人", DECLARATION.fields),
        ("责任领导", SPONSORSHIP.fields), ("包联单位", SPONSORSHIP.fields),
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_not_matched(path: str, fields: tuple[Field, ...]) -> None:
    assert matched(path, fields) is None


def test_a_near_heading_is_suggested_and_used_only_when_confirmed() -> None:
    assert suggest(parse_heading(["总投资额度"]), DECLARATION.fields) == (f.TOTAL_INVESTMENT,)
    heading = parse_heading(["截止目前完成投资"])
    for stated in ("截止目前完成投资", "截止目前 完成投资（万元）"):
        confirmed = {stated: "已累计完成投资"}
        assert match_heading(heading, DECLARATION.fields, confirmed) is f.INVESTED_BEFORE
    assert match_heading(heading, DECLARATION.fields, {"截止目前完成投资": "本列不读"}) is None
    assert suggest(parse_heading(["入库状态"]), DECLARATION.fields) == ()


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        # Since when is not said: this year's figure or the one since the start of construction.
        ("累计完成投资", (f.YEAR_DONE, f.SINCE_START)), ("完成投资", (f.YEAR_DONE, f.SINCE_START)),
        ("截至3月底累计完成投资", (f.YEAR_DONE, f.SINCE_START)), ("统计周期内累计完成投资", (f.YEAR_DONE, f.SINCE_START)),
        ("1-4月投资额", (f.YEAR_DONE,)), ("4月投资额", (f.MONTH_DONE,)), ("年初以来投资额", (f.YEAR_DONE,)), ("3月末投资额", ()),
        ("年度投资进度", ()), ("是否需协调解决问题", ()), ("投资完成率", ()), ("计划总投资（区）", ()),
    ],
)  # fmt: skip
def test_no_amount_of_another_period_is_suggested(path: str, fields: tuple[Field, ...]) -> None:
    assert suggest(parse_heading([path]), PROGRESS.fields) == fields
    assert f.INVESTED_BEFORE not in suggest(parse_heading([path]), DECLARATION.fields)


@pytest.mark.parametrize(
    "words",
    [
        "去年同期累计完成投资", "去年同期完成投资", "同比完成投资", "本周完成投资", "本周累计完成投资", "上周完成投资", "今日完成投资", "本旬完成投资",
        "去年累计完成投资", "前年完成投资", "近三年累计完成投资", "十四五累计完成投资", "上月形象进度", "本周形象进度", "去年形象进度", "上月完成投资",
        "上期累计完成投资",
    ],
)  # fmt: skip
def test_a_time_that_no_ledger_asks_for_is_near_nothing(words: str) -> None:
    heading = parse_heading((words,))
    for kind in LEDGER_KINDS:
        assert suggest(heading, kind.fields) == amounts_in_doubt(heading, kind.fields) == ()


@pytest.mark.parametrize(
    ("heading", "beside", "told"),
    [
        ("截至2月底累计完成投资", "", "没有读取：列名写的是2月，本表为3月"), ("截至2月底累计完成投资", "本年累计完成投资", "不属于项目月报，没有读取"),
        ("截至2026年3月底累计完成投资", "", "没有读取：列名写的是2026年，本表应为2027年"), ("截至3月底累计完成投资", "本年累计完成投资", "不属于项目月报，没有读取"),
        ("截至3月底累计完成投资", "", "没有写明从何时算起，没有读取；可能是“本年累计完成投资”（本年1月以来）或“开工以来累计完成投资”（开工以来，含以前年度），不能据此认定"),
        ("截至2027年3月底累计完成投资", "", "没有写明从何时算起，没有读取；可能是“本年累计完成投资”（本年1月以来）或“开工以来累计完成投资”（开工以来，含以前年度），不能据此认定"),
        ("2026年形象进度", "本年累计完成投资", "没有读取：列名写的是2026年，本表应为2027年"),
    ],
)  # fmt: skip
def test_a_sum_until_a_month_is_proposed_for_no_other_time(
    tmp_path: Path, heading: str, beside: str, told: str
) -> None:
    head = ["项目名称", "责任单位", "实际开工时间", "本月完成投资", heading, *filter(None, [beside])]
    reading = read_rows(
        tmp_path,
        [["单位：万元"], head, ("甲项目", "区住建局", "未开工", 1, 2, 3)],
        file="inputs/2027/月报/2027-03/区住建局.xlsx",
    )
    (said,) = (each.message for each in reading.findings if heading in each.message)
    assert said.removeprefix("列名").removeprefix("列") == f"“{heading}”{told}"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("完成投资>4月完成投资", f.MONTH_DONE), ("完成投资>1-4月累计完成投资", f.YEAR_DONE),
        ("完成投资>开工以来累计完成投资", f.SINCE_START), ("投资完成情况>本月完成", f.MONTH_DONE),
        ("完成投资情况（万元）>4月份完成投资", f.MONTH_DONE), ("固定资产投资>本月完成投资", f.MONTH_DONE),
        ("累计>1-4月累计完成投资", f.YEAR_DONE), ("本年>4月完成投资", f.MONTH_DONE), ("本年>1-4月累计完成投资", f.YEAR_DONE),
        ("工程进展情况>形象进度", f.PHYSICAL),
    ],
)  # fmt: skip
def test_a_leaf_that_says_all_below_a_parent_that_only_groups(path: str, field: Field) -> None:
    assert matched(path, PROGRESS.fields) is field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("领导>分管领导", f.UNIT_LEADER), ("手续办理人员>规划", f.TEAM_PLANNING), ("项目手续办理团队成员>国土", f.TEAM_LAND),
    ],
)  # fmt: skip
def test_people_below_a_parent_that_only_groups(path: str, field: Field) -> None:
    assert any(matched(path, kind.fields) is field for kind in LEDGER_KINDS)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("年度目标>本月完成投资", PROGRESS.fields), ("上年>1-4月累计完成投资", PROGRESS.fields),
        ("其中>本月完成投资", PROGRESS.fields), ("上年同期>4月完成投资", PROGRESS.fields), ("本年>总投资", DECLARATION.fields), ("占比>本月完成投资", PROGRESS.fields),
        ("调整前>总投资", DECLARATION.fields), ("调整后>总投资", DECLARATION.fields), ("2026年>总投资", DECLARATION.fields),
        ("完成投资>总投资", DECLARATION.fields), ("业主单位>责任人", DECLARATION.fields), ("征地拆迁>形象进度", PROGRESS.fields),
        ("手续办理>责任单位", DECLARATION.fields), ("一期>总投资", DECLARATION.fields),
    ],
)  # fmt: skip
def test_a_parent_that_changes_the_meaning(path: str, fields: tuple[Field, ...]) -> None:
    assert matched(path, fields) is None


@pytest.mark.parametrize(
    ("confirmed", "heading", "field"),
    [
        ("投资实绩1-4月累计", "投资实绩>1-5月累计", f.YEAR_DONE), ("完成投资4月实绩", "完成投资>12月实绩", f.MONTH_DONE),
        ("2027年4月实绩", "2028年11月实绩", f.MONTH_DONE),
    ],
)  # fmt: skip
def test_what_was_confirmed_in_one_month_serves_in_the_next(confirmed: str, heading: str, field: Field) -> None:
    assert matched(heading, PROGRESS.fields, {confirmed: field.label}) is field
    assert matched(heading, PROGRESS.fields) is None


def test_what_the_office_confirmed_goes_before_the_synonyms() -> None:
    assert matched("项目类别", DECLARATION.fields) is f.CLASS
    assert matched("项目类别", DECLARATION.fields, {"项目类别": "所属行业"}) is f.SECTOR
    assert matched("评审>结论", DECLARATION.fields, {"评审结论": "批准文件"}) is f.PAPER_APPROVAL


def test_unit_year_and_month_are_taken_out_of_a_heading() -> None:
    heading = parse_heading(["投资完成情况（亿元）", "2027年1-3月完成投资（万元）"])
    assert heading.units == ("亿元", "万元")
    assert heading.unit == "万元"
    assert (heading.years, heading.months) == ((2027,), (3,))
    assert heading.text == "投资完成情况—2027年1-3月完成投资"
    assert parse_heading(["", "  "]) == Heading(())
    assert match_heading(Heading(()), DECLARATION.fields, {}) is None
    assert fold("（总 投 资）：＊") == "(总投资)"


@pytest.mark.parametrize("stated", ["评委1", "评委（2）", "评委A", "评委甲", "评委十二", "评委3评分", "评委1号"])
def test_a_judges_own_column(stated: str) -> None:
    assert matched(f"评分>{stated}", ON_SITE.fields) is f.JUDGE_SCORE
    assert names_judge(parse_heading([stated]))


@pytest.mark.parametrize("stated", ["评委平均分", "评委总分", "评委意见", "评委签字", "评委人数", "平均分"])
def test_what_is_about_all_judges_is_no_score(stated: str) -> None:
    assert matched(stated, ON_SITE.fields) is None
    assert not names_judge(parse_heading([stated]))


@pytest.mark.parametrize("kind", LEDGER_KINDS, ids=lambda kind: kind.slug)
def test_every_label_is_matched_by_itself(kind: object) -> None:
    """Also against the synonyms of the ledger's other fields: the label is the truth."""
    fields = next(each.fields for each in LEDGER_KINDS if each is kind)
    for field in fields:
        assert matched(field.label, fields) is field, field.label
        for spelling in field.synonyms:
            assert matched(spelling, fields) is not None, spelling

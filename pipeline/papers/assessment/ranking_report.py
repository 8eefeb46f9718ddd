"""考核报告: the year-end ranking of the units, with proposed commendations (B-13, K-20, K-21)."""

from decimal import Decimal
from typing import Annotated, TypedDict

from pipeline.calendar.deadlines import LATE, MISSING, ON_TIME, UNCLEAR, outcomes_by_unit
from pipeline.facts.basis import Basis
from pipeline.papers.assessment import score_phrases as phrases
from pipeline.papers.assessment.statement import year_end_facts
from pipeline.papers.office_facts import OfficeFacts
from pipeline.papers.phrases import Rate
from pipeline.records.money import Figure, round_half_up
from pipeline.records.names import name_key
from pipeline.scoring.ranking import Ranked, Ranking
from pipeline.scoring.unit_score import UnitScore
from pipeline.word import house_style as house
from pipeline.word.annexes import annex_head, annex_notes
from pipeline.word.heads import title
from pipeline.word.ooxml import Column, Section, body, docx, heading, lead_in, listing, paragraph, when
from pipeline.word.signatures import signature
from pipeline.word.vocabulary import NONE_SUCH


class RankedUnit(TypedDict):
    名次: Annotated[int, "并列同名次"]
    责任单位: str
    项目数: int
    开复工竣工: Annotated[Decimal | str, "得分或“不计分”"]
    固定资产投资: Decimal | str
    手续办结: Decimal | str
    形象进度: Decimal | str
    现场观摩: Decimal | str
    扣分: Decimal | str
    总分: Decimal
    折算分: str


class UnrankedUnit(TypedDict):
    责任单位: str
    原因: str


class CommendedUnit(TypedDict):
    责任单位: str
    总分: Decimal
    名次: int


class OwingUnit(TypedDict):
    责任单位: str
    未完成项目数: int
    项目: Annotated[str, "顿号连接的项目名称"]


class UnpunctualUnit(TypedDict):
    责任单位: str
    迟报次数: int
    缺报次数: int


class ReportsFacts(TypedDict):
    有报送登记: Annotated[bool, "全年没有任何报送登记时为假，此时迟报缺报无从得知"]
    迟报缺报: list[UnpunctualUnit]
    登记不清: Annotated[list[str], "有报表没有登记或登记不清的单位，是否按时无从统计"]
    其余按时: Annotated[bool, "以上两项以外还有单位时为真，它们的报表均按时"]


class Facts(OfficeFacts, ReportsFacts):
    单位总数: Annotated[int, "参加排名的责任单位个数，不含暂不排名的"]
    项目总数: Annotated[int, "参加排名的单位的项目个数，下列金额同此口径"]
    当年计划投资: Annotated[Figure, "金额"]
    本年累计完成投资: Annotated[Figure, "金额"]
    完成率: Annotated[Rate, "百分比"]
    最高分: Decimal | str
    最低分: Decimal | str
    平均分: Decimal | str
    权重说明: str
    扣分说明: str
    折算说明: str
    排名: list[RankedUnit]
    暂不排名: list[UnrankedUnit]
    拟表彰: list[CommendedUnit]
    表彰说明: Annotated[str, "一句话，说明条件由本办公室设定"]
    需作情况说明: list[OwingUnit]


def _ranking() -> str:
    return listing(
        "单位 in 排名",
        Column("名次", 14), Column("责任单位", 43), Column("项目数", 16), Column("开复工竣工|两位小数", 22),
        Column("固定资产投资|两位小数", 24), Column("手续办结|两位小数", 20), Column("形象进度|两位小数", 20),
        Column("现场观摩|两位小数", 20), Column("扣分|两位小数", 14), Column("总分|两位小数", 16),
        Column("折算分", 16),
        padding=35, row_height=380,
    )  # fmt: skip


def _owed() -> str:
    return listing(
        "单位 in 需作情况说明",
        Column("责任单位", 42), Column("未完成项目数", 22, title="未完成\n项目数"),
        Column("项目", 92, house.TABLE_TEXT),
        padding=50,
    )  # fmt: skip


def _results() -> list[str]:
    return [
        heading("一、总体情况"),
        body(
            "{{ 年度 }}年参加考核的责任单位{{ 单位总数 }}个，承担重点项目{{ 项目总数 }}项，当年计划投资{{ 当年计划投资|亿元 }}，"
            "本年累计完成投资{{ 本年累计完成投资|亿元 }}，完成率{{ 完成率|百分比 }}。考核最高分{{ 最高分|两位小数 }}分，"
            "最低分{{ 最低分|两位小数 }}分，平均分{{ 平均分|两位小数 }}分。各单位得分和名次见附件。"
        ),
        when("if 暂不排名"),
        body(
            "{% for 单位 in 暂不排名 %}{{ 单位.责任单位 }}因{{ 单位.原因|去句号 }}暂不排名"
            "{% if loop.last %}。{% else %}；{% endif %}{% endfor %}"
        ),
        when("endif"),
        heading("二、考核办法"),
        body(lead_in("（一）计分。"), "{{ 权重说明|成句 }}"),
        body(lead_in("（二）扣分。"), "{{ 扣分说明|成句 }}"),
        body(lead_in("（三）折算。"), "{{ 折算说明|成句 }}"),
    ]


def _reports() -> list[str]:
    return [
        heading("三、报表报送情况"),
        when("if 有报送登记"),
        body(
            "{% if 迟报缺报 %}有迟报、缺报记录的单位{{ 迟报缺报|个数 }}个：{% for 单位 in 迟报缺报 %}{{ 单位.责任单位 }}"
            "（{% if 单位.迟报次数 %}迟报{{ 单位.迟报次数 }}次{% endif %}"
            "{% if 单位.迟报次数 and 单位.缺报次数 %}、{% endif %}"
            "{% if 单位.缺报次数 %}缺报{{ 单位.缺报次数 }}次{% endif %}）"
            "{% if not loop.last %}、{% endif %}{% endfor %}。{% endif %}"
            "{% if 登记不清 %}有报表没有登记或登记不清、是否按时无从统计的单位{{ 登记不清|个数 }}个："
            "{{ 登记不清|顿号 }}。{% endif %}"
            "{% if 其余按时 %}{% if 迟报缺报 or 登记不清 %}其余单位均按时报送。"
            "{% else %}各责任单位全年报表均按时报送。{% endif %}"
            "{% elif not 迟报缺报 and not 登记不清 %}全年没有应报送的报表。{% endif %}"
        ),
        when("else"),
        body("全年没有报表报送登记，迟报、缺报情况无从统计。"),
        when("endif"),
    ]


def _commended() -> list[str]:
    return [
        heading("四、拟表彰单位"),
        body("{{ 表彰说明|成句 }}"),
        when("if 拟表彰"),
        body(
            "据此拟对下列{{ 拟表彰|个数 }}个单位予以表彰：{% for 单位 in 拟表彰 %}{{ 单位.责任单位 }}（{{ 单位.总分|两位小数 }}分，"
            "名次{{ 单位.名次 }}）{% if not loop.last %}、{% endif %}{% endfor %}。"
        ),
        when("else"),
        body("{% if 暂不排名 %}参加排名的单位中没有达到条件的。{% else %}本年度没有达到条件的单位。{% endif %}"),
        when("endif"),
        heading("五、需作情况说明的单位"),
        when("if 需作情况说明"),
        body(
            "下列{{ 需作情况说明|个数 }}个单位有未完成计划任务的项目，须按规定向{{ 层级 }}委、{{ 层级 }}政府主要领导说明情况，"
            "情况说明表已按台账填列后发给有关单位。"
        ),
        _owed(),
        when("else"),
        body(
            "{% if 暂不排名 %}参加排名的单位均完成计划任务；暂不排名的单位是否需作情况说明，待数据核实后确定。"
            "{% else %}各责任单位均完成计划任务，没有需作情况说明的单位。{% endif %}"
        ),
        when("endif"),
    ]


def template() -> bytes:
    """The template 考核报告.docx."""
    report = [
        title("关于{{ 年度 }}年度重点项目工作考核情况的报告"),
        paragraph(house.ADDRESSEE, "{{ 层级 }}委、{{ 层级 }}政府："),
        body(
            "根据重大项目包联工作和重点项目管理的有关规定，{{ 办公室 }}对各责任单位{{ 年度 }}年重点项目工作进行了年终考核。"
            "现将考核情况报告如下。"
        ),
        *_results(), *_reports(), *_commended(),
        body("特此报告。", keep_next=True),
        annex_notes(("{{ 年度 }}年度责任单位考核得分和名次表",)),
        signature("{{ 办公室 }}", "{{ 成文日期 }}"),
        paragraph(house.PLACEHOLDER),
    ]  # fmt: skip
    annex = (
        annex_head("附件", "{{ 年度 }}年度责任单位考核得分和名次表", unit="单位：分"),
        when("if 排名"),
        _ranking(),
        when("else"),
        body("没有可以排名的单位。"),
        when("endif"),
    )
    return docx((Section("portrait", tuple(report)), Section("landscape", annex)))


def facts_of(basis: Basis, ranking: Ranking) -> Facts:
    """The ranking report; sums are those of the ranked units, so that no doubted figure enters them."""
    settings = basis.settings.assessment
    scores = [each.score for each in ranking.ranked]
    projects = [project for score in scores for project in score.projects]
    plan = sum((project.year_plan for project in projects), Decimal(0))
    done = sum((project.year_done or Decimal(0) for project in projects), Decimal(0))
    totals = [score.total for score in scores]
    return {
        **year_end_facts(basis, ranking.month),
        "单位总数": len(scores),
        "项目总数": len(projects),
        "当年计划投资": Figure(plan),
        "本年累计完成投资": Figure(done),
        "完成率": phrases.completion(done, plan),
        "最高分": max(totals, default=NONE_SUCH),
        "最低分": min(totals, default=NONE_SUCH),
        "平均分": round_half_up(sum(totals, Decimal(0)) / len(totals), 2) if totals else NONE_SUCH,
        "权重说明": phrases.office_weights_text(settings),
        "扣分说明": phrases.deductions_text(settings),
        "折算说明": phrases.conversion_text(settings),
        "排名": [_ranking_row(basis, each) for each in ranking.ranked],
        "暂不排名": [{"责任单位": each.unit, "原因": "；".join(each.reasons)} for each in ranking.withheld],
        "拟表彰": [
            {"责任单位": each.score.unit, "总分": each.score.total, "名次": each.rank} for each in ranking.commended
        ],
        "表彰说明": phrases.commendation_text(settings),
        "需作情况说明": [_owing(each.score) for each in ranking.owing],
        **_reports_of(basis, ranking),
    }


def _deducts(basis: Basis) -> bool:
    """Whether the office deducts anything for late or missing reports."""
    settings = basis.settings.assessment
    return bool(settings.late_deduction or settings.missing_deduction)


def _ranking_row(basis: Basis, ranked: Ranked) -> RankedUnit:
    score = ranked.score
    points = {part.name: phrases.score_of(part) for part in score.parts}
    return {
        "名次": ranked.rank,
        "责任单位": score.unit,
        "项目数": len(score.projects),
        "开复工竣工": points["开复工竣工"],
        "固定资产投资": points["固定资产投资"],
        "手续办结": points["手续办结"],
        "形象进度": points["形象进度"],
        "现场观摩": points["现场观摩"],
        "扣分": score.deducted if _deducts(basis) else NONE_SUCH,
        "总分": score.total,
        "折算分": phrases.signed(score.converted),
    }


def _owing(score: UnitScore) -> OwingUnit:
    projects = score.missed_projects
    return {
        "责任单位": score.unit,
        "未完成项目数": len(projects),
        "项目": "、".join(project.declaration.project_name for project in projects),
    }


def _reports_of(basis: Basis, ranking: Ranking) -> ReportsFacts:
    """Every unit that owes reports, ranked ones first: lateness is a fact even where a score is not."""
    if not basis.ledgers.receipts:
        return {"有报送登记": False, "迟报缺报": [], "登记不清": [], "其余按时": False}
    places = {name_key(each.unit): place for place, each in enumerate(ranking.reports)}
    counted = outcomes_by_unit(basis.ledgers, ranking.month, basis.settings.deadlines)
    units = sorted(counted, key=lambda unit: places.get(name_key(unit), len(places)))
    late: list[UnpunctualUnit] = [
        {
            "责任单位": _shown_name(basis, unit),
            "迟报次数": counted[unit][LATE],
            "缺报次数": counted[unit][MISSING],
        }
        for unit in units
        if counted[unit][LATE] or counted[unit][MISSING]
    ]
    return {
        "有报送登记": True,
        "迟报缺报": late,
        "登记不清": [_shown_name(basis, unit) for unit in units if counted[unit][UNCLEAR]],
        "其余按时": any(set(counted[unit]) == {ON_TIME} for unit in units),
    }


def _shown_name(basis: Basis, unit: str) -> str:
    entry = basis.unit(unit)
    return entry.name if entry else unit

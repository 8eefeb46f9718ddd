"""考核档案: one unit's scores with their evidence, reports, deductions and conversion (K-20, B-13)."""

from decimal import Decimal
from typing import Annotated, TypedDict

from pipeline.calendar.deadlines import LATE, MISSING, ON_TIME, UNCLEAR, outcomes_by_unit
from pipeline.facts.basis import Basis
from pipeline.papers.assessment import score_phrases as phrases
from pipeline.papers.assessment.statement import MissedPlan, missed_plan, year_end_facts
from pipeline.papers.office_facts import OfficeFacts
from pipeline.papers.phrases import Amount, Rate, amount, shown
from pipeline.records.money import Figure, round_half_up
from pipeline.records.names import name_key
from pipeline.records.period import Month, chinese_day
from pipeline.scoring.evidence import ProjectEvidence
from pipeline.scoring.parts import Part
from pipeline.scoring.ranking import Ranked, Ranking
from pipeline.scoring.rounding import rounded
from pipeline.scoring.unit_score import UnitScore
from pipeline.word import house_style as house
from pipeline.word.annexes import annex_head, annex_notes
from pipeline.word.heads import title
from pipeline.word.ooxml import Cell, Column, Section, body, docx, heading, listing, paragraph, when
from pipeline.word.signatures import signature
from pipeline.word.vocabulary import NONE_SUCH


class PartFacts(TypedDict):
    部分: Annotated[str, "开复工竣工、固定资产投资、手续办结、形象进度、现场观摩"]
    权重: Annotated[Rate, "百分比，本办公室设定，无考核对象的部分不计"]
    得分: Annotated[Decimal | str, "该部分百分制得分，无考核对象时为“不计分”"]
    加权得分: Decimal | str
    依据: Annotated[str, "如“应开工6项，已开工5项”"]


class EvidenceFacts(TypedDict):
    序号: int
    项目名称: str
    批次: str
    当年计划投资: Annotated[Figure, "万元"]
    本年累计完成投资: Annotated[Amount, "万元"]
    完成率: Annotated[Rate, "百分比"]
    开竣工: Annotated[str, "如“应开工，2027年4月已开工”"]
    手续: Annotated[str, "如“应办5件，办结4件”"]
    形象进度: Annotated[str, "完成率与文字"]
    观摩评分: Annotated[Decimal | str, "平均分或“未观摩”"]


class ReportFacts(TypedDict):
    报表: Annotated[str, "如“3月月报”"]
    应报日期: str
    收到时间: str
    结果: Annotated[str, "按时、迟报或缺报"]


class DeductionFacts(TypedDict):
    事由: str
    分值: Decimal | str


class Facts(OfficeFacts):
    责任单位: str
    分管领导: str
    联络员: str
    项目数: int
    各部分: list[PartFacts]
    权重说明: Annotated[str, "一句话，说明权重由本办公室设定"]
    未计入项目: Annotated[list[str], "申报有错误、未列入年度计划因而不计分的项目名称"]
    项目证据: list[EvidenceFacts]
    按时次数: int
    迟报次数: int
    缺报次数: int
    登记不清次数: Annotated[int, "没有登记或登记不清、不知是否按时的报表次数"]
    报送记录: list[ReportFacts]
    扣分: list[DeductionFacts]
    扣分合计: Decimal
    四部分得分: Annotated[Decimal, "加权合计，扣分前"]
    总分: Decimal
    名次: int
    单位总数: Annotated[int, "参加排名的责任单位个数"]
    折算分: Annotated[str, "带正负号"]
    折算说明: Annotated[str, "一句话，说明折算办法由本办公室设定"]
    未完成项目: list[MissedPlan]


def _result() -> list[str]:
    return [
        heading("一、考核结果"),
        body(
            "{{ 责任单位 }}{{ 年度 }}年承担重点项目{{ 项目数 }}项，分管领导{{ 分管领导 }}，联络员{{ 联络员 }}。"
            "年终考核各部分加权得分{{ 四部分得分|两位小数 }}分，扣分{{ 扣分合计|两位小数 }}分，总分{{ 总分|两位小数 }}分，在参加排名的{{ 单位总数 }}个"
            "责任单位中名次为{{ 名次 }}，折算年度目标考核分{{ 折算分 }}分。"
        ),
        body("{{ 折算说明|成句 }}"),
        when("if 未计入项目"),
        body("该单位另有{{ 未计入项目|个数 }}个项目因申报有错误未列入年度计划，不计入得分：{{ 未计入项目|顿号 }}。"),
        when("endif"),
    ]


def _parts() -> list[str]:
    return [
        heading("二、各部分得分"),
        body("{{ 权重说明|成句 }}"),
        listing(
            "项 in 各部分",
            Column("部分", 34, title="考核部分"), Column("权重|百分比", 18), Column("得分|两位小数", 20),
            Column("加权得分|两位小数", 20), Column("依据", 64, house.TABLE_TEXT),
            padding=45,
        ),
    ]  # fmt: skip


def _reports() -> list[str]:
    return [
        heading("三、报表报送情况"),
        when("if 报送记录"),
        body(
            "全年按时报送{{ 按时次数 }}次，迟报{{ 迟报次数 }}次，缺报{{ 缺报次数 }}次"
            "{% if 登记不清次数 %}，另有{{ 登记不清次数 }}次没有登记或登记不清，未列入{% endif %}。"
        ),
        listing(
            "次 in 报送记录",
            Column("报表", 40), Column("应报日期", 38), Column("收到时间", 50), Column("结果", 28),
            padding=45,
        ),
        when("else"),
        body("本年度没有应由该单位报送的报表登记。"),
        when("endif"),
    ]  # fmt: skip


def _deductions() -> list[str]:
    return [
        heading("四、扣分情况"),
        when("if 扣分"),
        listing(
            "项 in 扣分",
            Column("事由", 126, house.TABLE_TEXT, "扣分事由"), Column("分值|两位小数", 30),
            padding=45,
            last=[Cell("合　计", house.TABLE_HEAD), Cell("{{ 扣分合计|两位小数 }}", house.TABLE_CELL)],
        ),
        when("else"),
        body("无扣分。"),
        when("endif"),
    ]  # fmt: skip


def _missed() -> list[str]:
    return [
        heading("五、未完成计划任务的项目"),
        when("if 未完成项目"),
        body("下列项目未完成计划任务，共{{ 未完成项目|个数 }}项次，由责任单位另行作出情况说明。"),
        listing(
            "项 in 未完成项目",
            Column("序号", 12), Column("项目名称", 46, house.TABLE_TEXT), Column("未完成事项", 32, house.TABLE_TEXT),
            Column("计划", 22), Column("实际", 22), Column("差额", 22),
            padding=45,
        ),
        when("else"),
        body("{% if 未计入项目 %}列入年度计划的项目{% else %}所承担项目{% endif %}的计划任务均已完成。"),
        when("endif"),
    ]  # fmt: skip


def _evidence_table() -> str:
    text = house.SMALL_TEXT
    return listing(
        "项目 in 项目证据",
        Column("序号", 9), Column("项目名称", 40, text), Column("批次", 17, title="四个一批"),
        Column("当年计划投资", 19), Column("本年累计完成投资", 19), Column("完成率|百分比", 14),
        Column("开竣工", 34, text), Column("手续", 26, text), Column("形象进度", 33, text),
        Column("观摩评分|两位小数", 14),
        padding=30, row_height=340, small=True,
    )  # fmt: skip


def template() -> bytes:
    """The template 考核档案.docx."""
    front = [
        title("{{ 责任单位 }}{{ 年度 }}年重点项目工作考核档案"),
        *_result(), *_parts(), *_reports(), *_deductions(), *_missed(),
        body("以上得分的逐项目依据见附件。责任单位对考核结果有异议的，可向{{ 办公室 }}书面提出复核。", keep_next=True),
        annex_notes(("{{ 责任单位 }}{{ 年度 }}年逐项目考核依据表",)),
        signature("{{ 办公室 }}", "{{ 成文日期 }}"),
        paragraph(house.PLACEHOLDER),
    ]  # fmt: skip
    annex = (
        annex_head("附件", "{{ 责任单位 }}{{ 年度 }}年逐项目考核依据表", unit="单位：万元、分"),
        when("if 项目证据"),
        _evidence_table(),
        when("else"),
        body("该单位本年度没有列入考核的项目。"),
        when("endif"),
    )
    return docx((Section("portrait", tuple(front)), Section("landscape", annex)))


def facts_of(basis: Basis, ranking: Ranking, ranked: Ranked) -> Facts:
    """One unit's dossier; amounts as Figure, scores and points with two decimals, weights with one."""
    score, entry = ranked.score, basis.unit(ranked.score.unit)
    settings = basis.settings.assessment
    return {
        **year_end_facts(basis, ranking.month),
        "责任单位": score.unit,
        "分管领导": shown(entry.leader if entry else None),
        "联络员": shown(entry.liaison if entry else None),
        "项目数": len(score.projects),
        "各部分": [_part(part, score, ranking.month) for part in score.parts],
        "权重说明": phrases.weights_text(score.parts),
        "未计入项目": _unlisted(basis, score.unit),
        "项目证据": [_evidence(number, each) for number, each in enumerate(score.projects, 1)],
        "按时次数": phrases.times(score, ON_TIME),
        "迟报次数": phrases.times(score, LATE),
        "缺报次数": phrases.times(score, MISSING),
        "登记不清次数": _unclear(basis, score.unit, ranking.month),
        "报送记录": [
            {
                "报表": f"{each.month.month}月{each.report_kind}",
                "应报日期": chinese_day(each.deadline),
                "收到时间": phrases.moment(each.received_at),
                "结果": each.outcome,
            }
            for each in score.deliveries
        ],
        "扣分": [
            {
                "事由": f"{each.outcome}{each.count}次",
                "分值": round_half_up(each.points, 2) if each.each else phrases.NO_DEDUCTION,
            }
            for each in score.deductions
        ],
        "扣分合计": score.deducted,
        "四部分得分": score.weighted,
        "总分": score.total,
        "名次": ranked.rank,
        "单位总数": len(ranking.ranked),
        "折算分": phrases.signed(score.converted),
        "折算说明": phrases.conversion_text(settings),
        "未完成项目": [missed_plan(number, each) for number, each in enumerate(score.missed, 1)],
    }


def _unclear(basis: Basis, unit: str, until: Month) -> int:
    """How many of the unit's reports the register leaves open."""
    counted = outcomes_by_unit(basis.ledgers, until, basis.settings.deadlines)
    return sum(times[UNCLEAR] for name, times in counted.items() if name_key(name) == name_key(unit))


def _unlisted(basis: Basis, unit: str) -> list[str]:
    """The unit's declared projects that errors keep out of the plan, and so out of the score (K-7(1))."""
    return [
        project.project_name
        for project in basis.declared.values()
        if name_key(project.lead_unit) == name_key(unit) and basis.soundness.declaration_errors(project.key)
    ]


def _part(part: Part, score: UnitScore, month: Month) -> PartFacts:
    return {
        "部分": part.name,
        "权重": NONE_SUCH if part.weight is None else part.weight,
        "得分": phrases.score_of(part),
        "加权得分": NONE_SUCH if part.weighted is None else part.weighted,
        "依据": phrases.part_basis(part, score.projects, month),
    }


def _evidence(number: int, project: ProjectEvidence) -> EvidenceFacts:
    done = project.year_done
    return {
        "序号": number,
        "项目名称": project.declaration.project_name,
        "批次": shown(project.declaration.four_class),
        "当年计划投资": Figure(project.year_plan),
        "本年累计完成投资": amount(done),
        "完成率": phrases.completion(done, project.year_plan),
        "开竣工": phrases.milestone_text(project.milestone),
        "手续": phrases.permit_text(project.permits),
        "形象进度": phrases.physical_text(project),
        "观摩评分": phrases.NOT_VISITED if project.on_site is None else rounded(project.on_site, 2),
    }

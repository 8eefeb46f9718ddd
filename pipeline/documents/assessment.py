"""Year-end assessment: dossiers, statements owed, ranking report (B-13, K-20, K-21)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipeline.checks.basis import Basis
from pipeline.deadlines import LATE, MISSING, ON_TIME
from pipeline.documents import assessment_wording as wording
from pipeline.documents.names import COMMON, NONE_SUCH, UNREPORTED, Context, Names
from pipeline.documents.wording import amount, common, leaders_text, shown
from pipeline.records.money import Figure, percent, round_half_up
from pipeline.records.names import name_key
from pipeline.records.period import Month, chinese_day
from pipeline.records.problem import SOLVED, Problem
from pipeline.scoring.evidence import ProjectEvidence
from pipeline.scoring.missed import Missed
from pipeline.scoring.parts import Part
from pipeline.scoring.ranking import Ranked, Ranking
from pipeline.scoring.rounding import rounded
from pipeline.scoring.unit_score import UnitScore, Withheld

_PART: Names = {
    "部分": "开复工竣工、固定资产投资、手续办结、形象进度、现场观摩",
    "权重": "百分比，本办公室设定，无考核对象的部分不计",
    "得分": "该部分百分制得分，无考核对象时为“不计分”",
    "加权得分": "",
    "依据": "如“应开工6项，已开工5项”",
}

DOSSIER_NAMES: Names = {
    **COMMON,
    "责任单位": "",
    "分管领导": "",
    "联络员": "",
    "项目数": "",
    "各部分": [_PART],
    "权重说明": "一句话，说明权重由本办公室设定",
    "未计入项目": ["申报有错误、未列入年度计划因而不计分的项目名称"],
    "项目证据": [
        {
            "序号": "",
            "项目名称": "",
            "批次": "",
            "当年计划投资": "万元",
            "本年累计完成投资": "万元",
            "完成率": "百分比",
            "开竣工": "如“应开工，2027年4月已开工”",
            "手续": "如“应办5件，办结4件”",
            "形象进度": "完成率与文字",
            "观摩评分": "平均分或“未观摩”",
        }
    ],
    "按时次数": "",
    "迟报次数": "",
    "缺报次数": "",
    "报送记录": [{"报表": "如“3月月报”", "应报日期": "", "收到时间": "", "结果": "按时、迟报或缺报"}],
    "扣分": [{"事由": "", "分值": ""}],
    "扣分合计": "",
    "四部分得分": "加权合计，扣分前",
    "总分": "",
    "名次": "",
    "单位总数": "参加排名的责任单位个数",
    "折算分": "带正负号",
    "折算说明": "一句话，说明折算办法由本办公室设定",
    "未完成项目": [{"序号": "", "项目名称": "", "未完成事项": "", "计划": "", "实际": "", "差额": ""}],
}

STATEMENT_NAMES: Names = {
    **COMMON,
    "责任单位": "",
    "未完成项目数": "项目个数；一个项目可有几个未完成事项",
    "未完成项目": [
        {
            "序号": "",
            "项目名称": "",
            "包联领导": "",
            "未完成事项": "",
            "计划": "",
            "实际": "",
            "差额": "",
            "台账所载问题": "问题台账和月报中已知的原因，没有则为“台账未载”",
        }
    ],
}

RANKING_NAMES: Names = {
    **COMMON,
    "单位总数": "参加排名的责任单位个数，不含暂不排名的",
    "项目总数": "参加排名的单位的项目个数，下列金额同此口径",
    "当年计划投资": "金额",
    "本年累计完成投资": "金额",
    "完成率": "百分比",
    "最高分": "",
    "最低分": "",
    "平均分": "",
    "权重说明": "",
    "扣分说明": "",
    "折算说明": "",
    "排名": [
        {
            "名次": "并列同名次",
            "责任单位": "",
            "项目数": "",
            "开复工竣工": "得分或“不计分”",
            "固定资产投资": "",
            "手续办结": "",
            "形象进度": "",
            "现场观摩": "",
            "扣分": "",
            "总分": "",
            "折算分": "",
        }
    ],
    "暂不排名": [{"责任单位": "", "原因": ""}],
    "拟表彰": [{"责任单位": "", "总分": "", "名次": ""}],
    "表彰说明": "一句话，说明条件由本办公室设定",
    "需作情况说明": [{"责任单位": "", "未完成项目数": "", "项目": "顿号连接的项目名称"}],
    "有报送登记": "全年没有任何报送登记时为假，此时迟报缺报无从得知",
    "迟报缺报": [{"责任单位": "", "迟报次数": "", "缺报次数": ""}],
}


def dossier_context(basis: Basis, ranking: Ranking, ranked: Ranked) -> Context:
    """One unit's dossier; amounts as Figure, scores and points with two decimals, weights with one."""
    score, entry = ranked.score, basis.unit(ranked.score.unit)
    settings = basis.settings.assessment
    return {
        **_common(basis, ranking.month),
        "责任单位": score.unit,
        "分管领导": shown(entry.leader if entry else None),
        "联络员": shown(entry.liaison if entry else None),
        "项目数": len(score.projects),
        "各部分": [_part(part, score, ranking.month) for part in score.parts],
        "权重说明": wording.weights_text(score.parts),
        "未计入项目": _unlisted(basis, score.unit),
        "项目证据": [_evidence(number, each) for number, each in enumerate(score.projects, 1)],
        "按时次数": _count(score, ON_TIME),
        "迟报次数": _count(score, LATE),
        "缺报次数": _count(score, MISSING),
        "报送记录": [
            {
                "报表": f"{each.month.month}月{each.report_kind}",
                "应报日期": chinese_day(each.deadline),
                "收到时间": wording.moment(each.received_at),
                "结果": each.outcome,
            }
            for each in score.deliveries
        ],
        "扣分": [
            {
                "事由": f"{each.outcome}{each.count}次",
                "分值": round_half_up(each.points, 2) if each.each else wording.NO_DEDUCTION,
            }
            for each in score.deductions
        ],
        "扣分合计": score.deducted,
        "四部分得分": score.weighted,
        "总分": score.total,
        "名次": ranked.rank,
        "单位总数": len(ranking.ranked),
        "折算分": wording.signed(score.converted),
        "折算说明": wording.conversion_text(settings),
        "未完成项目": [_missed(number, each) for number, each in enumerate(score.missed, 1)],
    }


def _unlisted(basis: Basis, unit: str) -> list[str]:
    """The unit's declared projects that errors keep out of the plan, and so out of the score (K-7(1))."""
    return [
        project.project_name
        for project in basis.declared.values()
        if name_key(project.lead_unit) == name_key(unit) and basis.soundness.declaration_errors(project.key)
    ]


def statement_context(basis: Basis, ranking: Ranking, ranked: Ranked) -> Context:
    """The statement that a unit of ``ranking.owing`` owes, filled with what the ledgers know (B-13)."""
    score = ranked.score
    return {
        **_common(basis, ranking.month),
        "责任单位": score.unit,
        "未完成项目数": len(score.missed_projects),
        "未完成项目": [
            {
                **_missed(number, each),
                "包联领导": leaders_text(basis, each.project.declaration),
                "台账所载问题": _known_problems(basis, each.project, ranking.month),
            }
            for number, each in enumerate(score.missed, 1)
        ],
    }


def ranking_context(basis: Basis, ranking: Ranking) -> Context:
    """The ranking report; sums are those of the ranked units, so that no doubted figure enters them."""
    settings = basis.settings.assessment
    scores = [each.score for each in ranking.ranked]
    projects = [project for score in scores for project in score.projects]
    plan = sum((project.year_plan for project in projects), Decimal(0))
    done = sum((project.year_done or Decimal(0) for project in projects), Decimal(0))
    totals = [score.total for score in scores]
    return {
        **_common(basis, ranking.month),
        "单位总数": len(scores),
        "项目总数": len(projects),
        "当年计划投资": Figure.of(plan),
        "本年累计完成投资": Figure.of(done),
        "完成率": _rate(done, plan),
        "最高分": max(totals, default=NONE_SUCH),
        "最低分": min(totals, default=NONE_SUCH),
        "平均分": round_half_up(sum(totals, Decimal(0)) / len(totals), 2) if totals else NONE_SUCH,
        "权重说明": wording.office_weights_text(settings),
        "扣分说明": wording.deductions_text(settings),
        "折算说明": wording.conversion_text(settings),
        "排名": [_ranking_row(basis, each) for each in ranking.ranked],
        "暂不排名": [{"责任单位": each.unit, "原因": "；".join(each.reasons)} for each in ranking.withheld],
        "拟表彰": [
            {"责任单位": each.score.unit, "总分": each.score.total, "名次": each.rank}
            for each in ranking.commended
        ],
        "表彰说明": wording.commendation_text(settings),
        "需作情况说明": [_owing(each.score) for each in ranking.owing],
        "有报送登记": bool(basis.ledgers.receipts),
        "迟报缺报": _unpunctual(ranking.reports),
    }


def _common(basis: Basis, month: Month) -> Context:
    """The year-end papers bear the office's assessment day, others the last day of the month assessed."""
    set_day = basis.settings.assessment_day if month == basis.december else None
    return common(basis, set_day or month.last_day)


def _deducts(basis: Basis) -> bool:
    """Whether the office deducts anything for late or missing reports."""
    settings = basis.settings.assessment
    return bool(settings.late_deduction or settings.missing_deduction)


def _count(result: UnitScore | Withheld, outcome: str) -> int:
    return sum(each.outcome == outcome for each in result.deliveries)


def _rate(done: Decimal | None, plan: Decimal) -> Decimal | str:
    """% of the plan with one decimal; 未报 without a report, — without a plan."""
    if done is None:
        return UNREPORTED
    rate = percent(done, plan)
    return NONE_SUCH if rate is None else rate


def _part_score(part: Part) -> Decimal | str:
    return wording.NOT_SCORED if part.score is None else rounded(part.score, 2)


def _part(part: Part, score: UnitScore, month: Month) -> Context:
    return {
        "部分": part.name,
        "权重": NONE_SUCH if part.weight is None else part.weight,
        "得分": _part_score(part),
        "加权得分": NONE_SUCH if part.weighted is None else part.weighted,
        "依据": wording.part_basis(part, score.projects, month),
    }


def _evidence(number: int, project: ProjectEvidence) -> Context:
    done = project.year_done
    return {
        "序号": number,
        "项目名称": project.declaration.project_name,
        "批次": shown(project.declaration.four_class),
        "当年计划投资": Figure.of(project.year_plan),
        "本年累计完成投资": amount(done),
        "完成率": _rate(done, project.year_plan),
        "开竣工": wording.milestone_text(project.milestone),
        "手续": wording.permit_text(project.permits),
        "形象进度": wording.physical_text(project),
        "观摩评分": wording.NOT_VISITED if project.on_site is None else rounded(project.on_site, 2),
    }


def _missed(number: int, missed: Missed) -> Context:
    """One missed plan; amounts and dates stand in the same columns, so both are text."""
    matter, planned, actual, gap = wording.missed_columns(missed)
    return {
        "序号": number,
        "项目名称": missed.project.declaration.project_name,
        "未完成事项": matter,
        "计划": planned,
        "实际": actual,
        "差额": gap,
    }


def _known_problems(basis: Basis, project: ProjectEvidence, month: Month) -> str:
    """The year's problems with how they stood, and the trouble last reported unless it repeats one of them."""
    end = month.last_day
    known = []
    for each in basis.problems.get(project.declaration.key, ()):
        solved = each.solved_on if each.solved_by(end) else None
        if not each.problem or not each.raised_by(end) or (solved and solved.year < month.year):
            continue
        known.append((each.problem, _standing_of(each, end)))
    told = [f"{problem}（{state}）" for problem, state in known]
    trouble = project.standing.trouble if project.standing else None
    if trouble and trouble != "无" and not any(problem in trouble for problem, _ in known):
        told.append(trouble)
    return "；".join(dict.fromkeys(told)) or wording.NOT_RECORDED


def _standing_of(problem: Problem, day: date) -> str:
    if problem.open_on(day):
        return "尚未解决"
    return f"{problem.solved_on.chinese}解决" if problem.solved_on else SOLVED


def _ranking_row(basis: Basis, ranked: Ranked) -> Context:
    score = ranked.score
    return {
        "名次": ranked.rank,
        "责任单位": score.unit,
        "项目数": len(score.projects),
        **{part.name: _part_score(part) for part in score.parts},
        "扣分": score.deducted if _deducts(basis) else NONE_SUCH,
        "总分": score.total,
        "折算分": wording.signed(score.converted),
    }


def _owing(score: UnitScore) -> Context:
    projects = score.missed_projects
    return {
        "责任单位": score.unit,
        "未完成项目数": len(projects),
        "项目": "、".join(project.declaration.project_name for project in projects),
    }


def _unpunctual(results: Sequence[UnitScore | Withheld]) -> list[Context]:
    counted = ((each.unit, _count(each, LATE), _count(each, MISSING)) for each in results)
    return [
        {"责任单位": unit, "迟报次数": late, "缺报次数": missing}
        for unit, late, missing in counted
        if late or missing
    ]

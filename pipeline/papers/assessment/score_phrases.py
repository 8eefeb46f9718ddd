"""How the assessment's facts and settings read in Chinese."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from pipeline.calendar.deadlines import LATE, MISSING
from pipeline.papers.phrases import Rate, as_reported, rate
from pipeline.records.field_catalogue import PHYSICAL
from pipeline.records.money import percent
from pipeline.records.period import Month, chinese_day
from pipeline.records.settings import SCORE_PARTS, AssessmentSettings
from pipeline.scoring.evidence import Milestone, PermitTally, ProjectEvidence
from pipeline.scoring.missed import Missed, MissedInvestment, MissedProgress
from pipeline.scoring.parts import Part
from pipeline.scoring.rounding import percentages, rounded
from pipeline.scoring.unit_score import UnitScore
from pipeline.word.filters import plain
from pipeline.word.vocabulary import NONE_SUCH, UNREPORTED

NOT_SCORED = "不计分"
NOT_VISITED = "未观摩"
NO_DEDUCTION = "未设扣分"
NOT_RECORDED = "台账未载"


def times(result: UnitScore, outcome: str) -> int:
    """How many of a unit's reports came so: 按时, 迟报 or 缺报."""
    return sum(each.outcome == outcome for each in result.deliveries)


def completion(done: Decimal | None, plan: Decimal) -> Rate:
    """% of the plan with one decimal; 未报 without a report, — without a plan."""
    return UNREPORTED if done is None else rate(percent(done, plan))


def score_of(part: Part) -> Decimal | str:
    return NOT_SCORED if part.score is None else rounded(part.score, 2)


def signed(points: Decimal) -> str:
    """Points with their sign; zero carries none."""
    return f"{points:+.2f}" if points else f"{abs(points):.2f}"


def moment(at: datetime | None) -> str:
    """When a report came in; a register that keeps days only yields midnight, which is not printed."""
    if at is None:
        return NONE_SUCH
    day = chinese_day(at.date())
    return day if at.time() == time() else f"{day}{at.hour}时{at.minute:02d}分"


def milestone_text(milestone: Milestone | None) -> str:
    """Like 应开工，2027年4月已开工; 前期储备 has nothing to state."""
    if milestone is None:
        return NONE_SUCH
    verb = milestone.verb
    asked = f"计划{milestone.planned.chinese}{verb}" if milestone.planned else f"应{verb}"
    if milestone.on:
        late = milestone.months_late
        return f"{asked}，{milestone.on.chinese}{verb}" + (f"，晚{late}个月" if late else "")
    if milestone.done:
        return f"{asked}，已{verb}" if verb == "复工" else f"{asked}，已完成投资，{verb}时间未报"
    return f"{asked}，未{verb}" if milestone.due else f"{asked}，未到期"


def permit_text(tally: PermitTally) -> str:
    return f"应办{tally.due}件，办结{tally.done}件" if tally.due else NONE_SUCH


def physical_text(project: ProjectEvidence) -> str:
    """Rate and wording as reported."""
    row = project.standing
    rate = f"{plain(row.physical_rate)}%" if row and row.physical_rate is not None else ""
    words = as_reported(row, PHYSICAL, row.physical if row else None, "")
    return "，".join(filter(None, (rate, words))) or UNREPORTED


def missed_columns(missed: Missed) -> tuple[str, str, str, str]:
    """What was missed, the plan, what happened, and the gap."""
    if isinstance(missed, MissedInvestment):
        amounts = (missed.planned, missed.actual, missed.gap)
        planned, actual, gap = (f"{plain(rounded(amount, 2))}万元" for amount in amounts)
        return "完成投资", planned, actual, gap
    if isinstance(missed, MissedProgress):
        declared = missed.project.declaration
        matter = "完成工作进度" if declared.four_class == "前期储备" else "完成形象进度"
        gap = f"差{plain(missed.gap)}个百分点"
        return matter, declared.goal or UNREPORTED, physical_text(missed.project), gap
    verb, when = missed.milestone.verb, missed.milestone.planned
    planned = f"{when.chinese}{verb}" if when else f"当年{verb}"
    gap = f"逾期{missed.months_late}个月" if missed.months_late else NONE_SUCH
    return f"按期{verb}", planned, f"未{verb}", gap


def part_basis(part: Part, projects: Sequence[ProjectEvidence], month: Month) -> str:
    """What a part's score rests on, in one line."""
    if part.score is None:
        return "本办公室未设权重" if part.asked else "无考核对象"
    asked, reached = rounded(part.asked, 2), rounded(part.reached, 2)
    match part.name:
        case "开复工竣工":
            return _milestone_counts(projects)
        case "固定资产投资":
            plan = "当年计划投资" if month.month == 12 else "按时间进度应完成投资"
            return f"{plan}{plain(asked)}万元，完成{plain(reached)}万元"
        case "手续办结":
            return f"应办{plain(asked)}件，办结{plain(reached)}件"
        case "形象进度":
            silent = sum(each.physical_rate is None and each.milestone is not None for each in projects)
            left_out = f"，另有{silent}个项目未报完成率，未计入" if silent else ""
            return f"{len(part.items)}个项目平均完成{rounded(part.score, 2)}%{left_out}"
        case _:
            return f"观摩{len(part.items)}个项目，平均{rounded(part.score, 2)}分"


def _milestone_counts(projects: Sequence[ProjectEvidence]) -> str:
    counted = [each.milestone for each in projects if each.milestone and each.milestone.counts]
    due = Counter(milestone.verb for milestone in counted)
    done = Counter(milestone.verb for milestone in counted if milestone.done)
    return "；".join(f"应{verb}{due[verb]}项，已{verb}{done[verb]}项" for verb in ("开工", "复工", "竣工") if due[verb])


def weights_text(parts: Sequence[Part]) -> str:
    """The weights as they stand for one unit."""
    shown = "、".join(f"{part.name}{part.weight}%" for part in parts if part.weight is not None)
    return f"各部分权重由本办公室设定，无考核对象的部分不计分，其权重按比例由其余部分分担：{shown}。"


def office_weights_text(settings: AssessmentSettings) -> str:
    """The weights as the office set them, before anything drops out."""
    weighed = [name for name in SCORE_PARTS if settings.weights.get(name, Decimal(0)) > 0]
    percents = percentages([settings.weights[name] for name in weighed])
    shown = "、".join(f"{name}{value}%" for name, value in zip(weighed, percents, strict=True))
    return f"各部分权重由本办公室设定：{shown}；无考核对象的部分不计分，其权重按比例由其余部分分担。"


def deductions_text(settings: AssessmentSettings) -> str:
    """What the office deducts for late and missing reports."""
    set_ones = [
        f"每{outcome}1次扣{plain(rate)}分"
        for outcome, rate in ((LATE, settings.late_deduction), (MISSING, settings.missing_deduction))
        if rate
    ]
    if not set_ones:
        return "本办公室未设迟报、缺报扣分，报送情况仅作记录。"
    return f"扣分由本办公室设定：{'，'.join(set_ones)}。"


def conversion_text(settings: AssessmentSettings) -> str:
    """How totals convert to annual points."""
    return (
        f"折算办法由本办公室设定：以{plain(settings.baseline)}分为基准，总分每高（低）1分加（减）"
        f"{plain(settings.factor)}分，加减均不超过{plain(settings.cap)}分。"
    )


def commendation_text(settings: AssessmentSettings) -> str:
    """Who may be proposed for commendation."""
    enough = settings.physical_enough
    physical = f"（形象进度完成率达到{plain(enough)}%视为完成）" if enough < 100 else ""
    return (
        f"拟表彰条件由本办公室设定：总分不低于{plain(settings.commended_minimum)}分、无未完成计划任务{physical}的单位，"
        f"按名次取前{settings.commended}个，末位并列的一并列入。"
    )

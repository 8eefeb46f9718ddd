"""The columns of a form: heading, whether required, the hint with its article, the example."""

from datetime import date, datetime
from decimal import Decimal

from pipeline.forms.form import FormColumn, Value
from pipeline.ledgers.form_mark import EXAMPLE, NOTHING, REFERENCE, STAR
from pipeline.ledgers.kind import LedgerKind
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.regulation.requirements import REQUIREMENTS, Requirement

LONGEST_HINT = 255  # a spreadsheet shows no more
_JUDGES = 7
# One column says it all: the years of construction, and the goal of the project's own class.
_LEFT_OUT = (f.START_DAY, f.FINISH_DAY, f.YEAR_GOAL)
_ZERO = (f.INVESTED_BEFORE, f.YEAR_DONE, f.MONTH_DONE)
_HOW = {
    Kind.AMOUNT: "填数字，单位{unit}，不写单位、逗号和“约”",
    Kind.PERCENT: "填百分数，如85表示85%",
    Kind.SCORE: "填0至100的分数",
    Kind.DAY: "填年月日，如2027-06-30",
    Kind.SPAN: "填起止年月，如2026.3-2028.10，只有年份的填2026-2028",
    Kind.CHOICE: "从下拉列表中选一项",
    Kind.YES_NO: "从下拉列表中选一项",
    Kind.PEOPLE: "填姓名，多人用顿号分开",
    Kind.TEXT: "",
}
# Only the subject names the project or unit; everybody and everything here is invented.
_EXAMPLES: dict[Field, Value] = {
    f.PROJECT_NAME: f"{EXAMPLE}：某产业园一期项目", f.UNIT_NAME: f"{EXAMPLE}：某单位",
    f.LEADER_NAME: f"{EXAMPLE}：王某某", f.LEAD_UNIT: f"{EXAMPLE}单位", f.CLASS: "加快建设", f.SECTOR: "工业",
    f.OWNER: "某实业公司", f.SITE: "某园区东区", f.CONTENT: "建设厂房2万平方米", f.BUILD_SPAN: "2026.3-2028.10",
    f.TOTAL_INVESTMENT: Decimal(50000), f.INVESTED_BEFORE: Decimal(12000), f.YEAR_PLAN: Decimal(20000),
    f.PHYSICAL_GOAL: "主体封顶", f.WORK_GOAL: "（前期储备项目填）", f.FUND_SOURCE: "企业自筹",
    f.FUND_SECURED: "（政府投资项目填）", f.CO_UNIT: "某配合单位", f.TASK: "保障建设条件", f.PERSON: "张某",
    f.PAPER_REPORT: "有", f.PAPER_STUDY: "有", f.PAPER_APPROVAL: "有", f.PAPER_LICENCE: "有",
    f.SPONSOR_STAGE: "重大实施", f.BUILD_TASK: "完成主体工程", f.AREA: "某街道", f.LEADERS: "王某某",
    f.SITUATION: "正在基础施工", f.LEADER_MATTER: "无", f.TEAM_PLANNING: "赵某", f.TEAM_LAND: "钱某",
    f.TEAM_ENVIRONMENT: "孙某", f.TEAM_REFORM: "李某", f.TEAM_INDUSTRY: "周某", f.NODE_DUE: date(2027, 6, 30),
    f.NODE_WORK: "完成基础施工", f.NODE_INVESTMENT: Decimal(1500), f.MONTH_PLAN: Decimal(1500),
    f.MONTH_DONE: Decimal(1600), f.YEAR_DONE: Decimal(4800), f.SINCE_START: Decimal(16800),
    f.PHYSICAL: "基础完成", f.PHYSICAL_RATE: Decimal(35), f.STARTED_ON: date(2026, 3, 18), f.FINISHED_ON: None,
    f.PERMIT_PROGRESS: "施工许可办理中", f.TROUBLE: "无", f.PROPOSAL: "无", f.REDUCTION: None,
    f.REDUCTION_REASON: "（有核减额的填）", f.PROBLEM: "临时用地未批",
    f.PROBLEM_KIND: "土地", f.LEVEL: "工作小组", f.MEASURE: "专题协调", f.STEPS: "先报批，后供地",
    f.DEADLINE: date(2027, 9, 30), f.RAISED_ON: date(2027, 2, 1), f.SOLVED_ON: None, f.PROBLEM_STATE: "推进中",
    f.PERMIT: "施工许可", f.PERMIT_OFFICE: "某审批单位", f.PERMIT_STATE: "办理中", f.PERMIT_DUE: date(2027, 8, 31),
    f.PERMIT_DONE: None, f.PERMIT_PERSON: "吴某", f.LEADER_POST: "副区长", f.PORTFOLIO: "工业、能源",
    f.UNIT_LEADER: "郑某", f.SECTION: "项目科", f.LIAISON: "冯某", f.PHONE: "0000-0000000",
    f.RESERVE_CLASS: "工业", f.RESERVE_STAGE: "初包装", f.RESERVE_PAPER: "项目建议书", f.DECIDED: "否",
    f.RESERVE_EXIT: None, f.JUDGE_SCORE: Decimal(90), f.REPORT_KIND: "月报", f.REPORT_MONTH: date(2027, 3, 1),
    f.RECEIVED_AT: datetime(2027, 3, 27, 10, 0),  # noqa: DTZ001 - the office's wall time
}  # fmt: skip


def choices_of(field: Field) -> tuple[str, ...]:
    """The closed list of a field; empty where it has none."""
    if field.kind is Kind.YES_NO:
        return ("是", "否") if field is f.DECIDED else ("有", "无")
    return field.choices


def _requirement(kind: LedgerKind, field: Field) -> Requirement | None:
    return next((each for each in REQUIREMENTS if each.ledger == kind.slug and each.field is field), None)


def _hint(kind: LedgerKind, field: Field, asked: Requirement | None) -> str:
    how = _HOW[field.kind].format(unit=field.unit)
    if field in _ZERO:
        how += "，没有的填0"
    if field is kind.subject:
        how = "，".join(filter(None, (how, f"整张表没有内容的，在第一个空行填“{NOTHING}”")))
    if asked is not None:
        parts = [how, f"{asked.when}必填", f"依据{asked.provision.citation}：{asked.provision.duty}"]
    else:
        must = "必填" if field is kind.subject else "选填"
        parts = [how, must, f"本表依据{kind.citations[0]}"]
    return "。".join(filter(None, parts)) + "。"


def _column(kind: LedgerKind, field: Field, label: str) -> FormColumn:
    asked = _requirement(kind, field)
    always = field is kind.subject or (asked is not None and asked.when.startswith("每"))
    star = STAR if always else 2 * STAR if asked else ""
    unit = f"（{field.unit}）" if field.kind in (Kind.AMOUNT, Kind.PERCENT) else ""
    example = f"{EXAMPLE}：某单位" if field is kind.subject is f.LEAD_UNIT else _EXAMPLES[field]
    return FormColumn(f"{star}{label}{unit}", field, star, _hint(kind, field, asked), example)


def columns_of(kind: LedgerKind, *, of_one_unit: bool) -> tuple[FormColumn, ...]:
    """The columns to fill in, in the catalogue's order; without 责任单位 where the whole sheet is one unit's."""
    columns = []
    for field in kind.fields:
        if field in _LEFT_OUT or (of_one_unit and field is f.LEAD_UNIT is not kind.subject):
            continue
        judges = [f"{f.JUDGE_PREFIX}{number}" for number in range(1, _JUDGES + 1)]
        for label in judges if field is f.JUDGE_SCORE else [field.label]:
            columns.append(_column(kind, field, label))
    return tuple(columns)


def known_column(field: Field) -> FormColumn:
    """A column that we fill in from another ledger, such as the year's plan beside the month's figures."""
    unit = f"（{field.unit}）" if field.unit else ""
    return FormColumn(f"{field.label}{unit}", field, example=_EXAMPLES[field])


def reference_column(label: str, unit: str, example: Value) -> FormColumn:
    """A column that the reader leaves aside."""
    return FormColumn(f"{label}（{unit}）{REFERENCE}", None, example=example)

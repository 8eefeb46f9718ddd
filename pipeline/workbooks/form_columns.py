"""The columns of a form: heading, whether required, the hint with its article, the example."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.ledgers.kind import LedgerKind
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import NOT_CONCERNED, PROPOSED, Field, Kind
from pipeline.records.field_values import TEAM
from pipeline.records.level import Level
from pipeline.regulation.requirements import REQUIREMENTS, Requirement
from pipeline.tables.form_mark import EXAMPLE, NOTHING, REFERENCE, STAR
from pipeline.workbooks.blank_form import FormColumn, Value

LONGEST_HINT = 255  # a spreadsheet shows no more
_JUDGES = 7
# One column says it all: the years of construction, and the goal of the project's own class.
_LEFT_OUT = (f.START_DAY, f.FINISH_DAY, f.YEAR_GOAL)
# What to write where there is nothing, and what an empty cell means.
_SPECIAL: Mapping[Field, str] = {
    **dict.fromkeys((f.INVESTED_BEFORE, f.YEAR_DONE, f.MONTH_DONE), "没有的填0"),
    **dict.fromkeys(TEAM, f"不涉及审批的填“{NOT_CONCERNED}”"),
    f.TEAM_OTHER: "连同部门一起写，如“住建：吴某；水务：郑某”",
    f.CO_UNIT: "没有的填“无”",
    f.LINKED_LEADERS: "有包联领导的不用填",
    f.SPONSOR_STATE: f"还没有确定的选“{PROPOSED}”，不填的按已确定处理",
}
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


def choices_of(field: Field) -> tuple[str, ...]:
    """The closed list of a field, as wordings; empty where it has none."""
    if field.kind is Kind.YES_NO:
        return ("是", "否") if field is f.DECIDED else ("有", "无")
    return field.choices


def _hint(kind: LedgerKind, field: Field, asked: Requirement | None) -> str:
    none = f"整张表没有内容的，在第一个空行填“{NOTHING}”" if field is kind.subject else ""
    how = "，".join(filter(None, (_HOW[field.kind].format(unit=field.unit), _SPECIAL.get(field), none)))
    if asked is not None:
        parts = [how, f"{asked.when}必填", f"依据{asked.provision.citation}：{asked.provision.duty}"]
    else:
        must = "必填" if field is kind.subject else "选填"
        parts = [how, must, f"本表依据{kind.citations[0]}"]
    return "。".join(filter(None, parts)) + "。"


def _column(kind: LedgerKind, field: Field, label: str) -> FormColumn:
    asked = next((each for each in REQUIREMENTS if each.ledger == kind.slug and each.field is field), None)
    always = field is kind.subject or (asked is not None and asked.when.startswith("每"))
    star = STAR if always else 2 * STAR if asked else ""
    unit = f"（{field.unit}）" if field.kind in (Kind.AMOUNT, Kind.PERCENT) else ""
    return FormColumn(
        f"{star}{label}{unit}", field, star, _hint(kind, field, asked), _example(kind, field), field.heading,
        choices_of(field),
    )  # fmt: skip


def _example(kind: LedgerKind, field: Field) -> Value:
    """Only the subject says that the row is an example."""
    if field is not kind.subject:
        return field.example
    return f"{EXAMPLE}：{'某单位' if field is f.LEAD_UNIT else field.example}"


def columns_of(kind: LedgerKind, *, of_one_unit: bool) -> tuple[FormColumn, ...]:
    """The columns to fill in, in the catalogue's order; without 责任单位 where the whole sheet is one unit's."""
    columns = []
    for field in kind.fields:
        if field in _LEFT_OUT or (of_one_unit and field is f.LEAD_UNIT is not kind.subject):
            continue
        judges = [f"{f.JUDGE_PREFIX}{number}" for number in range(1, _JUDGES + 1)]
        for label in judges if field is f.JUDGE_SCORE else [field.heading]:
            columns.append(_column(kind, field, label))
    return tuple(columns)


def of_level(columns: Iterable[FormColumn], level: Level) -> tuple[FormColumn, ...]:
    """The columns in the words of one level."""
    return tuple(
        replace(
            column,
            heading=level.said(column.heading),
            hint=level.said(column.hint),
            title=level.said(column.title),
            choices=tuple(map(level.said, column.choices)),
        )
        for column in columns
    )


def known_column(field: Field) -> FormColumn:
    """A column that we fill in from another ledger, such as the year's plan beside the month's figures."""
    unit = f"（{field.unit}）" if field.unit else ""
    return FormColumn(f"{field.label}{unit}", field, example=field.example)


def reference_column(label: str, unit: str, example: Value) -> FormColumn:
    """A column that the reader leaves aside."""
    return FormColumn(f"{label}（{unit}）{REFERENCE}", None, example=example)

"""The columns of a head: which may be used, in which money unit, and why others may not."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.ledgers.head import Head
from pipeline.ledgers.headings import Heading, meaning, names_judge, suggest
from pipeline.ledgers.row import COMBINED, Column
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.period import Month

_THIS_YEAR = (f.YEAR_PLAN, f.PHYSICAL_GOAL, f.WORK_GOAL, f.YEAR_GOAL, f.YEAR_DONE, f.MONTH_DONE, f.MONTH_PLAN)
_THIS_MONTH = (f.YEAR_DONE, f.MONTH_DONE, f.MONTH_PLAN, f.PHYSICAL)


def _trouble(heading: Heading, field: Field, head: Head, year: int, month: Month | None) -> str:
    """Why a matched column must not be used, "" if it may."""
    if field.kind is Kind.AMOUNT:
        if len(heading.units) > 1:
            return f"列名上下两级写明的单位{'、'.join(heading.units)}互相矛盾"
        if len(head.units_above) > 1:
            return f"表头上方写明的单位{'、'.join(head.units_above)}互相矛盾"
        if heading.unit and head.unit_line and heading.unit != head.unit_line:
            return f"列名写明{heading.unit}，表头单位行写明{head.unit_line}，两者矛盾"
    expected = {f.INVESTED_BEFORE: year - 1} | dict.fromkeys(_THIS_YEAR, year)
    if field in expected and heading.years and expected[field] not in heading.years:
        return f"列名写的是{heading.years[0]}年，本表应为{expected[field]}年"
    if field in _THIS_MONTH and month and heading.months and heading.months[-1] != month.month:
        return f"列名写的是{heading.months[-1]}月，本表为{month.month}月"
    return ""


def _very_name(head: Head, field: Field) -> list[int]:
    """The columns that bear the field's label itself."""
    return [
        index
        for index, heading in enumerate(head.headings)
        if head.fields[index] is field and heading.path[-1] == field.label
    ]


def columns_of(head: Head, year: int, month: Month | None, default_unit: str) -> tuple[Column, ...]:
    """The usable columns, each with its money unit, and those that may not be used with the reason."""
    columns = []
    by_judge = any(map(names_judge, head.headings))
    for index, (heading, field) in enumerate(zip(head.headings, head.fields, strict=True)):
        if field is None:
            continue
        if field is f.JUDGE_SCORE and by_judge and not names_judge(heading):
            continue  # 得分 beside the judges' own columns is their sum or mean, not one more judge
        trouble = _trouble(heading, field, head, year, month)
        if field is not f.JUDGE_SCORE and head.fields.count(field) > 1:
            exact = _very_name(head, field)
            if len(exact) == 1 and exact != [index]:
                continue  # another column bears the very name; this one is reported as left aside
            if exact != [index] and field not in COMBINED:
                trouble = f"有{head.fields.count(field)}列都像是“{field.label}”，无法确定用哪一列"
        stated = heading.unit or head.unit_line
        unit = (stated or default_unit) if field.kind is Kind.AMOUNT else ""
        columns.append(Column(index, field, heading.text, unit, trouble, unit_stated=bool(stated)))
    return tuple(columns)


@dataclass(frozen=True)
class ColumnView:
    """What a column was taken for. ``field`` is the ledger's own; ``known`` what the heading means besides."""

    index: int
    heading: Heading
    field: Field | None
    known: Field | None
    suggestion: Field | None  # for the office to confirm


def views_of(head: Head, confirmed: Mapping[str, str]) -> tuple[ColumnView, ...]:
    """Every column with a heading, for a person to see how it was understood."""
    unused = tuple(field for field in head.kind.fields if field not in head.fields)
    views = []
    for index, (heading, field) in enumerate(zip(head.headings, head.fields, strict=True)):
        if heading.path:
            known = field or meaning(heading, head.kind.recognised, confirmed)
            views.append(
                ColumnView(index, heading, field, known, None if known else suggest(heading, unused))
            )
    return tuple(views)

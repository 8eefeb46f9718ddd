"""What a month's report drops, brings in or changes of the year's plan (K-7(3)), and a rate that falls (K-10(1)).

Renames are the matter of ``renaming``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from pipeline.checks.month_sums import doubted_falls
from pipeline.checks.proportions import is_slip
from pipeline.checks.renaming import proposals
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.unit_totals import beside
from pipeline.checks.wording import wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.names import name_key
from pipeline.records.period import Month, PartialDay
from pipeline.records.progress import Progress
from pipeline.regulation import key_projects

_DAYS_OF_EVENTS: Mapping[Field, Callable[[Progress], PartialDay | None]] = {
    fields.STARTED_ON: lambda row: row.started_on,
    fields.FINISHED_ON: lambda row: row.finished_on,
}
_IN_WORDS = re.compile("[未没尚待建前]")  # 未开工, 在建; 无 and — state nothing
_ABOUT_DECLARED = ("progress", "problem", "procedure", "score")
_ADJUST = "请核对；确需调整的，报请计划调整"
_ADJUST_DECLARED = (
    "请核对；月报不改变计划，文书仍按申报台账的数字计算。确需调整的，报请计划调整，批准后由责任单位重报整张申报台账，"
    "代替原来的一份"
)


def _vanished(case: Case) -> Iterator[Remark]:
    """Undeclared projects that drop out of their unit's reports; a declared one that is left out is K-10(1)."""
    renamed = {name_key(each.old) for each in proposals(case)}
    for key, rows in case.progress.items():
        last = rows[-1]
        if key in case.declared or key in case.dropped or key in renamed or any(row.finished_on for row in rows):
            continue
        later = next((month for month in _reported(case, last) if month > last.month), None)
        if later is not None:
            message = (
                f"“{last.project_name}”{last.month.chinese}报过，{last.lead_unit}{later.chinese}的月报不再列出"
                f"{beside(case, last.lead_unit, later, key)}"
            )
            yield about_row(case, last, fields.PROJECT_NAME, message, "请补报该项目，或说明竣工、取消、更名的情况")


def _reported(case: Case, row: Progress) -> list[Month]:
    """The months in which the row's unit reported."""
    unit = name_key(row.lead_unit)
    return sorted(month for other, month in case.month_rows if other == unit)


def _appeared(case: Case) -> Iterator[Remark]:
    """Projects that turn up in the course of the year, where there is no declaration to tell that they are new."""
    renamed = {each.row.key for each in proposals(case)}
    for key, rows in case.progress.items() if not case.declared else ():
        first = rows[0]
        if key and key not in renamed and any(month < first.month for month in _reported(case, first)):
            message = f"“{first.project_name}”{first.month.chinese}首次出现在{first.lead_unit}的月报中，以前没有报过"
            yield about_row(case, first, fields.PROJECT_NAME, message, "请核对项目名称；确系新增的，请补报申报台账")


def _totals_changed(case: Case) -> Iterator[Remark]:
    """总投资 and 当年计划投资 that a report repeats, beside the month before and, first of all, the declaration.

    A figure that jumps as a slip of unit makes it jump is the matter of ``magnitude``, and nothing to compare with.
    """
    for key, rows in case.progress.items():
        declared = None if key in case.declared_twice else case.declared.get(key)
        known: dict[Field, tuple[Decimal, str]] = {}
        if declared is not None:
            for field, amount in (
                (fields.TOTAL_INVESTMENT, declared.total_investment),
                (fields.YEAR_PLAN, declared.year_plan),
            ):
                if amount is not None:
                    known[field] = amount, "申报时"
        for row in rows:
            for field in (fields.TOTAL_INVESTMENT, fields.YEAR_PLAN):
                amount = row.amounts.get(field)
                if amount is None:
                    continue
                before, when = known.get(field, (amount, ""))
                if is_slip(before, amount):
                    continue
                if amount != before:
                    message = (
                        f"“{row.project_name}”的{field.label}{when}为{wan(before)}，"
                        f"{row.month.chinese}月报为{wan(amount)}"
                    )
                    yield about_row(case, row, field, message, _ADJUST_DECLARED if declared else _ADJUST)
                known[field] = amount, row.month.chinese


def _day_changed(case: Case) -> Iterator[Remark]:
    """A project was started or finished on one day, whichever month's report tells of it."""
    for rows in case.progress_once.values():
        for field, stated in _DAYS_OF_EVENTS.items():
            known = [(row, day) for row in rows if (day := stated(row)) is not None]
            for (other, before), (row, day) in pairwise(known):
                if day.earliest > before.latest or before.earliest > day.latest:
                    message = (
                        f"“{row.project_name}”的{field.label}，{other.month.chinese}月报为{before.chinese}，"
                        f"{row.month.chinese}月报为{day.chinese}"
                    )
                    yield about_row(case, row, field, message, "请核对是哪一天，改正有误的一处")


def _day_withdrawn(case: Case) -> Iterator[Remark]:
    """未开工 after a month that told the day; a cell that is left empty withdraws nothing."""
    for rows in case.progress_once.values():
        for field, stated in _DAYS_OF_EVENTS.items():
            for (other, before), (row, day) in pairwise((row, stated(row)) for row in rows):
                seen = row.source.seen(field).strip()
                if before is None or day is not None or not row.source.readable(field):
                    continue
                if _IN_WORDS.search(seen):
                    message = (
                        f"“{row.project_name}”的{field.label}，{other.month.chinese}月报为{before.chinese}，"
                        f"{row.month.chinese}月报为“{seen}”"
                    )
                    yield about_row(case, row, field, message, "请核对，改正有误的一处")


def _rate_falling(case: Case) -> Iterator[Remark]:
    """形象进度完成率 is measured against the goal of one year: from month to month it may stand, but not fall."""
    for rows in case.progress_once.values():
        known = [(row, row.physical_rate) for row in rows if row.physical_rate is not None]
        for (row, rate), (other, stated) in doubted_falls(known):
            message = (
                f"“{row.project_name}”{row.month.chinese}的形象进度完成率为{_percent(rate)}，"
                f"{other.month.chinese}为{_percent(stated)}，完成率不应下降"
            )
            yield about_row(case, row, fields.PHYSICAL_RATE, *_cause_of_fall(message, rate, stated))


def _cause_of_fall(message: str, rate: Decimal, other: Decimal) -> tuple[str, str]:
    """The message with the cause that is likely, and what is to be done."""
    if 0 < rate <= 1 < other:
        remedy = f"请核对是否应为{_percent(rate * 100)}（填{(rate * 100).normalize():f}）"
        return f"{message}，像是百分数写成了小数", remedy
    return message, "请核对本月与以前各月的完成率，改正有误的一处"


def _percent(rate: Decimal) -> str:
    return f"{rate.normalize():f}%"


def _dropped(case: Case) -> Iterator[Remark]:
    """Projects that were reported on and that their unit's later declaration no longer lists: the reports stay true."""
    reported = {row.key for ledger in _ABOUT_DECLARED for row in case.ledgers.rows(ledger)}
    for row in case.ledgers.changes:
        if row.dropped and row.key in reported:
            yield Remark(
                f"“{row.project_name}”收件登记簿第{row.line}行申报过，{row.lead_unit}后来的申报台账不再列出，不再计入计划",
                "请核对；确已取消或调出计划的，可不处理，以前的月报不必改；更名的，请登记更名；漏列的，请补报申报台账",
                unit=row.lead_unit,
                project=row.project_name,
            )


DAY_WITHDRAWN = Rule("monthly-day-withdrawn", key_projects.MONTHLY_DOUBTED, "progress", _day_withdrawn)
DAY_CHANGED = Rule("monthly-day-changed", key_projects.MONTHLY_DOUBTED, "progress", _day_changed)
DROPPED = Rule("declaration-dropped", key_projects.PLAN_CHANGE, "declaration", _dropped)
VANISHED = Rule("monthly-vanished", key_projects.PLAN_CHANGE, "progress", _vanished)
APPEARED = Rule("monthly-appeared", key_projects.PLAN_CHANGE, "progress", _appeared)
TOTALS_CHANGED = Rule("monthly-totals-changed", key_projects.PLAN_CHANGE, "progress", _totals_changed)
RATE_FALLING = Rule("monthly-rate-falling", key_projects.MONTHLY_FIGURES, "progress", _rate_falling)

"""What a month's report drops, brings in or changes of the year's plan (K-7(3)); renames are ``renaming``."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.case import Case, project_of
from pipeline.checks.proportions import is_slip
from pipeline.checks.renaming import proposals
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.unit_totals import beside
from pipeline.checks.wording import wan
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.regulation import key_projects

_ABOUT_DECLARED = ("progress", "problem", "procedure", "score")
_ADJUST = "请核对；确需调整的，按计划调整的程序办理"


def _vanished(case: Case) -> Iterator[Remark]:
    """Undeclared projects that drop out of their unit's reports; a declared one that is left out is K-10(1)."""
    renamed = {name_key(each.old) for each in proposals(case)}
    for key, rows in case.progress.items():
        last = rows[-1]
        if (
            key in case.declared
            or key in case.dropped
            or key in renamed
            or any(row.finished_on for row in rows)
        ):
            continue
        later = next((month for month in _reported(case, last) if month > last.month), None)
        if later is not None:
            message = (
                f"“{last.project_name}”{last.month.chinese}报过，{last.lead_unit}{later.chinese}的月报不再列出"
                f"{beside(case, last.lead_unit, later, key)}"
            )
            yield about_row(
                case, last, fields.PROJECT_NAME, message, "请补报该项目，或说明竣工、取消、更名的情况"
            )


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
            yield about_row(
                case, first, fields.PROJECT_NAME, message, "请核对项目名称；确系新增的，请补报申报台账"
            )


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
                    yield about_row(case, row, field, message, _ADJUST)
                known[field] = amount, row.month.chinese


def _dropped(case: Case) -> Iterator[Remark]:
    """Projects that were reported on and that their unit's later declaration no longer lists: the reports stay true."""
    reported = {name_key(project_of(row)) for ledger in _ABOUT_DECLARED for row in case.records[ledger]}
    for row in case.ledgers.changes:
        if row.dropped and row.key in reported:
            yield Remark(
                f"“{row.project_name}”收件登记簿第{row.line}行申报过，{row.lead_unit}后来的申报台账不再列出，不再计入计划",
                "请核对；确已取消或调出计划的，可不处理，以前的月报不必改；更名的，请用gongwen rename登记；漏列的，请补报申报台账",
                unit=row.lead_unit,
                project=row.project_name,
            )


DROPPED = Rule("declaration-dropped", key_projects.PLAN_CHANGE, "declaration", _dropped)
VANISHED = Rule("monthly-vanished", key_projects.PLAN_CHANGE, "progress", _vanished)
APPEARED = Rule("monthly-appeared", key_projects.PLAN_CHANGE, "progress", _appeared)
TOTALS_CHANGED = Rule("monthly-totals-changed", key_projects.PLAN_CHANGE, "progress", _totals_changed)

"""Monthly figures: each row by itself and against its declaration (K-10(1)); month to month is ``month_sums``."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.amounts import sane_total
from pipeline.checks.month_sums import how_to_reduce
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.progress import Progress
from pipeline.regulation import key_projects


def _impossible(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.progress:
        for field, message in _contradictions(case, row):
            action = "请核对后改正"
            if field is fields.MONTH_DONE and row.month_done is not None and row.month_done < 0:
                action += f"；本月完成投资填当月实际完成数，{how_to_reduce(-row.month_done)}"
            elif field is fields.REDUCTION and row.reduction is not None:
                action = f"请填正数，如{-row.reduction.normalize():f}"
            yield about_row(case, row, field, f"“{row.project_name}”{row.month.chinese}{message}", action)


def _contradictions(case: Case, row: Progress) -> Iterator[tuple[Field, str]]:
    for field, amount in (
        (fields.MONTH_PLAN, row.month_plan),
        (fields.MONTH_DONE, row.month_done),
        (fields.YEAR_DONE, row.year_done),
        (fields.SINCE_START, row.since_start),
        (fields.REDUCTION, row.reduction),
    ):
        if amount is not None and amount < 0:
            yield field, f"的{field.label}为{wan(amount)}，不能是负数"
    yield from _contradicting_sums(row)
    declared = case.declared.get(row.key)
    total = sane_total(declared.total_investment) if declared else None
    if row.year_done is not None and total is not None and row.year_done > total:
        yield fields.YEAR_DONE, f"本年累计完成{wan(row.year_done)}，超过申报的总投资{wan(total)}"
    if row.physical_rate is not None and not 0 <= row.physical_rate <= 100:
        yield fields.PHYSICAL_RATE, f"的形象进度完成率为{row.physical_rate.normalize():f}%，应在0至100之间"
    yield from _impossible_days(row)


def _contradicting_sums(row: Progress) -> Iterator[tuple[Field, str]]:
    done, year_done = row.month_done, row.year_done
    if year_done is None:
        return
    if done is not None and done > year_done + row.taken_off:
        added = f"加核减额{wan(row.taken_off)}" if row.taken_off else ""
        yield fields.MONTH_DONE, f"本月完成{wan(done)}，超过本年累计{wan(year_done)}{added}"
    if row.since_start is not None and row.since_start < year_done:
        yield fields.SINCE_START, f"开工以来累计{wan(row.since_start)}，少于本年累计{wan(year_done)}"


def _impossible_days(row: Progress) -> Iterator[tuple[Field, str]]:
    for field, day in ((fields.STARTED_ON, row.started_on), (fields.FINISHED_ON, row.finished_on)):
        if day is not None and day.earliest > row.month.last_day:
            yield field, f"月报写的{field.label}为{day.chinese}，尚未到来"
    if row.started_on and row.finished_on and row.finished_on.latest < row.started_on.earliest:
        yield fields.FINISHED_ON, f"的实际竣工时间早于实际开工时间{row.started_on.chinese}"


def _after_completion(case: Case) -> Iterator[Remark]:
    """Investment reported for a month after the one in which the project was completed: it counts, it may be a slip."""
    for rows in case.progress.values():
        finished = next((row.finished_on for row in rows if row.finished_on is not None), None)
        for row in rows if finished else ():
            if finished and finished.latest < row.month.first_day and row.month_done:
                message = (
                    f"“{row.project_name}”已于{finished.chinese}竣工，"
                    f"{row.month.chinese}仍报本月完成{wan(row.month_done)}"
                )
                action = "竣工后支付的尾款照常计入，可不处理；不是的，请核对竣工时间和本月完成投资"
                yield about_row(case, row, fields.MONTH_DONE, message, action)


def _against_declaration(case: Case) -> Iterator[Remark]:
    """Totals since the start against the declaration; a difference that merely lasts is reported once."""
    for key, rows in case.progress_once.items():
        declared = case.declared.get(key)
        if declared is None or declared.invested_before is None or key in case.declared_twice:
            continue
        last_difference, was_over = Decimal(0), False
        for row in rows:
            if row.year_done is None:
                continue
            expected = declared.invested_before + row.year_done
            total = sane_total(declared.total_investment)
            stated = expected if row.since_start is None else row.since_start
            name = f"“{row.project_name}”{row.month.chinese}"
            if stated - expected not in (0, last_difference, last_difference - row.taken_off):
                message = f"{name}开工以来累计{wan(stated)}，不等于上年底累计加本年累计{wan(expected)}"
                yield about_row(case, row, fields.SINCE_START, message, "请与申报的已累计完成投资核对")
            last_difference = stated - expected
            is_over = total is not None and row.year_done <= total < stated
            if total is not None and is_over and not was_over:
                message = f"{name}开工以来累计{wan(stated)}，超过申报的总投资{wan(total)}"
                yield about_row(case, row, fields.YEAR_DONE, message, "请核对；总投资有调整的，报请计划调整")
            was_over = is_over


IMPOSSIBLE = Rule("monthly-impossible", key_projects.MONTHLY_FIGURES, "progress", _impossible)
AFTER_COMPLETION = Rule("monthly-after-completion", key_projects.MONTHLY_DOUBTED, "progress", _after_completion)
AGAINST_DECLARATION = Rule(
    "monthly-against-declaration", key_projects.MONTHLY_DOUBTED, "progress", _against_declaration
)

"""Monthly figures: each row by itself, against its declaration, and against the month before (K-10(1))."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.checks.amounts import sane_total
from pipeline.checks.case import Case
from pipeline.checks.proportions import is_slip
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import wan
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.progress import Progress
from pipeline.regulation import key_projects

_CHECK = "请核对本月与以前各月的数字"


def _impossible(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.progress:
        for field, message in _contradictions(case, row):
            yield about_row(
                case, row, field, f"“{row.project_name}”{row.month.chinese}{message}", "请核对后改正"
            )


def _contradictions(case: Case, row: Progress) -> Iterator[tuple[Field, str]]:
    for field, amount in (
        (fields.MONTH_PLAN, row.month_plan),
        (fields.MONTH_DONE, row.month_done),
        (fields.YEAR_DONE, row.year_done),
        (fields.SINCE_START, row.since_start),
    ):
        if amount is not None and amount < 0:
            yield field, f"的{field.label}为{wan(amount)}，不能是负数"
    if row.month_done is not None and row.year_done is not None and row.month_done > row.year_done:
        yield (
            fields.MONTH_DONE,
            f"本月完成{wan(row.month_done)}，超过本年累计{wan(row.year_done)}",
        )
    if row.year_done is not None and row.since_start is not None and row.since_start < row.year_done:
        yield (
            fields.SINCE_START,
            f"开工以来累计{wan(row.since_start)}，少于本年累计{wan(row.year_done)}",
        )
    declared = case.declared.get(row.key)
    total = sane_total(declared.total_investment) if declared else None
    if row.year_done is not None and total is not None and row.year_done > total:
        yield fields.YEAR_DONE, f"本年累计完成{wan(row.year_done)}，超过申报的总投资{wan(total)}"
    if row.physical_rate is not None and not 0 <= row.physical_rate <= 100:
        yield fields.PHYSICAL_RATE, f"的形象进度完成率为{row.physical_rate.normalize():f}%，应在0至100之间"
    yield from _impossible_days(row)


def _impossible_days(row: Progress) -> Iterator[tuple[Field, str]]:
    for field, day in ((fields.STARTED_ON, row.started_on), (fields.FINISHED_ON, row.finished_on)):
        if day is not None and day.earliest > row.month.last_day:
            yield field, f"月报写的{field.label}为{day.chinese}，尚未到来"
    if row.started_on and row.finished_on and row.finished_on.latest < row.started_on.earliest:
        yield fields.FINISHED_ON, f"的实际竣工时间早于实际开工时间{row.started_on.chinese}"


Stated = tuple[Progress, Decimal]  # a month's row and the figure that it states


def doubted_falls(known: Sequence[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Where figures that only grow fall: the one that is doubted and the one that it is held against.

    The lower one is doubted; but where the next month is still below the earlier figure, it is the earlier one
    that stands out (a slip such as one digit too many).
    """
    last: Stated | None = None
    for index, (row, done) in enumerate(known):
        if last is None or done >= last[1]:
            last = (row, done)
        elif index + 1 < len(known) and known[index + 1][1] < last[1]:
            yield last, (row, done)
            last = (row, done)
        else:
            yield (row, done), last


def _doubtful(rows: Sequence[Progress], field: Field = fields.YEAR_DONE) -> Iterator[tuple[Progress, str]]:
    """Rows whose cumulative amount can't stand beside its neighbours, each with the reason."""
    what = field.label.removesuffix("投资")
    for (row, done), (other, stated) in doubted_falls(
        [(r, r.amounts[field]) for r in rows if field in r.amounts]
    ):
        if done > stated:
            yield row, f"{what}{wan(done)}，多于以后月份（{other.month.chinese}为{wan(stated)}）"
        else:
            yield row, f"{what}{wan(done)}，少于{other.month.chinese}的{wan(stated)}"


def _falling(case: Case) -> Iterator[Remark]:
    """A total since the start that falls together with the year's is the same fall and is said once."""
    for rows in case.progress.values():
        doubted = list(_doubtful(rows))
        year_falls = {row.month for row, _ in doubted}
        for field, falls in (
            (fields.YEAR_DONE, doubted),
            (fields.SINCE_START, list(_doubtful(rows, fields.SINCE_START))),
        ):
            for row, reason in falls:
                if field is fields.YEAR_DONE or row.month not in year_falls:
                    message = f"“{row.project_name}”{row.month.chinese}{reason}"
                    yield about_row(case, row, field, message, _CHECK)


def _after_completion(case: Case) -> Iterator[Remark]:
    """Investment reported for a month after the one in which the project was completed."""
    for rows in case.progress.values():
        finished = next((row.finished_on for row in rows if row.finished_on is not None), None)
        for row in rows if finished else ():
            if finished and finished.latest < row.month.first_day and row.month_done:
                message = (
                    f"“{row.project_name}”已于{finished.chinese}竣工，"
                    f"{row.month.chinese}仍报本月完成{wan(row.month_done)}"
                )
                yield about_row(case, row, fields.MONTH_DONE, message, "请核对竣工时间和本月完成投资")


def _unsteady(case: Case) -> Iterator[Remark]:
    for rows in case.progress.values():
        doubted = [row for row, _ in _doubtful(rows)]
        before: Progress | None = None
        for row in rows:
            if row in doubted:
                before = None  # nothing can be told from a doubted month
                continue
            difference = _sum_difference(before, row)
            if difference:
                yield about_row(
                    case,
                    row,
                    fields.YEAR_DONE,
                    f"“{row.project_name}”{row.month.chinese}{difference}",
                    _CHECK,
                )
            before = row


def _sum_difference(before: Progress | None, row: Progress) -> str:
    """How this month's total misses last month's total plus this month's figure; "" where it doesn't."""
    if row.year_done is None or row.month_done is None:
        return ""
    if row.month.month == 1:
        carried = Decimal(0)
    elif before is None or before.year_done is None or before.month != row.month.shifted(-1):
        return ""
    else:
        carried = before.year_done
    if row.year_done < carried or row.year_done == carried + row.month_done:
        return ""  # a fall is reported as such
    if is_slip(carried + row.month_done, row.year_done):
        return ""  # so is a slip of unit, by ``magnitude``
    return f"本年累计{wan(row.year_done)}，不等于上月累计{wan(carried)}加本月{wan(row.month_done)}"


def _against_declaration(case: Case) -> Iterator[Remark]:
    """Totals since the start against the declaration; a difference that merely lasts is reported once."""
    for key, rows in case.progress.items():
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
            if stated - expected not in (0, last_difference):
                message = f"{name}开工以来累计{wan(stated)}，不等于上年底累计加本年累计{wan(expected)}"
                yield about_row(case, row, fields.SINCE_START, message, "请与申报的已累计完成投资核对")
            last_difference = stated - expected
            is_over = total is not None and row.year_done <= total < stated
            if total is not None and is_over and not was_over:
                message = f"{name}开工以来累计{wan(stated)}，超过申报的总投资{wan(total)}"
                yield about_row(case, row, fields.YEAR_DONE, message, "请核对；总投资有调整的，请报计划调整")
            was_over = is_over


IMPOSSIBLE = Rule("monthly-impossible", key_projects.MONTHLY_FIGURES, "progress", _impossible)
FALLING = Rule("monthly-falling", key_projects.MONTHLY_FIGURES, "progress", _falling)
AFTER_COMPLETION = Rule(
    "monthly-after-completion", key_projects.MONTHLY_FIGURES, "progress", _after_completion
)
UNSTEADY = Rule("monthly-unsteady", key_projects.MONTHLY_DOUBTED, "progress", _unsteady)
AGAINST_DECLARATION = Rule(
    "monthly-against-declaration", key_projects.MONTHLY_DOUBTED, "progress", _against_declaration
)

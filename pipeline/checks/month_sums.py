"""Each month's sums beside those of the months before: they grow by what the month adds, less a 核减 (K-10(1)).

Months that a project reports twice are left out here: neither row can be relied on, which ``identity`` says.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.checks.proportions import is_slip
from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import listed, wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.regulation import key_projects

_CHECK = "请核对本月与以前各月的数字"
Stated = tuple[Progress, Decimal]  # a month's row and a figure of it that only grows


def how_to_reduce(amount: Decimal) -> str:
    """How a unit reports that it takes back investment that it reported before, with ``amount`` 万元 as the example."""
    number = f"{amount.normalize():f}"
    return (
        f"属核减以前多报投资的，在“{fields.REDUCTION.label}”一列填{number}（万元，填正数），"
        f"并在“{fields.REDUCTION_REASON.label}”一列写明原因"
    )


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


def _with_reductions(rows: Sequence[Progress], field: Field) -> list[Stated]:
    """The stated sums with all that was taken off by then added back: these only grow."""
    found: list[Stated] = []
    taken_off = Decimal(0)
    for row in rows:
        taken_off += row.taken_off
        if field in row.amounts:
            found.append((row, row.amounts[field] + taken_off))
    return found


def _doubtful(rows: Sequence[Progress], field: Field) -> Iterator[tuple[Progress, str, str]]:
    """Rows whose cumulative amount can't stand beside its neighbours, each with the reason and the remedy."""
    what = field.label.removesuffix("投资")
    for (row, whole), (other, before) in doubted_falls(_with_reductions(rows, field)):
        done, stated = row.amounts[field], other.amounts[field]
        if other.month > row.month:
            yield row, f"{what}{wan(done)}，多于以后月份（{other.month.chinese}为{wan(stated)}）", _CHECK
            continue
        added = row.month_done if row.month == other.month.shifted(1) and row.month_done else Decimal(0)
        taken_off = (whole - done) - (before - stated)  # since the other month, by this report and those between
        missing = before + max(added, Decimal(0)) - whole + row.taken_off
        less = f"减核减额{wan(taken_off)}" if taken_off else ""
        message = f"{what}{wan(done)}，少于{other.month.chinese}的{wan(stated)}{less}"
        yield row, message, f"{_CHECK}；{how_to_reduce(missing)}"


def _falling(case: Case) -> Iterator[Remark]:
    """A total since the start that falls together with the year's is the same fall and is said once."""
    for rows in case.progress_once.values():
        year_falls = list(_doubtful(rows, fields.YEAR_DONE))
        told = {row.month for row, _, _ in year_falls}
        since_start = [each for each in _doubtful(rows, fields.SINCE_START) if each[0].month not in told]
        for field, falls in ((fields.YEAR_DONE, year_falls), (fields.SINCE_START, since_start)):
            for row, reason, action in falls:
                yield about_row(case, row, field, f"“{row.project_name}”{row.month.chinese}{reason}", action)


def _unsteady(case: Case) -> Iterator[Remark]:
    for row, difference in _differences(case):
        if not row.taken_off:
            yield about_row(case, row, fields.YEAR_DONE, difference, _CHECK)


def _reduction_not_taken_off(case: Case) -> Iterator[Remark]:
    """A reported 核减 stands in the papers, so the sums must show it."""
    for row, difference in _differences(case):
        if row.taken_off:
            action = "核减额应从本年累计完成投资中扣除，请改正本年累计完成投资或核减额"
            yield about_row(case, row, fields.YEAR_DONE, difference, action)


def _differences(case: Case) -> Iterator[tuple[Progress, str]]:
    """Rows whose sum of the year misses last month's sum and this month's figures, with the sentence that says so."""
    for rows in case.progress_once.values():
        doubted = [row for row, _, _ in _doubtful(rows, fields.YEAR_DONE)]
        before: Progress | None = None
        for row in rows:
            if row in doubted:
                before = None  # nothing can be told from a doubted month
                continue
            if difference := _difference(before, row):
                yield row, f"“{row.project_name}”{row.month.chinese}{difference}"
            before = row


def _difference(before: Progress | None, row: Progress) -> str:
    """How this month's sum misses last month's sum and this month's figures; "" where it doesn't or nobody can tell."""
    if row.year_done is None or row.month_done is None:
        return ""
    carried = _carried(before, row)
    if carried is None:
        return ""
    expected = carried + row.month_done - row.taken_off
    if row.year_done + row.taken_off < carried or is_slip(expected, row.year_done):
        return ""  # a fall and a slip of unit are reported as such
    less = f"减核减额{wan(row.taken_off)}" if row.taken_off else ""
    added = f"{wan(carried)}加本月{wan(row.month_done)}{less}"
    if before is not None and before.month != row.month.shifted(-1):
        # What the months between added is not known: the sum may be greater, but not smaller.
        return (
            f"本年累计{wan(row.year_done)}，少于{before.month.chinese}累计{added}" if row.year_done < expected else ""
        )
    of_earlier_years = row.month.month == 1 and row.year_done == row.month_done
    if row.year_done == expected or of_earlier_years:
        return ""
    return f"本年累计{wan(row.year_done)}，不等于上月累计{added}"


def _carried(before: Progress | None, row: Progress) -> Decimal | None:
    """The sum of the year that the month starts from; None: not known."""
    if row.month.month == 1:
        return Decimal(0)
    return None if before is None else before.year_done


def _merged(case: Case) -> Iterator[Remark]:
    """A month that holds all that the year's sum grew by since a report before the last month."""
    for key, rows in case.progress_once.items():
        doubted = [row for row, _, _ in _doubtful(rows, fields.YEAR_DONE)]
        declared = case.declared.get(key)
        from_january = declared is not None and declared.is_continuing(case.year)
        before: Progress | None = None
        for row in rows:
            if row in doubted:
                break  # the months behind a doubted one can't be told apart
            missing = _months_between(before, row) if before or from_january else ()
            if missing and _holds_all(before, row):
                yield about_row(case, row, fields.MONTH_DONE, *_about_merged(before, row, missing))
            before = row


def _months_between(before: Progress | None, row: Progress) -> tuple[Month, ...]:
    first = before.month.month + 1 if before else 1
    return tuple(Month(row.month.year, number) for number in range(first, row.month.month))


def _holds_all(before: Progress | None, row: Progress) -> bool:
    carried = before.year_done if before else Decimal(0)
    if carried is None or row.year_done is None or not row.month_done:
        return False
    return row.month_done > 0 and row.year_done + row.taken_off - carried == row.month_done


def _about_merged(before: Progress | None, row: Progress, missing: Sequence[Month]) -> tuple[str, str]:
    months = listed(f"{month.month}月" for month in missing)
    assert row.month_done is not None
    assert row.year_done is not None  # as ``_holds_all`` has seen
    grown = "本年累计的全部"
    if before is not None and before.year_done is not None:
        grown = f"本年累计由{before.month.month}月的{wan(before.year_done)}增加到{wan(row.year_done)}的全部"
    message = (
        f"“{row.project_name}”{row.month.chinese}本月完成{wan(row.month_done)}，等于{grown}，"
        f"没有收到{months}的数字，本月数可能含有{months}完成的投资"
    )
    return message, f"请核对；本月完成投资只填{row.month.month}月当月数，{months}的完成数请补报当月月报"


FALLING = Rule("monthly-falling", key_projects.MONTHLY_FIGURES, "progress", _falling)
REDUCTION = Rule("monthly-reduction", key_projects.MONTHLY_FIGURES, "progress", _reduction_not_taken_off)
UNSTEADY = Rule("monthly-unsteady", key_projects.MONTHLY_DOUBTED, "progress", _unsteady)
MERGED = Rule("monthly-merged", key_projects.MONTHLY_DOUBTED, "progress", _merged)
